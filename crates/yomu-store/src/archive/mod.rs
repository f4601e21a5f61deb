//! Everything that a user owns, as records that another database can take in without loss.
//!
//! Times are milliseconds since 1970 in UTC and hashes are hexadecimal, so that a record is the same text wherever it was
//! made. Numbers of this database are not in them.
//!
//! `tests/archive_knows.rs` fails when the schema has a table or a column that neither stands here nor is left out for a
//! reason. A new field gets `#[serde(default)]`, and the version in yomu's `archive/mod.rs` another number.

mod read;
mod write;

use serde::{Deserialize, Serialize};

pub use write::Restored;

/// A subscription with its feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedFeed {
    /// Whether this is the place for saved pages, of which each user has one. It has no address.
    #[serde(default)]
    pub saved_pages: bool,
    /// The feed's address.
    pub url: String,
    /// The name for a feed that asks for one.
    pub username: Option<String>,
    /// And the password.
    pub password: Option<String>,
    /// The encoding that the reader chose.
    pub encoding: Option<String>,
    /// The title that the feed gives itself.
    pub title: String,
    /// The feed's site.
    pub site_url: Option<String>,
    /// The feed's words about itself.
    pub description: String,
    /// The feed's language.
    pub lang: Option<String>,
    /// The reader's own title.
    pub own_title: Option<String>,
    /// The title of the folder.
    pub folder: Option<String>,
    /// Whether articles are fetched.
    pub full_text: bool,
    /// Rules, one a line.
    pub rules: String,
    /// When it was subscribed to.
    pub created_at: i64,
}

/// An entry of a feed, with what the user did with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedEntry {
    /// What makes it the same entry next time.
    pub identity: String,
    /// What tells whether it has changed.
    pub content_hash: String,
    /// Whether the user put it in.
    #[serde(default)]
    pub own: bool,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its authors.
    pub author: String,
    /// The site of a saved page.
    pub site: Option<String>,
    /// Its language.
    pub lang: Option<String>,
    /// The beginning of its text.
    pub excerpt: String,
    /// A picture.
    pub image_url: Option<String>,
    /// Where people talk about it.
    pub comments_url: Option<String>,
    /// How long reading takes.
    pub reading_minutes: u32,
    /// Attached media, as JSON in a text.
    pub enclosures: Option<String>,
    /// Categories, as JSON in a text.
    pub categories: Option<String>,
    /// When it was published, as it says itself.
    pub published_at: Option<i64>,
    /// Its place in lists.
    pub sort_at: i64,
    /// When it came.
    pub created_at: i64,
    /// When it changed.
    pub updated_at: i64,
    /// Its body as safe HTML.
    pub html: Option<String>,
    /// The article of its page as safe HTML.
    pub article: Option<String>,
    /// What the user did with it; none for an entry that the user has removed or never saw, which stays known so that it
    /// does not come again.
    pub state: Option<ArchivedState>,
    /// How far the user is in attached media: the number of the file and seconds.
    #[serde(default)]
    pub media_positions: Vec<(i64, i64)>,
    /// How far the user has read, in thousandths of the text, and since when.
    #[serde(default)]
    pub reading_position: Option<(u32, i64)>,
    /// The user's tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Passages that the user highlighted.
    #[serde(default)]
    pub highlights: Vec<ArchivedHighlight>,
    /// Whether its text is still to be fetched.
    #[serde(default)]
    pub to_fetch: bool,
    /// The address of the feed that it came from, of a saved page that was an entry of a feed.
    #[serde(default)]
    pub from_feed: Option<String>,
}

impl ArchivedEntry {
    /// Whether `identity` and `content_hash` are hashes; an entry without is not taken in.
    #[must_use]
    pub fn has_hashes(&self) -> bool {
        from_hex(&self.identity).is_some() && from_hex(&self.content_hash).is_some()
    }
}

/// A passage that a user highlighted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedHighlight {
    /// The passage.
    pub exact: String,
    /// What stood before it.
    pub prefix: String,
    /// What stood behind it.
    pub suffix: String,
    /// Where it began once.
    pub place: Option<i64>,
    /// The note.
    pub note: String,
    /// When it was made.
    pub created_at: i64,
}

/// A search that a user keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedSearch {
    /// Its name.
    pub name: String,
    /// What was typed.
    pub query: String,
    /// Whether its results begin with the oldest.
    pub oldest_first: bool,
}

/// What a user did with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedState {
    /// Whether it is unread.
    pub unread: bool,
    /// When it was marked read.
    pub read_at: Option<i64>,
    /// When it was starred, if it is.
    pub starred_at: Option<i64>,
    /// Its place in this user's lists.
    pub sort_at: i64,
    /// When any of this changed.
    pub changed_at: i64,
}

fn to_hex(bytes: [u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(bytes))
}

fn from_hex(text: &str) -> Option<[u8; 16]> {
    let is_hex = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u128::from_str_radix(text, 16).ok())?.map(u128::to_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_survive_and_other_texts_are_none() {
        assert_eq!(from_hex(&to_hex([0xab; 16])), Some([0xab; 16]));
        assert_eq!(to_hex([0; 16]).len(), 32);
        for text in ["", "ab", "+1111111111111111111111111111111", "zz111111111111111111111111111111"] {
            assert_eq!(from_hex(text), None, "{text}");
        }
    }
}
