//! Tags: `pve-tag` in `PVE/JSONSchema.pm`, `src/PVE/GuestHelpers.pm` in `pve-guest-common`.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use crate::lenient::split_list;

/// The tags of a container: a set, in lower case. Proxmox sorts them and removes doubles when it saves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(BTreeSet<Tag>);

/// One tag: letters, digits and `_`, and further in also `-`, `+` and `.`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(String);

/// A text that Proxmox would not take as a tag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a tag: a letter, digit or `_` first, then also `-`, `+` and `.`")]
pub struct InvalidTag {
    /// What was given.
    pub given: String,
}

impl Tags {
    /// The tags of a container as it was found. Whatever is there is read: a home may hold odd ones.
    pub fn read(text: &str) -> Self {
        Self(split_list(text).map(|tag| Tag(tag.to_lowercase())).collect())
    }

    /// Whether a tag is among them.
    pub fn contains(&self, tag: &Tag) -> bool {
        self.0.contains(tag)
    }

    /// With another one.
    #[must_use]
    pub fn with(mut self, tag: Tag) -> Self {
        self.0.insert(tag);
        self
    }

    /// Without one.
    #[must_use]
    pub fn without(mut self, tag: &Tag) -> Self {
        self.0.remove(tag);
        self
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|tag| tag.0.as_str())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Tag> for Tags {
    fn from_iter<I: IntoIterator<Item = Tag>>(tags: I) -> Self {
        Self(tags.into_iter().collect())
    }
}

impl FromStr for Tag {
    type Err = InvalidTag;

    fn from_str(text: &str) -> Result<Self, InvalidTag> {
        let is_first = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let is_later = |byte: u8| is_first(byte) || b"-+.".contains(&byte);
        match text.as_bytes() {
            [first, later @ ..] if is_first(*first) && later.iter().copied().all(is_later) => {
                Ok(Self(text.to_ascii_lowercase()))
            }
            _ => Err(InvalidTag { given: text.to_owned() }),
        }
    }
}

impl fmt::Display for Tags {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, tag) in self.iter().enumerate() {
            let separator = if place == 0 { "" } else { ";" };
            write!(formatter, "{separator}{tag}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_case_doubles_and_separators_mean_nothing() {
        assert_eq!(Tags::read("K3s;homelab;k3s"), Tags::read("homelab, k3s"));
        assert_eq!(Tags::read("K3s;homelab;k3s").to_string(), "homelab;k3s");
        assert!(Tags::read("").is_empty());
    }

    #[test]
    fn a_tag_is_contained_as_a_whole() {
        let ours: Tag = "homelab".parse().unwrap();
        assert!(Tags::read("media;homelab").contains(&ours));
        assert!(!Tags::read("homelab-old;nothomelab").contains(&ours));
        assert_eq!(Tags::read("media").with(ours.clone()).to_string(), "homelab;media");
        assert_eq!(Tags::read("media;homelab").without(&ours).to_string(), "media");
    }

    #[test]
    fn what_proxmox_refuses_is_refused_before() {
        for bad in ["", "-a", "a b", "a;b", "a,b", "読", "a/b"] {
            assert!(bad.parse::<Tag>().is_err(), "{bad}");
        }
        assert!("_a+b.c-1".parse::<Tag>().is_ok());
    }
}
