//! Random keys that the program makes for itself, the same for all replicas.

use crate::value::params;
use crate::{Store, StoreError};

impl Store {
    /// The key of this name. The first to ask for it gives it its bytes; everybody gets those.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn server_key(&self, name: &str, if_missing: [u8; 32]) -> Result<[u8; 32], StoreError> {
        let find = "SELECT bytes FROM server_key WHERE name = ?1";
        if let Some(bytes) = self.db.value(find, params![name]).await? {
            return Ok(bytes);
        }
        let make = "INSERT INTO server_key (name, bytes) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING";
        self.db.execute(make, params![name, if_missing]).await?;
        self.db.value(find, params![name]).await?.ok_or(StoreError::Decode { expected: "a new key" })
    }
}
