//! Marks of unfinished work that may not stay.

use crate::source::{is_whole_word, line_of, split};
use crate::workspace::{expect_nothing, texts_ending};

/// Macros that stand for code somebody meant to write or to remove.
const MACROS: &[&str] = &["todo!", "dbg!", "unimplemented!"];

/// Words in comments that mean "not yet".
const WORDS: &[&str] = &["FIXME", "XXX", "TODO"];

fn leftovers(file: &str, text: &str) -> Vec<String> {
    let source = split(text);
    let mut findings = Vec::new();
    for (part, needles) in [(&source.code, MACROS), (&source.comments, WORDS)] {
        for needle in needles {
            for (at, _) in part.match_indices(needle).filter(|(at, _)| is_whole_word(part, *at, needle.len())) {
                findings.push(format!("{file}:{}: `{needle}` is left over", line_of(part, at)));
            }
        }
    }
    findings
}

#[test]
fn nothing_unfinished_is_left_in_sources() {
    let findings: Vec<String> = texts_ending(".rs").iter().flat_map(|(file, text)| leftovers(file, text)).collect();
    expect_nothing(&findings);
}

#[test]
fn a_left_over_macro_is_found_with_its_line() {
    assert_eq!(leftovers("a.rs", "fn a() {\n    todo!()\n}"), ["a.rs:2: `todo!` is left over"]);
    assert_eq!(leftovers("a.rs", "let x = dbg!(y);").len(), 1);
    assert_eq!(leftovers("a.rs", "unimplemented!(\"later\")").len(), 1);
    assert_eq!(leftovers("a.rs", &format!("// {} this leaks", WORDS[0])).len(), 1);
}

#[test]
fn strings_and_finished_code_are_quiet() {
    assert!(leftovers("a.rs", "let s = \"todo!\"; // dbg! is not used, nor is \\uXXXX\nlet list = todos;").is_empty());
}
