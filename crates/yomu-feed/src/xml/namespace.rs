//! Namespaces: by address where declared, by the usual prefix where not.

use crate::limits::NAMESPACES_MAX;
use crate::markup::{Tag, split_name};
use crate::work::steps;

/// The vocabularies that are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Namespace {
    /// RSS of every version and Atom. They share their words so far that one table reads both, and feeds that mix them.
    Feed,
    Rdf,
    DublinCore,
    Content,
    Media,
    Itunes,
    Syndication,
    FeedBurner,
    Xhtml,
    Other,
}

/// The declarations in force.
#[derive(Debug, Default)]
pub(super) struct Namespaces<'a> {
    declared: Vec<(&'a str, Namespace)>,
}

impl<'a> Namespaces<'a> {
    /// Takes in what a tag declares.
    pub(super) fn declare(&mut self, tag: &Tag<'a>, is_root: bool) {
        for attribute in tag.attributes() {
            let (prefix, local) = split_name(attribute.name);
            let bound = match (prefix, local) {
                ("", "xmlns") => "",
                ("xmlns", local) => local,
                _ => continue,
            };
            let known =
                by_address(&attribute.value()).or_else(|| by_prefix(bound).filter(|_| !bound.is_empty() || is_root));
            if self.declared.len() < NAMESPACES_MAX {
                self.declared.push((bound, known.unwrap_or(Namespace::Other)));
            }
        }
    }

    /// How many declarations there are, to return to by [`Namespaces::forget`].
    pub(super) fn mark(&self) -> usize {
        self.declared.len()
    }

    pub(super) fn forget(&mut self, mark: usize) {
        self.declared.truncate(mark);
    }

    pub(super) fn of_prefix(&self, prefix: &str) -> Namespace {
        steps(self.declared.len());
        let declared = self.declared.iter().rev().find(|(bound, _)| *bound == prefix).map(|(_, namespace)| *namespace);
        declared.or_else(|| by_prefix(prefix)).unwrap_or(Namespace::Other)
    }
}

/// Addresses in the wild differ in case, in `https`, in `www` and in a last slash, so parts of them decide.
fn by_address(address: &str) -> Option<Namespace> {
    let address = address.trim().to_ascii_lowercase();
    let has = |part: &str| address.contains(part);
    Some(if has("purl.org/rss/1.0/modules/content") {
        Namespace::Content
    } else if has("purl.org/rss/1.0/modules/syndication") {
        Namespace::Syndication
    } else if has("purl.org/rss/1.0/modules/dcterms") || has("purl.org/dc/") {
        Namespace::DublinCore
    } else if has("purl.org/rss/1.0/modules/") {
        Namespace::Other
    } else if address.is_empty()
        || has("w3.org/2005/atom")
        || has("purl.org/atom/ns")
        || has("purl.org/rss/")
        || has("purl.org/net/rss")
        || has("netscape.com/rdf/simple/0.9")
        || has("backend.userland.com/rss")
        || has("harvard.edu/tech/rss")
        || has("harvard.edu/rss")
        || has("rssboard.org/rss-specification")
    {
        Namespace::Feed
    } else if has("22-rdf-syntax-ns") {
        Namespace::Rdf
    } else if has("search.yahoo.com/mrss") {
        Namespace::Media
    } else if has("itunes.com/dtds/podcast") {
        Namespace::Itunes
    } else if has("feedburner") {
        Namespace::FeedBurner
    } else if has("w3.org/1999/xhtml") {
        Namespace::Xhtml
    } else {
        return None;
    })
}

fn by_prefix(prefix: &str) -> Option<Namespace> {
    Some(match prefix {
        "" | "rss" | "atom" | "atom10" | "atom03" | "a10" | "a" => Namespace::Feed,
        "rdf" => Namespace::Rdf,
        "dc" | "dcterms" => Namespace::DublinCore,
        "content" => Namespace::Content,
        "media" => Namespace::Media,
        "itunes" => Namespace::Itunes,
        "sy" => Namespace::Syndication,
        "feedburner" => Namespace::FeedBurner,
        "xhtml" | "body" => Namespace::Xhtml,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(rest: &str) -> Tag<'_> {
        Tag { name: "rss", rest, empty: false }
    }

    #[test]
    fn addresses_decide_before_prefixes() {
        let mut namespaces = Namespaces::default();
        namespaces.declare(
            &tag(r#" xmlns:x="HTTP://www.itunes.com/DTDs/Podcast-1.0.dtd" xmlns:dc="http://search.yahoo.com/mrss""#),
            true,
        );
        assert_eq!(namespaces.of_prefix("x"), Namespace::Itunes);
        assert_eq!(namespaces.of_prefix("dc"), Namespace::Media);
    }

    #[test]
    fn undeclared_prefixes_mean_what_they_usually_mean() {
        let namespaces = Namespaces::default();
        assert_eq!(namespaces.of_prefix("content"), Namespace::Content);
        assert_eq!(namespaces.of_prefix(""), Namespace::Feed);
        assert_eq!(namespaces.of_prefix("georss"), Namespace::Other);
    }

    #[test]
    fn declarations_end_with_their_element() {
        let mut namespaces = Namespaces::default();
        let mark = namespaces.mark();
        namespaces.declare(&tag(r#" xmlns="http://example.com/unknown""#), false);
        assert_eq!(namespaces.of_prefix(""), Namespace::Other);
        namespaces.forget(mark);
        assert_eq!(namespaces.of_prefix(""), Namespace::Feed);
    }
}
