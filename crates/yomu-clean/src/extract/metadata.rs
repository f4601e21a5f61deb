//! What a page says about itself: which of its many statements counts.

use super::found::{Found, one_line};
use super::{date, title};
use crate::limits::METADATA_CHARS_MAX;
use crate::rules::link::web_address;
use jiff::Timestamp;
use jiff::tz::Offset;
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
    let found = Found::on(page);
    let ld = found.json_ld.as_ref();
    let base = base(&found, url);
    let address = |raw: Option<String>| Some(String::from(web_address(&raw?, Some(base.as_ref().unwrap_or(url)))?));
    let lang = lang(&found);
    let site = found.named(&["og:site_name", "application-name"]).or_else(|| ld?.site.clone());
    let image = found.named(&["og:image", "og:image:url", "twitter:image", "twitter:image:src"]);
    let description = found.named(&["og:description", "description", "twitter:description"]);
    Metadata {
        title: title(&found, site.as_deref(), url).and_then(|title| bounded(&title)),
        byline: byline(&found),
        published: published(&found, lang.as_deref(), url),
        description: description.or_else(|| ld?.description.clone()).and_then(|text| one_line(&text)),
        image: address(image.or_else(|| ld?.image.clone())),
        canonical_url: address(found.canonical.clone().or_else(|| found.named(&["og:url"]))),
        site: site.and_then(|site| bounded(&site)),
        lang,
        base,
    }
}

fn base(found: &Found, url: &Url) -> Option<Url> {
    let base = url.join(found.base.as_deref()?).ok()?;
    matches!(base.scheme(), "http" | "https").then_some(base)
}

fn lang(found: &Found) -> Option<String> {
    let by_json_ld = found.json_ld.as_ref().and_then(|ld| ld.lang.clone());
    let raw = by_json_ld.or_else(|| found.lang.clone());
    raw.or_else(|| found.named(&["og:locale", "content-language", "language"])).and_then(|raw| language_tag(&raw))
}

fn title(found: &Found, site: Option<&str>, url: &Url) -> Option<String> {
    let by_json_ld = || found.json_ld.as_ref()?.title.clone();
    let title = found
        .named(&["og:title", "twitter:title"])
        .or_else(by_json_ld)
        .or_else(|| found.title.clone())
        .or_else(|| found.headings.first().cloned())?;
    // The main heading is the longest one that the title repeats; on old blogs the first is the site's name.
    let page_title = found.title.as_deref().unwrap_or_default();
    let repeated = |heading: &&String| page_title.contains(&***heading) && site != Some(heading);
    let heading = found.headings.iter().filter(repeated).max_by_key(|heading| heading.len());
    let only_heading = found.headings.first().filter(|_| found.headings.len() == 1);
    // `theglobeandmail` in the address is as good as a name.
    let labels = url.host_str().unwrap_or_default().split('.').filter(|label| label.len() > 3);
    let names: Vec<&str> = site.into_iter().chain(labels).collect();
    Some(title::without_site(&title, heading.or(only_heading).map(|heading| &**heading), &names))
}

fn byline(found: &Found) -> Option<String> {
    let by_json_ld = found.json_ld.as_ref().and_then(|ld| ld.author.clone());
    let byline = by_json_ld
        .or_else(|| found.named(&["author", "article:author", "dc.creator", "byl", "parsely-author"]))
        .or_else(|| found.author.clone())?;
    let byline = byline.trim();
    let labels =
        ["By ", "by ", "BY ", "Posted by ", "Von ", "Par ", "Por ", "文：", "文 ：", "著者：", "執筆：", "投稿者："];
    let name = labels.iter().find_map(|label| byline.strip_prefix(label)).unwrap_or(byline);
    // Some name a profile's address instead of a person.
    let is_label = labels.iter().any(|label| label.trim() == name);
    bounded(name).filter(|name| !is_label && !name.starts_with("http"))
}

/// The date most likely to be that of the article. A time without a zone on a Japanese page is Japan's.
fn published(found: &Found, lang: Option<&str>, url: &Url) -> Option<Timestamp> {
    const NAMES: &[&str] = &[
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
    let offset = if lang.is_some_and(|lang| lang.starts_with("ja")) { Offset::constant(9) } else { Offset::UTC };
    let by_json_ld = found.json_ld.as_ref().and_then(|ld| ld.published.clone()).map(|text| (0, text));
    let mut dates: Vec<(u8, String)> = by_json_ld.into_iter().collect();
    dates.extend(found.named(NAMES).map(|text| (1, text)));
    dates.extend(found.dates.iter().cloned());
    dates.sort_by_key(|(weight, _)| *weight);
    dates.iter().find_map(|(_, text)| date::timestamp(text, offset)).or_else(|| date_in_path(url, offset))
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

fn bounded(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let bounded: String = line.chars().take(METADATA_CHARS_MAX).collect();
    (!bounded.is_empty()).then_some(bounded)
}

/// `ja_JP` and `ja-jp` as `ja-JP`; words that are no language are none.
fn language_tag(raw: &str) -> Option<String> {
    let mut parts = raw.trim().split(['-', '_']);
    let primary = parts
        .next()
        .filter(|part| matches!(part.len(), 2 | 3) && part.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    let region = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase);
    let primary = primary.to_ascii_lowercase();
    Some(region.map_or_else(|| primary.clone(), |region| format!("{primary}-{region}")))
}
