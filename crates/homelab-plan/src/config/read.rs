//! From TOML to values: every key is looked at, and everything wrong is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::key::{Default, Form, Key, Section, SectionKeys};
use super::secret::is_secret_name;
use super::suggest::nearest;
use super::value::{Refusal, SECRET_ELSEWHERE, Value, shown};
use crate::diagnostic::Diagnostic;
use crate::limits::LIST_ITEMS_MAX;

/// Where each value stands: `nodes[1].memory`. A value that was left out or refused has no place, and so no check that looks
/// for places speaks of it.
#[derive(Debug, Default)]
pub(crate) struct Places {
    places: BTreeMap<String, Range<usize>>,
    refused: BTreeSet<String>,
}

impl Places {
    pub(crate) fn get(&self, path: &str) -> Option<Range<usize>> {
        self.places.get(path).cloned()
    }

    /// Whether a value stands there and was refused, so that a placeholder stands in for it.
    pub(crate) fn is_refused(&self, path: &str) -> bool {
        self.refused.contains(path)
    }
}

/// Reads sections, and keeps what is wrong with them.
pub(crate) struct Reader<'s> {
    sections: &'s [SectionKeys],
    places: Places,
    diagnostics: Vec<Diagnostic>,
    secrets: Vec<Range<usize>>,
    end: usize,
}

/// What reading found beside the values.
pub(crate) struct Found {
    pub(crate) places: Places,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Places that must not be shown.
    pub(crate) secrets: Vec<Range<usize>>,
}

impl<'s> Reader<'s> {
    /// For a text of this length that may have these sections.
    pub(crate) fn new(sections: &'s [SectionKeys], text_length: usize) -> Self {
        Self { sections, places: Places::default(), diagnostics: Vec::new(), secrets: Vec::new(), end: text_length }
    }

    pub(crate) fn finish(self) -> Found {
        Found { places: self.places, diagnostics: self.diagnostics, secrets: self.secrets }
    }

    /// Reads a section that stands at most once.
    pub(crate) fn once<S: Section>(&mut self, root: &DeTable<'_>, path: &str) -> S {
        let empty = DeTable::new();
        let mut table = root;
        let mut walked = String::new();
        for part in path.split('.') {
            walked.push_str(part);
            table = match table.get(part).map(|value| (value.span(), value.get_ref())) {
                None => &empty,
                Some((span, DeValue::Table(table))) => {
                    self.places.places.insert(walked.clone(), span);
                    table
                }
                Some((span, other)) => {
                    self.wrong_form(&walked, Form::Once, span, other);
                    return S::read(&mut Reader::new(self.sections, 0), &empty, path);
                }
            };
            walked.push('.');
        }
        S::read(self, table, path)
    }

    /// Reads a section that stands any number of times.
    pub(crate) fn many<S: Section>(&mut self, root: &DeTable<'_>, path: &str) -> Vec<S> {
        let Some(value) = root.get(path) else { return Vec::new() };
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong_form(path, Form::Many, value.span(), value.get_ref());
            return Vec::new();
        };
        if list.len() > LIST_ITEMS_MAX {
            let message = format!("there are {} `[[{path}]]`; at most {LIST_ITEMS_MAX} are accepted", list.len());
            self.diagnostics.push(Diagnostic::at(value.span(), message, ""));
            self.places.refused.insert(path.to_string());
            return Vec::new();
        }
        let mut sections = Vec::new();
        for (at, item) in list.iter().enumerate() {
            let item_path = format!("{path}[{at}]");
            match item.get_ref() {
                DeValue::Table(table) => {
                    self.places.places.insert(item_path.clone(), item.span());
                    sections.push(S::read(self, table, &item_path));
                }
                other => self.wrong_form(path, Form::Many, item.span(), other),
            }
        }
        sections
    }

    /// Refuses keys at the top, or between it and a section, that lead to no section.
    pub(crate) fn refuse_unknown_sections(&mut self, table: &DeTable<'_>, parent: &str) {
        for (name, value) in table {
            let path = format!("{parent}{}", name.get_ref());
            let below = format!("{path}.");
            let is_section = self.sections.iter().any(|section| section.path == path);
            let leads_to_one = self.sections.iter().any(|section| section.path.starts_with(&below));
            match value.get_ref() {
                _ if is_section => {}
                DeValue::Table(table) if leads_to_one => self.refuse_unknown_sections(table, &below),
                _ => self.unknown_section(parent, name.get_ref(), name.span(), value),
            }
        }
    }

    /// Refuses keys that a section does not have.
    pub(crate) fn refuse_unknown(&mut self, table: &DeTable<'_>, path: &str, keys: &[Key]) {
        for (name, value) in table {
            if !keys.iter().any(|key| key.name == name.get_ref().as_ref()) {
                self.unknown_key(name.get_ref(), name.span(), value, path, keys);
            }
        }
    }

    /// Reads one key of a section.
    pub(crate) fn value<T: Value>(&mut self, table: &DeTable<'_>, path: &str, key: Option<&Key>) -> T {
        let Some(key) = key else { return T::placeholder() };
        let Some(given) = table.get(key.name) else { return self.default_value(path, key) };
        match T::read(given.get_ref()) {
            Ok(value) => {
                self.places.places.insert(format!("{path}.{}", key.name), given.span());
                value
            }
            Err(refusal) => {
                self.refuse(path, key, given.span(), refusal);
                T::placeholder()
            }
        }
    }

    fn default_value<T: Value>(&mut self, path: &str, key: &Key) -> T {
        match key.default {
            Default::Absent => T::placeholder(),
            Default::Is(toml) => read_toml(toml).unwrap_or_else(T::placeholder),
            Default::Required => {
                let heading = self.heading(path);
                let (span, message) = match self.places.get(path) {
                    Some(span) => (span, format!("{heading} has no `{}`", key.name)),
                    None => (self.end..self.end, format!("there is no {heading}, which needs a `{}`", key.name)),
                };
                let help = format!("add `{} = {}`", key.name, key.example);
                self.diagnostics.push(Diagnostic::at(span, message, format!("add {} here", key.kind)).help(help));
                T::placeholder()
            }
        }
    }

    fn refuse(&mut self, path: &str, key: &Key, span: Range<usize>, refusal: Refusal) {
        let Refusal { why, help, fix, is_secret, within } = refusal;
        self.places.refused.insert(format!("{path}.{}", key.name));
        if is_secret {
            self.secrets.push(span.clone());
        }
        let message = format!("`{}` in {} {why}", key.name, self.heading(path));
        let mut diagnostic = Diagnostic::at(within.unwrap_or(span), message, format!("expected {}", key.kind));
        diagnostic.help = help.or_else(|| fix.as_ref().map(|fix| format!("write `{} = {fix}`", key.name)));
        self.diagnostics.push(match fix {
            Some(fix) => diagnostic.fix(fix),
            None => diagnostic,
        });
    }

    fn unknown_key(&mut self, name: &str, span: Range<usize>, value: &Spanned<DeValue<'_>>, path: &str, keys: &[Key]) {
        if is_secret_name(name) {
            return self.secret_key(name, span, value);
        }
        let heading = self.heading(path);
        let diagnostic = Diagnostic::at(span, format!("`{}` is not a key of {heading}", shown(name)), "unknown key");
        let home = self.sections.iter().find(|section| section.keys.iter().any(|key| key.name == name));
        self.diagnostics.push(match (nearest(name, keys.iter().map(|key| key.name)), home) {
            (Some(known), _) => diagnostic.help(format!("did you mean `{known}`?")).fix(known),
            (None, Some(section)) => {
                diagnostic.help(format!("`{name}` is a key of {}", in_brackets(section.path, section.form)))
            }
            (None, None) => {
                let names: Vec<String> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
                diagnostic.help(format!("{heading} has {}", names.join(", ")))
            }
        });
    }

    fn unknown_section(&mut self, parent: &str, name: &str, span: Range<usize>, value: &Spanned<DeValue<'_>>) {
        if is_secret_name(name) {
            return self.secret_key(name, span, value);
        }
        let path = format!("{parent}{}", shown(name));
        let diagnostic = Diagnostic::at(span, format!("`{path}` is not a section of this file"), "unknown section");
        let siblings = self
            .sections
            .iter()
            .filter_map(|section| section.path.strip_prefix(parent))
            .map(|rest| rest.split('.').next().unwrap_or(rest));
        let home = self.sections.iter().find(|section| {
            section.keys.iter().any(|key| key.name == name) || section.path.rsplit('.').next() == Some(name)
        });
        self.diagnostics.push(match (nearest(name, siblings), home) {
            (Some(known), _) => diagnostic.help(format!("did you mean `{parent}{known}`?")).fix(known),
            (None, Some(section)) => {
                diagnostic.help(format!("it belongs to {}", in_brackets(section.path, section.form)))
            }
            (None, None) => {
                let known: Vec<String> = self.sections.iter().map(|section| format!("`{}`", section.path)).collect();
                diagnostic.help(format!("the sections are {}", known.join(", ")))
            }
        });
    }

    fn secret_key(&mut self, name: &str, span: Range<usize>, value: &Spanned<DeValue<'_>>) {
        push_leaves(value, &mut self.secrets);
        let message = format!("`{}` looks like a secret, and this file is kept in git", shown(name));
        self.diagnostics.push(Diagnostic::at(span, message, "a secret does not belong here").help(SECRET_ELSEWHERE));
    }

    fn wrong_form(&mut self, path: &str, form: Form, span: Range<usize>, found: &DeValue<'_>) {
        let wanted = in_brackets(path, form);
        self.places.refused.insert(path.to_string());
        let (message, is_header) = match (form, found) {
            (Form::Many, DeValue::Table(_)) => {
                (format!("`{path}` can stand more than once, and is written as one"), true)
            }
            (Form::Once, DeValue::Array(_)) => (format!("`{path}` stands once, and is written as a list"), false),
            _ => (format!("`{path}` is a value, not a section"), false),
        };
        let diagnostic = Diagnostic::at(span, message, "").help(format!("write {wanted}"));
        self.diagnostics.push(if is_header { diagnostic.fix(format!("[[{path}]]")) } else { diagnostic });
    }

    /// How a section is written, for messages: `[network]`, `[[nodes]]`.
    fn heading(&self, path: &str) -> String {
        let (path, form) = match path.split_once('[') {
            Some((path, _)) => (path, Form::Many),
            None => (path, Form::Once),
        };
        in_brackets(path, form)
    }
}

/// The places of everything written in a value.
fn push_leaves(value: &Spanned<DeValue<'_>>, places: &mut Vec<Range<usize>>) {
    match value.get_ref() {
        DeValue::Table(table) => table.values().for_each(|value| push_leaves(value, places)),
        DeValue::Array(list) => list.iter().for_each(|value| push_leaves(value, places)),
        _ => places.push(value.span()),
    }
}

fn in_brackets(path: &str, form: Form) -> String {
    match form {
        Form::Once => format!("`[{path}]`"),
        Form::Many => format!("`[[{path}]]`"),
    }
}

/// A value from a piece of TOML.
pub(crate) fn read_toml<T: Value>(toml: &str) -> Option<T> {
    T::read(DeValue::parse(toml).ok()?.get_ref()).ok()
}
