//! What can be wrong with an archive, as an end of a sentence that began with its name.

use std::io;

/// Why a layer or an archive is not read to its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum ArchiveTrouble {
    /// The system says no, or compressed data is damaged.
    #[error("it cannot be read: {0}")]
    Unreadable(io::Error),
    /// It ends in the middle of something.
    #[error("it is cut off in the middle; copy the file again")]
    Truncated,
    /// A header that no archive has.
    #[error("it is broken: {0}")]
    Broken(&'static str),
    /// Content and name do not fit together.
    #[error("it has other content than its digest says; do not trust this file")]
    WrongDigest,
    /// More than is read.
    #[error("it has more than {limit} {unit}, which is more than any image needs")]
    TooMuch {
        /// How much there may be.
        limit: u64,
        /// Of what.
        unit: &'static str,
    },
}

impl From<io::Error> for ArchiveTrouble {
    /// A bound that was hit inside a reader comes through as itself, and an end that came too early has its own words.
    fn from(error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(trouble) => trouble,
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Self::Truncated,
            Err(error) => Self::Unreadable(error),
        }
    }
}
