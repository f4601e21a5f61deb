//! What both engines write with the same text.

use yomu_model::ids::EntryId;

use crate::StoreError;
use crate::db::Tx;
use crate::ingest::{BodyKind, SearchText};
use crate::value::params;

/// Writes what the document says of the feed, and ends the lease. Both engines run this text.
pub(crate) const UPDATE_FEED: &str = "UPDATE feed SET
    title = ?3, site_url = ?4, description = ?5, lang = ?6, etag = ?7, last_modified = ?8, body_hash = ?9, problems = ?10,
    checked_at = CAST(?11 AS BIGINT), changed_at = CASE WHEN ?12 THEN CAST(?11 AS BIGINT) ELSE changed_at END,
    next_check_at = ?13, interval_ms = ?14, error_count = 0, error_kind = NULL, error_text = NULL, error_since = NULL,
    lease_token = NULL, lease_until = NULL
  WHERE id = ?1 AND lease_token = ?2";

/// Writes a body over an earlier one of its kind.
pub(crate) async fn write_body(tx: &mut Tx, entry: EntryId, kind: BodyKind, body: &[u8]) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO entry_body (entry_id, kind, bytes) VALUES (?1, ?2, ?3)
         ON CONFLICT (entry_id, kind) DO UPDATE SET bytes = excluded.bytes",
        params![entry, kind.number(), body],
    )
    .await?;
    Ok(())
}

/// Writes the search tokens of an entry over earlier ones.
pub(crate) async fn write_search(tx: &mut Tx, entry: EntryId, search: &SearchText) -> Result<(), StoreError> {
    match search {
        SearchText::Fts5(tokens) => {
            tx.execute(
                "INSERT OR REPLACE INTO entry_search (rowid, title, body) VALUES (?1, ?2, ?3)",
                params![entry, tokens.title.as_str(), tokens.body.as_str()],
            )
            .await?;
        }
        SearchText::Tsvector(tokens) => {
            tx.execute(
                "INSERT INTO entry_search (entry_id, tokens) VALUES (?1, ?2)
                 ON CONFLICT (entry_id) DO UPDATE SET tokens = excluded.tokens",
                params![entry, tokens.as_slice()],
            )
            .await?;
        }
    }
    Ok(())
}

/// The subscribers of a feed, each with all rules that their entries are held against.
pub(super) const SUBSCRIBERS: &str = "SELECT b.id, b.user_id, b.rules || '
' || u.rules FROM subscription b JOIN user_account u ON u.id = b.user_id
    WHERE b.feed_id = ?1 AND b.removed_at IS NULL ORDER BY b.id";

/// Where a user's saved pages are.
pub(super) const SAVED_PAGES: &str = "SELECT b.id FROM subscription b JOIN feed f ON f.id = b.feed_id
    WHERE b.user_id = ?1 AND f.is_saved_pages";

/// Gives one entry a tag that is made if there is none: first the tag, by user, name, folded name and time, which returns
/// its number; then the entry, which must be the user's.
pub(super) const MAKE_TAG: &str = "INSERT INTO tag (user_id, name, folded, used_at) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (user_id, folded) DO UPDATE SET used_at = excluded.used_at RETURNING id";
pub(super) const GIVE_TAG: &str = "INSERT INTO entry_tag (tag_id, entry_id, user_id, sort_at)
    SELECT CAST(?3 AS BIGINT), s.entry_id, s.user_id, s.sort_at FROM entry_state s
    WHERE s.entry_id = ?1 AND s.user_id = ?2 ON CONFLICT (tag_id, entry_id) DO NOTHING";
