//! Puts an entry of a user's own into a feed.

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use yomu_model::ids::{EntryId, SubscriptionId, UserId};
use yomu_store::{Marks, NewEntry};

use super::parse_address;
use crate::App;
use crate::ingest::{OwnWords, own_categories, own_entry};
use crate::trouble::{ActionError, Trouble};

/// The entry to bring along.
#[derive(Debug)]
pub struct ImportEntry<'a> {
    /// Its address.
    pub url: &'a str,
    /// Its title as plain text; empty for how it begins.
    pub title: &'a str,
    /// Its body as any HTML; what is stored of it is safe.
    pub html: &'a str,
    /// Its author; may be empty.
    pub author: &'a str,
    /// Where people talk about it; may be empty.
    pub comments_url: &'a str,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// Its categories.
    pub tags: &'a [String],
    /// What makes it the same entry next time; empty for its address.
    pub external_id: &'a str,
    /// What it begins with.
    pub marks: Marks,
}

/// Puts it there, for this user alone. Returns its number, and whether it is new.
///
/// # Errors
/// Trouble when the address is none; when the user has no such feed; a failure of the database.
pub async fn import_entry(
    app: &App,
    user: UserId,
    feed: SubscriptionId,
    import: ImportEntry<'_>,
) -> Result<(EntryId, bool), ActionError> {
    let url = String::from(parse_address(import.url)?);
    let comments_url = parse_address(import.comments_url).ok().map(String::from);
    let identity = identity(user, if import.external_id.is_empty() { &url } else { import.external_id });
    let own = OwnWords { title: import.title.to_owned(), html: import.html.to_owned(), url };
    let entry =
        app.compute(move || own_entry(own)).await.ok_or_else(|| Trouble::new("stopped", "the program is stopping"))?;
    let entry = NewEntry {
        identity,
        author: import.author.trim().to_owned(),
        comments_url,
        published_at: import.published_at,
        categories: own_categories(import.tags),
        ..entry
    };
    let stored = app.store.import_entry(user, feed, entry, import.marks, app.now()).await?;
    let stored = stored.ok_or(ActionError::NotFound { what: "feed" })?;
    app.changed(user).await;
    Ok(stored)
}

/// No feed's own entry has such an identity, nor another user's.
fn identity(user: UserId, key: &str) -> [u8; 16] {
    let full: [u8; 32] = Sha256::digest(format!("imported by {user}: {key}")).into();
    let mut half = [0; 16];
    half.copy_from_slice(&full[..16]);
    half
}
