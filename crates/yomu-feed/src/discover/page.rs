//! Feeds that a page names.

use url::Url;

use super::sites::{from_address, youtube_channel};
use super::{Candidate, FormatHint, How, hint_of, push};
use crate::address::resolve;
use crate::limits::CANDIDATES_MAX;
use crate::markup::{Attributes, Scanner, Token};
use crate::search;
use crate::text::{one_line, strip_tags};

/// The feeds of a page, best first: what its `link` elements name, what its address tells, what it links to. Feeds of
/// comments come last.
pub fn candidates(html: &str, page_url: &Url) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut base = page_url.clone();
    let mut scanner = Scanner::new(html);
    let mut based = false;
    // Twice the bound, since better ones may come later; a page of links alone must not take forever.
    while let (Some(token), true) = (scanner.next(), found.len() < 2 * CANDIDATES_MAX) {
        let Token::Start(tag) = token else { continue };
        let is = |name: &str| tag.name.eq_ignore_ascii_case(name);
        if is("link") {
            if let Some(candidate) = link(&tag.attributes(), &base) {
                push(candidate, &mut found);
            }
        } else if is("a") {
            if let Some(candidate) = anchor(&tag.attributes(), &base, &scanner) {
                push(candidate, &mut found);
            }
        } else if is("base") && !based {
            based = true;
            base = tag.attributes().get("href").and_then(|href| resolve(&href, Some(page_url))).unwrap_or(base);
        } else if (is("script") || is("style")) && !tag.empty {
            scanner.skip_raw_text(tag.name);
        }
    }
    let from_site = from_address(page_url).into_iter().chain(youtube(html, page_url));
    from_site.for_each(|candidate| push(candidate, &mut found));
    found.sort_by_key(|candidate| (is_of_comments(candidate), candidate.how));
    found
}

fn link(attributes: &Attributes<'_>, base: &Url) -> Option<Candidate> {
    let rel = attributes.get("rel")?.to_ascii_lowercase();
    let has = |word: &str| rel.split_ascii_whitespace().any(|rel| rel == word);
    let media_type = attributes.get("type").unwrap_or_default().to_ascii_lowercase();
    let format = format_of_type(&media_type);
    // `rel=feed` is older than `alternate` with a type, and needs none.
    if !(has("feed") || has("alternate") && format.is_some()) {
        return None;
    }
    let url = resolve(&attributes.get("href")?, Some(base))?;
    // WordPress names its API with the type of JSON Feed.
    if format == Some(FormatHint::Json)
        && (url.path().contains("/wp-json/") || media_type == "application/json" && !url.path().contains("feed"))
    {
        return None;
    }
    let title = attributes.get("title").map(|title| one_line(&title));
    let format = format.unwrap_or_else(|| hint_of(&url));
    Some(Candidate { url, title, format, how: How::LinkElement })
}

fn format_of_type(media_type: &str) -> Option<FormatHint> {
    Some(match media_type.split(';').next().unwrap_or_default().trim() {
        "application/rss+xml"
        | "application/rdf+xml"
        | "text/rss+xml"
        | "application/x-rss+xml"
        | "application/rss" => FormatHint::Rss,
        "application/atom+xml" | "application/atom" | "text/atom+xml" => FormatHint::Atom,
        "application/feed+json" | "application/json" => FormatHint::Json,
        "application/xml" | "text/xml" => FormatHint::Unknown,
        _ => return None,
    })
}

fn anchor(attributes: &Attributes<'_>, base: &Url, scanner: &Scanner<'_>) -> Option<Candidate> {
    let href = attributes.get("href")?;
    // Most links of a page are none, and this costs less than resolving their addresses.
    let lower = href.to_ascii_lowercase();
    if !["rss", "feed", "atom", "rdf", ".xml"].iter().any(|word| lower.contains(word)) {
        return None;
    }
    let url = resolve(&href, Some(base)).filter(looks_like_feed)?;
    let title = match scanner.clone().next() {
        Some(Token::Text(text)) => Some(strip_tags(text)).filter(|title| !title.is_empty() && title.len() < 200),
        _ => None,
    };
    Some(Candidate { format: hint_of(&url), url, title, how: How::Anchor })
}

/// By the last part of the path, or the parameter WordPress has.
fn looks_like_feed(url: &Url) -> bool {
    let path = url.path().trim_end_matches('/').to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or_default();
    let named = ["feed", "rss", "atom", "rdf", "feeds", "rss2", "feed.json", "index.xml", "rss.php", "feed.php"]
        .contains(&last);
    let ending = [".rss", ".atom", ".rdf"].iter().any(|ending| last.ends_with(ending));
    let xml = last.ends_with(".xml") && ["rss", "feed", "atom"].iter().any(|word| last.contains(word));
    let query = url.query_pairs().any(|(name, value)| {
        name == "feed" && ["rss", "rss2", "atom", "rdf"].contains(&&*value)
            || name == "format" && ["rss", "atom"].contains(&&*value)
    });
    named || ending || xml || query
}

fn is_of_comments(candidate: &Candidate) -> bool {
    let title = candidate.title.as_deref().unwrap_or_default().to_lowercase();
    candidate.url.path().contains("comments") || ["comment", "コメント"].iter().any(|word| title.contains(word))
}

/// A YouTube page of a `@handle` tells the channel's identifier in its data only.
fn youtube(html: &str, page_url: &Url) -> Option<Candidate> {
    if !page_url.host_str()?.ends_with("youtube.com") {
        return None;
    }
    const MARKS: [&str; 4] =
        ["\"externalId\":\"", "itemprop=\"channelId\" content=\"", "youtube.com/channel/", "\"channelId\":\""];
    MARKS.iter().find_map(|mark| {
        let start = search::piece(mark.as_bytes(), html.as_bytes())? + mark.len();
        youtube_channel(html.get(start..start + 24)?)
    })
}
