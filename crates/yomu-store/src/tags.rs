//! A user's own words for entries, of feeds and saved pages alike.
//!
//! A tag is there as long as an entry has it. Two spellings that fold to the same are one tag.

use std::collections::HashMap;

use jiff::Timestamp;
use yomu_model::ids::{EntryId, TagId, UserId};
use yomu_model::name::TagName;
use yomu_model::tag::key;

use crate::db::Tx;
use crate::value::{Row, params};
use crate::{Store, StoreError};

/// A tag, with how much has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The tag's number.
    pub id: TagId,
    /// Its name as it was first spelled.
    pub name: String,
    /// How many entries have it.
    pub entry_count: u32,
    /// How many of them are unread.
    pub unread_count: u32,
}

/// The tags of some of a user's entries, by name.
pub(crate) const TAGS_OF: &str = "SELECT t.entry_id, g.name FROM entry_tag t JOIN tag g ON g.id = t.tag_id
  WHERE t.entry_id IN ({list:2}) AND t.user_id = ?1 ORDER BY g.folded";

impl Store {
    /// All tags by name. The cost is one look at each tagged entry.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn tags(&self, user: UserId) -> Result<Vec<Tag>, StoreError> {
        let rows = self
            .db
            .rows(
                "SELECT g.id, g.name, COUNT(s.entry_id), COUNT(CASE WHEN s.unread THEN 1 END)
                 FROM tag g LEFT JOIN entry_tag t ON t.tag_id = g.id
                   LEFT JOIN entry_state s ON s.entry_id = t.entry_id AND s.user_id = t.user_id AND s.removed_at IS NULL
                 WHERE g.user_id = ?1 GROUP BY g.id, g.name, g.folded ORDER BY g.folded",
                params![user],
            )
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// The tags that were given most recently, by name. The cost is one look at each tag.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn recent_tags(&self, user: UserId, limit: u32) -> Result<Vec<(TagId, String)>, StoreError> {
        let sql = "SELECT g.id, g.name FROM
              (SELECT id, name, folded FROM tag WHERE user_id = ?1 ORDER BY used_at DESC, id DESC LIMIT ?2) g
            ORDER BY g.folded";
        let rows = self.db.rows(sql, params![user, limit]).await?;
        rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
    }

    /// The name of a tag.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn tag_name(&self, user: UserId, id: TagId) -> Result<Option<String>, StoreError> {
        self.db.value("SELECT name FROM tag WHERE user_id = ?1 AND id = ?2", params![user, id]).await
    }

    /// The tag of a name, however it is spelled.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn tag_named(&self, user: UserId, name: &TagName) -> Result<Option<TagId>, StoreError> {
        self.db.value("SELECT id FROM tag WHERE user_id = ?1 AND folded = ?2", params![user, key(name)]).await
    }

    /// The tags of some entries, by name. Numbers that are not the user's have none.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn tags_of(
        &self,
        user: UserId,
        entries: &[EntryId],
    ) -> Result<HashMap<EntryId, Vec<String>>, StoreError> {
        let mut found: HashMap<EntryId, Vec<String>> = HashMap::new();
        for mut row in self.db.rows(TAGS_OF, params![user, numbers(entries)]).await? {
            found.entry(row.take()?).or_default().push(row.take()?);
        }
        Ok(found)
    }

    /// Gives an entry these tags and no others. Says whether the user has such an entry.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn set_tags(
        &self,
        user: UserId,
        entry: EntryId,
        names: &[TagName],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin_marking(user).await?;
        let has = "SELECT entry_id FROM entry_state WHERE entry_id = ?2 AND user_id = ?1 AND removed_at IS NULL";
        if tx.row(has, params![user, entry]).await?.is_none() {
            return Ok(false);
        }
        let mut kept = Vec::with_capacity(names.len());
        for name in names {
            kept.push(tag_for(&mut tx, user, name, now).await?.get());
        }
        tx.execute(
            "DELETE FROM entry_tag WHERE entry_id = ?2 AND user_id = ?1 AND tag_id NOT IN ({list:3})",
            params![user, entry, kept.clone()],
        )
        .await?;
        for tag in kept {
            attach(&mut tx, user, &[entry], TagId::new(tag)).await?;
        }
        changed(&mut tx, user, &[entry], now).await?;
        forget_unused(&mut tx, user).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Gives entries a tag beside those that they have. Numbers that are not the user's are passed over.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn add_tag(
        &self,
        user: UserId,
        entries: &[EntryId],
        name: &TagName,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin_marking(user).await?;
        let tag = tag_for(&mut tx, user, name, now).await?;
        attach(&mut tx, user, entries, tag).await?;
        changed(&mut tx, user, entries, now).await?;
        forget_unused(&mut tx, user).await?;
        tx.commit().await
    }

    /// Takes a tag away from entries.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn take_tag(
        &self,
        user: UserId,
        entries: &[EntryId],
        name: &TagName,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin_marking(user).await?;
        tx.execute(
            "DELETE FROM entry_tag WHERE entry_id IN ({list:2}) AND user_id = ?1
               AND tag_id = (SELECT id FROM tag WHERE user_id = ?1 AND folded = ?3)",
            params![user, numbers(entries), key(name)],
        )
        .await?;
        changed(&mut tx, user, entries, now).await?;
        forget_unused(&mut tx, user).await?;
        tx.commit().await
    }

    /// Gives a tag another name; where another tag has that name, the two become one. Returns the number of the tag that
    /// has the name now; none when the user has no such tag.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn rename_tag(&self, user: UserId, id: TagId, name: &TagName) -> Result<Option<TagId>, StoreError> {
        let mut tx = self.begin_marking(user).await?;
        if tx.row("SELECT id FROM tag WHERE user_id = ?1 AND id = ?2", params![user, id]).await?.is_none() {
            return Ok(None);
        }
        let other = "SELECT id FROM tag WHERE user_id = ?1 AND folded = ?2 AND id <> ?3";
        let other: Option<TagId> = tx.value(other, params![user, key(name), id]).await?;
        if let Some(other) = other {
            tx.execute(
                "INSERT INTO entry_tag (tag_id, entry_id, user_id, sort_at)
                 SELECT CAST(?2 AS BIGINT), entry_id, user_id, sort_at FROM entry_tag WHERE tag_id = ?1
                 ON CONFLICT (tag_id, entry_id) DO NOTHING",
                params![id, other],
            )
            .await?;
            tx.execute("DELETE FROM tag WHERE id = ?1", params![id]).await?;
        }
        let kept = other.unwrap_or(id);
        tx.execute(
            "UPDATE tag SET name = ?3, folded = ?4 WHERE user_id = ?1 AND id = ?2",
            params![user, kept, name.as_str(), key(name)],
        )
        .await?;
        tx.commit().await?;
        Ok(Some(kept))
    }

    /// Takes a tag away from all that has it. Says whether the user had it.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn remove_tag(&self, user: UserId, id: TagId) -> Result<bool, StoreError> {
        Ok(self.db.execute("DELETE FROM tag WHERE user_id = ?1 AND id = ?2", params![user, id]).await? > 0)
    }
}

/// The tag of a name, made if there is none.
pub(crate) async fn tag_for(tx: &mut Tx, user: UserId, name: &TagName, now: Timestamp) -> Result<TagId, StoreError> {
    tx.value(
        "INSERT INTO tag (user_id, name, folded, used_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (user_id, folded) DO UPDATE SET used_at = excluded.used_at RETURNING id",
        params![user, name.as_str(), key(name), now],
    )
    .await?
    .ok_or(StoreError::Decode { expected: "a new number" })
}

/// Gives entries a tag; those that have it keep it.
pub(crate) async fn attach(tx: &mut Tx, user: UserId, entries: &[EntryId], tag: TagId) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO entry_tag (tag_id, entry_id, user_id, sort_at)
         SELECT CAST(?3 AS BIGINT), s.entry_id, s.user_id, s.sort_at FROM entry_state s
         WHERE s.entry_id IN ({list:2}) AND s.user_id = ?1 AND s.removed_at IS NULL
         ON CONFLICT (tag_id, entry_id) DO NOTHING",
        params![user, numbers(entries), tag],
    )
    .await?;
    Ok(())
}

/// Apps ask for what changed since.
async fn changed(tx: &mut Tx, user: UserId, entries: &[EntryId], now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE entry_state SET changed_at = ?3 WHERE entry_id IN ({list:2}) AND user_id = ?1";
    tx.execute(sql, params![user, numbers(entries), now]).await?;
    Ok(())
}

/// Deletes the tags of a user that no entry has. One look-up a tag; people have dozens.
async fn forget_unused(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    tx.execute(&format!("{UNUSED} AND user_id = ?1"), params![user]).await?;
    Ok(())
}

/// The same for all users, when entries went for good.
pub(crate) async fn forget_unused_tags(tx: &mut Tx) -> Result<(), StoreError> {
    tx.execute(UNUSED, params![]).await?;
    Ok(())
}

const UNUSED: &str = "DELETE FROM tag WHERE NOT EXISTS (SELECT 1 FROM entry_tag t WHERE t.tag_id = tag.id)";

fn numbers(entries: &[EntryId]) -> Vec<i64> {
    entries.iter().map(|id| id.get()).collect()
}

fn read(mut row: Row) -> Result<Tag, StoreError> {
    Ok(Tag { id: row.take()?, name: row.take()?, entry_count: row.take()?, unread_count: row.take()? })
}
