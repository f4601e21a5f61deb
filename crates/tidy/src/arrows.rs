//! Which crate of the workspace may use which.

use cargo_metadata::DependencyKind;

use crate::workspace::{METADATA, expect_nothing};

/// Every crate, and the crates of ours it may depend on, in tests too. A new crate gets a line here first.
const ARROWS: &[(&str, &[&str])] = &[
    ("yomu", &["yomu-model", "yomu-feed", "yomu-clean", "yomu-import", "yomu-store"]),
    ("yomu-store", &["yomu-model"]),
    ("yomu-clean", &[]),
    ("yomu-feed", &[]),
    ("yomu-import", &[]),
    ("yomu-model", &[]),
    ("bench-feeds", &[]),
    ("homelab", &["homelab-plan", "homelab-guard", "homelab-sim", "proxmox-client"]),
    ("homelab-plan", &[]),
    ("homelab-guard", &[]),
    ("homelab-sim", &[]),
    ("proxmox-client", &[]),
    ("tidy", &[]),
];

/// Names that invite everything and say nothing.
const NAMES_WITHOUT_A_NOUN: &[&str] = &["common", "utils", "util", "helpers", "misc", "shared", "core"];

/// A dependency, as much of it as the promises need.
#[derive(Clone, Debug)]
pub(crate) struct Arrow {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) kind: DependencyKind,
}

/// Every dependency that a member names itself.
pub(crate) fn arrows() -> Vec<Arrow> {
    let all = METADATA.packages.iter().flat_map(|package| {
        package.dependencies.iter().map(|dependency| Arrow {
            from: package.name.to_string(),
            to: dependency.name.clone(),
            kind: dependency.kind,
        })
    });
    all.collect()
}

fn members() -> Vec<String> {
    METADATA.packages.iter().map(|package| package.name.to_string()).collect()
}

fn wrong_arrows(members: &[String], arrows: &[Arrow], allowed: &[(&str, &[&str])]) -> Vec<String> {
    let mut findings = Vec::new();
    for member in members {
        if !allowed.iter().any(|(name, _)| name == member) {
            findings.push(format!("`{member}` has no line in the table of arrows"));
        }
    }
    for Arrow { from, to, .. } in arrows.iter().filter(|arrow| members.contains(&arrow.to)) {
        let may = allowed.iter().find(|(name, _)| name == from).map_or(&[] as &[&str], |(_, may)| may);
        if !may.contains(&to.as_str()) {
            findings.push(format!("`{from}` may not depend on `{to}`"));
        }
    }
    findings
}

/// The reader and the platform share a repository and nothing else.
fn arrows_between_halves(arrows: &[Arrow]) -> Vec<String> {
    let half = |name: &str| match name {
        "proxmox-client" => Some("homelab"),
        _ => ["yomu", "homelab"].into_iter().find(|half| name == *half || name.starts_with(&format!("{half}-"))),
    };
    let crossing = arrows
        .iter()
        .filter(|arrow| matches!((half(&arrow.from), half(&arrow.to)), (Some(from), Some(to)) if from != to));
    crossing.map(|arrow| format!("`{}` and `{}` belong to different programs", arrow.from, arrow.to)).collect()
}

fn names_without_a_noun(members: &[String]) -> Vec<String> {
    let vague = members.iter().filter(|name| name.split('-').any(|word| NAMES_WITHOUT_A_NOUN.contains(&word)));
    vague.map(|name| format!("`{name}` does not say what it is about")).collect()
}

#[test]
fn crates_depend_on_what_the_table_allows() {
    expect_nothing(&wrong_arrows(&members(), &arrows(), ARROWS));
}

#[test]
fn the_table_names_no_crate_that_is_gone() {
    let members = members();
    let named = ARROWS.iter().flat_map(|(name, may)| std::iter::once(name).chain(*may));
    let gone = named.filter(|name| !members.iter().any(|member| member == *name));
    expect_nothing(&gone.map(|name| format!("`{name}` is in the table and not in the workspace")).collect::<Vec<_>>());
}

#[test]
fn the_two_programs_are_independent() {
    expect_nothing(&arrows_between_halves(&arrows()));
}

#[test]
fn every_crate_is_called_by_its_noun() {
    expect_nothing(&names_without_a_noun(&members()));
}

mod made_up {
    use super::*;

    fn arrow(from: &str, to: &str) -> Arrow {
        Arrow { from: from.to_string(), to: to.to_string(), kind: DependencyKind::Development }
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_arrow_outside_the_table_is_found_in_tests_too() {
        let found = wrong_arrows(
            &names(&["store", "model"]),
            &[arrow("model", "store"), arrow("store", "model"), arrow("model", "serde")],
            &[("store", &["model"]), ("model", &[])],
        );
        assert_eq!(found, ["`model` may not depend on `store`"]);
    }

    #[test]
    fn a_crate_without_a_line_is_found() {
        assert_eq!(wrong_arrows(&names(&["new"]), &[], &[]), ["`new` has no line in the table of arrows"]);
        assert!(wrong_arrows(&names(&["new"]), &[], &[("new", &[])]).is_empty());
    }

    #[test]
    fn the_halves_may_not_meet_in_either_direction() {
        let found = arrows_between_halves(&[
            arrow("homelab", "yomu-model"),
            arrow("yomu", "proxmox-client"),
            arrow("yomu", "yomu-model"),
            arrow("homelab-sim", "homelab-plan"),
            arrow("yomunicate", "homelab"),
        ]);
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn vague_names_are_found() {
        assert_eq!(names_without_a_noun(&names(&["yomu-utils", "common", "yomu-model"])).len(), 2);
    }
}
