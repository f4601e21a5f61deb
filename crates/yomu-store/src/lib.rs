//! Feeds, entries and a user's marks, on SQLite or PostgreSQL behind plain methods.
//!
//! Callers see one [`Store`] and never a database. One SQL text serves both engines; what truly differs stands side by
//! side in `dialect.rs`, and bulk writing in `ingest/`. Every look-up of a user's things is scoped to the user in SQL.

mod app_passwords;
mod authors;
mod checks;
mod clock;
mod compression;
mod db;
mod dialect;
mod entries;
mod error;
mod feeds;
mod filter;
mod filtered;
mod folders;
mod icons;
mod identities;
mod ingest;
mod invitations;
mod leases;
mod limits;
mod marks;
mod marks_many;
mod media;
mod migrate;
mod moves;
mod observe;
mod own_entries;
mod people;
mod postgres;
mod purge;
mod queue;
mod saved;
mod search;
mod server_key;
mod sessions;
mod sqlite;
mod store;
mod subscriptions;
mod users;
mod value;

pub use app_passwords::{AppPassword, NewAppPassword};
pub use checks::{FailedCheck, PostponedCheck, UnchangedCheck, Validators};
pub use entries::{Cursor, Entry, EntryBody, EntrySummary, Neighbours, Order, Page, View};
pub use error::StoreError;
pub use feeds::{Credentials, FeedHealth, FeedSource};
pub use filter::{EntryFilter, FolderWish, Slice, SortKey};
pub use filtered::{EntryDetails, FilteredIds};
pub use folders::Folder;
pub use icons::Icon;
pub use identities::{Admission, Identity};
pub use ingest::{BodyKind, FetchedFeed, KnownEntry, KnownFeed, NewEntry, PackedEntry, Stored, Subscriber, Verdict};
pub use invitations::Invitation;
pub use leases::{DueFeed, Lease};
pub use marks::{Marked, Range};
pub use moves::Moved;
pub use observe::{Work, observe};
pub use own_entries::{Marks, Rewritten};
pub use people::{AccountChange, Person, Storage, TroubledFeed};
pub use queue::Queue;
pub use saved::SavedPage;
pub use sessions::{Session, SessionLife, SignedIn};
pub use store::{Store, StoreConfig};
pub use subscriptions::{Subscription, SubscriptionChange};
pub use users::User;
