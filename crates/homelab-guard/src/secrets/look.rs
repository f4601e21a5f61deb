//! One pass over a file, and a closer look at each stop.

use std::ops::Range;

use memchr::memmem;

use super::anchors::{Anchor, Anchors};
use super::candidate::{Candidate, settle};
use super::charset::WORD;
use super::cursor::Cursor;
use super::file_kind::{FileKind, FileTraits};
use super::kubernetes;
use super::mask::masked;
use super::named_value;
use super::place::Places;
use super::randomness::is_random;
use super::text::{Content, content};
use super::value::Setting;
use super::{address, command_line, credential_file, encoded, json_web_token, password_hash, private_key};
use crate::finding::{Finding, Location, Source};
use crate::limits::{FINDINGS_PER_FILE_MAX, VALUES_WITHIN_MAX};
use crate::rules::secrets::{chat_token, kubeconfig, kubernetes_secret};

/// How often base64 is looked into: once for a Secret in base64, and not for what is inside that.
const DEPTH_MAX: usize = 1;

/// A text that is being looked at.
pub(crate) struct Look<'a> {
    /// For what is inside.
    pub(crate) anchors: &'a Anchors,
    /// The text itself.
    pub(crate) text: &'a [u8],
    /// What the path says about it.
    pub(crate) traits: FileTraits,
    /// How many layers of base64 it was in.
    pub(crate) depth: usize,
    /// From where on everything is a test.
    tests_from: usize,
    /// Up to where names have been read.
    names_read: usize,
    /// Up to where values have been read, and how many of them stand within one another there.
    values_read: (usize, usize),
    /// Up to where lists of cloud-init have been read.
    lists_read: usize,
    /// Up to where Secrets have been read.
    secrets_read: usize,
    /// What was found so far.
    pub(crate) found: Vec<Candidate>,
}

/// Everything that is found in the bytes at `path`, whose first line has the number `first_line`.
pub(crate) fn file(anchors: &Anchors, source: &Source, path: &str, bytes: &[u8], first_line: u32) -> Vec<Finding> {
    let traits = FileTraits::of(path);
    let at = |line, column, width| Location { source: source.clone(), path: path.to_string(), line, column, width };
    let by_path = credential_file::by_path(path).filter(|_| first_line == 1);
    let mut findings: Vec<Finding> = by_path
        .map(|(rule, message)| Finding { rule, location: at(0, 0, 0), message, evidence: None })
        .into_iter()
        .collect();
    let (text, candidates) = match content(bytes) {
        Content::Binary(bytes) => (bytes.into(), unmistakable(anchors, bytes)),
        Content::Text(text) => {
            let mut candidates = Look::new(anchors, &text, traits).everything();
            if first_line == 1 {
                candidates.extend(credential_file::find(path, &text, traits));
            }
            (text, candidates)
        }
    };
    let mut places = Places::new(&text, first_line);
    let told = settle(candidates).into_iter().filter(|candidate| !is_broken(&text, &candidate.range));
    for candidate in told.take(FINDINGS_PER_FILE_MAX) {
        let place = places.next(&candidate.range);
        let evidence = Some(masked(&text[candidate.range]));
        let location = at(place.line, place.column, place.width);
        findings.push(Finding { rule: candidate.rule, location, message: candidate.message, evidence });
    }
    findings
}

/// Whether the sign that breaks secrets in this crate's own examples stands in a secret, or in the word that goes on behind it.
fn is_broken(text: &[u8], range: &Range<usize>) -> bool {
    const GOES_ON_MAX: usize = 512;
    let rest = &text[range.end..text.len().min(range.end + GOES_ON_MAX)];
    let word = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
    memmem::find(&text[range.start..range.end + word], "‖".as_bytes()).is_some()
}

/// Keys and tokens in bytes that are no text: a database, an archive, a program.
fn unmistakable(anchors: &Anchors, bytes: &[u8]) -> Vec<Candidate> {
    /// A shape with a shorter fixed text turns up in random bytes.
    const PREFIX_MIN: usize = 4;
    let shaped = |(range, anchor): (Range<usize>, Anchor)| match anchor {
        Anchor::Shape(rule, shape) if shape.prefix.len() >= PREFIX_MIN => {
            let token = shape.find(bytes, range.start)?;
            Some(Candidate { rule, range: token.start..token.end, message: format!("{} stands here", shape.what) })
        }
        Anchor::Pem => private_key::find_pem(bytes, range.start),
        _ => None,
    };
    anchors.stops(bytes).filter_map(shaped).take(FINDINGS_PER_FILE_MAX).collect()
}

impl<'a> Look<'a> {
    /// Before the pass.
    pub(crate) fn new(anchors: &'a Anchors, text: &'a [u8], traits: FileTraits) -> Self {
        let tests = if traits.kind == FileKind::Code { memmem::find(text, b"#[cfg(test)]") } else { None };
        let tests_from = tests.unwrap_or(text.len());
        Self {
            anchors,
            text,
            traits,
            depth: 0,
            tests_from,
            names_read: 0,
            values_read: (0, 0),
            lists_read: 0,
            secrets_read: 0,
            found: Vec::new(),
        }
    }

    /// Makes the pass.
    pub(crate) fn everything(mut self) -> Vec<Candidate> {
        let (anchors, text) = (self.anchors, self.text);
        for (range, anchor) in anchors.stops(text) {
            self.stop(range, anchor);
            // Several may tell of one secret, so there is room for more than will be shown.
            if self.found.len() > FINDINGS_PER_FILE_MAX * 4 {
                break;
            }
        }
        self.found
    }

    /// What is found in text that stood in base64 within this one.
    pub(crate) fn inside(&self, text: &[u8]) -> Vec<Candidate> {
        if self.depth >= DEPTH_MAX {
            return Vec::new();
        }
        let traits = FileTraits { kind: FileKind::Lines, ..self.traits };
        let look = Look { depth: self.depth + 1, ..Look::new(self.anchors, text, traits) };
        look.everything()
    }

    fn stop(&mut self, range: Range<usize>, anchor: Anchor) {
        let (text, at) = (self.text, range.start);
        let found = match anchor {
            Anchor::Name => return self.name(range),
            Anchor::Shape(rule, shape) => shape.find(text, at).map(|token| Candidate {
                rule,
                range: token.start..token.end,
                message: format!("{} stands here", shape.what),
            }),
            Anchor::Address => address::find(text, at, self.setting_at(at)),
            Anchor::GoAddress => address::find_go(text, at, self.setting_at(at)),
            Anchor::Pem => private_key::find_pem(text, at),
            Anchor::Putty => private_key::find_putty(text, at),
            Anchor::StaticKey => private_key::find_static(text, &range),
            Anchor::Directive(directive) => directive.find(text, &range, self.setting_at(at)),
            Anchor::JsonWebToken => json_web_token::find(text, at),
            Anchor::Hash if self.setting_at(at) == Setting::MadeUp => None,
            Anchor::Hash => password_hash::find(text, at),
            Anchor::Command if matches!(self.traits.kind, FileKind::Lock) => None,
            Anchor::Command if at < self.lists_read => None,
            Anchor::Command => {
                let (found, reached) = command_line::find(text, &range, self.command_setting(at));
                self.lists_read = reached;
                return self.found.extend(found);
            }
            Anchor::IdentifiedBy => named_value::identified_by(self, &range),
            Anchor::Expect => command_line::find_expect(text, &range),
            Anchor::Login => login(text, range.end).or_else(|| named_value::login(self, range.end)),
            Anchor::SecureString => named_value::secure_string(self, range.end),
            Anchor::Plain => named_value::plain(self, range.end),
            Anchor::ClientKey => client_key(text, range.end),
        };
        self.found.extend(found);
    }

    /// Looks at the name around a telling word, once for all the telling words in it.
    fn name(&mut self, word: Range<usize>) {
        if word.start < self.names_read || self.traits.kind == FileKind::Lock {
            return;
        }
        if self.text[word.clone()].eq_ignore_ascii_case(b"secret") && word.start >= self.secrets_read {
            self.secret(&word);
        }
        if let Some(candidate) = named_value::special(self, &word) {
            self.found.push(candidate);
        }
        self.names_read = named_value::find(self, word);
    }

    /// Looks at the entries of a Kubernetes Secret.
    fn secret(&mut self, word: &Range<usize>) {
        let Some((entries, reached)) = kubernetes::entries(self.text, word) else { return };
        self.secrets_read = reached;
        for entry in entries {
            let plain =
                if entry.encoded { encoded::text(&without_breaks(&self.text[entry.value.clone()])) } else { None };
            let key = String::from_utf8_lossy(&self.text[entry.key.clone()]).into_owned();
            let value = plain.as_deref().unwrap_or(&self.text[entry.value.clone()]);
            let how = if plain.is_some() { ", in base64" } else { "" };
            let inside = if plain.is_some() { self.inside(value).into_iter().next() } else { None };
            let message = match inside {
                Some(inside) => format!("`{key}` of a Kubernetes Secret: {}{how}", inside.message),
                None if named_value::is_secret_entry(self, key.as_bytes(), value, entry.encoded && plain.is_none()) => {
                    format!("`{key}` of a Kubernetes Secret has its value here{how}")
                }
                None => continue,
            };
            let range = kubernetes::first_line_of(self.text, &entry.value);
            self.found.push(Candidate { rule: &kubernetes_secret::RULE, range, message });
        }
    }

    /// Whether the name at `at` is looked at. Values hold names with values, as in a connection string; a line in which
    /// everything is a name with the rest of the line as its value is not read once for each.
    pub(crate) fn may_look(&self, at: usize) -> bool {
        let (end, within) = self.values_read;
        at >= end || within < VALUES_WITHIN_MAX
    }

    /// Remembers that a value was looked at.
    pub(crate) fn looked_at(&mut self, value: &Range<usize>) {
        let (end, within) = self.values_read;
        self.values_read = if value.start >= end { (value.end, 0) } else { (end.max(value.end), within + 1) };
    }

    /// Where values of this file stand.
    pub(crate) fn setting(&self) -> Setting {
        match self.traits.kind {
            _ if self.traits.is_test || self.traits.is_example || self.traits.is_locale => Setting::MadeUp,
            FileKind::Code => Setting::Program,
            FileKind::Prose => Setting::Prose,
            _ => Setting::Configuration,
        }
    }

    /// Where values around `at` stand: the tests of Rust are in the files that they test, at the end.
    pub(crate) fn setting_at(&self, at: usize) -> Setting {
        if at >= self.tests_from { Setting::MadeUp } else { self.setting() }
    }

    /// Commands are commands in documents too, where words stand for what a reader will type.
    fn command_setting(&self, at: usize) -> Setting {
        match self.setting_at(at) {
            Setting::Prose => Setting::Program,
            setting => setting,
        }
    }
}

/// The token in `client.login("…")`: three parts, the first of which is the bot's number in base64.
fn login(text: &[u8], at: usize) -> Option<Candidate> {
    let mut cursor = Cursor::new(text, at);
    let range = cursor.literal()?;
    let parts: Vec<&[u8]> = text[range.clone()].split(|byte| *byte == b'.').collect();
    let [number, time, signature] = parts.as_slice() else { return None };
    let is_token = number.len() >= 23 && (5..=7).contains(&time.len()) && signature.len() >= 27 && is_random(signature);
    is_token.then(|| Candidate {
        rule: &chat_token::RULE,
        range,
        message: "a bot's token of Discord stands here".to_string(),
    })
}

/// The key behind `client-key-data`.
fn client_key(text: &[u8], at: usize) -> Option<Candidate> {
    let mut cursor = Cursor::new(text, at);
    cursor.eat_quote();
    cursor.skip_blanks();
    cursor.eat(b":");
    cursor.skip_blanks();
    cursor.eat_quote();
    let start = cursor.at;
    let length = cursor.rest().iter().take_while(|byte| WORD.has(**byte) || b"+/=".contains(byte)).count();
    let value = &text[start..start + length];
    let key = encoded::text(value)?;
    let is_key = memmem::find(&key, b"PRIVATE KEY").is_some() && !super::randomness::looks_made_up(value);
    let message = "the client's key of a kubeconfig stands here, in base64".to_string();
    is_key.then_some(Candidate { rule: &kubeconfig::RULE, range: start..start + length, message })
}

/// base64 may go over several lines in a block of YAML.
fn without_breaks(value: &[u8]) -> Vec<u8> {
    value.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect()
}
