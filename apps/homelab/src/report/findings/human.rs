//! Findings for people: a line each, as compilers write them, and what to do once for each rule.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use homelab_guard::{Finding, Severity};

use super::{Verdict, source_words};
use crate::limits::FINDINGS_SHOWN_MAX;
use crate::report::rules::severity;
use crate::terminal::{Paint, Terminal};
use crate::wording::printable;

pub(super) fn print(verdict: &Verdict, terminal: &Terminal) {
    if !verdict.findings.is_empty() {
        terminal.data(&text(verdict, terminal.out));
    }
    for unread in &verdict.unread {
        terminal.note(&format!(
            "{} `{}` could not be read: {}",
            terminal.err.yellow("warning:"),
            printable(&unread.path),
            printable(&unread.reason)
        ));
    }
    terminal.note(&summary(verdict, terminal.err));
}

fn text(verdict: &Verdict, paint: Paint) -> String {
    let mut text = String::new();
    for finding in verdict.findings.iter().take(FINDINGS_SHOWN_MAX) {
        push(&mut text, finding, paint);
    }
    if let Some(more @ 1..) = verdict.findings.len().checked_sub(FINDINGS_SHOWN_MAX) {
        let _ = writeln!(text, "and {more} more; `--format json` has all");
    }
    let rules: BTreeMap<&str, &str> =
        verdict.findings.iter().map(|finding| (finding.rule.id, finding.rule.fix)).collect();
    let _ = writeln!(text, "\n{}", paint.bold("What to do"));
    for (id, fix) in rules {
        let _ = writeln!(text, "  {}: {fix}", paint.bold(id));
    }
    text
}

fn push(text: &mut String, finding: &Finding, paint: Paint) {
    let location = &finding.location;
    let path = printable(&location.path);
    let place = match (location.line, location.column) {
        (0, _) => path.into_owned(),
        (line, 0) => format!("{path}:{line}"),
        (line, column) => format!("{path}:{line}:{column}"),
    };
    let message = printable(&finding.message);
    let _ = write!(text, "{}: {} {message}", paint.bold(&place), severity(finding.rule.severity, paint));
    let _ = writeln!(text, " {}", paint.dim(&format!("[{}]", finding.rule.id)));
    let source = source_words(&location.source);
    let details = [source, finding.evidence.clone().unwrap_or_default()];
    let details: Vec<String> = details.into_iter().filter(|detail| !detail.is_empty()).collect();
    if !details.is_empty() {
        let _ = writeln!(text, "    {}", printable(&details.join(": ")));
    }
}

fn summary(verdict: &Verdict, paint: Paint) -> String {
    let files = format!("{} in {}", plural(verdict.files, "file"), bytes(verdict.bytes));
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let found: Vec<String> = counts
        .into_iter()
        .map(|(severity, word)| (verdict.count(severity) as u64, word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| plural(count, word))
        .collect();
    let allowed = match verdict.allowed {
        0 => String::new(),
        allowed => format!("; {} allowed", plural(allowed as u64, "exception")),
    };
    match found.is_empty() {
        true => format!("{} in {files}{allowed}", paint.green("nothing found")),
        false => format!("\n{} in {files}{allowed}", found.join(", ")),
    }
}

fn plural(count: u64, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

fn bytes(bytes: u64) -> String {
    homelab_plan::bytes::Bytes::new(bytes).to_words()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::findings::samples;

    #[test]
    fn a_finding_is_a_line_that_editors_can_jump_to() {
        let text = text(&samples::verdict(), Paint { on: false });
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("a.env: error: `TOKEN` holds a token ["), "{text}");
        assert_eq!(lines[1], "    TOKEN=ab…yz");
        assert!(lines[2].starts_with("b.env:3:7: error: "), "{text}");
        assert_eq!(lines[5], "    commit 0123456789ab: TOKEN=ab…yz");
        assert_eq!(text.matches("What to do").count(), 1);
    }

    #[test]
    fn the_summary_counts_what_was_looked_at() {
        assert_eq!(
            summary(&samples::verdict(), Paint { on: false }),
            "\n3 errors in 12 files in 3.4 KiB; 2 exceptions allowed"
        );
        let mut clean = samples::verdict();
        clean.findings.clear();
        assert_eq!(summary(&clean, Paint { on: false }), "nothing found in 12 files in 3.4 KiB; 2 exceptions allowed");
    }
}
