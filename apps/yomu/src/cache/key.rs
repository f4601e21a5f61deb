//! What something is kept under.

use std::fmt;

/// The name of something in the cache: a kind and which one, such as `unread:12`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key(Box<str>);

impl Key {
    /// A key. `which` is an identity, a hash or an address: never a secret, for keys are seen by whoever looks into Valkey.
    pub fn new(kind: &'static str, which: impl fmt::Display) -> Self {
        /// Names from outside, such as that of an account in a failed sign-in, may have any length.
        const CHARS_MAX: usize = 120;

        let mut text = format!("{kind}:{which}");
        if let Some((end, _)) = text.char_indices().nth(CHARS_MAX) {
            text.truncate(end);
        }
        Self(text.into())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_kind_and_which_one() {
        assert_eq!(Key::new("unread", 12).as_str(), "unread:12");
    }

    #[test]
    fn a_long_name_is_cut() {
        assert_eq!(Key::new("try", "読".repeat(1000)).as_str().chars().count(), 120);
    }
}
