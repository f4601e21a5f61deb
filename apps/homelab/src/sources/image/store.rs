//! Where the parts of an image lie: in a folder, or in an archive that is indexed once and then read at places.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use super::archive;
use crate::limits::IMAGE_JSON_BYTES_MAX;
use crate::trouble::Trouble;

/// The parts of an image by name.
pub(super) enum Store {
    /// An OCI layout as a folder.
    Folder(PathBuf),
    /// An archive and where each part lies in it: first byte and length.
    Archive(File, HashMap<String, (u64, u64)>),
}

impl Store {
    /// Opens a folder or an archive.
    pub(super) fn open(path: &Path) -> Result<Self, Trouble> {
        let cannot_read = |reason| Trouble::CannotRead { path: path.to_path_buf(), reason };
        if std::fs::metadata(path).map_err(cannot_read)?.is_dir() {
            return Ok(Self::Folder(path.to_path_buf()));
        }
        let file = File::open(path).map_err(cannot_read)?;
        let parts = archive::index(&file).map_err(|reason| Trouble::BadImage { path: path.to_path_buf(), reason })?;
        Ok(Self::Archive(file, parts))
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, name: &str) -> bool {
        match self {
            Self::Folder(folder) => is_inside(name) && folder.join(name).is_file(),
            Self::Archive(_, parts) => parts.contains_key(name),
        }
    }

    /// A part as a stream.
    pub(super) fn open_blob(&mut self, name: &str) -> Result<Box<dyn Read + '_>, String> {
        let missing = || format!("`{name}` is missing");
        match self {
            // A name that leads out of the folder would show files of this computer as if they were the image's.
            Self::Folder(_) if !is_inside(name) => Err(format!("`{name}` leads out of the image")),
            Self::Folder(folder) => match File::open(folder.join(name)) {
                Ok(file) => Ok(Box::new(file)),
                Err(_) => Err(missing()),
            },
            Self::Archive(file, parts) => {
                let (start, length) = *parts.get(name).ok_or_else(missing)?;
                file.seek(SeekFrom::Start(start)).map_err(|error| error.to_string())?;
                Ok(Box::new(file.take(length)))
            }
        }
    }

    /// A part that is JSON, in memory.
    pub(super) fn small(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let read = self.open_blob(name)?.take(IMAGE_JSON_BYTES_MAX + 1).read_to_end(&mut bytes);
        read.map_err(|error| format!("`{name}`: {error}"))?;
        if bytes.len() as u64 > IMAGE_JSON_BYTES_MAX {
            return Err(format!("`{name}` is larger than any description of an image"));
        }
        Ok(bytes)
    }
}

fn is_inside(name: &str) -> bool {
    !name.starts_with('/') && name.split('/').all(|part| !part.is_empty() && part != ".." && part != ".")
}
