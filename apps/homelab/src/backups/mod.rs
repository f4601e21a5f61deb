//! Backups: what a home cannot be made from again, in a folder; and a home from such a folder.
//!
//! ```text
//! save     etcd snapshot, server token, roles and databases -> files with checksums -> manifest.json -> renamed when complete
//! restore  checked -> containers made -> cluster begun from the snapshot -> `up` -> databases back
//! ```
//!
//! What lies in git needs no backup, what lies in a registry neither, and Valkey holds nothing that is not made anew. Volumes of services are in backups of whole
//! containers, which the host keeps (`--containers`).

mod error;
mod folder;
mod mark;
mod restore;
mod save;

pub use error::BackupError;
pub use folder::{Backup, read};
pub(crate) use mark::reference as mark_reference;
pub use restore::restore;
pub use save::save;
