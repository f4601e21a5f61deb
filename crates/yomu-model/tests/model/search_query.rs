//! What a person types, and what becomes of it

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use yomu_model::search::{Expression, Query, QueryProblem, States};

fn parse(typed: &str) -> Query {
    Query::parse(typed, &TimeZone::UTC)
}

fn check(typed: &str, fts5: &str, tsquery: &str) {
    let query = parse(typed);
    let text = |expression: Option<Expression>| expression.map(|expression| expression.text).unwrap_or_default();
    assert_eq!(text(query.fts5()), fts5, "FTS5 of {typed:?}");
    assert_eq!(text(query.tsquery()), tsquery, "tsquery of {typed:?}");
    assert_eq!(query.problems, [], "{typed:?}");
}

fn check_problems(typed: &str, problems: &[QueryProblem]) {
    assert_eq!(parse(typed).problems, problems, "{typed:?}");
}

fn time(text: &str) -> Option<Timestamp> {
    Some(text.parse().unwrap())
}

#[test]
fn words_and_phrases_are_rendered_for_both_databases() {
    check("rust", r#"("rust")"#, "(('rust'))");
    check("東京都", r#"("東京 京都")"#, "(('東京' <-> '京都'))");
    check("猫", r#"("猫" *)"#, "(('猫':*))");
    check("rea*", r#"("rea" *)"#, "(('rea':*))");
    check("\"言語 rust\"", r#"("言語 語 rust")"#, "(('言語' <-> '語' <-> 'rust'))");
    check("rust 猫", r#"("rust") AND ("猫" *)"#, "(('rust')) & (('猫':*))");
    check("title:猫", r#"(title : "猫" *)"#, "(('猫':*A))");
    check("title:\"a b\"", r#"(title : "a b")"#, "(('a':A <-> 'b':A))");
}

#[test]
fn or_and_exclusions_are_rendered_for_both_databases() {
    check("a OR b c", r#"("a" OR "b") AND ("c")"#, "(('a') | ('b')) & (('c'))");
    check("a -b -c", r#"(("a")) NOT ("b" OR "c")"#, "((('a'))) & !(('b') | ('c'))");
}

#[test]
fn only_exclusions_are_turned_round() {
    let query = parse("-a -猫");
    let expected = |text: &str| Some(Expression { text: text.to_owned(), is_negated: true });
    assert_eq!(query.fts5(), expected(r#"("a" OR "猫" *)"#));
    assert_eq!(query.tsquery(), expected("(('a') | ('猫':*))"));
}

#[test]
fn a_query_without_words_has_no_expression() {
    for typed in ["", "  　", "is:starred feed:x", "…"] {
        assert_eq!((parse(typed).fts5(), parse(typed).tsquery()), (None, None), "{typed:?}");
    }
    assert!(parse("").is_empty());
    assert!(!parse("is:read").is_empty());
}

#[test]
fn names_are_folded_and_accepted_by_part() {
    let query = parse("feed:ＮＨＫ feed:\"Hacker News\" -feed:jobs folder:技術");
    assert_eq!(query.feeds.any_of, ["nhk", "hacker news"]);
    assert_eq!(query.feeds.none_of, ["jobs"]);
    assert!(query.feeds.accept("NHK ニュース") && query.feeds.accept("The HACKER news"));
    assert!(!query.feeds.accept("Hacker News Jobs") && !query.feeds.accept("heise"));
    assert!(query.folders.accept("技術") && !query.folders.accept("生活"));
    assert!(parse("word").feeds.accept("anything"));

    let query = parse("ａｕｔｈｏｒ：猫田 author:\"Ursula K\" -author:bot");
    assert_eq!((query.authors.any_of.len(), query.authors.none_of.len()), (2, 1));
    assert!(query.authors.accept("猫田 花子, Ann") && query.authors.accept("URSULA K. LE GUIN"));
    assert!(!query.authors.accept("猫田 Bot") && !query.authors.accept("") && !query.authors.accept("Ursula"));
    assert!(parse("-author:bot").authors.accept("") && !query.is_empty());
    check_problems("author:", &[QueryProblem::NoValue { operator: "author".into() }]);
}

#[test]
fn states_are_set_and_negated() {
    assert_eq!(parse("is:starred is:unread").is, States { starred: Some(true), unread: Some(true), saved: None });
    assert_eq!(parse("-is:saved IS:Read").is, States { starred: None, unread: Some(false), saved: Some(false) });
    check_problems("is:read -is:unread", &[]);
    check_problems("is:read is:unread", &[QueryProblem::Contradiction { value: "unread".into() }]);
    check_problems("is:new", &[QueryProblem::UnknownState { value: "new".into() }]);
}

#[test]
fn dates_begin_at_midnight_of_the_reader() {
    let tokyo = TimeZone::fixed(jiff::tz::offset(9));
    let query = Query::parse("after:2026-01-31 before:2026-02", &tokyo);
    assert_eq!((query.after, query.before), (time("2026-01-30T15:00:00Z"), time("2026-01-31T15:00:00Z")));
    for typed in [
        "before:2026",
        "before:2026-01",
        "before:2026/1/1",
        "before:2026.01",
        "ｂｅｆｏｒｅ：２０２６年１月１日",
        "-after:2026年",
    ] {
        assert_eq!(parse(typed).before, time("2026-01-01T00:00:00Z"), "{typed:?}");
    }
    assert_eq!(parse("after:2024 after:2026 after:2025").after, time("2026-01-01T00:00:00Z"));
}

#[test]
fn what_is_no_date_is_a_problem() {
    for value in ["yesterday", "2026-13", "2026-02-30", "2026-01-01-01", "-2026", "99999", "--"] {
        check_problems(&format!("before:{value}"), &[QueryProblem::NotADate { value: value.to_owned() }]);
    }
}

#[test]
fn what_cannot_be_used_is_said_and_the_rest_counts() {
    check_problems("\"a b", &[QueryProblem::UnclosedQuote]);
    check_problems("a & b", &[QueryProblem::NothingToFind { text: "&".into() }]);
    check_problems("feed: a", &[QueryProblem::NoValue { operator: "feed".into() }]);
    check_problems("title:", &[QueryProblem::NoValue { operator: "title".into() }]);
    check_problems("OR a", &[QueryProblem::LonelyOr]);
    check_problems("a OR", &[QueryProblem::LonelyOr]);
    check_problems("a OR -b", &[QueryProblem::LonelyOr]);
    check_problems("a OR is:read", &[QueryProblem::LonelyOr]);
    check_problems(&"a ".repeat(40), &[QueryProblem::TooManyTerms]);
    check_problems(&"あ".repeat(2000), &[QueryProblem::TooLong]);
    assert_eq!(parse("a & b is:new").clauses.len(), 2);
}

proptest! {
    #[test]
    fn every_query_is_read(typed in "\\PC{0,60}") {
        let query = parse(&typed);
        prop_assert_eq!(query.fts5().is_some(), query.tsquery().is_some());
        query.problems.iter().for_each(|problem| _ = problem.to_string());
    }

    #[test]
    fn operators_in_any_mess_are_read(typed in "(-|title:|author:|feed:|is:|before:|\"|「|」|OR| |　|\\*|a|猫|2026|:|：){0,30}") {
        parse(&typed);
    }

    #[test]
    fn a_piece_of_a_text_is_found_in_it(text in "[ぁ-ん一-龠a-z ]{3,30}", from in 0usize..20, length in 1usize..10) {
        // Whole words only: a Latin word is not found by its half.
        let words: Vec<&str> = text.split_whitespace().collect();
        let phrase = words.iter().skip(from % words.len().max(1)).take(length).copied().collect::<Vec<_>>().join(" ");
        prop_assume!(!phrase.is_empty());
        let entry = yomu_model::search::IndexText::new("", &text);
        prop_assert!(parse(&format!("\"{phrase}\"")).matches(&entry), "{} in {}", phrase, text);
    }
}

#[test]
fn tags_are_meant_by_their_whole_names() {
    let query = parse("tag:Recipes tag:「to do」 -tag:ＯＬＤ tag:#recipes soup");
    assert_eq!(query.tags.all_of, ["recipes", "to do"]);
    assert_eq!(query.tags.none_of, ["old"]);
    assert_eq!(query.clauses.len(), 1);
    assert!(!parse("-tag:old").is_empty() && parse("tag:").is_empty());
}
