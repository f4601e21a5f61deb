//! A page in, its article out.

mod article;
mod body;
mod columns;
mod date;
mod dominant;
mod found;
mod json_ld;
mod metadata;
mod prose;
mod title;

pub use article::{Article, extract};
pub use metadata::{Metadata, metadata};
