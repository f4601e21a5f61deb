//! The name of a task: `PVE/UPID.pm` in `pve-common`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use crate::id::NodeName;

/// `UPID:<node>:<pid>:<pstart>:<starttime>:<type>:<id>:<user>:`, where the numbers are hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Upid {
    text: String,
    /// The node that runs the task, and the only one to ask about it.
    pub node: NodeName,
    /// When it began, in seconds since 1970.
    pub started: u64,
    /// What it does: `vzcreate`, `vzstart`, `download`, …
    pub kind: String,
    /// What it does it to, often the number of a container; may be empty.
    pub id: String,
    /// Who started it: `root@pam`, or `root@pam!token`.
    pub user: String,
}

/// A text that is not the name of a task.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not the name of a task")]
pub struct InvalidUpid {
    /// What was given, cut to a readable length.
    pub given: String,
}

/// The longest name we read. A name of a node, three numbers, a kind, an id and a user of 64 characters make 250.
const BYTES_MAX: usize = 512;

impl Upid {
    /// The name as Proxmox gave it.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Upid {
    type Err = InvalidUpid;

    fn from_str(text: &str) -> Result<Self, InvalidUpid> {
        read(text).ok_or_else(|| InvalidUpid { given: text.chars().take(80).collect() })
    }
}

fn read(text: &str) -> Option<Upid> {
    let inside = text.strip_prefix("UPID:")?.strip_suffix(':').filter(|_| text.len() <= BYTES_MAX)?;
    let parts: Vec<&str> = inside.split(':').collect();
    let [node, pid, pstart, starttime, kind, id, user] = parts[..] else { return None };
    hexadecimal(pid, 8..=8)?;
    // Nine digits when the host has been up for more than 497 days.
    hexadecimal(pstart, 8..=9)?;
    let started = hexadecimal(starttime, 8..=8)?;
    let is_word = |word: &str| !word.contains(|character: char| character.is_whitespace() || character == '/');
    if kind.is_empty() || user.is_empty() || ![kind, id, user].into_iter().all(is_word) {
        return None;
    }
    Some(Upid {
        text: text.to_owned(),
        node: node.parse().ok()?,
        started,
        kind: kind.to_owned(),
        id: id.to_owned(),
        user: user.to_owned(),
    })
}

fn hexadecimal(digits: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<u64> {
    let is_hexadecimal = lengths.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hexadecimal.then(|| u64::from_str_radix(digits, 16).ok()).flatten()
}

impl fmt::Display for Upid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Upid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_parts_are_read() {
        let upid: Upid = "UPID:pve-1:0003B2F1:02C8A9D4:65A0F3C2:vzcreate:101:root@pam!homelab:".parse().unwrap();
        assert_eq!((upid.node.as_str(), upid.kind.as_str(), upid.id.as_str()), ("pve-1", "vzcreate", "101"));
        assert_eq!((upid.user.as_str(), upid.started), ("root@pam!homelab", 0x65A0_F3C2));
        assert_eq!(upid.to_string(), "UPID:pve-1:0003B2F1:02C8A9D4:65A0F3C2:vzcreate:101:root@pam!homelab:");
    }

    #[test]
    fn a_long_uptime_and_an_empty_id_are_read() {
        assert!("UPID:pve:0003B2F1:102C8A9D4:65A0F3C2:download::root@pam:".parse::<Upid>().is_ok());
    }

    #[test]
    fn other_texts_are_refused() {
        for bad in [
            "",
            "UPID:",
            "UPID:pve:0003B2F1:02C8A9D4:65A0F3C2:vzcreate:101:root@pam",
            "UPID:pve:3B2F1:02C8A9D4:65A0F3C2:vzcreate:101:root@pam:",
            "UPID:pve:0003B2F1:02C8A9D4:65A0F3C2:vz/../create:101:root@pam:",
            "UPID:..:0003B2F1:02C8A9D4:65A0F3C2:vzcreate:101:root@pam:",
            "UPID:pve:+003B2F1:02C8A9D4:65A0F3C2:vzcreate:101:root@pam:",
            "UPID:pve:0003B2F1:02C8A9D4:65A0F3C2:vzcreate:101:root@pam::",
        ] {
            assert!(bad.parse::<Upid>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(UPID:)?[a-zA-Z0-9:@!/. ]{0,80}") {
            if let Ok(upid) = text.parse::<Upid>() {
                prop_assert_eq!(upid.as_str(), text);
            }
        }
    }
}
