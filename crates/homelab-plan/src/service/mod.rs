//! What a service needs from the home: which secrets, where each comes from, and its place in the shared database.
//!
//! ```text
//! secret.yaml.example -> sources ─┐
//! names in the Secret ────────────┼─> decide -> one decision a name -> carried out elsewhere
//! names that were given ──────────┘
//! ```
//!
//! No value of a secret is ever in here but the password that goes into a statement of SQL.

mod decide;
mod env_file;
mod postgres;
mod source;

pub use decide::{Decided, Decision, Rotation, decide};
pub use env_file::{BadLine, env_file};
pub use postgres::{
    DATABASES, GLOBALS_ARGUMENTS, NOBODY_SIGNS_IN, PSQL_ARGUMENTS, PSQL_GLOBALS_ARGUMENTS, drop_before_restore,
    dump_arguments, farewell, place_for, restore_arguments,
};
pub use source::{BadExample, Source, UrlTemplate, source};
