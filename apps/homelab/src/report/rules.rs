//! The guard's rules: all in a list, or one explained.

use std::fmt::Write as _;

use homelab_guard::{Example, RULES, Rule, Severity};
use serde_json::{Value, json};

use crate::terminal::{Format, Paint, Terminal};
use crate::trouble::Trouble;

/// A severity as the start of a line.
pub fn severity(severity: Severity, paint: Paint) -> String {
    match severity {
        Severity::Error => paint.red("error:"),
        Severity::Warning => paint.yellow("warning:"),
        Severity::Note => paint.cyan("note:"),
    }
}

/// Prints all rules.
pub fn list(terminal: &Terminal) {
    if terminal.format != Format::Human {
        let rules: Vec<Value> = RULES.iter().map(|rule| document(rule)).collect();
        return terminal.data(&json!({ "version": 1, "rules": rules }).to_string());
    }
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let text = RULES.iter().fold(String::new(), |mut text, rule| {
        let id = format!("{:<width$}", rule.id);
        let _ = writeln!(text, "{}  {:<7}  {}", terminal.out.bold(&id), rule.severity.to_string(), rule.title);
        text
    });
    terminal.data(&text);
}

/// Prints one rule with its reason and its examples.
///
/// # Errors
/// There is none of this name.
pub fn explain(id: &str, terminal: &Terminal) -> Result<(), Trouble> {
    let rule = RULES.iter().find(|rule| rule.id == id);
    let rule = rule.ok_or_else(|| Trouble::NoRule { id: id.to_string(), similar: similar(id) })?;
    terminal.data(&match terminal.format {
        Format::Human => words(rule, terminal.out),
        _ => document(rule).to_string(),
    });
    Ok(())
}

/// The rule with the name that looks most like another.
fn similar(id: &str) -> Option<&'static str> {
    const ALIKE_ENOUGH: f32 = 0.6;
    let likeness = |rule: &Rule| similar::TextDiff::from_chars(rule.id, id).ratio();
    let best = RULES.iter().map(|rule| (likeness(rule), rule.id)).max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(likeness, _)| *likeness >= ALIKE_ENOUGH).map(|(_, id)| id)
}

fn words(rule: &Rule, paint: Paint) -> String {
    let mut text = format!(
        "{} ({})\n{}\n\n{}\n\n{} {}\n",
        paint.bold(rule.id),
        rule.severity,
        rule.title,
        rule.reason,
        paint.bold("What to do:"),
        rule.fix
    );
    if let Some(example) = rule.fires.first() {
        let _ = write!(text, "\n{}\n{}", paint.bold("It finds something in:"), files(example));
    }
    if let Some(example) = rule.silent.first() {
        let _ = write!(text, "\n{}\n{}", paint.bold("It finds nothing in:"), files(example));
    }
    text
}

fn files(example: &Example) -> String {
    let mut text = String::new();
    for (path, content) in example.files {
        let _ = writeln!(text, "  {path}");
        for line in content.replace('‖', "").lines() {
            let _ = writeln!(text, "    {line}");
        }
    }
    text
}

fn document(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "severity": rule.severity.to_string(),
        "title": rule.title,
        "reason": rule.reason,
        "fix": rule.fix,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        let id = RULES[0].id;
        let slip = &id[..id.len() - 1];
        assert_eq!(similar(slip), Some(id));
        assert_eq!(similar("something else entirely"), None);
    }

    #[test]
    fn an_explanation_has_the_reason_and_what_to_do() {
        for rule in RULES.iter() {
            let text = words(rule, Paint { on: false });
            assert!(text.contains(rule.reason) && text.contains(rule.fix) && !text.contains('‖'), "{}", rule.id);
        }
    }
}
