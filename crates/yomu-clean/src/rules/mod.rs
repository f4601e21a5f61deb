//! What is kept, dropped and changed, one subject per file.

pub(crate) mod embed;
pub(crate) mod image;
pub(crate) mod link;
pub(crate) mod pixel;
pub(crate) mod srcset;
pub(crate) mod tracking;
