//! `rootfs=local-lvm:50` and `mp0=local-lvm:vm-101-disk-1,mp=/var/lib/rancher,size=20G`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::Size;
use super::property::{Printer, Properties, PropertyError};
use crate::id::StorageId;

/// A root file system or a mount point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// Where its bytes are.
    pub source: Source,
    /// Its path inside the container; mount points only.
    pub mp: Option<String>,
    /// Its size, as Proxmox notes it down. Growing is a call of its own (`resize`).
    pub size: Option<Size>,
    /// Whether backups contain it; mount points only.
    pub backup: Option<bool>,
    /// Whether it cannot be written to.
    pub ro: Option<bool>,
    /// `acl`, `mountoptions`, `quota`, `replicate`, `shared` and keys of later versions.
    pub other: BTreeMap<String, String>,
}

/// Where a volume's bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// To be made: `STORAGE:GIBIBYTES`, a number without a unit. With a unit it would be the name of an existing volume
    /// (`src/PVE/API2/LXC.pm`).
    New {
        /// Where.
        storage: StorageId,
        /// How large.
        size: Size,
    },
    /// A volume that exists.
    Existing {
        /// Where.
        storage: StorageId,
        /// Its name there.
        name: String,
    },
    /// A path or device of the host.
    Path(String),
}

impl Volume {
    /// A volume to be made.
    pub fn new(storage: StorageId, size: Size) -> Self {
        Self {
            source: Source::New { storage, size },
            mp: None,
            size: None,
            backup: None,
            ro: None,
            other: BTreeMap::new(),
        }
    }

    /// Mounted at a path inside the container.
    #[must_use]
    pub fn mounted_at(self, path: impl Into<String>) -> Self {
        Self { mp: Some(path.into()), ..self }
    }

    /// The storage, unless it is a path of the host.
    pub fn storage(&self) -> Option<&StorageId> {
        match &self.source {
            Source::New { storage, .. } | Source::Existing { storage, .. } => Some(storage),
            Source::Path(_) => None,
        }
    }

    /// How large it is or is to be.
    pub fn size(&self) -> Option<Size> {
        match &self.source {
            Source::New { size, .. } => Some(*size),
            _ => self.size,
        }
    }
}

impl FromStr for Volume {
    type Err = PropertyError;

    fn from_str(text: &str) -> Result<Self, PropertyError> {
        let mut properties = Properties::split(text, Some("volume"))?;
        Ok(Self {
            source: Source::read(properties.take_required("volume")?),
            mp: properties.take("mp"),
            size: properties.take_parsed("size", "a number with K, M, G or T behind it")?,
            backup: properties.take_switch("backup")?,
            ro: properties.take_switch("ro")?,
            other: properties.rest(),
        })
    }
}

impl Source {
    fn read(text: String) -> Self {
        let Some((storage, name)) = text.split_once(':') else { return Self::Path(text) };
        let Ok(storage) = storage.parse() else { return Self::Path(text) };
        match Size::parse_gib(name) {
            Some(size) => Self::New { storage, size },
            None => Self::Existing { storage, name: name.to_owned() },
        }
    }
}

impl fmt::Display for Volume {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printer = Printer::default();
        printer.bare(&self.source);
        printer.optional("mp", self.mp.as_ref());
        printer.switch("backup", self.backup);
        printer.switch("ro", self.ro);
        printer.optional("size", self.size);
        printer.rest(&self.other);
        formatter.write_str(&printer.finish())
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New { storage, size } => write!(formatter, "{storage}:{}", size.print_gib()),
            Self::Existing { storage, name } => write!(formatter, "{storage}:{name}"),
            Self::Path(path) => formatter.write_str(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Volume {
        text.parse().unwrap()
    }

    #[test]
    fn a_new_volume_is_a_number_without_a_unit() {
        let volume = Volume::new("local-lvm".parse().unwrap(), Size::gib(50));
        assert_eq!(volume.to_string(), "local-lvm:50");
        assert_eq!(read("local-lvm:50"), volume);
        assert!(matches!(read("local-lvm:50G").source, Source::Existing { .. }));
        let mounted = Volume::new("tank".parse().unwrap(), Size::mib(1536)).mounted_at("/var/lib/rancher");
        assert_eq!(mounted.to_string(), "tank:1.5,mp=/var/lib/rancher");
    }

    #[test]
    fn a_volume_that_exists_has_its_size_beside_it() {
        let found = read("local-lvm:vm-101-disk-0,size=50G");
        assert_eq!((found.size(), found.storage().map(StorageId::as_str)), (Some(Size::gib(50)), Some("local-lvm")));
        assert_eq!(found, read("size=51200M,volume=local-lvm:vm-101-disk-0"));
        assert_eq!(read("/mnt/media,mp=/media,ro=1").source, Source::Path("/mnt/media".to_owned()));
    }

    #[test]
    fn options_are_kept() {
        let text = "local-lvm:vm-101-disk-1,mp=/var/lib/rancher,backup=1,size=20G,mountoptions=noatime;nosuid";
        assert_eq!(read(text).to_string(), text);
        assert!("mp=/media".parse::<Volume>().is_err());
    }
}
