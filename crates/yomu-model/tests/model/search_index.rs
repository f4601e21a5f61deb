//! What the databases index

use yomu_model::limits::{INDEX_BYTES_MAX, PHRASE_POSITION_MAX, TITLE_TOKENS_MAX, TOKEN_OCCURRENCES_MAX};
use yomu_model::search::{IndexText, Query};

fn finds(query: &str, entry: &IndexText) -> bool {
    Query::parse(query, &jiff::tz::TimeZone::UTC).matches(entry)
}

#[test]
fn columns_hold_tokens_with_blanks_between() {
    let entry = IndexText::new("東京の Rust", "It's C++!");
    assert_eq!(entry.title, "東京 京の の rust");
    assert_eq!(entry.body, "it s c ＋＋");
}

#[test]
fn a_vector_has_sorted_lexemes_positions_and_title_weights() {
    let entry = IndexText::new("Rust 東京", "rust and rust");
    assert_eq!(entry.tsvector(), "'and':6 'rust':1A,5,7 '京':3A '東京':2A");
}

#[test]
fn a_binary_vector_says_the_same() {
    let entry = IndexText::new("Rust 東", "rust and rust");
    assert_eq!(entry.tsvector(), "'and':5 'rust':1A,4,6 '東':2A");
    let expected = [
        &b"\0\0\0\x03"[..],
        b"and\0\0\x01\0\x05",
        b"rust\0\0\x03\xc0\x01\0\x04\0\x06",
        "東".as_bytes(),
        b"\0\0\x01\xc0\x02",
    ];
    assert_eq!(entry.tsvector_binary(), expected.concat());
}

#[test]
fn an_empty_entry_is_an_empty_vector() {
    assert_eq!(IndexText::new("", "").tsvector_binary(), [0; 4]);
    assert_eq!(IndexText::new("", "").tsvector(), "");
    assert_eq!(IndexText::new("…", "!").tsvector(), "");
}

#[test]
fn a_frequent_word_leaves_later_places_empty() {
    let count = usize::from(TOKEN_OCCURRENCES_MAX);
    let entry = IndexText::new("", &format!("{}beta the gamma", "the ".repeat(count)));
    assert!(entry.body.ends_with("the beta · gamma"));
    assert!(entry.tsvector().ends_with(&format!(",{}", count + 1)), "the last position of `the`");
    assert!(finds("\"the beta\" gamma", &entry));
    assert!(!finds("\"beta gamma\"", &entry));
    assert!(!finds("\"the gamma\"", &entry));
}

#[test]
fn after_the_last_position_words_are_found_and_phrases_are_not() {
    let body: String = (0..PHRASE_POSITION_MAX + 100).map(|number| format!("w{number} ")).collect();
    let entry = IndexText::new("title", &format!("{body} w7 twilight zone twilight"));
    let last = PHRASE_POSITION_MAX - 3;
    assert!(finds(&format!("\"w{} w{last}\"", last - 1), &entry));
    assert!(!finds(&format!("\"w{last} w{}\"", last + 1), &entry));
    assert!(finds(&format!("w{last} w{} twilight zone", last + 1), &entry));
    assert!(!finds("\"twilight zone\"", &entry));
    assert_eq!(entry.body.matches("twilight").count(), 1);
    let vector = entry.tsvector();
    assert!(vector.contains("'twilight':16383") && vector.contains(&format!("'w{last}':16381 ")));
    assert!(!vector.contains(":16382"));
}

#[test]
fn a_title_is_cut_and_its_end_does_not_touch_the_body() {
    let title = format!("{}end", "a ".repeat(TITLE_TOKENS_MAX as usize));
    let entry = IndexText::new(&title, "b");
    assert!(!entry.title.contains("end"));
    assert!(!finds("\"a b\"", &entry));
    assert!(finds("a b", &entry));
}

#[test]
fn the_largest_entry_stays_below_the_limit_of_a_vector() {
    let body: String = (0..30_000).map(|number| format!("{number:0>128} ")).collect();
    let entry = IndexText::new("", &body);
    assert!(entry.body.len() <= INDEX_BYTES_MAX);
    assert!(finds(&format!("{:0>128}", 1), &entry));
    assert!(!finds(&format!("{:0>128}", 29_999), &entry));
}
