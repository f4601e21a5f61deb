//! Exceptions cover what they name, and tell when something is wrong with them.

use jiff::civil::date;

use super::*;
use crate::guard::Guard;

/// The mark in two parts, so that these lines are no exceptions themselves.
fn marked(text: &str) -> String {
    text.replace("ALLOW", concat!("homelab:", "allow"))
}

fn settle(path: &str, text: &str, allow_file: &str) -> Settled {
    let text = marked(text).replace('‖', "");
    let mut allowances = Allowances::default();
    allowances.read_comments(&Source::WorkTree, path, text.as_bytes());
    if !allow_file.is_empty() {
        allowances.read_file(ALLOW_FILE, allow_file, &Standing::default());
    }
    let findings = Guard::new().file(&Source::WorkTree, path, text.as_bytes());
    allowances.settle(findings, date(2026, 11, 23), Seen::Everything)
}

fn told(settled: &Settled) -> Vec<(&str, u32)> {
    settled.findings.iter().map(|finding| (finding.rule.id, finding.location.line)).collect()
}

#[test]
fn a_comment_covers_its_own_line_or_the_one_below() {
    let beside = settle(".env", "DB_PASSWORD=hunt‖er2 # ALLOW secrets/named-value until 2027-01-31: made up\n", "");
    assert_eq!((told(&beside), beside.allowed.len()), (vec![], 1));
    let above = settle(".env", "# ALLOW secrets/named-value until 2027-01-31: made up\nDB_PASSWORD=hunt‖er2\n", "");
    assert_eq!((told(&above), above.allowed.len()), (vec![], 1));
}

#[test]
fn two_comments_above_one_another_are_about_the_line_below_both() {
    let text = "# ALLOW secrets/named-value until 2027-01-31: made up\n# ALLOW secrets/jwt until 2027-01-31: made up\nDB_PASSWORD=hunt‖er2\n";
    let settled = settle(".env", text, "");
    assert_eq!((told(&settled), settled.allowed.len()), (vec![("allow/unused", 2)], 1));
}

#[test]
fn a_comment_covers_nothing_further_down() {
    let text = "# ALLOW secrets/named-value until 2027-01-31: made up\nPORT=1\nDB_PASSWORD=hunt‖er2\n";
    assert_eq!(told(&settle(".env", text, "")), [("secrets/named-value", 3), ("allow/unused", 1)]);
    let beside = "PORT=1 # ALLOW secrets/named-value until 2027-01-31: made up\nDB_PASSWORD=hunt‖er2\n";
    assert_eq!(told(&settle(".env", beside, "")), [("secrets/named-value", 2), ("allow/unused", 1)]);
}

#[test]
fn an_exception_needs_a_reason_a_day_and_a_rule() {
    for (comment, rule) in [
        ("ALLOW secrets/named-value until 2027-01-31:", "allow/no-reason"),
        ("ALLOW secrets/named-value: because", "allow/no-expiry"),
        ("ALLOW secrets/named-value until 2026-11-22: because", "allow/expired"),
        ("ALLOW secrets/unknown until 2027-01-31: because", "allow/unknown-rule"),
        ("ALLOW named-value until 2027-01-31: because", "allow/unknown-rule"),
        ("ALLOW allow/unused until 2027-01-31: because", "allow/unknown-rule"),
        ("ALLOW secrets/named-value until soon: because", "allow/unreadable"),
    ] {
        let settled = settle(".env", &format!("DB_PASSWORD=hunt‖er2 # {comment}\n"), "");
        assert_eq!(told(&settled), [("secrets/named-value", 1), (rule, 1)], "{comment}");
    }
    let last_day = settle(".env", "DB_PASSWORD=hunt‖er2 # ALLOW secrets/named-value until 2026-11-23: because\n", "");
    assert_eq!(told(&last_day), [], "the last day counts");
}

#[test]
fn a_description_of_the_syntax_is_no_exception() {
    assert_eq!(told(&settle("README.md", "Write `ALLOW RULE until 2027-01-31: reason` above it.\n", "")), []);
}

#[test]
fn an_exception_is_told_with_its_line_and_column() {
    let settled = settle(".env", "A=1\nB=2 # ALLOW secrets/jwt until 2027-01-31: made up\n", "");
    let location = &settled.findings[0].location;
    assert_eq!((location.line, location.column, location.width), (2, 7, 51));
}

#[test]
fn the_allow_file_covers_paths() {
    let file = "[[allow]]\nrule = \"secrets/named-value\"\npath = \"deploy/**/*.env\"\nreason = \"made up\"\nexpires = 2027-01-31\n";
    assert_eq!(told(&settle("deploy/a/b/x.env", "DB_PASSWORD=hunt‖er2\n", file)), []);
    assert_eq!(told(&settle("deploy/x.env", "DB_PASSWORD=hunt‖er2\n", file)), []);
    assert_eq!(
        told(&settle("x.env", "DB_PASSWORD=hunt‖er2\n", file)),
        [("secrets/named-value", 1), ("allow/unused", 2)]
    );
}

#[test]
fn the_allow_file_may_name_one_finding() {
    let found = settle(".env", "DB_PASSWORD=hunt‖er2\n", "");
    let fingerprint = found.findings[0].fingerprint();
    let file = |fingerprint: &str| {
        format!(
            "[[allow]]\nrule = \"secrets/named-value\"\npath = \".env\"\nreason = \"made up\"\nexpires = \"2027-01-31\"\nfingerprint = \"{fingerprint}\"\n"
        )
    };
    assert_eq!(told(&settle(".env", "\nDB_PASSWORD=hunt‖er2\n", &file(&fingerprint))), [], "lines may move");
    assert_eq!(
        told(&settle(".env", "DB_PASSWORD=hunt‖er2\n", &file("0"))),
        [("secrets/named-value", 1), ("allow/unused", 2)]
    );
}

#[test]
fn what_is_wrong_in_the_allow_file_is_told_with_its_place() {
    for (file, rule, line) in [
        ("[[allow]]\npath = \"a\"\n", "allow/unreadable", 1),
        ("[[allow]]\nrule = \"secrets/jwt\"\n", "allow/unreadable", 1),
        ("[[allow]]\nrule = \"secrets/jwt\"\npath = \"a\"\nreasn = \"x\"\n", "allow/unreadable", 4),
        ("[[allow]]\nrule = \"secrets/jwt\"\npath = \"a\"\nreason = \"x\"\nexpires = 5\n", "allow/unreadable", 5),
        ("[[allow]]\nrule = \"secrets/jwt\"\npath = \"a\"\nexpires = 2027-01-31\n", "allow/no-reason", 2),
        ("[[allow]]\nrule = \"secrets/jwt\"\npath = \"a\"\nreason = \"x\"\n", "allow/no-expiry", 2),
        ("[[allow]]\nrule = \"secrets/jwt\"\npath = \"a\"\nreason = \"x\"\nexpires = 2020-01-01\n", "allow/expired", 2),
        ("not toml", "allow/unreadable", 1),
    ] {
        assert_eq!(told(&settle("b", "", file)), [(rule, line)], "{file}");
    }
}

#[test]
fn a_part_says_nothing_about_use() {
    let mut allowances = Allowances::default();
    allowances.read_file(
        ALLOW_FILE,
        "[[allow]]\nrule = \"secrets/jwt\"\npath = \"a\"\nreason = \"x\"\nexpires = 2027-01-31\n",
        &Standing::default(),
    );
    assert_eq!(told(&allowances.settle(Vec::new(), date(2026, 11, 23), Seen::APart)), []);
}

#[test]
fn a_file_above_what_is_looked_at_counts_its_paths_from_where_it_stands() {
    let text = "DB_PASSWORD=hunt‖er2\n".replace('‖', "");
    let settle = |path: &str, cut: &str, below: &str| {
        let entry =
            "[[allow]]\nrule = \"secrets/named-value\"\npath = \"apps/*/.env\"\nreason = \"x\"\nexpires = 2027-01-31\n";
        let standing = Standing { cut: cut.to_owned(), below: below.to_owned() };
        let mut allowances = Allowances::default();
        allowances.read_file("../.homelab-allow.toml", entry, &standing);
        let findings = Guard::new().file(&Source::WorkTree, path, text.as_bytes());
        allowances.settle(findings, date(2026, 11, 23), Seen::Everything)
    };
    assert_eq!(settle(".env", "", "apps/yomu/").allowed.len(), 1);
    assert_eq!(settle("yomu/.env", "", "apps/").allowed.len(), 1);
    assert_eq!(settle("../yomu/.env", "../yomu/", "apps/yomu/").allowed.len(), 1);
    // Elsewhere it covers nothing, and whoever looks at a part cannot say that it covers nothing at all.
    let elsewhere = settle(".env", "", "docs/yomu/");
    assert_eq!((told(&elsewhere), elsewhere.allowed.len()), (vec![("secrets/named-value", 1)], 0));
}
