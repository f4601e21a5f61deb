//! A page in, its article out.

mod article;
mod body;
mod date;
mod json_ld;
mod metadata;
mod title;

pub use article::{Article, extract};
pub use metadata::{Metadata, metadata};
