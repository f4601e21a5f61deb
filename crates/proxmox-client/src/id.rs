//! The names that stand in paths: checked once, so that every path built from them is sound.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use crate::lenient;

/// A name that Proxmox would refuse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a {what}: {rule}")]
pub struct InvalidName {
    /// What it was meant to be.
    pub what: &'static str,
    /// What was given.
    pub given: String,
    /// What such a name looks like.
    pub rule: &'static str,
}

/// The number of a container or a virtual machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vmid(u32);

impl Vmid {
    /// The smallest: `pve-vmid` in `PVE/JSONSchema.pm`.
    pub const MIN: u32 = 100;
    /// The largest.
    pub const MAX: u32 = 999_999_999;

    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Vmid {
    type Error = InvalidName;

    fn try_from(number: u32) -> Result<Self, InvalidName> {
        if (Self::MIN..=Self::MAX).contains(&number) { Ok(Self(number)) } else { Err(not_a_vmid(number)) }
    }
}

impl FromStr for Vmid {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        text.parse::<u32>().map_err(|_| not_a_vmid(text)).and_then(Self::try_from)
    }
}

fn not_a_vmid(given: impl fmt::Display) -> InvalidName {
    let given = given.to_string();
    InvalidName { what: "number of a container", given, rule: "a number from 100 to 999999999" }
}

impl fmt::Display for Vmid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl<'de> Deserialize<'de> for Vmid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text: Option<String> = lenient::text(deserializer)?;
        text.unwrap_or_default().parse().map_err(serde::de::Error::custom)
    }
}

/// Declares a name: a text with a rule, that can be printed into a path.
macro_rules! name {
    ($(#[$about:meta])* $name:ident, $what:literal, $rule:literal, $is_valid:expr) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidName;

            fn from_str(text: &str) -> Result<Self, InvalidName> {
                let is_valid: fn(&str) -> bool = $is_valid;
                if is_valid(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(InvalidName { what: $what, given: text.to_owned(), rule: $rule })
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

name!(
    /// The name of a host in a cluster: `pve-node` in `PVE/JSONSchema.pm`.
    NodeName,
    "name of a node",
    "letters, digits and `-` between them, at most 63",
    |text| is_between(text, 1..=63, letter_or_digit, |byte| letter_or_digit(byte) || byte == b'-', letter_or_digit)
);

name!(
    /// The name of a storage: `pve-storage-id` in `PVE/JSONSchema.pm`.
    StorageId,
    "name of a storage",
    "a letter first, then letters, digits, `-`, `_` and `.`, and a letter or digit last",
    |text| is_between(
        text,
        2..=100,
        |byte| byte.is_ascii_alphabetic(),
        |byte| letter_or_digit(byte) || b"-_.".contains(&byte),
        letter_or_digit
    )
);

name!(
    /// The name of a snapshot: `pve-configid` in `PVE/JSONSchema.pm`, at most 40 characters.
    SnapshotName,
    "name of a snapshot",
    "a letter first, then letters, digits, `-` and `_`, at most 40",
    |text| {
        let plain = |byte: u8| letter_or_digit(byte) || b"-_".contains(&byte);
        is_between(text, 2..=40, |byte| byte.is_ascii_alphabetic(), plain, plain)
    }
);

name!(
    /// The name of a pool of guests: `pve-poolid` in `pve-access-control` `PVE/AccessControl.pm`, without nested pools.
    PoolId,
    "name of a pool",
    "letters, digits, `-`, `_` and `.`, and not `.` or `..`",
    |text| {
        let plain = |byte: u8| letter_or_digit(byte) || b"-_.".contains(&byte);
        is_between(text, 1..=100, plain, plain, plain) && text != "." && text != ".."
    }
);

fn letter_or_digit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

/// Whether the first, the middle and the last byte are each of their kind.
fn is_between(
    text: &str,
    lengths: std::ops::RangeInclusive<usize>,
    first: fn(u8) -> bool,
    middle: fn(u8) -> bool,
    last: fn(u8) -> bool,
) -> bool {
    let bytes = text.as_bytes();
    let (Some(&start), Some(&end)) = (bytes.first(), bytes.last()) else { return false };
    lengths.contains(&bytes.len()) && first(start) && bytes.iter().all(|&byte| middle(byte)) && last(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_containers_have_bounds() {
        assert_eq!("100".parse::<Vmid>().map(Vmid::get), Ok(100));
        assert!(Vmid::try_from(999_999_999).is_ok());
        for bad in ["99", "1000000000", "", "-5", "1e3", "101 ", "4294967296"] {
            assert!(bad.parse::<Vmid>().is_err(), "{bad}");
        }
    }

    #[test]
    fn names_that_leave_a_path_are_refused() {
        for good in ["pve", "pve-1", "A1"] {
            assert!(good.parse::<NodeName>().is_ok(), "{good}");
        }
        for bad in ["", "..", "pve/..", "-pve", "pve-", "p_ve", "pve 1", "pve%2f", "ﾌﾟ"] {
            assert!(bad.parse::<NodeName>().is_err(), "{bad}");
        }
        assert!("local-lvm".parse::<StorageId>().is_ok());
        for bad in ["l", "..", "1local", "local.", "lo cal", "local:x"] {
            assert!(bad.parse::<StorageId>().is_err(), "{bad}");
        }
        assert!("before_upgrade".parse::<SnapshotName>().is_ok());
        assert!("2fast".parse::<SnapshotName>().is_err());
        assert!("homelab".parse::<PoolId>().is_ok());
        assert!("..".parse::<PoolId>().is_err());
    }

    #[test]
    fn the_refusal_says_what_was_expected() {
        let refused = "p_ve".parse::<NodeName>().unwrap_err();
        assert_eq!(
            refused.to_string(),
            "`p_ve` is not a name of a node: letters, digits and `-` between them, at most 63"
        );
    }

    #[test]
    fn a_number_may_come_as_text() {
        assert_eq!(serde_json::from_str::<Vmid>("\"100\"").unwrap().get(), 100);
        assert_eq!(serde_json::from_str::<Vmid>("100").unwrap().get(), 100);
        assert!(serde_json::from_str::<Vmid>("null").is_err());
        assert!(serde_json::from_str::<Vmid>("7").is_err());
    }
}
