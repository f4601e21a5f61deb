//! The words at which the one pass over a file stops.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::command_line;
use super::directive::{DIRECTIVES, Directive};
use super::shape::Shape;
use crate::rule::Rule;
use crate::rules::secrets::SHAPES;

/// The automaton, and what each of its words means.
#[derive(Debug)]
pub(crate) struct Anchors {
    automaton: Option<AhoCorasick>,
    meanings: Vec<Anchor>,
}

/// What a word at which the pass stops may be.
#[derive(Clone, Copy)]
pub(crate) enum Anchor {
    /// A part of a telling name.
    Name,
    /// The fixed text of a token.
    Shape(&'static Rule, &'static Shape),
    /// `://`, between a scheme and the rest of an address.
    Address,
    /// `@tcp(`, in a data source name of Go.
    GoAddress,
    /// `PRIVATE KEY`.
    Pem,
    /// The head of OpenVPN's static key.
    StaticKey,
    /// The head of PuTTY's file.
    Putty,
    /// `eyJ`, or the same in base64.
    JsonWebToken,
    /// The beginning of a password's hash.
    Hash,
    /// A command that takes a password.
    Command,
    /// Words that a secret follows.
    Directive(&'static Directive),
    /// `IDENTIFIED … BY`, in SQL.
    IdentifiedBy,
    /// `assword:`, which a script waits for before it answers.
    Expect,
    /// `ConvertTo-SecureString`, in PowerShell.
    SecureString,
    /// `{PLAIN}`, before a password in the users of a mail server.
    Plain,
    /// `login(`, which bots of Discord call with their token.
    Login,
    /// `client-key-data`, in a kubeconfig.
    ClientKey,
}

/// Parts of names that may say that a value is secret. `pass` is in `passwd` and `passphrase`, `key` in `api_key`.
const NAME_WORDS: &[&str] = &[
    "pass",
    "pwd",
    "secret",
    "token",
    "key",
    "auth",
    "cred",
    "psk",
    "jwt",
    "bearer",
    "_pw",
    "_salt",
    "contrasena",
    "パスワード",
];

const OTHERS: &[(&str, Anchor)] = &[
    ("://", Anchor::Address),
    (":\\/\\/", Anchor::Address),
    ("@tcp(", Anchor::GoAddress),
    ("@unix(", Anchor::GoAddress),
    ("PRIVATE KEY", Anchor::Pem),
    ("OpenVPN Static key V1", Anchor::StaticKey),
    ("PuTTY-User-Key-File-", Anchor::Putty),
    ("eyJ", Anchor::JsonWebToken),
    ("ZXlK", Anchor::JsonWebToken),
    ("$2a$", Anchor::Hash),
    ("$2b$", Anchor::Hash),
    ("$2y$", Anchor::Hash),
    ("$apr1$", Anchor::Hash),
    ("$argon2", Anchor::Hash),
    ("$6$", Anchor::Hash),
    ("$5$", Anchor::Hash),
    ("$1$", Anchor::Hash),
    ("$y$", Anchor::Hash),
    ("{SSHA", Anchor::Hash),
    ("{SHA}", Anchor::Hash),
    ("SCRAM-SHA-256$", Anchor::Hash),
    ("pbkdf2_sha256$", Anchor::Hash),
    ("identified", Anchor::IdentifiedBy),
    ("assword:", Anchor::Expect),
    ("login(", Anchor::Login),
    ("ConvertTo-SecureString", Anchor::SecureString),
    ("{PLAIN}", Anchor::Plain),
    ("client-key-data", Anchor::ClientKey),
];

impl Anchors {
    /// For all rules.
    pub(crate) fn new() -> Self {
        let shapes = SHAPES
            .iter()
            .flat_map(|(rule, shapes)| shapes.iter().map(|shape| (shape.prefix, Anchor::Shape(rule, shape))));
        let names = NAME_WORDS.iter().map(|word| (*word, Anchor::Name));
        let mut commands: Vec<&str> = command_line::words().collect();
        commands.dedup();
        let commands = commands.into_iter().map(|word| (word, Anchor::Command));
        let directives = DIRECTIVES.iter().map(|directive| (directive.words, Anchor::Directive(directive)));
        let (words, meanings): (Vec<&str>, Vec<Anchor>) =
            names.chain(OTHERS.iter().copied()).chain(shapes).chain(commands).chain(directives).unzip();
        // Only an automaton of more than two thousand million states fails to build; the words are a few hundred.
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(words)
            .ok();
        Self { automaton, meanings }
    }

    /// Each stop in `text`, in the order of their ends.
    pub(crate) fn stops<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = (Range<usize>, Anchor)> + 'a {
        let found = self.automaton.iter().flat_map(move |automaton| automaton.find_overlapping_iter(text));
        found.map(|found| (found.range(), self.meanings[found.pattern().as_usize()]))
    }
}

impl std::fmt::Debug for Anchor {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Shape(_, shape) => write!(formatter, "Shape({})", shape.prefix),
            Self::Name => formatter.write_str("Name"),
            _ => formatter.write_str("Other"),
        }
    }
}
