//! Bytes in, feed and problems out: RSS, RDF, Atom, JSON Feed, OPML and feed discovery.
//!
//! Messy input gives a value *and* a list of problems, never an error and never a panic. Everything here is pure and
//! takes time in proportion to its input; what is kept is bounded by [`limits`].

mod address;
mod controls;
pub mod dates;
pub mod discover;
pub mod encoding;
mod feed;
mod json;
pub mod limits;
mod markup;
pub mod opml;
mod parse;
mod problem;
mod search;
mod sniff;
mod text;
mod work;
mod xml;

pub use feed::{Content, Enclosure, Entry, Feed, Format};
pub use parse::{Hints, Parsed, parse};
pub use problem::Problem;
