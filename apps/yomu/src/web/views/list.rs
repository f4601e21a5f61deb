//! A list of entries.

use askama::Template;
use yomu_model::ids::{EntryId, SubscriptionId};

use super::{Frame, Message, Row};

/// A page of a list.
#[derive(Template)]
#[template(path = "list.html")]
pub(in crate::web) struct ListView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) title: String,
    /// The site of a feed; none for lists of several.
    pub(in crate::web) site: Option<Link>,
    pub(in crate::web) settings_path: String,
    /// With or without what was read.
    pub(in crate::web) toggle: Option<Link>,
    /// The other direction.
    pub(in crate::web) order: Link,
    pub(in crate::web) refresh_path: String,
    pub(in crate::web) can_mark: bool,
    /// What is wrong with the feed.
    pub(in crate::web) trouble: Option<(SubscriptionId, Message)>,
    /// The name of the list, for forms.
    pub(in crate::web) list: String,
    /// What the entries' addresses say about where the reader comes from.
    pub(in crate::web) from: String,
    /// The highest entry number when the page was made: what comes later is not marked unseen.
    pub(in crate::web) newest: EntryId,
    pub(in crate::web) entries: Vec<Row>,
    /// What to say when there are none.
    pub(in crate::web) empty: &'static str,
    /// Where to go then.
    pub(in crate::web) empty_link: Option<Link>,
    /// The address of the next page.
    pub(in crate::web) next: Option<String>,
}

/// A link with its words.
pub(in crate::web) struct Link {
    pub(in crate::web) path: String,
    pub(in crate::web) label: String,
}
