//! Text to tokens

use proptest::prelude::*;
use yomu_model::limits::TOKEN_BYTES_MAX;
use yomu_model::search::{TokenKind, for_each_token};

fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for_each_token(text, |token| tokens.push(token.text.to_owned()));
    tokens
}

fn check(text: &str, expected: &str) {
    assert_eq!(tokens(text).join(" "), expected, "{text:?}");
}

#[test]
fn words_are_split_where_letters_end() {
    check("Hello, World! 2026-01-31", "hello world 2026 01 31");
    check("snake_case x86-64 utf8", "snake case x86 64 utf8");
    check("It's Apple’s l'eau Hawaiʻi", "it s apple s l eau hawai i");
    check("Café cafe\u{301} ＡＢＣ", "cafe cafe abc");
    check("", "");
    check(" \n\t…—!", "");
}

#[test]
fn runs_without_spaces_become_pairs_and_a_last_character() {
    check("東京都", "東京 京都 都");
    check("猫", "猫");
    check("東京\n駅", "東京 京 駅");
    check("東\u{200B}京", "東京 京");
    check("サーバー", "サー ーバ バー ー");
    check("ｻｰﾊﾞｰ", "サー ーバ バー ー");
    check("한국", "한국 국");
    check("か\u{3099}く", "がく く");
}

#[test]
fn scripts_side_by_side_are_separate_tokens() {
    check("Rust言語で", "rust 言語 語で で");
    check("2026年1月", "2026 年 1 月");
    check("Tシャツ", "t シャ ャツ ツ");
}

#[test]
fn signs_of_programming_languages_are_kept() {
    check("C++, C# and F#.", "c ＋＋ c ＃ and f ＃");
    check("C#の本", "c ＃ の本 本");
    check("Ｃ＋＋", "c ＋＋");
}

#[test]
fn other_signs_are_not() {
    check("a+b a++b page#top #tag Title# Google+ +++ C+++", "a b a b page top tag title google c");
    check(".NET", "net");
    check("iPhone™", "iphone");
}

#[test]
fn each_emoji_is_a_token() {
    check("a🎉b 👩\u{200D}🚀👍🏽", "a 🎉 b 👩 🚀 👍");
    check("★♪→❤️", "");
}

#[test]
fn long_words_are_cut() {
    assert_eq!(tokens(&"a".repeat(1000)), ["a".repeat(TOKEN_BYTES_MAX)]);
    assert_eq!(tokens(&"й".repeat(1000)), ["й".repeat(TOKEN_BYTES_MAX / 2)]);
}

#[test]
fn tokens_know_where_they_come_from() {
    let text = "a Ｒust 東京";
    let mut places = Vec::new();
    for_each_token(text, |token| places.push((token.kind, token.position, &text[token.start..token.end])));
    assert_eq!(
        places,
        [
            (TokenKind::Word, 0, "a"),
            (TokenKind::Word, 1, "Ｒust"),
            (TokenKind::Pair, 2, "東京"),
            (TokenKind::RunEnd, 3, "京"),
        ]
    );
}

proptest! {
    #[test]
    fn tokens_are_what_both_databases_take(text in "\\PC{0,60}") {
        let mut position = 0;
        let mut result = Ok(());
        for_each_token(&text, |token| {
            let is_clean = token.text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || !c.is_ascii());
            let is_in_place = token.start < token.end && token.start < token.first_end && token.first_end <= token.end;
            let is_on_characters = text.get(token.start..token.first_end).is_some() && text.get(token.first_end..token.end).is_some();
            if !is_clean || token.text.is_empty() || !is_in_place || !is_on_characters || token.position != position {
                result = Err(format!("{token:?}"));
            }
            position += 1;
        });
        prop_assert_eq!(result, Ok(()));
    }

    #[test]
    fn any_character_of_a_japanese_text_begins_a_token(text in "[ぁ-んァ-ヶ一-龠ー ]{1,30}") {
        let tokens = tokens(&text);
        for character in text.chars().filter(|character| *character != ' ') {
            prop_assert!(tokens.iter().any(|token| token.starts_with(character)));
        }
    }
}

#[test]
fn a_megabyte_of_marks_is_no_trap() {
    let text = format!("e{}", "\u{316}\u{301}".repeat(250_000));
    check(&text, "e");
    check(&format!("か{}", "\u{3099}".repeat(300_000)), "が");
}
