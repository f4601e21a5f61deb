//! Everything that a user owns as one file: a line of JSON for each thing. `docs/yomu/operations.md` describes it.
//!
//! A folder is a line, a feed is a line, and the entries of a feed are the lines behind it. The last line has the number
//! and the hash of all lines before, so that a file that was cut off is known as one.

mod check;
mod limits;
mod read;
mod write;

use serde::{Deserialize, Serialize};
use yomu_store::{ArchivedEntry, ArchivedFeed, ArchivedSearch};

pub(crate) use read::{ArchiveProblem, Reader};
pub(crate) use write::Writer;

/// The version of the format. A reader takes its own and older ones; what an older reader would leave out without a word
/// needs a new number, and a default for what the older files have not.
pub(crate) const VERSION: u32 = 3;

/// What an archive begins with, by which it is told from OPML.
pub(crate) const BEGINNING: &[u8] = b"{\"yomu_archive\":";

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Line {
    /// The first.
    YomuArchive(Header),
    /// A folder by its title.
    Folder(String),
    /// A feed, whose entries follow.
    Feed(Box<ArchivedFeed>),
    /// An entry of the feed before it.
    Entry(Box<ArchivedEntry>),
    /// The last.
    End(End),
}

/// What the file is.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Header {
    pub(crate) version: u32,
    /// The program that wrote it.
    pub(crate) program: String,
    /// When, in milliseconds since 1970 in UTC.
    pub(crate) made_at: i64,
    /// Whose it was.
    pub(crate) user: String,
    /// How that person wanted the pages.
    #[serde(default)]
    pub(crate) language: Option<String>,
    #[serde(default)]
    pub(crate) time_zone: Option<String>,
    /// In the words of `yomu_model::reading`.
    #[serde(default)]
    pub(crate) reading: String,
    /// That person's rules for all feeds, one a line.
    #[serde(default)]
    pub(crate) rules: String,
    /// The searches that that person keeps.
    #[serde(default)]
    pub(crate) searches: Vec<ArchivedSearch>,
}

/// What stood before it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct End {
    pub(crate) lines: u64,
    /// SHA-256 of all lines before, with their line breaks, in hexadecimal.
    pub(crate) sha256: String,
}
