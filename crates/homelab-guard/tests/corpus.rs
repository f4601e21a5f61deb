//! The corpus: what the guard must catch and where it must stay quiet.

mod cases;

use cases::{Case, cases};
use homelab_guard::{Allowances, Finding, Guard, Seen, Severity, Source};
use jiff::civil::date;

/// How much of what must be caught may slip through before the test fails.
const RECALL_MIN: f64 = 0.98;

/// What is told of a case, after its own exceptions.
fn findings(guard: &Guard, case: &Case) -> Vec<Finding> {
    let bytes = case.bytes();
    let mut allowances = Allowances::default();
    allowances.read_comments(&Source::WorkTree, &case.path, &bytes);
    let findings = guard.file(&Source::WorkTree, &case.path, &bytes);
    allowances.settle(findings, date(2026, 11, 23), Seen::Everything).findings
}

/// What is wrong with the findings of a case that must be caught.
fn missed(findings: &[Finding], case: &Case) -> Option<String> {
    let lines: Vec<u32> = findings.iter().map(|finding| finding.location.line).collect();
    let absent: Vec<&u32> = case.lines.iter().filter(|line| !lines.contains(line)).collect();
    if !absent.is_empty() {
        return Some(format!("{}: nothing on line {absent:?} of `{}`", case.name, case.path));
    }
    let rule = case.rule.as_deref()?;
    let told: Vec<&str> = findings.iter().map(|finding| finding.rule.id).collect();
    (!told.contains(&rule)).then(|| format!("{}: told by {told:?} and not by `{rule}`", case.name))
}

#[test]
fn nearly_everything_that_must_be_caught_is() {
    let guard = Guard::new();
    let cases = cases("catch");
    let missed: Vec<String> = cases.iter().filter_map(|case| missed(&findings(&guard, case), case)).collect();
    let recall = 1.0 - missed.len() as f64 / cases.len() as f64;
    println!("recall {recall:.4}: {} of {} cases\n{}", cases.len() - missed.len(), cases.len(), missed.join("\n"));
    assert!(cases.len() >= 150, "{} cases", cases.len());
    assert!(recall >= RECALL_MIN, "recall is {recall:.4}; missed:\n{}", missed.join("\n"));
}

#[test]
fn only_the_lines_of_secrets_are_told() {
    let guard = Guard::new();
    let mut extra = Vec::new();
    for case in cases("catch") {
        let found = findings(&guard, &case);
        let beside = found.iter().filter(|finding| !case.lines.contains(&finding.location.line));
        extra.extend(beside.map(|finding| {
            format!("{}: line {}: {} {}", case.name, finding.location.line, finding.rule.id, finding.message)
        }));
        let mut places: Vec<_> = found.iter().map(|finding| &finding.location).collect();
        places.dedup();
        assert_eq!(places.len(), found.len(), "{}: a secret is told twice", case.name);
    }
    assert_eq!(extra, Vec::<String>::new());
}

#[test]
fn nothing_quiet_is_told() {
    let guard = Guard::new();
    let cases = cases("quiet");
    let mut alarms = Vec::new();
    for case in &cases {
        for finding in findings(&guard, case) {
            let Severity::Error = finding.rule.severity else { continue };
            alarms.push(format!(
                "{}: line {}: {}: {}",
                case.name, finding.location.line, finding.rule.id, finding.message
            ));
        }
    }
    println!("precision on the quiet set: {} alarms in {} cases\n{}", alarms.len(), cases.len(), alarms.join("\n"));
    assert!(cases.len() >= 150, "{} cases", cases.len());
    assert_eq!(alarms, Vec::<String>::new());
}

#[test]
fn no_value_is_shown() {
    let guard = Guard::new();
    for case in cases("catch") {
        let content = case.content.clone();
        for finding in findings(&guard, &case) {
            let line = content.lines().nth(finding.location.line as usize - 1).unwrap_or_default();
            let start = finding.location.column as usize - 1;
            let secret: String = line.chars().skip(start).take(finding.location.width as usize).collect();
            let told = format!("{} {}", finding.message, finding.evidence.as_deref().unwrap_or_default());
            let hidden = !told.contains(&secret) || secret.starts_with("-----BEGIN") || secret.starts_with("PuTTY");
            assert!(hidden, "{}: `{told}` tells `{secret}`", case.name);
        }
    }
}
