//! The changelog has an entry for the version being worked on.

use crate::workspace::{METADATA, expect_nothing, text};

fn missing_version(changelog: &str, version: &str) -> Vec<String> {
    let heading = format!("## [{version}]");
    let has_it = changelog.lines().any(|line| line.starts_with(&heading));
    if has_it { Vec::new() } else { vec![format!("CHANGELOG.md has no heading `{heading}`")] }
}

#[test]
fn the_changelog_has_the_current_version() {
    let version = METADATA.packages[0].version.to_string();
    expect_nothing(&missing_version(&text("CHANGELOG.md"), &version));
}

#[test]
fn another_version_is_not_enough() {
    assert_eq!(missing_version("## [0.1.0] - 2026-11-23\n", "0.2.0").len(), 1);
    assert_eq!(missing_version("See ## [0.2.0]\n## [0.2.01]\n", "0.2.0").len(), 1);
    assert!(missing_version("# Changelog\n\n## [0.2.0] - Unreleased\n", "0.2.0").is_empty());
}
