//! Lists as apps ask for them: any conditions together, any order, any part.
//!
//! The pages' lists are in `entries.rs`, each one walk along one index. Here the conditions choose the index: the common
//! wishes (unread, a feed, a folder, since then) walk the same ones, and rare mixtures look at every row that the best
//! of them leaves.

use jiff::Timestamp;
use yomu_model::ids::{EntryId, FolderId, SubscriptionId, TagId, UserId};
use yomu_model::search::Query;

use crate::clock::to_millis;
use crate::value::Value;
use crate::{Cursor, Order, Store, StoreError};

/// Which entries are meant. The default means all; conditions are joined by "and".
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EntryFilter {
    /// These alone.
    pub ids: Option<Vec<EntryId>>,
    /// Unread, or read.
    pub unread: Option<bool>,
    /// Starred, or not.
    pub starred: Option<bool>,
    /// Of these subscriptions.
    pub feeds: Option<Vec<SubscriptionId>>,
    /// In a folder, or in none.
    pub folder: Option<FolderWish>,
    /// With a higher number.
    pub id_after: Option<EntryId>,
    /// With a lower number.
    pub id_before: Option<EntryId>,
    /// Listed later than this moment.
    pub published_after: Option<Timestamp>,
    /// Listed earlier than this moment.
    pub published_before: Option<Timestamp>,
    /// Changed later than this moment: arrived, marked or starred.
    pub changed_after: Option<Timestamp>,
    /// Changed earlier than this moment.
    pub changed_before: Option<Timestamp>,
    /// Arrived with the user at this moment or later.
    pub arrived_from: Option<Timestamp>,
    /// Arrived with the user at this moment or earlier.
    pub arrived_until: Option<Timestamp>,
    /// Having all of these categories, whatever their case.
    pub tags: Vec<String>,
    /// With this tag of the user's own.
    pub own_tag: Option<TagId>,
    /// Without these.
    pub without_tags: Vec<TagId>,
    /// Found by a search.
    pub query: Option<Query>,
}

/// A folder to look into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolderWish {
    /// This folder.
    In(FolderId),
    /// Outside any folder.
    Outside,
}

/// By what a list is ordered; equals are ordered by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortKey {
    /// The time of the list: when it was published, or when it came.
    #[default]
    Published,
    /// The number, which rises with arrival.
    Id,
    /// The last change.
    Changed,
    /// Read before unread.
    Status,
    /// The title.
    Title,
    /// The author.
    Author,
    /// The title of the folder.
    FolderTitle,
    /// The number of the folder.
    Folder,
}

/// Which part of a list, in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// By what.
    pub key: SortKey,
    /// In which direction.
    pub order: Order,
    /// After this place; for [`SortKey::Published`] alone.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
    /// Without the first so many.
    pub offset: u32,
}

/// The `FROM ... WHERE` of a filter over `entry_state s`, and its parameters; `?1` is the user.
pub(crate) struct Scope {
    from: String,
    conditions: Vec<String>,
    pub(crate) params: Vec<Value>,
}

impl Scope {
    /// A scope without conditions.
    pub(crate) fn new(from: impl Into<String>, params: Vec<Value>) -> Self {
        Self { from: from.into(), conditions: Vec::new(), params }
    }

    /// Adds a parameter; returns its number.
    pub(crate) fn push(&mut self, value: impl Into<Value>) -> usize {
        self.params.push(value.into());
        self.params.len()
    }

    pub(crate) fn add(&mut self, condition: impl Into<String>) {
        self.conditions.push(condition.into());
    }

    /// A condition with one parameter in the place of `{}`, or with its number alone after a colon.
    pub(crate) fn add_with(&mut self, condition: &str, value: impl Into<Value>) {
        let number = self.push(value);
        self.add(condition.replace(":{}", &format!(":{number}")).replace("{}", &format!("?{number}")));
    }

    pub(crate) fn text(&self) -> String {
        let mut out = self.from.clone();
        for condition in &self.conditions {
            out.push_str(" AND ");
            out.push_str(condition);
        }
        out
    }
}

/// When an entry came to its user: when it was stored, or when the user subscribed if that was later.
const ARRIVED: &str = "(SELECT {max}(e.created_at, b.created_at) FROM entry e, subscription b
                        WHERE e.id = s.entry_id AND b.id = s.subscription_id)";

impl Store {
    /// Turns a filter into SQL. `key` helps to choose the index.
    pub(crate) async fn scope_of(&self, user: UserId, filter: &EntryFilter, key: SortKey) -> Result<Scope, StoreError> {
        let mut scope = match &filter.query {
            Some(query) => self.searching(user, query).await?,
            None => Scope::new(from(filter, key), vec![user.into()]),
        };
        scope.add("s.removed_at IS NULL");
        mark_conditions(&mut scope, filter);
        place_conditions(&mut scope, filter);
        time_conditions(&mut scope, filter);
        for tag in &filter.tags {
            // Categories are stored as a JSON list of texts.
            let quoted = format!("\"{}\"", tag.trim().replace('\\', "\\\\").replace('"', "\\\""));
            scope.add_with(
                "{position}(LOWER((SELECT e.categories FROM entry e WHERE e.id = s.entry_id)), LOWER(CAST({} AS TEXT))) > 0",
                quoted,
            );
        }
        Ok(scope)
    }
}

fn mark_conditions(scope: &mut Scope, filter: &EntryFilter) {
    // Written out, because the indexes of unread and of starred entries are partial.
    for (condition, wish) in [("s.unread", filter.unread), ("s.starred", filter.starred)] {
        match wish {
            None => {}
            Some(true) => scope.add(condition),
            Some(false) => scope.add(format!("NOT {condition}")),
        }
    }
}

fn place_conditions(scope: &mut Scope, filter: &EntryFilter) {
    if let Some(ids) = &filter.ids {
        scope.add_with("s.entry_id IN ({list:{}})", ids.iter().map(|id| id.get()).collect::<Vec<i64>>());
    }
    match filter.feeds.as_deref() {
        None => {}
        Some([one]) => scope.add_with("s.subscription_id = {}", *one),
        Some(many) => {
            let numbers: Vec<i64> = many.iter().map(|id| id.get()).collect();
            scope.add_with("s.subscription_id IN ({list:{}})", numbers);
        }
    }
    if let Some(tag) = filter.own_tag {
        scope
            .add_with("s.entry_id IN (SELECT t.entry_id FROM entry_tag t WHERE t.tag_id = {} AND t.user_id = ?1)", tag);
    }
    for tag in &filter.without_tags {
        scope.add_with(
            "s.entry_id NOT IN (SELECT t.entry_id FROM entry_tag t WHERE t.tag_id = {} AND t.user_id = ?1)",
            *tag,
        );
    }
    match filter.folder {
        None => {}
        Some(FolderWish::In(id)) => scope.add_with("s.folder_id = {}", id),
        Some(FolderWish::Outside) => scope.add("s.folder_id IS NULL"),
    }
    if let Some(id) = filter.id_after {
        scope.add_with("s.entry_id > {}", id);
    }
    if let Some(id) = filter.id_before {
        scope.add_with("s.entry_id < {}", id);
    }
}

fn time_conditions(scope: &mut Scope, filter: &EntryFilter) {
    let simple = [
        ("s.sort_at > {}", filter.published_after),
        ("s.sort_at < {}", filter.published_before),
        ("s.changed_at > {}", filter.changed_after),
        ("s.changed_at < {}", filter.changed_before),
        // Arriving is a change: this leaves few rows, of which the next condition looks at each.
        ("s.changed_at >= {}", filter.arrived_from),
    ];
    for (condition, time) in simple {
        if let Some(time) = time {
            scope.add_with(condition, to_millis(time));
        }
    }
    for (than, time) in [(">=", filter.arrived_from), ("<=", filter.arrived_until)] {
        if let Some(time) = time {
            scope.add_with(&format!("{ARRIVED} {than} {{}}"), to_millis(time));
        }
    }
}

/// The states to walk, with the index for SQLite, which keeps no statistics.
fn from(filter: &EntryFilter, key: SortKey) -> String {
    match index(filter, key) {
        Walk::Along(index) => format!("entry_state s {{index:{index}}} WHERE s.user_id = ?1"),
        // The primary key begins with the entry. The sign keeps SQLite from an index that begins with the user and
        // would have to be sorted.
        Walk::ByNumber => "entry_state s WHERE +s.user_id = ?1".to_owned(),
        Walk::AtNumbers => "entry_state s WHERE s.user_id = ?1".to_owned(),
    }
}

enum Walk {
    Along(&'static str),
    ByNumber,
    AtNumbers,
}

fn index(filter: &EntryFilter, key: SortKey) -> Walk {
    let unread = filter.unread == Some(true);
    let one_feed = filter.feeds.as_ref().is_some_and(|feeds| feeds.len() == 1);
    let in_folder = matches!(filter.folder, Some(FolderWish::In(_)));
    if filter.ids.is_some() || filter.own_tag.is_some() {
        Walk::AtNumbers
    } else if filter.starred == Some(true) {
        Walk::Along("state_user_starred")
    } else if one_feed {
        Walk::Along(if unread { "state_subscription_unread" } else { "state_subscription" })
    } else if filter.changed_after.is_some() || filter.arrived_from.is_some() {
        Walk::Along("state_changed")
    } else if key == SortKey::Id && filter.folder.is_none() {
        Walk::ByNumber
    } else if in_folder {
        Walk::Along(if unread { "state_folder_unread" } else { "state_folder" })
    } else if unread {
        Walk::Along("state_user_unread")
    } else if key == SortKey::Changed {
        Walk::Along("state_changed")
    } else {
        Walk::Along("state_user")
    }
}

impl SortKey {
    /// The expression over `entry_state s`.
    pub(crate) fn expression(self) -> &'static str {
        match self {
            Self::Published => "s.sort_at",
            Self::Id => "s.entry_id",
            Self::Changed => "s.changed_at",
            Self::Status => "CASE WHEN s.unread THEN 1 ELSE 0 END",
            Self::Title => "(SELECT LOWER(e.title) FROM entry e WHERE e.id = s.entry_id)",
            Self::Author => "(SELECT LOWER(e.author) FROM entry e WHERE e.id = s.entry_id)",
            Self::FolderTitle => "COALESCE((SELECT LOWER(d.title) FROM folder d WHERE d.id = s.folder_id), '')",
            Self::Folder => "COALESCE(s.folder_id, 0)",
        }
    }
}
