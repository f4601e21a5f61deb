//! One entry, to be read.

use askama::Template;
use yomu_model::ids::{EntryId, IconId, SubscriptionId};

use super::{EntryHighlights, Frame, Media, ReadingChoices};

/// The page of an entry.
#[derive(Template)]
#[template(path = "entry.html")]
pub(in crate::web) struct EntryView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) id: EntryId,
    pub(in crate::web) unread: bool,
    pub(in crate::web) starred: bool,
    pub(in crate::web) icon: Option<IconId>,
    /// The subscription; none for a saved page.
    pub(in crate::web) feed: Option<SubscriptionId>,
    pub(in crate::web) source: String,
    pub(in crate::web) title: String,
    /// The title as markup, set as the text is.
    pub(in crate::web) title_html: String,
    pub(in crate::web) author: String,
    pub(in crate::web) lang: Option<String>,
    /// The original, if it has a web address.
    pub(in crate::web) url: Option<String>,
    pub(in crate::web) datetime: String,
    /// When it was published, in the reader's time zone and language, as markup.
    pub(in crate::web) when_html: Option<String>,
    pub(in crate::web) reading_time: String,
    pub(in crate::web) text: Text,
    /// Where the other of two texts is shown.
    pub(in crate::web) text_path: String,
    /// Whether the lines run from top to bottom.
    pub(in crate::web) is_vertical: bool,
    /// Where the article is set in the other direction.
    pub(in crate::web) lines_path: String,
    pub(in crate::web) choices: ReadingChoices,
    /// How far the reader was, in thousandths of the text.
    pub(in crate::web) position: u32,
    /// Safe HTML: yomu-clean made it before it was stored.
    pub(in crate::web) body: Option<String>,
    /// What stands in for a body.
    pub(in crate::web) excerpt: String,
    pub(in crate::web) players: Vec<Media>,
    pub(in crate::web) files: Vec<Media>,
    pub(in crate::web) categories: Vec<String>,
    pub(in crate::web) comments_url: Option<String>,
    pub(in crate::web) tags: EntryTags,
    pub(in crate::web) highlights: EntryHighlights,
    pub(in crate::web) list_path: String,
    pub(in crate::web) previous: Option<String>,
    pub(in crate::web) next: Option<String>,
    /// Where "mark read and next" leads.
    pub(in crate::web) after_read: String,
}

/// The reader's own words for an entry.
pub(in crate::web) struct EntryTags {
    pub(in crate::web) own: Vec<OwnTag>,
    /// Tags of other entries, to complete a name from.
    pub(in crate::web) others: Vec<String>,
}

/// A tag that an entry has, and the words of the button that takes it away.
pub(in crate::web) struct OwnTag {
    pub(in crate::web) name: String,
    pub(in crate::web) take: String,
}

/// Which text is shown, and so which other one can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Text {
    /// The feed's; the article of the page can be fetched.
    Feed,
    /// The feed's, by wish; the article is there too.
    FeedOfTwo,
    /// The article of the page; the feed's text is there too.
    Article,
    /// A saved page, or an entry without an address: there is no other.
    Page,
}
