//! Every bound of this crate, with its reason

/// Pages read from one file. The largest collections that people moved were 30,000 pages; what comes after is not read,
/// and said to be missing.
pub const ITEMS_MAX: usize = 50_000;

/// Bytes of a title; what is longer is cut. Some programs put the whole text there.
pub const TITLE_BYTES_MAX: usize = 2_000;

/// Bytes of an address, as browsers and servers have it.
pub const ADDRESS_BYTES_MAX: usize = 4_096;

/// Tags of one page.
pub const TAGS_MAX: usize = 50;

/// Highlights of one page.
pub const HIGHLIGHTS_MAX: usize = 200;

/// Bytes of the text of a page that comes along.
pub const HTML_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Problems that are named. A file of another kind has one in every line.
pub const PROBLEMS_MAX: usize = 100;

/// Folders of bookmarks inside one another: browsers show no more than a few.
pub const NESTING_MAX: usize = 64;

/// The longest beginning of `text` that has at most `bytes_max` bytes and ends with a whole character.
pub(crate) fn cut(text: &str, bytes_max: usize) -> &str {
    &text[..text.floor_char_boundary(bytes_max)]
}
