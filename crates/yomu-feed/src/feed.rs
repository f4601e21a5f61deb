//! What a feed says, whatever format it says it in.

use std::fmt;

use jiff::Timestamp;

/// A feed.
///
/// Texts are plain and in one line, addresses absolute (http or https), times real; what is unreadable is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// What it is written in.
    pub format: Format,
    /// Its name; may be empty.
    pub title: String,
    /// The site it belongs to.
    pub site_url: Option<String>,
    /// Where it says it is.
    pub self_url: Option<String>,
    /// What it says about itself.
    pub description: Option<String>,
    /// Its language, as written: `ja`, `en-US`.
    pub lang: Option<String>,
    /// A small square picture.
    pub icon_url: Option<String>,
    /// A large picture, such as a podcast's cover.
    pub image_url: Option<String>,
    /// When it says it changed.
    pub updated: Option<Timestamp>,
    /// How many minutes a copy stays good, as it says.
    pub ttl: Option<u32>,
    /// Where it has moved to (`itunes:new-feed-url`).
    pub new_url: Option<String>,
    /// Its WebSub hub.
    pub hub_url: Option<String>,
    /// Who writes it; also who wrote an entry that names nobody.
    pub authors: Vec<String>,
    /// Its entries, in the order of the document.
    pub entries: Vec<Entry>,
}

/// An entry of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its identifier as written (`guid`, `atom:id`, `rdf:about`), spaces around it removed.
    pub id: Option<String>,
    /// The page it is about.
    pub url: Option<String>,
    /// The page where it is discussed.
    pub comments_url: Option<String>,
    /// A page elsewhere that it points to, where the format tells the two apart.
    pub external_url: Option<String>,
    /// Its title; may be empty.
    pub title: String,
    /// The fullest text there is.
    pub content: Option<Content>,
    /// A shorter text, where there is another one than the content.
    pub summary: Option<Content>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it changed.
    pub updated: Option<Timestamp>,
    /// Who wrote it; empty if the entry itself names nobody.
    pub authors: Vec<String>,
    /// What it is filed under.
    pub categories: Vec<String>,
    /// Files that belong to it.
    pub enclosures: Vec<Enclosure>,
    /// A picture for lists.
    pub image_url: Option<String>,
    /// Its language, if it states one of its own.
    pub lang: Option<String>,
    /// What relative addresses in its content start from, where the document says so (`xml:base`); otherwise they
    /// start from the entry's own address.
    pub base: Option<String>,
}

/// A text as HTML. Plain text was escaped and put into paragraphs. Not made safe yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// The HTML.
    pub html: String,
}

/// A file that belongs to an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enclosure {
    /// Where it is.
    pub url: String,
    /// Its media type, such as `audio/mpeg`; sometimes only `image`.
    pub media_type: Option<String>,
    /// Its size in bytes.
    pub length: Option<u64>,
    /// How long it plays, in seconds.
    pub duration_s: Option<u32>,
    /// What it is called.
    pub title: Option<String>,
}

/// The formats that are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// RSS 0.90, the first one, in RDF.
    Rss090,
    /// RSS 0.91, by Netscape and by UserLand.
    Rss091,
    /// RSS 0.92.
    Rss092,
    /// RSS 0.93.
    Rss093,
    /// RSS 0.94.
    Rss094,
    /// RSS 1.0, in RDF.
    Rss10,
    /// RSS 2.0; also RSS of no or an unknown version.
    #[default]
    Rss20,
    /// Atom 0.3.
    Atom03,
    /// Atom 1.0.
    Atom10,
    /// JSON Feed 1.0.
    JsonFeed10,
    /// JSON Feed 1.1.
    JsonFeed11,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Format::Rss090 => "RSS 0.90",
            Format::Rss091 => "RSS 0.91",
            Format::Rss092 => "RSS 0.92",
            Format::Rss093 => "RSS 0.93",
            Format::Rss094 => "RSS 0.94",
            Format::Rss10 => "RSS 1.0",
            Format::Rss20 => "RSS 2.0",
            Format::Atom03 => "Atom 0.3",
            Format::Atom10 => "Atom 1.0",
            Format::JsonFeed10 => "JSON Feed 1.0",
            Format::JsonFeed11 => "JSON Feed 1.1",
        })
    }
}
