//! README.md and README.ja.md say the same: the same commands, links and pictures.

use std::collections::BTreeSet;

use crate::workspace::{expect_nothing, root, text};

fn differences(english: &str, japanese: &str) -> Vec<String> {
    let mut findings = Vec::new();
    for (what, of) in [("command", commands as fn(&str) -> BTreeSet<String>), ("link", links)] {
        let (ours, theirs) = (of(english), of(japanese));
        findings.extend(ours.difference(&theirs).map(|one| format!("{what} `{one}` is only in README.md")));
        findings.extend(theirs.difference(&ours).map(|one| format!("{what} `{one}` is only in README.ja.md")));
    }
    findings
}

/// The lines of all fenced blocks, without comments, which each language writes for itself.
fn commands(document: &str) -> BTreeSet<String> {
    let mut fenced = false;
    let mut lines = BTreeSet::new();
    for line in document.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        let command =
            if line.trim_start().starts_with('#') { "" } else { line.split(" # ").next().unwrap_or(line).trim() };
        if fenced && !command.is_empty() {
            lines.insert(command.to_string());
        }
    }
    lines
}

/// The targets of `](…)`, `src="…"` and `href="…"`. Two pages that exist in both languages are one link; so are the two
/// READMEs, which name each other.
fn links(document: &str) -> BTreeSet<String> {
    raw_links(document).into_iter().map(|link| link.replace(".ja.", ".")).filter(|link| link != "README.md").collect()
}

fn raw_links(document: &str) -> BTreeSet<String> {
    let starts = [("](", ')'), ("src=\"", '"'), ("href=\"", '"')];
    let targets = starts.iter().flat_map(|(start, end)| {
        document.split(start).skip(1).filter_map(|rest| rest.split_once(*end)).map(|(target, _)| target.to_string())
    });
    // Headings are translated, and with them the names of places within the page.
    targets.filter(|target| !target.starts_with('#')).collect()
}

fn broken_links(document: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let local = raw_links(document).into_iter().filter(|link| !link.contains("://") && !link.starts_with("mailto:"));
    let broken = local.filter(|link| !exists(link.split('#').next().unwrap_or(link)));
    broken.map(|link| format!("the link `{link}` leads nowhere")).collect()
}

#[test]
fn both_readmes_name_the_same_commands_and_links() {
    expect_nothing(&differences(&text("README.md"), &text("README.ja.md")));
}

#[test]
fn links_within_the_repository_lead_somewhere() {
    for readme in ["README.md", "README.ja.md"] {
        expect_nothing(&broken_links(&text(readme), |link| root().join(link).exists()));
    }
}

mod made_up {
    use super::*;

    const ENGLISH: &str = "# Yomu\n[日本語](README.ja.md)\n![Unread](docs/unread.png)\n[Guide](docs/guide.md#start) [b](#b)\n\
        ```sh\n# start it\ncargo run --release # and wait\n```\n<img src=\"docs/one.png\">\n";
    const JAPANESE: &str = "# 読む\n[English](README.md)\n![未読](docs/unread.png)\n[手引き](docs/guide.ja.md#start)\n\
        ```sh\n# はじめる\ncargo run --release # 少し待つ\n```\n<img src=\"docs/one.png\">\n";

    #[test]
    fn translations_of_each_other_are_quiet() {
        assert_eq!(differences(ENGLISH, JAPANESE), Vec::<String>::new());
    }

    #[test]
    fn another_command_is_found_on_both_sides() {
        let found = differences(ENGLISH, &JAPANESE.replace("--release", "--debug"));
        assert_eq!(
            found,
            [
                "command `cargo run --release` is only in README.md",
                "command `cargo run --debug` is only in README.ja.md"
            ]
        );
    }

    #[test]
    fn a_picture_or_link_that_only_one_has_is_found() {
        assert_eq!(differences(ENGLISH, &JAPANESE.replace("docs/one.png", "docs/two.png")).len(), 2);
        assert_eq!(differences(&(ENGLISH.to_string() + "[a](https://example.org/)"), JAPANESE).len(), 1);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let found =
            broken_links("[a](docs/gone.md#x) [b](https://gone.example/) [c](README.md)", |link| link == "README.md");
        assert_eq!(found, ["the link `docs/gone.md#x` leads nowhere"]);
    }
}
