//! Which authors a search means.
//!
//! Neither database can fold names as yomu-model does, so all names are read and folded here: one step along the index
//! for each, however many entries they wrote.

use yomu_model::search::Names;

use crate::{Store, StoreError};

/// Names as they are stored, and what they are to a search.
pub(crate) enum Authors {
    /// The entries wanted are by one of these.
    Among(Vec<String>),
    /// The entries wanted are by nobody of these.
    Except(Vec<String>),
}

impl Store {
    /// The stored names that `author:` means; none when the query has no such condition.
    pub(crate) async fn authors_meant(&self, wanted: &Names) -> Result<Option<Authors>, StoreError> {
        if wanted.is_empty() {
            return Ok(None);
        }
        let names = self.author_names().await?;
        // The shorter list of the two: hardly anybody is left out by `-author:bot`.
        Ok(Some(if wanted.any_of.is_empty() {
            Authors::Except(names.into_iter().filter(|name| !wanted.accept(name)).collect())
        } else {
            Authors::Among(names.into_iter().filter(|name| wanted.accept(name)).collect())
        }))
    }

    async fn author_names(&self) -> Result<Vec<String>, StoreError> {
        // `SELECT DISTINCT` would walk along all entries; this jumps from each name to the next.
        let sql = "WITH RECURSIVE name (author) AS (
             SELECT MIN(author) FROM entry
             UNION ALL SELECT (SELECT MIN(e.author) FROM entry e WHERE e.author > name.author) FROM name
               WHERE name.author IS NOT NULL)
           SELECT author FROM name WHERE author IS NOT NULL";
        self.db.rows(sql, Vec::new()).await?.into_iter().map(|mut row| row.take()).collect()
    }
}
