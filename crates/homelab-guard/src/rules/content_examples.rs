//! The examples of rules about contents and exceptions, tried on the whole guard: each firing one is told by its rule, each
//! silent one is not.

use jiff::civil::date;

use crate::allow::{ALLOW_FILE, Allowances, Seen, Standing};
use crate::finding::Source;
use crate::guard::Guard;
use crate::rule::{Example, Rule};

/// The rules that tell of something in an example.
fn told(guard: &Guard, example: &Example) -> Vec<&'static str> {
    let (mut findings, mut allowances) = (Vec::new(), Allowances::default());
    for (path, content) in example.files {
        let content = content.replace('‖', "");
        findings.extend(guard.file(&Source::WorkTree, path, content.as_bytes()));
        if *path == ALLOW_FILE {
            allowances.read_file(path, &content, &Standing::default());
        } else {
            allowances.read_comments(&Source::WorkTree, path, content.as_bytes());
        }
    }
    let settled = allowances.settle(findings, date(2026, 11, 23), Seen::Everything);
    settled.findings.iter().map(|finding| finding.rule.id).collect()
}

#[track_caller]
fn check_examples(rules: &[&'static Rule]) {
    let guard = Guard::new();
    for rule in rules {
        assert!(!rule.fires.is_empty() && !rule.silent.is_empty(), "{rule:?} has no example");
        for example in rule.fires {
            let told = told(&guard, example);
            assert!(told.contains(&rule.id), "{rule:?} does not see {:?}, only {told:?}", example.files);
        }
        for example in rule.silent {
            let told = told(&guard, example);
            assert!(!told.contains(&rule.id), "{rule:?} is not silent on {:?}", example.files);
        }
    }
}

#[test]
fn rules_about_secrets_do_as_their_examples_say() {
    check_examples(super::secrets::RULES);
}

#[test]
fn rules_about_exceptions_do_as_their_examples_say() {
    check_examples(super::allow::RULES);
}

#[test]
fn an_example_that_is_printed_holds_no_secret() {
    let guard = Guard::new();
    for rule in super::secrets::RULES {
        for (path, content) in rule.fires.iter().flat_map(|example| example.files) {
            let found = guard.file(&Source::WorkTree, path, content.as_bytes());
            let by_content = found.iter().filter(|finding| finding.location.line > 0).count();
            assert_eq!(by_content, 0, "{rule:?} shows a whole secret in {path}");
        }
    }
}

#[test]
fn every_shape_is_told_by_a_rule_of_the_table() {
    for (rule, shapes) in super::secrets::SHAPES {
        assert!(
            super::secrets::RULES.iter().any(|listed| std::ptr::eq(*listed, *rule)),
            "{rule:?} is not in the table"
        );
        for shape in *shapes {
            assert!(shape.prefix.len() >= 3, "`{}` of {rule:?} is too short to be looked for", shape.prefix);
        }
    }
}
