//! The small picture of a site.

use url::Url;

use crate::address::resolve;
use crate::limits::CANDIDATES_MAX;
use crate::markup::{Scanner, Token};

/// The icons of a page, best first: those it names, then those made for telephones, then the one at the root.
pub fn icons(html: &str, page_url: &Url) -> Vec<Url> {
    let mut found: Vec<(u8, Url)> = Vec::new();
    let mut base = page_url.clone();
    let mut scanner = Scanner::new(html);
    while let (Some(token), true) = (scanner.next(), found.len() < CANDIDATES_MAX) {
        let Token::Start(tag) = token else { continue };
        let attributes = tag.attributes();
        if tag.name.eq_ignore_ascii_case("link") {
            let rank = attributes.get("rel").and_then(|rel| rank(&rel.to_ascii_lowercase()));
            let url = || attributes.get("href").and_then(|href| resolve(&href, Some(&base)));
            if let Some((rank, url)) = rank.zip(url()) {
                found.push((rank, url));
            }
        } else if tag.name.eq_ignore_ascii_case("base") {
            base = attributes.get("href").and_then(|href| resolve(&href, Some(page_url))).unwrap_or(base);
        } else if ["script", "style"].iter().any(|name| name.eq_ignore_ascii_case(tag.name)) && !tag.empty {
            scanner.skip_raw_text(tag.name);
        } else if tag.name.eq_ignore_ascii_case("body") {
            break;
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    let mut icons: Vec<Url> = Vec::with_capacity(found.len() + 1);
    for url in found.into_iter().map(|(_, url)| url).chain(page_url.join("/favicon.ico").ok()) {
        if !icons.contains(&url) {
            icons.push(url);
        }
    }
    icons
}

fn rank(rel: &str) -> Option<u8> {
    rel.split_ascii_whitespace().find_map(|word| match word {
        "icon" => Some(0),
        "apple-touch-icon" | "apple-touch-icon-precomposed" => Some(1),
        _ => None,
    })
}
