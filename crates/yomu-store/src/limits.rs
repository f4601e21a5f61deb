//! Every bound of this crate, with its reason. Text is bounded before it comes here: by yomu-feed and yomu-clean.

/// Characters of an entry's authors. At most 2,000 bytes, because PostgreSQL refuses to index more than 2,704; nobody reads
/// a line of names that long.
pub(crate) const AUTHOR_CHARS_MAX: usize = 500;
