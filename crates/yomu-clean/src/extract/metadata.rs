//! What a page says about itself.

use super::{date, json_ld, title};
use crate::limits::{JSON_LD_BLOCKS_MAX, JSON_LD_BYTES_MAX, METADATA_CHARS_MAX, URL_BYTES_MAX};
use crate::markup::entity::decoded;
use crate::markup::token::{Start, Token, Tokens, attribute};
use crate::rules::link::web_address;
use jiff::Timestamp;
use jiff::tz::Offset;
use std::collections::HashMap;
use url::Url;

/// The facts about a page, from JSON-LD, OpenGraph, `<meta>`, `<time>`, `<title>` and headings, in this order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title, without the name of the site.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
    /// The language the page says it is in.
    pub lang: Option<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// A summary by the author.
    pub description: Option<String>,
    /// The absolute address of the picture that stands for it.
    pub image: Option<String>,
    /// The address it should be known by.
    pub canonical_url: Option<String>,
    /// What the page's relative addresses are relative to, when it says so.
    pub base: Option<Url>,
}

/// Reads the metadata of a page in one pass.
pub fn metadata(page: &str, url: &Url) -> Metadata {
    let mut found = Found::default();
    let mut tokens = Tokens::new(page);
    while let Some(token) = tokens.next() {
        if let Token::Start(start) = token {
            found.start(&start, &mut tokens);
        }
    }
    found.into_metadata(url)
}

/// The raw finds.
#[derive(Default)]
struct Found {
    /// `<meta>` by lower-case name; the first of each counts.
    meta: HashMap<String, String>,
    json_ld: Option<json_ld::JsonLd>,
    json_ld_blocks: usize,
    title: Option<String>,
    headings: Vec<String>,
    lang: Option<String>,
    canonical: Option<String>,
    base: Option<String>,
    /// Dates by how likely they are that of the article.
    dates: Vec<(u8, String)>,
    author: Option<String>,
}

impl Found {
    fn start(&mut self, start: &Start<'_>, tokens: &mut Tokens<'_>) {
        let get = |name: &str| attribute(start.attributes, name).filter(|value| !value.trim().is_empty());
        match &*start.name.to_ascii_lowercase() {
            "html" => self.lang = get("lang").or_else(|| get("xml:lang")).map(|lang| lang.trim().to_owned()),
            "meta" => self.meta(start),
            "title" if self.title.is_none() => self.title = tokens.take_until_end("title").and_then(one_line),
            "link" if get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or_else(|| get("href").map(|href| href.into_owned()));
            }
            "base" => self.base = self.base.take().or_else(|| get("href").map(|href| href.into_owned())),
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
            name @ ("style" | "textarea" | "svg") => drop(tokens.take_until_end(if name == "style" {
                "style"
            } else if name == "svg" {
                "svg"
            } else {
                "textarea"
            })),
            "h1" if self.headings.len() < 4 => {
                let begin = tokens.offset();
                let heading = tokens.take_until_end("h1").map(stripped).and_then(|heading| one_line(&heading));
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
                let text = get("datetime").map(|datetime| datetime.into_owned()).or_else(|| following_text(tokens));
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
                && self.meta.len() < 200
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
            let content = attribute(start.attributes, "content").map(|content| content.into_owned());
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
            && self.dates.len() < 50
        {
            self.dates.push((weight, text));
        }
    }

    fn into_metadata(mut self, url: &Url) -> Metadata {
        let ld = self.json_ld.take().unwrap_or_default();
        let meta = |names: &[&str]| names.iter().find_map(|name| self.meta.get(*name).cloned());
        let base = self
            .base
            .as_deref()
            .and_then(|base| url.join(base).ok())
            .filter(|base| matches!(base.scheme(), "http" | "https"));
        let address = |raw: Option<String>| {
            raw.and_then(|raw| web_address(&raw, Some(base.as_ref().unwrap_or(url))).map(Into::into))
        };
        let lang = ld
            .lang
            .clone()
            .or_else(|| self.lang.clone())
            .or_else(|| meta(&["og:locale", "content-language", "language"]))
            .and_then(language_tag);
        let site = meta(&["og:site_name", "application-name"]).or(ld.site);
        // The main heading is the one that the title repeats; on old blogs the first is the site's name.
        let page_title = self.title.clone().unwrap_or_default();
        let heading =
            self.headings.iter().find(|heading| page_title.contains(&***heading) && site.as_deref() != Some(heading));
        let only_heading = self.headings.first().filter(|_| self.headings.len() == 1);
        let title = meta(&["og:title", "twitter:title"])
            .or(ld.title)
            .or_else(|| self.title.clone())
            .or_else(|| self.headings.first().cloned())
            .map(|title| {
                title::without_site(&title, heading.or(only_heading).map(|heading| &**heading), site.as_deref())
            });
        let offset =
            if lang.as_deref().is_some_and(|lang| lang.starts_with("ja")) { Offset::constant(9) } else { Offset::UTC };
        let mut dates: Vec<(u8, String)> = ld.published.map(|date| (0, date)).into_iter().collect();
        let named = [
            "article:published_time",
            "datepublished",
            "date",
            "pubdate",
            "publishdate",
            "dc.date",
            "dcterms.created",
            "originalpublicationdate",
            "parsely-pub-date",
            "sailthru.date",
        ];
        dates.extend(meta(&named).map(|date| (1, date)));
        dates.extend(self.dates.iter().cloned());
        dates.sort_by_key(|(weight, _)| *weight);
        let published =
            dates.iter().find_map(|(_, text)| date::timestamp(text, offset)).or_else(|| date_in_path(url, offset));
        let byline = ld
            .author
            .or_else(|| meta(&["author", "article:author", "dc.creator", "byl", "parsely-author", "twitter:creator"]))
            .or_else(|| self.author.clone());
        Metadata {
            title: title.and_then(bounded),
            byline: byline.filter(|byline| !byline.starts_with("http")).and_then(bounded),
            site: site.and_then(bounded),
            published,
            description: meta(&["og:description", "description", "twitter:description"])
                .or(ld.description)
                .as_deref()
                .and_then(one_line),
            image: address(meta(&["og:image", "og:image:url", "twitter:image", "twitter:image:src"]).or(ld.image)),
            canonical_url: address(self.canonical.clone().or_else(|| meta(&["og:url"])))
                .filter(|canonical: &String| canonical.len() <= URL_BYTES_MAX),
            lang,
            base,
        }
    }
}

/// `/2025/01/06/` in an address.
fn date_in_path(url: &Url, offset: Offset) -> Option<Timestamp> {
    let parts: Vec<&str> = url.path_segments()?.collect();
    parts.windows(3).find_map(|window| {
        let is_number =
            |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_date = is_number(window[0], 4) && is_number(window[1], 2) && is_number(window[2], 2);
        is_date.then(|| date::timestamp(&window.join("-"), offset))?
    })
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

fn one_line(text: &str) -> Option<String> {
    let line = decoded(text).split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

fn bounded(text: String) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let bounded: String = line.chars().take(METADATA_CHARS_MAX).collect();
    (!bounded.is_empty()).then_some(bounded)
}

/// `ja_JP` and `ja-jp` as `ja-JP`; words that are no language are none.
fn language_tag(raw: String) -> Option<String> {
    let mut parts = raw.trim().split(['-', '_']);
    let primary = parts
        .next()
        .filter(|part| matches!(part.len(), 2 | 3) && part.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    let region = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase);
    let primary = primary.to_ascii_lowercase();
    Some(region.map_or_else(|| primary.clone(), |region| format!("{primary}-{region}")))
}
