//! What a page says about itself, as it says it: collected in one pass, judged elsewhere.

use super::json_ld;
use crate::limits::{JSON_LD_BLOCKS_MAX, JSON_LD_BYTES_MAX, METADATA_ENTRIES_MAX};
use crate::markup::entity::decoded;
use crate::markup::token::{Start, Token, Tokens, attribute};
use std::borrow::Cow;
use std::collections::HashMap;

/// Headings looked at for the title; behind these come those of sections.
const HEADINGS_MAX: usize = 12;

/// The finds.
#[derive(Default)]
pub(super) struct Found {
    /// `<meta>` by lower-case name; the first of each counts.
    pub(super) meta: HashMap<String, String>,
    pub(super) json_ld: Option<json_ld::JsonLd>,
    json_ld_blocks: usize,
    pub(super) title: Option<String>,
    pub(super) headings: Vec<String>,
    pub(super) lang: Option<String>,
    pub(super) canonical: Option<String>,
    pub(super) base: Option<String>,
    /// Dates by how likely they are that of the article.
    pub(super) dates: Vec<(u8, String)>,
    pub(super) author: Option<String>,
}

impl Found {
    /// Reads the page once.
    pub(super) fn on(page: &str) -> Found {
        let mut found = Found::default();
        let mut tokens = Tokens::new(page);
        while let Some(token) = tokens.next() {
            if let Token::Start(start) = token {
                found.start(&start, &mut tokens);
            }
        }
        found
    }

    /// The content of the first `<meta>` that has one of these names, the most trusted first.
    pub(super) fn named(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.meta.get(*name).cloned())
    }

    fn start(&mut self, start: &Start<'_>, tokens: &mut Tokens<'_>) {
        let get = |name: &str| attribute(start.attributes, name).filter(|value| !value.trim().is_empty());
        match &*start.name.to_ascii_lowercase() {
            "html" => self.lang = get("lang").or_else(|| get("xml:lang")).map(|lang| lang.trim().to_owned()),
            "meta" => self.meta(start),
            "title" if self.title.is_none() => self.title = tokens.take_until_end("title").and_then(one_line),
            "link" if get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or_else(|| get("href").map(Cow::into_owned));
            }
            "base" => self.base = self.base.take().or_else(|| get("href").map(Cow::into_owned)),
            "script" => {
                let is_json_ld =
                    get("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
                let content = tokens.take_until_end("script").unwrap_or_default();
                if is_json_ld
                    && self.json_ld.is_none()
                    && self.json_ld_blocks < JSON_LD_BLOCKS_MAX
                    && content.len() <= JSON_LD_BYTES_MAX
                {
                    self.json_ld_blocks += 1;
                    self.json_ld = json_ld::article(content);
                }
            }
            "style" => drop(tokens.take_until_end("style")),
            "textarea" => drop(tokens.take_until_end("textarea")),
            "svg" => drop(tokens.take_until_end("svg")),
            name @ ("h1" | "h2") if self.headings.len() < HEADINGS_MAX => {
                let begin = tokens.offset();
                let heading = tokens
                    .take_until_end(if name == "h1" { "h1" } else { "h2" })
                    .map(stripped)
                    .and_then(|heading| one_line(&heading));
                tokens.rewind(begin);
                self.headings.extend(heading);
            }
            "time" => {
                let weight =
                    if get("pubdate").is_some() || get("itemprop").is_some_and(|prop| prop.contains("datePublished")) {
                        2
                    } else {
                        5
                    };
                let text = get("datetime").map(Cow::into_owned).or_else(|| following_text(tokens));
                self.date(weight, text);
            }
            _ => self.labelled(start, tokens),
        }
    }

    fn meta(&mut self, start: &Start<'_>) {
        let get = |name: &str| attribute(start.attributes, name);
        // Some archived pages carry `value` instead of `content`.
        let Some(content) = get("content").or_else(|| get("value")).filter(|content| !content.trim().is_empty()) else {
            return;
        };
        for key in ["property", "name", "itemprop"] {
            if let Some(key) = get(key)
                && self.meta.len() < METADATA_ENTRIES_MAX
            {
                self.meta.entry(key.trim().to_ascii_lowercase()).or_insert_with(|| content.trim().to_owned());
            }
        }
    }

    /// An element whose class or role says that it holds the date or the author.
    fn labelled(&mut self, start: &Start<'_>, tokens: &mut Tokens<'_>) {
        if start.attributes.is_empty() {
            return;
        }
        let get = |name: &str| attribute(start.attributes, name).unwrap_or_default().to_ascii_lowercase();
        let label = get("class") + " " + &get("itemprop") + " " + &get("id");
        if label.contains("datepublished") {
            let content = attribute(start.attributes, "content").map(Cow::into_owned);
            self.date(1, content.or_else(|| following_text(tokens)));
        } else if ["date", "publish", "posted", "timestamp"].iter().any(|part| label.contains(part))
            && !label.contains("update")
        {
            self.date(6, following_text(tokens));
        } else if self.author.is_none()
            && (get("rel") == "author"
                || get("itemprop") == "author"
                || label.contains("byline")
                || label.contains("author-name"))
        {
            self.author = following_text(tokens).filter(|name| name.chars().count() <= 60);
        }
    }

    fn date(&mut self, weight: u8, text: Option<String>) {
        if let Some(text) = text
            && self.dates.len() < METADATA_ENTRIES_MAX
        {
            self.dates.push((weight, text));
        }
    }
}

/// The text right behind a start tag, up to a few elements deep.
fn following_text(tokens: &mut Tokens<'_>) -> Option<String> {
    let begin = tokens.offset();
    let text = tokens.by_ref().take(6).find_map(|token| match token {
        Token::Text(text) if !text.trim().is_empty() => one_line(text),
        _ => None,
    });
    tokens.rewind(begin);
    text.filter(|text| text.len() <= 200)
}

/// Text out of markup, as far as a heading needs it.
fn stripped(html: &str) -> String {
    Tokens::new(&html[..html.floor_char_boundary(4000)])
        .filter_map(|token| if let Token::Text(text) = token { Some(text) } else { None })
        .collect()
}

pub(super) fn one_line(text: &str) -> Option<String> {
    let line = decoded(text).split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}
