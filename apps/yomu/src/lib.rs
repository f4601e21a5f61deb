//! Feeds and saved pages in one quiet list.
