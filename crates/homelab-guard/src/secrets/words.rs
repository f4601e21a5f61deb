//! Lists of words, written as text and looked up as sets.

use std::collections::HashSet;
use std::sync::OnceLock;

/// A list of words.
pub(crate) struct Words {
    list: &'static str,
    set: OnceLock<HashSet<&'static str>>,
}

impl Words {
    /// The words of `list`, which has spaces or line ends between them.
    pub(crate) const fn new(list: &'static str) -> Self {
        Self { list, set: OnceLock::new() }
    }

    /// Whether `word` is one of them.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.set.get_or_init(|| self.iter().collect()).contains(word)
    }

    /// All words, in the order of the list.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.list.split_ascii_whitespace()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole() {
        static TWO: Words = Words::new("one\n    two");
        assert!(TWO.has("one") && TWO.has("two"));
        assert!(!TWO.has("on") && !TWO.has(""));
        assert_eq!(TWO.iter().collect::<Vec<_>>(), ["one", "two"]);
    }
}
