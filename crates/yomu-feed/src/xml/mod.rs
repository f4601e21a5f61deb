//! RSS, RDF and Atom: one walk over the tags, from the first to the last.
//!
//! The walk knows where it is (`Place`), looks up what an element means there (`vocabulary`), takes its content as it
//! is written (`captured`) and gives it to the feed or the entry it belongs to (`channel`, `entry`). What it does not
//! know it passes over. Nothing is an error: elements that are never closed end where their parent ends.

mod capture;
mod captured;
mod channel;
mod entry;
mod namespace;
mod person;
mod scope;
mod version;
mod vocabulary;
mod walk;

pub(crate) use entry::settle_addresses;
pub(crate) use person::push as push_person;
pub(crate) use walk::{read, shared_id};
