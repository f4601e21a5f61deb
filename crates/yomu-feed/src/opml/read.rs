//! OPML in.

use std::collections::HashSet;

use super::{Outline, ReadOpml, is_foreign};
use crate::address::is_web;
use crate::controls::without_controls;
use crate::encoding::decode;
use crate::limits::{
    CATEGORIES_MAX, DEPTH_MAX, FOLDERS_BYTES_MAX, FOLDERS_DEPTH_MAX, OUTLINES_MAX, TITLE_BYTES_MAX, URL_BYTES_MAX,
};
use crate::markup::{Attributes, Scanner, Token};
use crate::problem::{Problem, Problems, quote};
use crate::sniff::{Kind, sniff};
use crate::text::{cut, one_line, strip_tags};
use crate::work::steps;

/// Reads a list of subscriptions, however broken.
pub fn read(bytes: &[u8]) -> ReadOpml {
    let mut problems = Problems::default();
    let decoded = decode(bytes, None, None);
    problems.extend(decoded.problems);
    let (text, _) = without_controls(decoded.text);
    let text = if text.contains(['\u{fffe}', '\u{ffff}']) { text.replace(is_foreign, "").into() } else { text };
    let mut reading = Reading { list: ReadOpml::default(), folders: Vec::new(), seen: HashSet::new(), problems };
    let is_opml = reading.run(&text);
    let Reading { mut list, mut problems, .. } = reading;
    if !is_opml {
        problems.push(what_it_is(&text));
    }
    list.problems = problems.into_vec();
    list
}

struct Reading {
    list: ReadOpml,
    /// An open `outline` each; those of feeds have no name, as they are no folders.
    folders: Vec<Option<String>>,
    seen: HashSet<String>,
    problems: Problems,
}

impl Reading {
    /// Whether there was any OPML.
    fn run(&mut self, text: &str) -> bool {
        let mut scanner = Scanner::new(text);
        let mut is_opml = false;
        while let Some(token) = scanner.next() {
            match token {
                Token::Start(tag) if tag.name.eq_ignore_ascii_case("opml") => is_opml = true,
                Token::Start(tag) if tag.name.eq_ignore_ascii_case("outline") => {
                    is_opml = true;
                    self.outline(&tag.attributes(), tag.empty);
                }
                Token::Start(tag)
                    if tag.name.eq_ignore_ascii_case("title") && !tag.empty && self.list.title.is_none() =>
                {
                    let mut title = strip_tags(scanner.skip_raw_text(tag.name));
                    cut(&mut title, TITLE_BYTES_MAX);
                    self.list.title = Some(title).filter(|title| !title.is_empty());
                }
                Token::End(name) if name.eq_ignore_ascii_case("outline") => _ = self.folders.pop(),
                _ => {}
            }
            if self.list.outlines.len() >= OUTLINES_MAX {
                self.problems.push(Problem::TooManyEntries { kept: OUTLINES_MAX, max: OUTLINES_MAX });
                break;
            }
        }
        is_opml
    }

    fn outline(&mut self, attributes: &Attributes<'_>, empty: bool) {
        let label = ["text", "title"].iter().find_map(|name| attributes.get(name)).map(|label| {
            let mut label = one_line(&label);
            cut(&mut label, TITLE_BYTES_MAX);
            label
        });
        let address = feed_address(attributes);
        let is_feed = address.is_some();
        if let Some(written) = address {
            match as_web(&written) {
                Some(url) => self.feed(url, label.clone().unwrap_or_default(), attributes),
                None => self.problems.push(Problem::BadAddress { text: quote(&written) }),
            }
        }
        if !empty && self.folders.len() < DEPTH_MAX {
            self.folders.push(label.filter(|label| !is_feed && !label.is_empty()));
        }
    }

    /// The names of the folders around, each of which is copied for each feed.
    fn folders(&self) -> Vec<String> {
        let mut bytes = 0;
        let fits = |name: &&String| {
            bytes += name.len();
            bytes <= FOLDERS_BYTES_MAX
        };
        let names: Vec<String> =
            self.folders.iter().flatten().take(FOLDERS_DEPTH_MAX).take_while(fits).cloned().collect();
        steps(self.folders.len() + names.iter().map(String::len).sum::<usize>());
        names
    }

    fn feed(&mut self, xml_url: String, title: String, attributes: &Attributes<'_>) {
        if !self.seen.insert(xml_url.clone()) {
            self.problems.push(Problem::DuplicateFeed { url: quote(&xml_url) });
        }
        let category = attributes.get("category").unwrap_or_default();
        let categories =
            category.split(',').map(|name| name.trim().trim_matches('/').trim()).filter(|name| !name.is_empty());
        self.list.outlines.push(Outline {
            folders: self.folders(),
            title,
            xml_url,
            html_url: attributes.get("htmlUrl").and_then(|written| as_web(&written)),
            description: attributes.get("description").map(|text| one_line(&text)).filter(|text| !text.is_empty()),
            categories: categories.take(CATEGORIES_MAX).map(one_line).collect(),
        });
    }
}

/// `xmlUrl`, or the `url` that some write instead; but outlines of type `link` lead to pages.
fn feed_address(attributes: &Attributes<'_>) -> Option<String> {
    let is_link =
        || attributes.get("type").is_some_and(|kind| ["link", "include"].contains(&&*kind.to_ascii_lowercase()));
    let address = attributes.get("xmlUrl").or_else(|| attributes.get("url").filter(|_| !is_link()));
    address.map(std::borrow::Cow::into_owned)
}

/// The address, with `feed:` and a missing scheme made good.
fn as_web(written: &str) -> Option<String> {
    let bare = written.strip_prefix("feed:").unwrap_or(written);
    let address = match bare.strip_prefix("//") {
        Some(rest) => format!("http://{rest}"),
        None if !bare.contains("://") && bare.contains('.') && !bare.contains([':', ' ']) => format!("http://{bare}"),
        None => bare.to_owned(),
    };
    let parsed = url::Url::parse(&address).ok().filter(|_| address.len() <= URL_BYTES_MAX)?;
    (is_web(parsed.as_str()) && parsed.has_host()).then_some(address)
}

fn what_it_is(text: &str) -> Problem {
    match sniff(text) {
        Kind::Not(Problem::Empty) => Problem::Empty,
        Kind::Not(Problem::HtmlInstead { .. }) => Problem::NotOpml { what: "a web page" },
        Kind::Not(Problem::Binary) => Problem::NotOpml { what: "a binary file" },
        Kind::Not(Problem::OtherXml { .. }) => Problem::NotOpml { what: "XML of another kind" },
        Kind::Not(_) => Problem::NotOpml { what: "plain text" },
        Kind::Xml { .. } => Problem::NotOpml { what: "a feed" },
        Kind::Json => Problem::NotOpml { what: "JSON" },
    }
}
