//! What people paste when they are asked for a site or feed
//!
//! `example.com`, `feed://example.com/rss`, `<https://example.com>`, `ｅｘａｍｐｌｅ．ｃｏｍ`, `日本語.jp`, `@alice@mastodon.social`:
//! whatever can be meant as an address on the web becomes one. Whether something answers there is the fetcher's question.

use std::fmt;

use url::Url;

use crate::limits::ADDRESS_BYTES_MAX;

/// An `http` or `https` address with a host and without a fragment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedAddress(Url);

/// Why a text is not the address of a feed or page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressProblem {
    /// Nothing but blanks and quotes.
    Empty,
    /// More than [`ADDRESS_BYTES_MAX`] bytes.
    TooLong {
        /// How many there are.
        bytes: usize,
    },
    /// `ftp:`, `file:`, `javascript:` and all the others.
    OtherScheme {
        /// In lower case, without the colon.
        scheme: String,
    },
    /// A scheme and nothing after it.
    NoHost,
    /// `alice@example.com`
    MailAddress,
    /// A word or a sentence.
    NotAnAddress {
        /// As pasted, without the blanks around it.
        text: String,
    },
}

impl fmt::Display for AddressProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(formatter, "paste the address of a site or a feed, such as `https://example.com`"),
            Self::TooLong { bytes } => {
                write!(formatter, "an address has at most {ADDRESS_BYTES_MAX} bytes, and this one has {bytes}")
            }
            Self::OtherScheme { scheme } => {
                write!(formatter, "`{scheme}:` addresses cannot be read; only `https:` and `http:` can")
            }
            Self::NoHost => write!(formatter, "this address has no host name, such as `example.com`"),
            Self::MailAddress => write!(formatter, "this is a mail address; paste the address of a site or a feed"),
            Self::NotAnAddress { text } => {
                write!(
                    formatter,
                    "`{text}` is not an address; one looks like `example.com` or `https://example.com/feed`"
                )
            }
        }
    }
}

impl std::error::Error for AddressProblem {}

impl FeedAddress {
    /// The address that is meant by `text`. One without a scheme is taken as `https:`.
    pub fn parse(text: &str) -> Result<Self, AddressProblem> {
        let text = without_quotes(text);
        if text.is_empty() {
            return Err(AddressProblem::Empty);
        }
        if text.len() > ADDRESS_BYTES_MAX {
            return Err(AddressProblem::TooLong { bytes: text.len() });
        }
        // If it begins in full width, an input method was on, and all of it was meant in plain ASCII. A path that only
        // contains such characters is left alone: Wikipedia has pages that are called so.
        let narrow;
        let text = if text.starts_with(|first| plain(first) != first) {
            narrow = text.chars().map(plain).collect::<String>();
            narrow.as_str()
        } else {
            text
        };
        let not_an_address = || AddressProblem::NotAnAddress { text: text.to_owned() };
        let written = complete(text)?;
        let mut url = Url::parse(&written).map_err(|error| match error {
            url::ParseError::EmptyHost => AddressProblem::NoHost,
            _ => not_an_address(),
        })?;
        if url.host_str().is_none_or(str::is_empty) {
            return Err(AddressProblem::NoHost);
        }
        url.set_fragment(None);
        Ok(Self(url))
    }

    /// The address for a request.
    pub fn as_url(&self) -> &Url {
        &self.0
    }

    /// The address for a request.
    pub fn into_url(self) -> Url {
        self.0
    }

    /// The address as it is stored and shown.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for FeedAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The text with `https://` or `http://` before it.
fn complete(text: &str) -> Result<String, AddressProblem> {
    let Some((scheme, rest)) = split_scheme(text) else {
        return complete_host(text.trim_start_matches('/'));
    };
    match scheme.as_str() {
        "https" | "http" => {
            // `https:example.com` and `https:/example.com` happen when slashes are retyped.
            let rest = rest.trim_start_matches(['/', '\\']);
            if rest.is_empty() { Err(AddressProblem::NoHost) } else { Ok(format!("{scheme}://{rest}")) }
        }
        // What browsers, Apple's readers and podcast players put on "subscribe" links; `feed:https://…` occurs as well.
        "feed" | "feeds" | "rss" | "itpc" | "pcast" | "podcast" => match rest.trim_start_matches('/') {
            "" => Err(AddressProblem::NoHost),
            // Only once: `feed:feed:feed:…` is nobody's link, and recursion would follow it.
            rest => match split_scheme(rest) {
                Some((inner, after)) if inner == "http" || inner == "https" => {
                    Ok(format!("{inner}://{}", after.trim_start_matches('/')))
                }
                Some((scheme, _)) => Err(AddressProblem::OtherScheme { scheme }),
                None => complete_host(rest),
            },
        },
        _ => Err(AddressProblem::OtherScheme { scheme }),
    }
}

/// `example.com/feed`, `localhost:8080`, `@alice@example.com`.
fn complete_host(text: &str) -> Result<String, AddressProblem> {
    let (host, path) = text.split_at(text.find(['/', '?', '#']).unwrap_or(text.len()));
    if let Some((name, server)) = host.strip_prefix('@').and_then(|handle| handle.split_once('@')) {
        return Ok(format!("https://{server}/@{name}"));
    }
    if host.contains('@') && path.len() <= 1 && !host.contains(':') {
        return Err(AddressProblem::MailAddress);
    }
    // A single word is more likely something to search for than a machine in the house, unless it says otherwise.
    let is_host = host == "localhost" || host.contains(['.', ':', '。', '．']) || path.starts_with('/');
    if host.is_empty() || !is_host || host.contains(char::is_whitespace) {
        return Err(AddressProblem::NotAnAddress { text: text.to_owned() });
    }
    Ok(format!("https://{text}"))
}

/// The scheme in lower case and what follows its colon; none for `example.com:8080`.
fn split_scheme(text: &str) -> Option<(String, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '+' | '-' | '.'));
    let is_port = rest.starts_with(|first: char| first.is_ascii_digit());
    (is_scheme && !is_port).then(|| (scheme.to_ascii_lowercase(), rest))
}

/// The text without blanks around it, and without the quotes and brackets that mail and chat put there. A closing one alone
/// may belong to the address.
fn without_quotes(text: &str) -> &str {
    let mut text = text.trim_matches(is_blank);
    while let Some(inside) = text.strip_prefix(OPENING) {
        text = inside.strip_suffix(CLOSING).unwrap_or(inside).trim_matches(is_blank);
    }
    text
}

const OPENING: &[char] = &['"', '\'', '`', '<', '(', '“', '”', '‘', '«', '「', '『', '＜', '〈', '（', '＂'];
const CLOSING: &[char] = &['"', '\'', '`', '>', ')', '“', '”', '’', '»', '」', '』', '＞', '〉', '）', '＂'];

fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// Full-width ASCII as plain ASCII.
fn plain(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '。' | '｡' => '.',
        _ => character,
    }
}
