//! The page that documents every key, from the table.

use super::homelab::SECTIONS;
use super::key::{Default, Form, Key, SectionKeys};

/// The text of `docs/homelab/configuration.md`.
pub fn reference_page() -> String {
    let mut page = String::from(
        "# homelab.toml\n\n\
         One file says what a home is. `homelab init` writes it with the decision record's values and these explanations as\n\
         comments. Unknown keys are refused, and so is everything that does not go together; each problem is shown with its\n\
         line and what to write instead.\n\n\
         Sizes have a unit: `MiB` and `GiB` are 1024s, `MB` and `GB` are thousands. Passwords and token secrets have no place\n\
         in this file.\n\n\
         This page is generated from the table that the parser reads by.\n",
    );
    for section in SECTIONS {
        push_section(&mut page, section);
    }
    page
}

fn push_section(page: &mut String, section: &SectionKeys) {
    let (heading, times) = match section.form {
        Form::Once => (format!("[{}]", section.path), ""),
        Form::Many => (format!("[[{}]]", section.path), " It may stand any number of times."),
    };
    page.push_str(&format!("\n## `{heading}`\n\n{}{times}\n\n", one_line(section.doc)));
    page.push_str("| key | value | default | meaning |\n|---|---|---|---|\n");
    for key in section.keys {
        let cells = [format!("`{}`", key.name), key.kind.to_string(), default_cell(key), meaning(key)];
        page.push_str(&format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | ")));
    }
}

fn default_cell(key: &Key) -> String {
    match key.default {
        Default::Required => "**required**".to_string(),
        Default::Absent => "–".to_string(),
        Default::Is(toml) => format!("`{toml}`"),
    }
}

/// What it means, with an example where the default shows none or another.
fn meaning(key: &Key) -> String {
    match key.default {
        Default::Is(toml) if toml == key.example => one_line(key.doc),
        _ => format!("{} Example: `{}`", one_line(key.doc), key.example),
    }
}

/// A documentation comment as one line.
pub(crate) fn one_line(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}
