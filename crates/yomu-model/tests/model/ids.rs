//! Ids are numbers that cannot be mixed up

use yomu_model::ids::{EntryId, FeedId};

#[test]
fn an_id_is_written_and_read_as_its_number() {
    assert_eq!(EntryId::new(42).to_string(), "42");
    assert_eq!("42".parse(), Ok(EntryId::new(42)));
    assert_eq!(i64::from(FeedId::from(7)), 7);
    assert!(FeedId::new(1) < FeedId::new(2));
}

#[test]
fn what_is_no_number_is_no_id() {
    for text in ["", "a", "1.5", "９", "99999999999999999999"] {
        assert!(text.parse::<EntryId>().is_err(), "{text:?}");
    }
}
