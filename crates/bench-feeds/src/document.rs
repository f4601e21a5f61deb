//! A feed as text: Atom 1.0 for even numbers, RSS 2.0 for odd ones. Also the list of all of them.

use std::fmt::Write as _;

use crate::article::{Article, EntryId};
use crate::dates::{rfc1123, rfc3339};
use crate::host_address;
use crate::options::ServeOptions;
use crate::prose::{Language, phrase};
use crate::random::Random;

/// One feed at one moment.
pub(crate) struct Document {
    pub(crate) options: ServeOptions,
    pub(crate) feed: u32,
    /// The number of its newest entry.
    pub(crate) newest: u32,
    /// How many entries it shows.
    pub(crate) shown: u32,
    /// The number and the time of the newest entry at the start.
    pub(crate) start: (u32, u64),
}

impl Document {
    pub(crate) fn write(&self) -> String {
        if is_atom(self.feed) { self.atom() } else { self.rss() }
    }

    /// When the newest entry was published.
    pub(crate) fn updated(&self) -> u64 {
        self.start.1 + u64::from(self.newest - self.start.0) * 3600
    }

    fn atom(&self) -> String {
        let (feed, site) = (self.feed, origin(self.options, self.feed));
        let mut out = String::with_capacity(self.shown as usize * 7_000);
        let _ = writeln!(
            out,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\"><title>{}</title>\
             <id>tag:bench.example,2026:{feed}</id><link rel=\"self\" href=\"{site}/feed/{feed}.xml\"/>\
             <link href=\"{site}/site/{feed}/\"/><updated>{}</updated>",
            Language::of_feed(feed).tag(),
            escaped(&name(self.options.seed, feed)),
            rfc3339(self.updated())
        );
        for (number, article) in self.articles() {
            let when = rfc3339(article.published);
            let _ = writeln!(
                out,
                "<entry><title>{}</title><id>tag:bench.example,2026:{feed}/{number}</id><link href=\"{site}/site/{feed}/{number}\"/>\
                 <published>{when}</published><updated>{when}</updated><author><name>Author {}</name></author>\
                 <category term=\"topic {}\"/><content type=\"html\">{}</content></entry>",
                escaped(&article.title),
                feed % 89,
                number % 23,
                escaped(&article.html)
            );
        }
        out + "</feed>\n"
    }

    fn rss(&self) -> String {
        let (feed, site) = (self.feed, origin(self.options, self.feed));
        let mut out = String::with_capacity(self.shown as usize * 6_000);
        let _ = writeln!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>{}</title><link>{site}/site/{feed}/</link>\
             <description>Feed {feed}</description><language>{}</language>",
            escaped(&name(self.options.seed, feed)),
            Language::of_feed(feed).tag()
        );
        for (number, article) in self.articles() {
            let title = escaped(&article.title);
            let _ = write!(
                out,
                "<item><title>{title}</title><link>{site}/site/{feed}/{number}</link><guid isPermaLink=\"false\">{feed}-{number}</guid>\
                 <pubDate>{}</pubDate><dc:creator>Author {}</dc:creator><category>topic {}</category>",
                rfc1123(article.published),
                feed % 89,
                number % 23
            );
            if feed % 10 == 1 {
                let length = 9_000_000 + number * 1_000;
                let _ = write!(
                    out,
                    "<enclosure url=\"https://audio.example/{feed}/{number}.mp3\" length=\"{length}\" type=\"audio/mpeg\"/>"
                );
            }
            // No block holds the end of a CDATA section.
            let _ = writeln!(
                out,
                "<description>{title}</description><content:encoded><![CDATA[{}]]></content:encoded></item>",
                article.html
            );
        }
        out + "</channel></rss>\n"
    }

    /// The entries it shows, the newest first.
    fn articles(&self) -> impl Iterator<Item = (u32, Article)> {
        let numbers = (self.newest + 1 - self.shown..=self.newest).rev();
        numbers.map(|number| {
            let id = EntryId { seed: self.options.seed, feed: self.feed, number };
            (number, id.write(self.start))
        })
    }
}

/// The list of subscriptions, in twenty folders.
pub(crate) fn opml(options: ServeOptions) -> String {
    const FOLDERS: u32 = 20;
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\"><head><title>Benchmark</title></head><body>\n".to_string();
    for folder in 0..FOLDERS.min(options.feeds) {
        let _ = writeln!(out, "<outline text=\"Folder {folder:02}\">");
        for feed in (folder..options.feeds).step_by(FOLDERS as usize) {
            let (title, site) = (escaped(&name(options.seed, feed)), origin(options, feed));
            let _ = writeln!(
                out,
                "<outline type=\"rss\" text=\"{title}\" xmlUrl=\"{site}/feed/{feed}.xml\" htmlUrl=\"{site}/site/{feed}/\"/>"
            );
        }
        out.push_str("</outline>\n");
    }
    out + "</body></opml>\n"
}

/// A feed's home page, which names the feed and its icon.
pub(crate) fn home(options: ServeOptions, feed: u32) -> String {
    let title = escaped(&name(options.seed, feed));
    let kind = if is_atom(feed) { "atom" } else { "rss" };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <link rel=\"icon\" type=\"image/png\" href=\"/icon/{feed}.png\">\
         <link rel=\"alternate\" type=\"application/{kind}+xml\" href=\"/feed/{feed}.xml\"></head><body><h1>{title}</h1></body></html>\n",
        Language::of_feed(feed).tag()
    )
}

pub(crate) fn is_atom(feed: u32) -> bool {
    feed.is_multiple_of(2)
}

/// `http://127.2.0.5:8099`, where a feed lives.
pub(crate) fn origin(options: ServeOptions, feed: u32) -> String {
    format!("http://{}:{}", host_address(feed % options.hosts), options.port)
}

fn name(seed: u64, feed: u32) -> String {
    let language = Language::of_feed(feed);
    let words = phrase(&mut Random::new(&[seed, u64::from(feed)]), language, 18);
    match language {
        Language::English => format!("{words} & Feed {feed}"),
        Language::Japanese => format!("{words}・フィード{feed}"),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(feed: u32) -> String {
        let options = ServeOptions::default();
        Document { options, feed, newest: 24, shown: 5, start: (20, 1_795_000_000) }.write()
    }

    #[test]
    fn atom_and_rss_show_the_newest_entries_first() {
        let (atom, rss) = (document(8), document(9));
        assert_eq!((atom.matches("<entry>").count(), rss.matches("<item>").count()), (5, 5));
        assert!(atom.find("2026:8/24<").unwrap() < atom.find("2026:8/20<").unwrap());
        assert!(rss.contains(">9-20<") && !rss.contains(">9-19<"));
        assert_eq!(rss.matches("]]>").count(), 5);
    }

    #[test]
    fn one_feed_in_ten_has_enclosures() {
        let with = (0..100).filter(|feed| document(*feed).contains("<enclosure")).count();
        assert_eq!(with, 10);
    }

    #[test]
    fn the_list_holds_every_feed_once() {
        let options = ServeOptions { feeds: 45, ..ServeOptions::default() };
        let list = opml(options);
        assert_eq!(list.matches("xmlUrl=").count(), 45);
        assert!(list.contains("xmlUrl=\"http://127.2.0.45:8099/feed/44.xml\""));
        assert_eq!(list.matches("<outline text=\"Folder").count(), 20);
    }
}
