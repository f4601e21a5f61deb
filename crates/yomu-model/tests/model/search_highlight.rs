//! Where the words of a query are shown

use jiff::tz::TimeZone;
use proptest::prelude::*;
use yomu_model::search::{Part, Query, highlight, snippet};

fn parse(typed: &str) -> Query {
    Query::parse(typed, &TimeZone::UTC)
}

/// The text with its highlights in brackets.
fn marked(typed: &str, part: Part, text: &str) -> String {
    let mut marked = text.to_owned();
    for range in highlight(&parse(typed), part, text).into_iter().rev() {
        marked.insert(range.end, ']');
        marked.insert(range.start, '[');
    }
    marked
}

fn check(typed: &str, expected: &str) {
    assert_eq!(marked(typed, Part::Body, &expected.replace(['[', ']'], "")), expected, "{typed:?}");
}

#[test]
fn words_are_marked_in_every_width_and_case() {
    check("rust", "[Rust] and [ＲＵＳＴ], not trust");
    check("カタカナ", "[ｶﾀｶﾅ]と[カタカナ]");
    check("cafe", "[Café], [cafe\u{301}]!");
    check("international", "[inter\u{AD}national]");
    check("rea*", "[read] and [reader], not bread");
}

#[test]
fn characters_without_spaces_are_marked_exactly() {
    check("東京", "[東京]都の京都駅");
    check("京都", "東[京都]の[京都]駅");
    check("猫", "うちの[猫]は三毛[猫]");
    check("東京都", "[東京都]の東京");
    check("東京 京都", "[東京都]");
}

#[test]
fn phrases_are_marked_as_a_whole() {
    check("\"says the team\"", "the team [says: the team]");
    check("\"rust 言語\"", "[Rust言語]とRust");
    check("example.com", "see [example.com]/feed");
}

#[test]
fn nothing_else_is_marked() {
    check("-rust", "rust");
    check("is:starred", "starred");
    check("title:rust body", "rust [body]");
    assert_eq!(marked("title:rust", Part::Title, "rust"), "[rust]");
}

fn snippet_of(typed: &str, text: &str, chars_max: usize) -> String {
    let snippet = snippet(&parse(typed), text, chars_max);
    assert!(snippet.pieces.iter().all(|piece| !piece.text.is_empty()));
    snippet
        .pieces
        .iter()
        .map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() })
        .collect()
}

#[test]
fn a_snippet_shows_the_first_hit_between_words() {
    let text = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen.";
    assert_eq!(snippet_of("eight", text, 32), "… seven [eight] nine ten eleven…");
    assert_eq!(snippet_of("one", text, 20), "[One] two three four…");
    assert_eq!(snippet_of("fourteen", text, 24), "… [fourteen].");
    assert_eq!(snippet_of("absent", text, 20), "One two three four…");
}

#[test]
fn a_japanese_snippet_is_cut_between_characters() {
    let text = format!("{}{}", "い".repeat(20), "東京都".repeat(5));
    assert_eq!(snippet_of("京都", &text, 12), "…いい東[京都]東[京都]東[京都]東…");
}

#[test]
fn a_snippet_is_one_line() {
    assert_eq!(snippet_of("b", "  a\n\n\tb  c\n", 20), "a [b] c ");
    assert_eq!(snippet_of("a", "", 20), "");
}

proptest! {
    #[test]
    fn ranges_are_in_order_and_on_characters(typed in "[a-cか-こ東京 \"*-]{0,12}", text in "[a-cA-Cか-こガ東京 ｶﾞ\u{301}\u{3099}🎉.]{0,60}") {
        let query = parse(&typed);
        let mut at = 0;
        for range in highlight(&query, Part::Title, &text) {
            prop_assert!(range.start >= at && range.start < range.end);
            prop_assert!(text.get(range.clone()).is_some());
            at = range.end;
        }
    }

    #[test]
    fn an_entry_is_highlighted_if_and_only_if_it_matches(typed in "[a-cか-こ東京]{1,4}", text in "[a-cA-Cか-こガ東京 ｶﾞ.]{0,60}") {
        let query = parse(&typed);
        let entry = yomu_model::search::IndexText::new("", &text);
        prop_assert_eq!(!highlight(&query, Part::Body, &text).is_empty(), query.matches(&entry));
    }

    #[test]
    fn a_snippet_keeps_to_its_length(typed in "[a-cか-こ]{1,3}", text in "[a-c か-こ\n]{0,200}", chars_max in 0usize..80) {
        let snippet = snippet(&parse(&typed), &text, chars_max);
        let chars: usize = snippet.pieces.iter().map(|piece| piece.text.chars().count()).sum();
        prop_assert!(chars <= chars_max + 2);
    }
}
