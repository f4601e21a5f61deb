//! Taking back the last thing.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use yomu_model::ids::{EntryId, HighlightId, SubscriptionId, UserId};

use crate::App;
use crate::trouble::ActionError;

/// The name of something that can be taken back, as it stands in an address: `mark-1767225600000`,
/// `feed-12-1767225600000`, `entry-34-1767225600000`, `highlight-56-1767225600000`, `hush-12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    /// Entries were marked read at a moment.
    Mark {
        /// The moment.
        at: Timestamp,
    },
    /// A subscription ended at a moment.
    Unsubscribe {
        /// The subscription.
        id: SubscriptionId,
        /// The moment.
        at: Timestamp,
    },
    /// An entry was removed at a moment.
    RemoveEntry {
        /// The entry.
        id: EntryId,
        /// The moment.
        at: Timestamp,
    },
    /// A highlight was removed at a moment.
    RemoveHighlight {
        /// The highlight.
        id: HighlightId,
        /// The moment.
        at: Timestamp,
    },
    /// Nothing more is said of a feed's trouble.
    Hush {
        /// The subscription.
        id: SubscriptionId,
    },
}

/// Takes something back. Says whether there was anything left to take back.
///
/// # Errors
/// A failure of the database.
pub async fn undo(app: &App, user: UserId, what: Undo) -> Result<bool, ActionError> {
    let done = match what {
        Undo::Mark { at } => app.store.undo_mark(user, at, app.now()).await?.count > 0,
        Undo::Unsubscribe { id, at } => app.store.resubscribe(user, id, at).await?,
        Undo::RemoveEntry { id, at } => app.store.restore_entry(user, id, at, app.now()).await?,
        Undo::RemoveHighlight { id, at } => app.store.restore_highlight(user, id, at).await?,
        Undo::Hush { id } => app.store.unhush(user, id).await?,
    };
    app.changed(user).await;
    Ok(done)
}

impl fmt::Display for Undo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mark { at } => write!(f, "mark-{}", at.as_millisecond()),
            Self::Unsubscribe { id, at } => write!(f, "feed-{id}-{}", at.as_millisecond()),
            Self::RemoveEntry { id, at } => write!(f, "entry-{id}-{}", at.as_millisecond()),
            Self::RemoveHighlight { id, at } => write!(f, "highlight-{id}-{}", at.as_millisecond()),
            Self::Hush { id } => write!(f, "hush-{id}"),
        }
    }
}

/// An address names nothing that can be taken back.
#[derive(Debug, PartialEq, Eq)]
pub struct NotAnUndo;

impl FromStr for Undo {
    type Err = NotAnUndo;

    fn from_str(text: &str) -> Result<Self, NotAnUndo> {
        let time = |millis: &str| millis.parse().ok().and_then(|ms| Timestamp::from_millisecond(ms).ok());
        let parts: Vec<&str> = text.split('-').collect();
        let found = match parts.as_slice() {
            ["mark", at] => time(at).map(|at| Self::Mark { at }),
            ["feed", id, at] => id.parse().ok().zip(time(at)).map(|(id, at)| Self::Unsubscribe { id, at }),
            ["entry", id, at] => id.parse().ok().zip(time(at)).map(|(id, at)| Self::RemoveEntry { id, at }),
            ["highlight", id, at] => id.parse().ok().zip(time(at)).map(|(id, at)| Self::RemoveHighlight { id, at }),
            ["hush", id] => id.parse().ok().map(|id| Self::Hush { id }),
            _ => None,
        };
        found.ok_or(NotAnUndo)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_undo_survives_its_address() {
        let at = Timestamp::from_millisecond(1_767_225_600_123).unwrap();
        for undo in [
            Undo::Mark { at },
            Undo::Unsubscribe { id: SubscriptionId::new(12), at },
            Undo::RemoveEntry { id: EntryId::new(34), at },
            Undo::RemoveHighlight { id: HighlightId::new(56), at },
            Undo::Hush { id: SubscriptionId::new(12) },
        ] {
            assert_eq!(undo.to_string().parse(), Ok(undo));
        }
    }

    #[test]
    fn anything_else_is_no_undo() {
        for text in [
            "",
            "mark",
            "mark-x",
            "feed-1",
            "entry-1-2-3",
            "highlight-x-1",
            "hush-",
            "hush-1-2",
            "mark-99999999999999999",
        ] {
            assert_eq!(text.parse::<Undo>(), Err(NotAnUndo), "{text}");
        }
    }
}
