//! What other programs kept: bytes of their export -> pages and problems
//!
//! ```text
//! bytes -> recognised by content -> one reader a format -> Library { items, problems }
//! ```
//!
//! | module | reads |
//! |---|---|
//! | `pocket` | Pocket: `title,url,time_added,tags,status` |
//! | `instapaper` | Instapaper: `URL,Title,Selection,Folder,Timestamp,Tags` |
//! | `omnivore`, `wallabag`, `readeck` | lists of JSON objects |
//! | `bookmarks` | Netscape bookmark files, which every browser writes, and Pocket's older HTML |
//!
//! A record that cannot be used is named among the problems, and the others are read.

mod address;
mod bookmarks;
mod csv;
mod dates;
mod instapaper;
mod json;
mod library;
pub mod limits;
mod omnivore;
mod pocket;
mod read;
mod readeck;
mod wallabag;

pub use library::{Highlight, Item, Library, Problem, Source, What};
pub use read::{NotALibrary, read};
