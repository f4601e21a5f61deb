//! Which element means what: one table for RSS, RDF, Atom and their extensions.

use super::namespace::Namespace;

/// Where an element stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Inside `rss`, `feed` or `RDF`, or before them.
    Root,
    /// Inside `channel`.
    Channel,
    /// Inside `item` or `entry`.
    Entry,
    /// Inside `media:group` or `media:content` of an entry.
    Media,
    /// Inside something else.
    Elsewhere,
}

/// What to do with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Look at its children.
    Enter(Place),
    /// Read its content as this.
    Field(Field),
}

/// What an element's content says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Lower ranks win.
    Title(Rank),
    Link,
    /// Where FeedBurner's redirects lead.
    OriginalLink,
    Id,
    Comments,
    Body(Body),
    Published(Rank),
    Updated(Rank),
    Author,
    Category,
    Enclosure,
    Thumbnail,
    Image,
    Icon,
    Duration,
    Language,
    Ttl,
    UpdatePeriod,
    UpdateFrequency,
    NewFeedUrl,
    /// Has children that would be mistaken for the entry's own, such as `atom:source`.
    Skipped,
}

/// Which of several elements for the same thing is believed first.
pub(super) type Rank = u8;

/// The texts of an entry, fullest first; those from [`Body::DESCRIPTION`] on are summaries where a fuller one exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Body(pub(super) u8);

impl Body {
    pub(super) const ENCODED: Body = Body(0);
    pub(super) const CONTENT: Body = Body(1);
    pub(super) const XHTML: Body = Body(2);
    pub(super) const DESCRIPTION: Body = Body(3);
    pub(super) const SUMMARY: Body = Body(4);
    pub(super) const DUBLIN_CORE: Body = Body(5);
    pub(super) const ITUNES_SUMMARY: Body = Body(6);
    pub(super) const MEDIA_DESCRIPTION: Body = Body(7);
    pub(super) const ITUNES_SUBTITLE: Body = Body(8);
    pub(super) const COUNT: usize = 9;
}

/// How the content of a field ends if its own end tag is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Text: any other field ends it.
    Short,
    /// HTML, which may hold elements with the names of fields: few fields end it.
    Long,
    /// Elements of its own, with the names of fields: only the entry's end ends it.
    Container,
}

impl Field {
    pub(super) fn extent(self) -> Extent {
        match self {
            Field::Body(_) => Extent::Long,
            Field::Author | Field::Image | Field::Skipped => Extent::Container,
            _ => Extent::Short,
        }
    }

    /// Fields that attributes may fill completely, so that nobody misses an end tag.
    pub(super) fn filling_attributes(self) -> &'static [&'static str] {
        match self {
            Field::Link => &["href"],
            Field::Enclosure | Field::Thumbnail => &["url"],
            Field::Category => &["term", "text", "label"],
            Field::Image => &["href"],
            _ => &[],
        }
    }
}

/// What an element means in its place; nothing for the unknown. `local` is in lower case.
pub(super) fn role(place: Place, namespace: Namespace, local: &str) -> Option<Role> {
    match (namespace, local) {
        (Namespace::Feed | Namespace::Rdf, "rss" | "feed" | "rdf") => return Some(Role::Enter(Place::Root)),
        (Namespace::Feed, "channel") => return Some(Role::Enter(Place::Channel)),
        (Namespace::Feed, "item" | "entry") => return Some(Role::Enter(Place::Entry)),
        _ => {}
    }
    match place {
        Place::Root | Place::Channel => channel_field(namespace, local).map(Role::Field),
        Place::Entry => entry_role(namespace, local),
        // A title or text of one file is not the entry's; WordPress names the author there.
        Place::Media if namespace == Namespace::Media && local == "title" => Some(Role::Field(Field::Skipped)),
        Place::Media => entry_role(namespace, local),
        Place::Elsewhere => None,
    }
}

fn channel_field(namespace: Namespace, local: &str) -> Option<Field> {
    Some(match (namespace, local) {
        (Namespace::Feed, "title") => Field::Title(0),
        (Namespace::Feed, "link") => Field::Link,
        (Namespace::Feed, "description" | "subtitle" | "tagline") => Field::Body(Body::DESCRIPTION),
        (Namespace::Feed, "language") | (Namespace::DublinCore, "language") => Field::Language,
        (Namespace::Feed, "ttl") => Field::Ttl,
        (Namespace::Feed, "image") => Field::Image,
        (Namespace::Feed, "logo") => Field::Thumbnail,
        (Namespace::Feed, "icon") => Field::Icon,
        (Namespace::Feed, "lastbuilddate" | "updated" | "modified") => Field::Updated(0),
        (Namespace::Feed, "pubdate" | "date") | (Namespace::DublinCore, "date") => Field::Updated(1),
        (Namespace::Feed, "author" | "managingeditor") => Field::Author,
        (Namespace::Feed, "textinput" | "items" | "contributor") => Field::Skipped,
        (Namespace::DublinCore, "creator") => Field::Author,
        (Namespace::DublinCore, "title") => Field::Title(1),
        (Namespace::DublinCore, "description") => Field::Body(Body::DUBLIN_CORE),
        (Namespace::Itunes, "author") => Field::Author,
        (Namespace::Itunes, "image") => Field::Image,
        (Namespace::Itunes, "summary") => Field::Body(Body::ITUNES_SUMMARY),
        (Namespace::Itunes, "subtitle") => Field::Body(Body::ITUNES_SUBTITLE),
        (Namespace::Itunes, "new-feed-url") => Field::NewFeedUrl,
        (Namespace::Media, "thumbnail") => Field::Thumbnail,
        (Namespace::Syndication, "updateperiod") => Field::UpdatePeriod,
        (Namespace::Syndication, "updatefrequency") => Field::UpdateFrequency,
        _ => return None,
    })
}

fn entry_role(namespace: Namespace, local: &str) -> Option<Role> {
    Some(Role::Field(match (namespace, local) {
        (Namespace::Feed, "title") => Field::Title(0),
        (Namespace::Feed, "link") => Field::Link,
        (Namespace::Feed, "guid" | "id") => Field::Id,
        (Namespace::Feed, "description") => Field::Body(Body::DESCRIPTION),
        (Namespace::Feed, "summary") => Field::Body(Body::SUMMARY),
        (Namespace::Feed, "content") => Field::Body(Body::CONTENT),
        (Namespace::Feed, "body") | (Namespace::Xhtml, "body" | "div") => Field::Body(Body::XHTML),
        (Namespace::Content, "encoded") => Field::Body(Body::ENCODED),
        (Namespace::Feed, "pubdate") => Field::Published(0),
        (Namespace::Feed, "published") => Field::Published(1),
        (Namespace::Feed, "issued") | (Namespace::DublinCore, "issued") => Field::Published(2),
        (Namespace::Feed, "date") | (Namespace::DublinCore, "date") => Field::Published(3),
        (Namespace::Feed, "created") | (Namespace::DublinCore, "created") => Field::Published(4),
        (Namespace::Feed, "updated") => Field::Updated(0),
        (Namespace::Feed, "modified") | (Namespace::DublinCore, "modified") => Field::Updated(1),
        (Namespace::Feed, "author") => Field::Author,
        (Namespace::DublinCore, "creator" | "author") | (Namespace::Itunes, "author") => Field::Author,
        (Namespace::Feed, "category") | (Namespace::DublinCore, "subject") => Field::Category,
        (Namespace::Feed, "enclosure") => Field::Enclosure,
        (Namespace::Feed, "comments") => Field::Comments,
        (Namespace::Feed, "image") | (Namespace::Itunes, "image") => Field::Image,
        (Namespace::Feed, "source" | "contributor") => Field::Skipped,
        (Namespace::Feed, "language") | (Namespace::DublinCore, "language") => Field::Language,
        (Namespace::DublinCore, "title") | (Namespace::Itunes, "title") => Field::Title(1),
        (Namespace::DublinCore, "description") => Field::Body(Body::DUBLIN_CORE),
        (Namespace::Itunes, "summary") => Field::Body(Body::ITUNES_SUMMARY),
        (Namespace::Itunes, "subtitle") => Field::Body(Body::ITUNES_SUBTITLE),
        (Namespace::Itunes, "duration") => Field::Duration,
        (Namespace::FeedBurner, "origlink") => Field::OriginalLink,
        (Namespace::Media, _) => return media_role(namespace, local),
        _ => return None,
    }))
}

fn media_role(namespace: Namespace, local: &str) -> Option<Role> {
    Some(match (namespace, local) {
        (Namespace::Media, "group" | "content") => Role::Enter(Place::Media),
        (Namespace::Media, "title") => Role::Field(Field::Title(2)),
        (Namespace::Media, "description") => Role::Field(Field::Body(Body::MEDIA_DESCRIPTION)),
        (Namespace::Media, "thumbnail") => Role::Field(Field::Thumbnail),
        (Namespace::Media, _) => Role::Field(Field::Skipped),
        _ => return None,
    })
}
