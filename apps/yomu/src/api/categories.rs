//! Folders as apps number them.
//!
//! In Miniflux and Fever every feed is in a category, and number 1 is there from the beginning. Here a feed may be in no
//! folder: that is category 1, and folder n is category n + 1.

use yomu_model::ids::FolderId;
use yomu_store::{Folder, FolderWish, Subscription, User};

/// What stands for "no folder".
pub(in crate::api) const OUTSIDE: i64 = 1;

/// The number of a folder's category.
pub(in crate::api) fn category_number(folder: Option<FolderId>) -> i64 {
    folder.map_or(OUTSIDE, |folder| folder.get().saturating_add(1))
}

/// What a category's number means.
pub(in crate::api) fn folder_wish(category: i64) -> FolderWish {
    if category <= OUTSIDE { FolderWish::Outside } else { FolderWish::In(FolderId::new(category - 1)) }
}

/// A folder as a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::api) struct Category {
    /// Its number.
    pub(in crate::api) id: i64,
    /// Its title.
    pub(in crate::api) title: String,
    /// Feeds in it.
    pub(in crate::api) feed_count: u32,
    /// Unread entries in it.
    pub(in crate::api) unread_count: u32,
}

impl Category {
    /// All categories of a user: first what is outside any folder.
    pub(in crate::api) fn all(user: &User, folders: Vec<Folder>, subscriptions: &[Subscription]) -> Vec<Self> {
        let outside = subscriptions.iter().filter(|one| one.folder_id.is_none());
        let first = Self {
            id: OUTSIDE,
            title: outside_title(user).to_owned(),
            feed_count: u32::try_from(outside.clone().count()).unwrap_or(u32::MAX),
            unread_count: outside.map(|one| one.unread_count).sum(),
        };
        let folders = folders.into_iter().map(|folder| Self {
            id: category_number(Some(folder.id)),
            title: folder.title,
            feed_count: folder.feed_count,
            unread_count: folder.unread_count,
        });
        std::iter::once(first).chain(folders).collect()
    }
}

/// What feeds outside any folder are shown under.
pub(in crate::api) fn outside_title(user: &User) -> &'static str {
    if user.language.as_deref() == Some("ja") { "フォルダーなし" } else { "Without folder" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lead_back_to_their_folders() {
        for folder in [1, 2, 1 << 40] {
            assert_eq!(
                folder_wish(category_number(Some(FolderId::new(folder)))),
                FolderWish::In(FolderId::new(folder))
            );
        }
        assert_eq!(folder_wish(category_number(None)), FolderWish::Outside);
        assert_eq!(folder_wish(0), FolderWish::Outside, "0 means the first");
    }
}
