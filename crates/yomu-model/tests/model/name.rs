//! What folders and feeds may be called

use proptest::prelude::*;
use yomu_model::name::{FeedTitle, FolderName, NameProblem};

#[test]
fn names_are_trimmed_and_otherwise_kept() {
    assert_eq!(FolderName::parse(" 技術　").unwrap().as_str(), "技術");
    assert_eq!(FeedTitle::parse("Hacker  News ™ 🎉").unwrap().to_string(), "Hacker  News ™ 🎉");
    assert!(FolderName::parse(&"あ".repeat(200)).is_ok());
}

#[test]
fn a_name_is_one_visible_line() {
    assert_eq!(FolderName::parse("  "), Err(NameProblem::Empty));
    assert_eq!(FolderName::parse("\u{200B}\u{FEFF}"), Err(NameProblem::Empty));
    assert_eq!(FolderName::parse("a\nb"), Err(NameProblem::ControlCharacter { character: '\n' }));
    assert_eq!(FolderName::parse(&"あ".repeat(201)), Err(NameProblem::TooLong { chars: 201 }));
    assert_eq!(NameProblem::TooLong { chars: 201 }.to_string(), "a name has at most 200 characters, not 201");
}

proptest! {
    #[test]
    fn a_name_that_was_accepted_is_accepted_again(text in "\\PC{0,30}") {
        if let Ok(name) = FolderName::parse(&text) {
            prop_assert_eq!(FolderName::parse(name.as_str()), Ok(name.clone()));
        }
    }
}
