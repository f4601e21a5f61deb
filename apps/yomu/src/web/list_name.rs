//! The name of a list: in addresses of entries (`?from=feed-12-all`), in forms, and as its own address.

use std::fmt;
use std::str::FromStr;

use yomu_store::{Order, View};

/// A list and its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListName {
    pub(super) view: View,
    pub(super) order: Order,
}

/// A text names no list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotAList;

impl ListName {
    /// The list's own address.
    pub(super) fn path(self) -> String {
        let (path, all) = match self.view {
            View::Unread => ("/unread".to_owned(), false),
            View::All => ("/all".to_owned(), false),
            View::Starred => ("/starred".to_owned(), false),
            View::Saved => ("/saved".to_owned(), false),
            View::Feed { id, unread_only } => (format!("/feeds/{id}"), !unread_only),
            View::Folder { id, unread_only } => (format!("/folders/{id}"), !unread_only),
            View::Tag(id) => (format!("/tags/{id}"), false),
        };
        match (all, self.order) {
            (false, Order::Newest) => path,
            (false, Order::Oldest) => format!("{path}?order=oldest"),
            (true, Order::Newest) => format!("{path}?show=all"),
            (true, Order::Oldest) => format!("{path}?show=all&order=oldest"),
        }
    }

    /// The same list, running the other way.
    pub(super) fn reversed(self) -> Self {
        let order = match self.order {
            Order::Newest => Order::Oldest,
            Order::Oldest => Order::Newest,
        };
        Self { order, ..self }
    }

    /// The same feed or folder with what was read, or without. Other lists have no such twin.
    pub(super) fn with_read(self, shown: bool) -> Option<Self> {
        let view = match self.view {
            View::Feed { id, .. } => View::Feed { id, unread_only: !shown },
            View::Folder { id, .. } => View::Folder { id, unread_only: !shown },
            _ => return None,
        };
        Some(Self { view, ..self })
    }

    /// Whether entries leave the list when they are read.
    pub(super) fn is_unread_only(self) -> bool {
        matches!(
            self.view,
            View::Unread | View::Feed { unread_only: true, .. } | View::Folder { unread_only: true, .. }
        )
    }
}

impl fmt::Display for ListName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.view {
            View::Unread => f.write_str("unread")?,
            View::All => f.write_str("all")?,
            View::Starred => f.write_str("starred")?,
            View::Saved => f.write_str("saved")?,
            View::Feed { id, unread_only } => write!(f, "feed-{id}{}", if unread_only { "" } else { "-all" })?,
            View::Folder { id, unread_only } => write!(f, "folder-{id}{}", if unread_only { "" } else { "-all" })?,
            View::Tag(id) => write!(f, "tag-{id}")?,
        }
        match self.order {
            Order::Newest => Ok(()),
            Order::Oldest => f.write_str("-oldest"),
        }
    }
}

impl FromStr for ListName {
    type Err = NotAList;

    fn from_str(text: &str) -> Result<Self, NotAList> {
        let (name, order) = match text.strip_suffix("-oldest") {
            Some(name) => (name, Order::Oldest),
            None => (text, Order::Newest),
        };
        let parts: Vec<&str> = name.splitn(3, '-').collect();
        let view = match parts.as_slice() {
            ["unread"] => View::Unread,
            ["all"] => View::All,
            ["starred"] => View::Starred,
            ["saved"] => View::Saved,
            ["feed", id, rest @ ..] => View::Feed { id: number(id)?, unread_only: unread_only(rest)? },
            ["folder", id, rest @ ..] => View::Folder { id: number(id)?, unread_only: unread_only(rest)? },
            ["tag", id] => View::Tag(number(id)?),
            _ => return Err(NotAList),
        };
        Ok(Self { view, order })
    }
}

fn number<T: FromStr>(text: &str) -> Result<T, NotAList> {
    text.parse().map_err(|_| NotAList)
}

fn unread_only(rest: &[&str]) -> Result<bool, NotAList> {
    match rest {
        [] => Ok(true),
        ["all"] => Ok(false),
        _ => Err(NotAList),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yomu_model::ids::{FolderId, SubscriptionId, TagId};

    #[test]
    fn every_list_survives_its_name() {
        let views = [
            View::Unread,
            View::All,
            View::Starred,
            View::Saved,
            View::Feed { id: SubscriptionId::new(12), unread_only: true },
            View::Feed { id: SubscriptionId::new(12), unread_only: false },
            View::Folder { id: FolderId::new(3), unread_only: true },
            View::Folder { id: FolderId::new(3), unread_only: false },
            View::Tag(TagId::new(5)),
        ];
        for list in
            views.into_iter().flat_map(|view| [Order::Newest, Order::Oldest].map(|order| ListName { view, order }))
        {
            assert_eq!(list.to_string().parse(), Ok(list));
        }
    }

    #[test]
    fn names_and_addresses_are_what_people_see() {
        let list: ListName = "feed-12-all-oldest".parse().unwrap();
        assert_eq!(list.path(), "/feeds/12?show=all&order=oldest");
        assert_eq!(list.with_read(false).unwrap().reversed().path(), "/feeds/12");
    }

    #[test]
    fn anything_else_is_no_list() {
        for text in ["", "search", "feed", "feed-", "feed-x", "feed-1-most", "unread-newest", "feed-1-all-2"] {
            assert_eq!(text.parse::<ListName>(), Err(NotAList), "{text}");
        }
    }
}
