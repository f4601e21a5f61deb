//! Rules about new entries

use proptest::prelude::*;
use yomu_model::filter::{
    Action, Decision, Field, FilterFacts, How, Rule, RuleProblem, Rules, parse_rules, write_rules,
};
use yomu_model::limits::RULES_MAX;
use yomu_model::name::TagName;

const ENTRY: FilterFacts<'static> = FilterFacts {
    title: "Ｒｕｓｔ言語の新機能 [Sponsored]",
    url: "https://example.com/ads/1",
    author: "Jane  Döe",
    content: "We trust the team in 東京都.",
    categories: &["Programming", "広告"],
};

fn decide(text: &str) -> Decision {
    let (rules, problems) = parse_rules(text);
    assert_eq!(problems, [], "{text:?}");
    let (rules, problems) = Rules::compile(&rules);
    assert_eq!(problems, []);
    rules.decide(&ENTRY)
}

fn fits(condition: &str) {
    assert_eq!(decide(&format!("star {condition}")).star, Some(0), "{condition:?}");
    assert_eq!(decide(&format!("star {}", negated(condition))).star, None, "not {condition:?}");
}

fn fits_not(condition: &str) {
    assert_eq!(decide(&format!("star {condition}")).star, None, "{condition:?}");
    assert_eq!(decide(&format!("star {}", negated(condition))).star, Some(0), "not {condition:?}");
}

fn negated(condition: &str) -> String {
    condition.replacen(' ', " not ", 1)
}

#[test]
fn contains_ignores_case_width_and_accents() {
    fits("title contains rust");
    fits("title contains SPONSORED");
    fits("title contains ｒｕｓｔ言語");
    fits("any contains trust");
    fits("author contains doe");
    fits("url contains /ads/");
    fits("category contains 広告");
    fits_not("title contains trust");
    fits_not("category contains rust");
}

#[test]
fn word_finds_words_and_not_their_parts() {
    fits("any word rust");
    fits("title word 言語");
    fits("content word \"the team\"");
    fits("content word 京");
    fits_not("content word rust");
    fits_not("content word \"team the\"");
    fits_not("content word 東都");
}

#[test]
fn is_compares_the_whole_field() {
    fits("category is programming");
    fits("author is \"jane  doe\"");
    fits_not("category is program");
    fits_not("author is jane");
}

#[test]
fn regular_expressions_see_the_text_as_it_is() {
    fits(r"url matches /\/(ads|promo)\/\d+$/");
    fits("content matches trust");
    fits("title matches (?i)sponsored");
    fits_not("title matches sponsored");
    fits_not("title matches rust");
}

#[test]
fn the_first_keep_or_drop_decides() {
    assert_eq!(decide("drop any contains rust").drop, Some(0));
    assert_eq!(decide("keep any contains rust\ndrop any contains rust").drop, None);
    assert_eq!(decide("drop any contains rust\nkeep any contains rust").drop, Some(0));
    assert_eq!(decide("keep any contains python\ndrop url matches /./").drop, Some(1));
}

#[test]
fn marks_are_added_up_and_name_their_rule() {
    let decision =
        decide("star any contains python\nread any contains rust\nread any contains team\nstar any contains team");
    assert_eq!(decision, Decision { read: Some(1), star: Some(3), ..Decision::default() });
    assert_eq!(
        decide("read any contains rust\ndrop any contains rust"),
        Decision { drop: Some(1), ..Decision::default() }
    );
}

#[test]
fn an_entry_is_moved_beside_its_other_marks_unless_it_is_dropped() {
    let decision =
        decide("move any contains python\nmove any contains rust\nread any contains rust\nmove any contains team");
    assert_eq!(decision, Decision { moved: Some(1), read: Some(2), ..Decision::default() });
    assert_eq!(decide("keep any contains rust\nmove any contains rust\ndrop any contains rust").moved, Some(1));
    assert_eq!(
        decide("move any contains rust\ndrop any contains rust"),
        Decision { drop: Some(1), ..Decision::default() }
    );
    assert_eq!(decide("move any contains python").moved, None);
}

#[test]
fn no_rules_do_nothing() {
    assert_eq!(decide(""), Decision::default());
    assert_eq!(decide("# drop any contains rust\n\n  　\n"), Decision::default());
}

#[test]
fn keywords_are_read_in_any_case_and_width() {
    assert_eq!(decide("　ＤＲＯＰ　Title　Contains　rust").drop, Some(0));
}

#[test]
fn a_line_that_is_no_rule_says_where_and_why() {
    let (rules, problems) = parse_rules(
        "drop title contains a\ndorp title contains b\n\n star  titel is c\nread any\nread any is\ndrop any matches /(/\ndrop any word !!!",
    );
    assert_eq!(rules.len(), 1);
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "line 2, column 1: a rule begins with `drop`, `keep`, `read`, `star`, `tag`, `move`; not `dorp`",
            "line 4, column 8: here stands where to look: `any`, `title`, `url`, `author`, `content`, `category`; not `titel`",
            "line 5, column 9: here stands how to compare: `contains`, `word`, `is`, `matches`; the line ends",
            "line 6, column 12: the rule says nothing to look for",
            "line 7, column 18: the regular expression cannot be used: unclosed group",
            "line 8, column 15: `!!!` has no word in it; use `contains`",
        ]
    );
}

#[test]
fn a_regular_expression_that_would_eat_memory_is_refused() {
    let rule = |pattern: &str| Rule {
        action: Action::Drop,
        tag: None,
        field: Field::Any,
        is_negated: false,
        how: How::Regex,
        pattern: pattern.to_owned(),
    };
    let (rules, problems) = Rules::compile(&[rule(r"(\w{100}){100}"), rule(&"(".repeat(60)), rule("Sponsored")]);
    assert!(matches!(problems.as_slice(), [(0, RuleProblem::BadRegex { .. }), (1, RuleProblem::BadRegex { .. })]));
    assert_eq!(rules.decide(&ENTRY).drop, Some(2));
}

#[test]
fn too_many_rules_are_cut() {
    let (rules, problems) = parse_rules(&"drop any contains x\n".repeat(RULES_MAX + 10));
    assert_eq!((rules.len(), problems.len()), (RULES_MAX, 1));
    assert_eq!(problems[0].line, RULES_MAX + 1);
}

#[test]
fn rules_are_written_as_they_are_read() {
    let text = "drop title contains sponsored\nkeep any not matches /a\\/b/\nread author is \" spaced \"\ntag \"to do\" any is x\nstar any word 東京\nmove content contains long read\n";
    let (rules, problems) = parse_rules(text);
    assert_eq!(problems, []);
    assert_eq!(write_rules(&rules), text);
}

#[test]
fn every_tag_that_fits_is_given_and_its_name_may_have_blanks() {
    let text = "tag Rust any contains rust\ntag 「あとで 読む」 any contains python\ntag \"to do\" any contains team\n";
    assert_eq!(decide(text).tags, [0, 2]);
    let names: Vec<_> = parse_rules(text).0.into_iter().map(|rule| rule.tag.unwrap().as_str().to_owned()).collect();
    assert_eq!(names, ["Rust", "あとで 読む", "to do"]);
    let message = |text: &str| parse_rules(text).1.remove(0).message;
    assert!(message("tag \"to do any is x").contains("is missing"));
    assert!(message("tag a,b any is x").contains("one tag"));
    assert!(message("tag").contains("one tag"));
}

proptest! {
    #[test]
    fn every_rule_survives_its_text(
        action in prop::sample::select(Action::ALL),
        field in prop::sample::select(Field::ALL),
        how in prop::sample::select(How::ALL),
        is_negated in any::<bool>(),
        tag in "[a-z東/]{1,4}( [a-z]{1,3})?",
        pattern in "[ \"/#　東.]{0,4}[a東][a \"/#　東.]{0,4}",
    ) {
        let tag = (action == Action::Tag).then(|| TagName::parse(&tag).unwrap());
        let rule = Rule { action, tag, field, is_negated, how, pattern };
        prop_assume!(Rules::compile(std::slice::from_ref(&rule)).1.is_empty());
        let (rules, problems) = parse_rules(&rule.to_string());
        prop_assert_eq!(problems, []);
        prop_assert_eq!(rules, [rule]);
    }

    #[test]
    fn any_text_is_read(text in "(drop|read|move|any|title|not|is|matches|/|\\(|\"| |\n|\\PC){0,40}") {
        let (rules, problems) = parse_rules(&text);
        prop_assert!(Rules::compile(&rules).1.is_empty());
        problems.iter().for_each(|problem| _ = problem.to_string());
    }
}
