//! `features=nesting=1,keyctl=1`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::property::{Printer, Properties, PropertyError};

/// What a container may do beyond the ordinary. All of it is off by default, so off and absent are the same.
///
/// Only `root@pam` by password may set anything but `nesting`, even to 0: `check_ct_modify_config_perm` in `pve-container`
/// `src/PVE/LXC.pm`. So a switch that is off is not printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// Containers inside, and mounts of procfs and sysfs.
    pub nesting: bool,
    /// The `keyctl()` system call.
    pub keyctl: bool,
    /// FUSE file systems.
    pub fuse: bool,
    /// Making device nodes.
    pub mknod: bool,
    /// `/sys` writable in unprivileged containers.
    pub force_rw_sys: bool,
    /// File systems that may be mounted.
    pub mount: Vec<String>,
    /// Keys of other versions.
    pub other: BTreeMap<String, String>,
}

impl Features {
    /// Whether it takes `root@pam` with a password to set these.
    pub fn need_root(&self) -> bool {
        *self != Self { nesting: self.nesting, ..Self::default() }
    }
}

impl FromStr for Features {
    type Err = PropertyError;

    fn from_str(text: &str) -> Result<Self, PropertyError> {
        let mut properties = Properties::split(text, None)?;
        let mut switch = |key| properties.take_switch(key).map(Option::unwrap_or_default);
        let features = Self {
            nesting: switch("nesting")?,
            keyctl: switch("keyctl")?,
            fuse: switch("fuse")?,
            mknod: switch("mknod")?,
            force_rw_sys: switch("force_rw_sys")?,
            ..Self::default()
        };
        let mut mount: Vec<String> = properties
            .take("mount")
            .iter()
            .flat_map(|kinds| kinds.split(';'))
            .map(|kind| kind.trim().to_owned())
            .collect();
        mount.retain(|kind| !kind.is_empty());
        mount.sort();
        mount.dedup();
        Ok(Self { mount, other: properties.rest(), ..features })
    }
}

impl fmt::Display for Features {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printer = Printer::default();
        let on = |on: bool| on.then_some(true);
        printer.switch("force_rw_sys", on(self.force_rw_sys));
        printer.switch("fuse", on(self.fuse));
        printer.switch("keyctl", on(self.keyctl));
        printer.switch("mknod", on(self.mknod));
        if !self.mount.is_empty() {
            printer.pair("mount", self.mount.join(";"));
        }
        printer.switch("nesting", on(self.nesting));
        printer.rest(&self.other);
        formatter.write_str(&printer.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Features {
        text.parse().unwrap()
    }

    #[test]
    fn off_and_absent_are_the_same() {
        assert_eq!(read("nesting=1,keyctl=0"), read("nesting=on"));
        assert_ne!(read("nesting=1,keyctl=1"), read("nesting=1"));
        assert_eq!(read(""), Features::default());
    }

    #[test]
    fn what_is_off_is_not_sent() {
        assert_eq!(read("nesting=1,keyctl=0").to_string(), "nesting=1");
        assert_eq!(read("nesting=1,keyctl=1,mount=nfs;cifs").to_string(), "keyctl=1,mount=cifs;nfs,nesting=1");
        assert_eq!(read("keyctl=0").to_string(), "");
    }

    #[test]
    fn anything_but_nesting_needs_root() {
        assert!(!read("nesting=1").need_root());
        assert!(!read("nesting=1,keyctl=0").need_root());
        for text in ["keyctl=1", "fuse=1,nesting=1", "mount=nfs", "future=1"] {
            assert!(read(text).need_root(), "{text}");
        }
    }

    #[test]
    fn keys_of_later_versions_are_kept() {
        assert_eq!(read("future=1,nesting=1").to_string(), "nesting=1,future=1");
        assert!("nesting=perhaps".parse::<Features>().is_err());
    }
}
