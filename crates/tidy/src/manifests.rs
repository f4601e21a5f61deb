//! The manifests: members inherit what the workspace decides, and every dependency says why it is here.

use crate::workspace::{expect_nothing, text, texts_ending};

/// Lines that every member's manifest holds.
const INHERITED: &[&str] = &[
    "version.workspace = true",
    "edition.workspace = true",
    "rust-version.workspace = true",
    "license.workspace = true",
    "publish.workspace = true",
    "[lints]\nworkspace = true",
];

fn not_inherited(file: &str, manifest: &str) -> Vec<String> {
    let mut findings: Vec<String> = INHERITED
        .iter()
        .filter(|line| !manifest.contains(*line))
        .map(|line| format!("`{file}` lacks `{}`", line.replace('\n', " ")))
        .collect();
    for line in dependency_lines(manifest, "dependencies]") {
        if !line.contains(".workspace = true") && !line.contains("workspace = true") {
            findings.push(format!("`{file}` chooses a version of its own: `{line}`"));
        }
    }
    findings
}

/// Dependencies of the workspace whose line does not end in a comment. Our own crates need none.
fn without_a_reason(manifest: &str) -> Vec<String> {
    dependency_lines(manifest, "[workspace.dependencies]")
        .filter(|line| !line.contains("path = "))
        .filter(|line| line.rsplit_once("# ").is_none_or(|(_, reason)| reason.trim().len() < 3))
        .map(|line| format!("no reason is given for `{}`", line.split(' ').next().unwrap_or(line)))
        .collect()
}

/// The lines that begin a dependency, in all tables whose header ends like this.
fn dependency_lines<'a>(manifest: &'a str, header_end: &'a str) -> impl Iterator<Item = &'a str> {
    let mut inside = false;
    manifest.lines().filter(move |line| {
        if line.starts_with('[') {
            inside = line.trim_end().ends_with(header_end);
            return false;
        }
        inside && line.starts_with(|first: char| first.is_ascii_alphanumeric())
    })
}

fn member_manifests() -> Vec<(&'static str, String)> {
    texts_ending("/Cargo.toml").into_iter().filter(|(file, _)| file.matches('/').count() == 2).collect()
}

#[test]
fn every_member_inherits_from_the_workspace() {
    let manifests = member_manifests();
    assert!(manifests.len() >= 6, "the members' manifests were not found");
    let findings: Vec<String> = manifests.iter().flat_map(|(file, manifest)| not_inherited(file, manifest)).collect();
    expect_nothing(&findings);
}

#[test]
fn every_dependency_says_why() {
    expect_nothing(&without_a_reason(&text("Cargo.toml")));
}

mod made_up {
    use super::*;

    const GOOD: &str = "[package]\nname = \"a\"\nversion.workspace = true\nedition.workspace = true\n\
        rust-version.workspace = true\nlicense.workspace = true\npublish.workspace = true\n\n[lints]\nworkspace = true\n\n\
        [dependencies]\nurl.workspace = true\nserde = { workspace = true, optional = true }\n";

    #[test]
    fn a_member_that_inherits_is_quiet() {
        assert_eq!(not_inherited("a", GOOD), Vec::<String>::new());
    }

    #[test]
    fn a_member_with_its_own_edition_lints_or_version_is_found() {
        assert_eq!(not_inherited("a", &GOOD.replace("edition.workspace = true", "edition = \"2021\"")).len(), 1);
        assert_eq!(not_inherited("a", &GOOD.replace("[lints]\nworkspace = true", "")).len(), 1);
        let own = GOOD.to_string() + "\n[dev-dependencies]\ninsta = \"1\"\n";
        assert_eq!(not_inherited("a", &own), ["`a` chooses a version of its own: `insta = \"1\"`"]);
    }

    #[test]
    fn a_dependency_without_a_reason_is_found() {
        let manifest = "[workspace.dependencies]\nours = { path = \"crates/ours\" }\nurl = \"2\" # WHATWG URLs\n\
            sha2 = \"0.11\"\nzstd = \"1\" # \n\n[profile.dev]\ndebug = 1\n";
        assert_eq!(without_a_reason(manifest), ["no reason is given for `sha2`", "no reason is given for `zstd`"]);
    }
}
