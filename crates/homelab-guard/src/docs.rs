//! The page about all rules, written from the table.

use std::fmt::Write;

use crate::rule::{Check, Example, Rule};
use crate::rules::RULES;

/// The page about all rules, in Markdown: `docs/homelab/rules.md`.
pub fn rules_page() -> String {
    let mut page = String::from(HEAD);
    let mut area = "";
    for rule in RULES.iter() {
        let (its_area, _) = rule.id.split_once('/').unwrap_or((rule.id, ""));
        if its_area != area {
            area = its_area;
            push(&mut page, format_args!("\n## {area}\n"));
        }
        section(&mut page, rule);
    }
    page
}

const HEAD: &str = "\
# What `homelab check` looks for

This page is written by `cargo run -p homelab-guard --example rules > docs/homelab/rules.md`; a test keeps it equal to the table of
rules. In examples `‖` stands in each secret, so that none stands here.

An *error* must not be published and fails the check; a *warning* fails it where that is asked for; a *note* never does. What you
have looked at and accept is excepted by a comment on the line or above it, `homelab:allow RULE until 2027-01-31: reason`, or in
`.homelab-allow.toml`:

```toml
[[allow]]
rule = \"secrets/private-key\"
path = \"tests/fixtures/*.key\"
reason = \"made for the tests and used nowhere else\"
expires = 2027-01-31
```

That file stands at the top of the repository and counts for every folder and file of it, also when only one of them is looked at.
Its paths count from where it stands.
";

fn section(page: &mut String, rule: &Rule) {
    push(
        page,
        format_args!(
            "\n### `{}`\n\n**{}**: {}.\n\n{}\n\n*What to do:* {}\n",
            rule.id,
            capital(rule),
            rule.title,
            rule.reason,
            rule.fix
        ),
    );
    if !matches!(rule.check, Check::Image(_))
        && let Some(example) = rule.fires.first()
    {
        examples(page, "Told", example);
    }
}

fn examples(page: &mut String, what: &str, example: &Example) {
    for (path, content) in example.files {
        let fence = if content.contains("```") { "````" } else { "```" };
        push(page, format_args!("\n{what}, in `{path}`:\n\n{fence}\n{}\n{fence}\n", content.trim_end()));
    }
}

fn capital(rule: &Rule) -> String {
    let mut severity = rule.severity.to_string();
    if let Some(first) = severity.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    severity
}

fn push(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = page.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_section_of_its_own() {
        let page = rules_page();
        for rule in RULES.iter() {
            assert_eq!(page.matches(&format!("\n### `{}`\n", rule.id)).count(), 1, "{rule:?}");
        }
    }
}
