//! What a host's refusal means.
//!
//! Proxmox answers 500 to almost every refusal and says the rest in words, so the words are read here and nowhere else. Each
//! pattern names its source file; a text that none knows is no situation, and is shown as it is.

use std::fmt;

/// What a refusal means, where that changes what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Situation {
    /// Somebody works on it: wait.
    Locked {
        /// What holds the lock: `backup`, `create`, …, or the lock's file.
        holder: String,
    },
    /// It is not there.
    DoesNotExist,
    /// The name or number is taken.
    AlreadyExists,
    /// It runs already.
    AlreadyRunning,
    /// It does not run.
    NotRunning,
    /// It would have to be stopped first.
    StillRunning,
    /// It is protected against removal.
    Protected,
    /// The storage is full.
    NoSpace,
}

impl Situation {
    /// Reads the text of a refusal or of a failed task.
    pub fn read(text: &str) -> Option<Self> {
        if let Some(holder) = lock_holder(text) {
            return Some(Self::Locked { holder });
        }
        let patterns: &[(&str, Self)] = &[
            // `pve-guest-common` `src/PVE/AbstractConfig.pm`: destroying with `protection` set.
            ("protection mode enabled", Self::Protected),
            // `pve-container` `src/PVE/API2/LXC.pm`: destroying what runs.
            ("container is running", Self::StillRunning),
            // `pve-container` `src/PVE/API2/LXC/Status.pm`: starting and stopping.
            ("already running", Self::AlreadyRunning),
            ("not running", Self::NotRunning),
            // `pve-cluster` `src/PVE/Cluster.pm`, `pve-container` `src/PVE/API2/LXC.pm`, `pve-access-control` `PVE/API2/Pool.pm`.
            ("already exists", Self::AlreadyExists),
            // `pve-guest-common` `src/PVE/AbstractConfig.pm`: snapshots.
            ("already used", Self::AlreadyExists),
            // `pve-guest-common` `src/PVE/AbstractConfig.pm`: `Configuration file '…' does not exist`, also storages and pools.
            ("does not exist", Self::DoesNotExist),
            // The system's own words, and those of LVM and ZFS.
            ("No space left on device", Self::NoSpace),
            ("out of space", Self::NoSpace),
            ("not enough free", Self::NoSpace),
            ("insufficient free space", Self::NoSpace),
        ];
        patterns.iter().find(|(words, _)| text.contains(words)).map(|(_, situation)| situation.clone())
    }
}

/// `CT is locked (backup)` in `src/PVE/AbstractConfig.pm`, and `can't lock file '…' - got timeout` in `PVE/Tools.pm`.
fn lock_holder(text: &str) -> Option<String> {
    if let Some((_, rest)) = text.split_once("is locked (") {
        return rest.split_once(')').map(|(holder, _)| holder.to_owned());
    }
    for words in ["can't lock file '", "can't aquire lock '", "can't acquire lock '", "cfs-lock '"] {
        if let Some((file, cause)) = text.split_once(words).and_then(|(_, rest)| rest.split_once('\''))
            && (cause.contains("timeout") || cause.contains("timed out"))
        {
            return Some(file.to_owned());
        }
    }
    None
}

impl fmt::Display for Situation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Locked { holder } => write!(formatter, "it is locked by `{holder}`"),
            Self::DoesNotExist => formatter.write_str("it does not exist"),
            Self::AlreadyExists => formatter.write_str("it exists already"),
            Self::AlreadyRunning => formatter.write_str("it is running already"),
            Self::NotRunning => formatter.write_str("it is not running"),
            Self::StillRunning => formatter.write_str("it is still running"),
            Self::Protected => formatter.write_str("it is protected against removal"),
            Self::NoSpace => formatter.write_str("the storage is full"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_host_are_understood() {
        let locked = |holder: &str| Some(Situation::Locked { holder: holder.to_owned() });
        for (text, meaning) in [
            ("CT is locked (backup)", locked("backup")),
            (
                "can't lock file '/run/lock/lxc/pve-config-101.lock' - got timeout",
                locked("/run/lock/lxc/pve-config-101.lock"),
            ),
            ("cfs-lock 'file-user_cfg' error: got lock request timeout", locked("file-user_cfg")),
            ("Configuration file 'nodes/pve/lxc/101.conf' does not exist", Some(Situation::DoesNotExist)),
            ("unable to create CT 101 - CT 101 already exists on node 'pve'", Some(Situation::AlreadyExists)),
            ("snapshot name 'before' already used", Some(Situation::AlreadyExists)),
            ("CT 101 already running", Some(Situation::AlreadyRunning)),
            ("CT 101 not running", Some(Situation::NotRunning)),
            ("unable to destroy CT 101 - container is running", Some(Situation::StillRunning)),
            ("can't remove CT 101 - protection mode enabled", Some(Situation::Protected)),
            ("mkfs.ext4: No space left on device", Some(Situation::NoSpace)),
        ] {
            assert_eq!(Situation::read(text), meaning, "{text}");
        }
    }

    #[test]
    fn other_words_mean_nothing_in_particular() {
        for text in [
            "",
            "unable to shrink disk size",
            "can't lock file '/run/lock/x' - Permission denied",
            "CT is locked",
            "no options specified",
        ] {
            assert_eq!(Situation::read(text), None, "{text}");
        }
    }
}
