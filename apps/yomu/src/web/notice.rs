//! What the page after a form says: done, how much, and how to take it back.
//!
//! It travels in a cookie for one page and one minute, so that addresses stay clean and a reload does not repeat it.
//! Everything in it is read back as strictly as if a stranger had written it.

use std::fmt;
use std::str::FromStr;

use crate::actions::undo::Undo;

/// The cookie that carries it.
pub(super) const COOKIE: &str = "yomu_notice";

/// Something that was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) what: Done,
    /// How many, where that says something.
    pub(super) count: u32,
    pub(super) undo: Option<Undo>,
}

macro_rules! done {
    ($($(#[$documentation:meta])* $name:ident = $word:literal,)*) => {
        /// What was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Done { $($(#[$documentation])* $name,)* }

        impl Done {
            fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)* _ => None }
            }
        }
    };
}

done! {
    /// Entries were marked read; the count says how many.
    Marked = "marked",
    /// An entry was removed.
    Removed = "removed",
    /// A subscription ended; the count says how many of its entries are saved pages now.
    Unsubscribed = "unsubscribed",
    /// The last thing was taken back.
    Undone = "undone",
    /// It was too late for that.
    NothingToUndo = "nothing-to-undo",
    /// A feed is new.
    Subscribed = "subscribed",
    /// It was there already.
    SubscribedBefore = "subscribed-before",
    /// Settings were changed.
    SettingsSaved = "settings-saved",
    /// A feed is asked for at another address.
    FeedMoved = "feed-moved",
    /// A feed that has ended stays, and nothing is said of it.
    FeedHushed = "feed-hushed",
    /// What is wrong with a feed that was kept silently is said again.
    FeedUnhushed = "feed-unhushed",
    /// A feed was asked just now.
    Refreshed = "refreshed",
    /// Feeds are being asked; the count says how many.
    Refreshing = "refreshing",
    /// Feeds came from a file; the count says how many are new.
    Imported = "imported",
    /// A page was saved.
    PageSaved = "page-saved",
    /// A folder has another name.
    FolderRenamed = "folder-renamed",
    /// A folder is no more.
    FolderRemoved = "folder-removed",
    /// A passage is highlighted.
    Highlighted = "highlighted",
    /// There is another note beside it.
    NoteSaved = "note-saved",
    /// A highlight is no more.
    HighlightRemoved = "highlight-removed",
    /// A search has a name now.
    SearchKept = "search-kept",
    /// A search is no more.
    SearchForgotten = "search-forgotten",
    /// A public link is no more.
    ShareRevoked = "share-revoked",
    /// Pages came from a file; the count says how many are new.
    PagesImported = "pages-imported",
    /// An entry has other tags.
    Tagged = "tagged",
    /// A tag has another name.
    TagRenamed = "tag-renamed",
    /// A tag is no more.
    TagRemoved = "tag-removed",
    /// The sample library is there.
    SampleOpened = "sample-opened",
    /// This device is signed out.
    SignedOut = "signed-out",
    /// All devices are.
    SignedOutEverywhere = "signed-out-everywhere",
    /// Another device is.
    DeviceSignedOut = "device-signed-out",
    /// An app has no password any more.
    AppPasswordRemoved = "app-password-removed",
    /// An account is no more: one's own.
    AccountDeleted = "account-deleted",
    /// An account is no more: another's.
    UserRemoved = "user-removed",
    /// Somebody is an admin now.
    AdminMade = "admin-made",
    /// Somebody is none any more.
    AdminUnmade = "admin-unmade",
    /// An invitation was taken back.
    InvitationRemoved = "invitation-removed",
}

impl Notice {
    /// Something done, without a number or a way back.
    pub(super) fn of(what: Done) -> Self {
        Self { what, count: 0, undo: None }
    }

    /// The same, with a number.
    pub(super) fn with_count(self, count: u32) -> Self {
        Self { count, ..self }
    }

    /// The same, with a way back.
    pub(super) fn with_undo(self, undo: Undo) -> Self {
        Self { undo: Some(undo), ..self }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.what.word(), self.count)?;
        self.undo.map_or(Ok(()), |undo| write!(f, ".{undo}"))
    }
}

/// A text is no notice.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotANotice;

impl FromStr for Notice {
    type Err = NotANotice;

    fn from_str(text: &str) -> Result<Self, NotANotice> {
        let mut parts = text.splitn(3, '.');
        let what = parts.next().and_then(Done::from_word).ok_or(NotANotice)?;
        let count = parts.next().and_then(|count| count.parse().ok()).ok_or(NotANotice)?;
        let undo = parts.next().map(str::parse).transpose().map_err(|_| NotANotice)?;
        Ok(Self { what, count, undo })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_survives_its_cookie() {
        let undo = "mark-1767225600000".parse().unwrap();
        for notice in [Notice::of(Done::Marked).with_count(12).with_undo(undo), Notice::of(Done::SettingsSaved)] {
            assert_eq!(notice.to_string().parse(), Ok(notice));
        }
        assert_eq!(Notice::of(Done::Marked).with_count(12).with_undo(undo).to_string(), "marked.12.mark-1767225600000");
    }

    #[test]
    fn anything_else_is_no_notice() {
        for text in ["", "marked", "marked.x", "unknown.1", "marked.1.", "marked.1.<b>", "marked.-1"] {
            assert_eq!(text.parse::<Notice>(), Err(NotANotice), "{text}");
        }
    }
}
