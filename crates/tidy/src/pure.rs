//! The pure crates: no network, files, clock, randomness or async runtime.
//!
//! Their list of dependencies is the promise. A crate outside the list is a question for a person, not for a machine:
//! does it touch the world?

use cargo_metadata::DependencyKind;

use crate::arrows::{Arrow, arrows};
use crate::source::{is_whole_word, line_of, split, without_tests};
use crate::workspace::{expect_nothing, texts_ending};

/// The pure crates, and everything their code may name directly.
const PURE: &[(&str, &[&str])] = &[
    ("yomu-model", &["jiff", "regex", "serde", "sha2", "unicode-normalization", "url"]),
    ("yomu-feed", &["chardetng", "encoding_rs", "jiff", "memchr", "quick-xml", "serde", "serde_json", "url"]),
    ("yomu-import", &["jiff", "serde", "serde_json"]),
    ("homelab-plan", &["jiff", "serde", "toml"]),
    (
        "homelab-guard",
        &["aho-corasick", "base64", "jiff", "memchr", "regex", "saphyr-parser", "serde", "serde_json", "toml"],
    ),
    ("yomu-clean", &["ammonia", "dom_query", "dom_smoothie", "html5ever", "jiff", "serde_json", "url"]),
];

/// What reaches out of a function without being one of its arguments.
const WORLD: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "std::env",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "TimeZone::system",
];

/// The modules of `std` in `WORLD`, for `use std::{fs, …}`.
const WORLDLY_MODULES: &[&str] = &["fs", "net", "process", "env"];

fn impure_dependencies(arrows: &[Arrow], pure: &[(&str, &[&str])]) -> Vec<String> {
    let mut findings = Vec::new();
    for (member, allowed) in pure {
        let built_in = arrows.iter().filter(|arrow| arrow.from == *member && arrow.kind != DependencyKind::Development);
        for arrow in built_in.filter(|arrow| !allowed.contains(&arrow.to.as_str())) {
            findings.push(format!("`{member}` is pure, and `{}` is not on its list", arrow.to));
        }
    }
    findings
}

/// Uses of the world in one source text, outside tests.
fn worldly_words(file: &str, text: &str) -> Vec<String> {
    let code = without_tests(&split(text).code);
    let mut findings = Vec::new();
    for word in WORLD {
        let uses = code.match_indices(word).filter(|(at, _)| is_whole_word(&code, *at, word.len()));
        findings.extend(uses.map(|_| format!("`{file}` is pure, and names `{word}`")));
    }
    for (at, _) in code.match_indices("std::{") {
        let group = &code[at + "std::{".len()..];
        let names = top_level_names(group);
        for module in WORLDLY_MODULES.iter().filter(|module| names.contains(module)) {
            findings.push(format!("`{file}` is pure, and names `std::{module}` near line {}", line_of(&code, at)));
        }
    }
    findings
}

/// The first segments in a `{…}` group of a `use`, without what is nested deeper.
fn top_level_names(group: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    names.into_iter().filter_map(|name| name.split([':', ' ', '\n']).find(|part| !part.is_empty())).collect()
}

#[test]
fn pure_crates_name_only_what_their_list_allows() {
    expect_nothing(&impure_dependencies(&arrows(), PURE));
}

#[test]
fn pure_sources_do_not_reach_into_the_world() {
    let mut findings = Vec::new();
    for (file, text) in texts_ending(".rs") {
        let is_pure = PURE.iter().any(|(member, _)| file.starts_with(&format!("crates/{member}/src/")));
        let is_test = file.ends_with("/tests.rs") || file.contains("/tests/");
        if is_pure && !is_test {
            findings.extend(worldly_words(file, &text));
        }
    }
    expect_nothing(&findings);
}

mod made_up {
    use super::*;

    #[test]
    fn a_runtime_in_a_pure_crate_is_found_and_one_in_its_tests_is_not() {
        let arrow = |to: &str, kind| Arrow { from: "pure".to_string(), to: to.to_string(), kind };
        let found = impure_dependencies(
            &[
                arrow("tokio", DependencyKind::Normal),
                arrow("url", DependencyKind::Normal),
                arrow("tempfile", DependencyKind::Development),
                arrow("cc", DependencyKind::Build),
            ],
            &[("pure", &["url"])],
        );
        assert_eq!(
            found,
            ["`pure` is pure, and `tokio` is not on its list", "`pure` is pure, and `cc` is not on its list"]
        );
    }

    #[test]
    fn the_clock_and_files_are_found_in_code() {
        for loud in [
            "fn a() { std::fs::read(p) }",
            "use std::net::IpAddr;",
            "let t = jiff::Timestamp::now();",
            "use std::{\n    collections::{BTreeMap, HashMap},\n    env,\n};",
            "use std::{fmt, process::Command};",
        ] {
            assert_eq!(worldly_words("a.rs", loud).len(), 1, "{loud}");
        }
    }

    #[test]
    fn comments_strings_tests_and_similar_names_are_quiet() {
        for quiet in [
            "// std::fs is not used here",
            "const A: &str = \"std::net\";",
            "#[cfg(test)]\nmod tests { fn b() { std::fs::read(c); } }",
            "use std::{collections::{env, fs}, fmt};",
            "fn a(now: Timestamp) { my_std::fsck() }",
            "std::environment()",
        ] {
            assert_eq!(worldly_words("a.rs", quiet), Vec::<String>::new(), "{quiet}");
        }
    }
}
