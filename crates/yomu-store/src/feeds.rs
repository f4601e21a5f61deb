//! Feeds as they are fetched: the address with all that changes an answer, and how the fetching goes.

use jiff::Timestamp;
use yomu_model::ids::{FeedId, UserId};
use yomu_model::secret::Secret;

use crate::StoreError;
use crate::db::Tx;
use crate::value::params;

/// Name and password for a feed that asks for them (HTTP Basic, RFC 7617).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The name.
    pub username: String,
    /// The password.
    pub password: Secret,
}

/// What is fetched, and how. Two users with equal sources share one feed, unless it has credentials or an encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedSource {
    /// The address of the feed.
    pub url: String,
    /// Who to say we are.
    pub credentials: Option<Credentials>,
    /// The encoding that the reader chose, because the feed declares a wrong one.
    pub encoding: Option<String>,
}

impl FeedSource {
    /// A feed by its address alone.
    #[must_use]
    pub fn at(url: impl Into<String>) -> Self {
        Self { url: url.into(), credentials: None, encoding: None }
    }

    /// Where the feed is asked for: its address up to the path, `https://example.com/`. Feeds of one origin share its
    /// patience.
    #[must_use]
    pub fn origin(&self) -> &str {
        // The first eight bytes are `https://`, or `http://` and a letter; the next slash ends the origin.
        let path = self.url.get(8..).and_then(|rest| rest.find('/'));
        path.map_or(self.url.get(..8).unwrap_or(&self.url), |index| &self.url[..index + 9])
    }

    /// Such a feed belongs to one user.
    pub(crate) fn is_private(&self) -> bool {
        self.credentials.is_some() || self.encoding.is_some()
    }
}

/// How fetching a feed has gone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedHealth {
    /// The last time that it was asked.
    pub checked_at: Option<Timestamp>,
    /// The last time that it brought something new.
    pub changed_at: Option<Timestamp>,
    /// When it is asked again; none when fetching has stopped.
    pub next_check_at: Option<Timestamp>,
    /// Failures in a row.
    pub error_count: u32,
    /// The stable code of the last failure.
    pub error_kind: Option<String>,
    /// The sentence about the last failure.
    pub error_text: Option<String>,
    /// When the failures began.
    pub error_since: Option<Timestamp>,
    /// What was odd in the document although it could be read, one sentence a line.
    pub problems: Option<String>,
}

/// The feed of a source, made if there is none, due at once.
pub(crate) async fn feed_for(
    tx: &mut Tx,
    user: UserId,
    source: &FeedSource,
    now: Timestamp,
) -> Result<FeedId, StoreError> {
    let owner = source.is_private().then_some(user);
    let find = "SELECT id FROM feed WHERE url = ?1 AND owner_id IS NOT DISTINCT FROM CAST(?2 AS BIGINT)";
    if let Some(id) = tx.value(find, params![source.url.as_str(), owner]).await? {
        if owner.is_some() {
            set_source(tx, id, user, source, now).await?;
        }
        return Ok(id);
    }
    let (username, password) = split(source.credentials.as_ref());
    tx.execute(
        "INSERT INTO feed (url, owner_id, username, password, encoding, created_at, next_check_at)
         VALUES (?1, CAST(?2 AS BIGINT), ?3, ?4, ?5, ?6, ?6) ON CONFLICT DO NOTHING",
        params![source.url.as_str(), owner, username, password, source.encoding.clone(), now],
    )
    .await?;
    tx.value(find, params![source.url.as_str(), owner]).await?.ok_or(StoreError::Decode { expected: "a new number" })
}

/// Changes how a feed is fetched, forgetting what was known of the old answers, and makes it due.
pub(crate) async fn set_source(
    tx: &mut Tx,
    feed: FeedId,
    user: UserId,
    source: &FeedSource,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (username, password) = split(source.credentials.as_ref());
    tx.execute(
        "UPDATE feed SET url = ?2, owner_id = CAST(?3 AS BIGINT), username = ?4, password = ?5, encoding = ?6,
           etag = NULL, last_modified = NULL, body_hash = NULL, next_check_at = ?7, error_count = 0, error_kind = NULL,
           error_text = NULL, error_since = NULL, lease_token = NULL, lease_until = NULL
         WHERE id = ?1",
        params![
            feed,
            source.url.as_str(),
            source.is_private().then_some(user),
            username,
            password,
            source.encoding.clone(),
            now
        ],
    )
    .await?;
    Ok(())
}

fn split(credentials: Option<&Credentials>) -> (Option<&str>, Option<&str>) {
    match credentials {
        Some(given) => (Some(&given.username), Some(given.password.expose())),
        None => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_ends_before_the_path() {
        for (url, origin) in [
            ("https://example.com/feed/1", "https://example.com/"),
            ("http://a/", "http://a/"),
            ("http://127.0.0.1:8080/feed?x=/", "http://127.0.0.1:8080/"),
            ("nonsense", "nonsense"),
            ("ab", "ab"),
            ("", ""),
        ] {
            assert_eq!(FeedSource::at(url).origin(), origin);
        }
    }
}
