//! The examples of rules about trees and images, tried on their rule: each firing one fires, each silent one is silent.

use std::collections::BTreeSet;

use crate::image::Image;
use crate::rule::{Check, Example, Report, Rule};
use crate::tree::{Entry, FileTree, GitState, Kind};

fn tree(example: &Example) -> FileTree {
    let mut tree = FileTree::default();
    for (path, content) in example.files {
        let content = content.replace('‖', "");
        let entry = Entry {
            kind: Kind::File,
            size: content.len() as u64,
            git: GitState::Tracked,
            bytes: FileTree::wants(path).then(|| content.as_bytes().into()),
        };
        tree.insert(*path, entry);
    }
    tree
}

fn findings(rule: &'static Rule, example: &Example) -> Vec<String> {
    let mut findings = Vec::new();
    let mut report = Report::new(rule, &mut findings);
    match rule.check {
        Check::Tree(check) => check(&tree(example), &mut report),
        Check::Image(check) => check(&Image::from_example(example), &mut report),
        Check::Content | Check::Exceptions => panic!("{rule:?} looks at neither trees nor images"),
    }
    let told = findings.iter().map(|finding| {
        let location = &finding.location;
        format!("{}:{}:{} {}", location.path, location.line, location.column, finding.message)
    });
    told.collect()
}

#[track_caller]
fn check_examples(rules: &[&'static Rule]) {
    let mut wrong = Vec::new();
    for rule in rules {
        assert!(!rule.fires.is_empty() && !rule.silent.is_empty(), "{rule:?} has no example");
        for example in rule.fires {
            let found = findings(rule, example);
            if found.is_empty() {
                wrong.push(format!("{rule:?} does not see {:?}", example.files));
            }
            let places: BTreeSet<_> = found.iter().collect();
            if places.len() != found.len() {
                wrong.push(format!("{rule:?} says the same twice: {found:?}"));
            }
        }
        for example in rule.silent {
            let found = findings(rule, example);
            if !found.is_empty() {
                wrong.push(format!("{rule:?} is not silent on {:?}: {found:?}", example.files));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_about_dockerfiles_do_as_their_examples_say() {
    check_examples(super::docker::RULES);
}

#[test]
fn rules_about_build_contexts_do_as_their_examples_say() {
    check_examples(super::context::RULES);
}

#[test]
fn rules_about_git_do_as_their_examples_say() {
    check_examples(super::git::RULES);
}

#[test]
fn rules_about_images_do_as_their_examples_say() {
    check_examples(super::image::RULES);
}

#[test]
fn rules_about_manifests_do_as_their_examples_say() {
    check_examples(super::manifest::RULES);
}

#[test]
fn rules_about_workflows_do_as_their_examples_say() {
    check_examples(super::workflow::RULES);
}
