//! The folder of a backup: written whole or not at all, for its owner alone, and checked before it is believed.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use homelab_plan::care::{Manifest, Part, PartKind};
use sha2::{Digest as _, Sha256};

use super::BackupError;
use crate::limits::{BACKUP_MANIFEST_BYTES_MAX, BACKUP_PART_BYTES_MAX};

/// The page with the checksums.
const MANIFEST: &str = "manifest.json";

/// A backup that was read and is whole.
#[derive(Clone, Debug)]
pub struct Backup {
    /// What it is of.
    pub manifest: Manifest,
    /// Names it: a hash of its page.
    pub id: String,
    folder: PathBuf,
}

/// A backup that is being written. It has its name when it is complete.
pub(super) struct Draft {
    folder: PathBuf,
    partial: PathBuf,
    parts: Vec<Part>,
}

impl Draft {
    pub(super) fn begin(into: &Path, name: &str) -> Result<Self, BackupError> {
        let (folder, partial) = (into.join(name), into.join(format!("{name}.partial")));
        let begin = || -> io::Result<()> {
            fs::create_dir_all(into)?;
            if folder.exists() {
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, "there is one of this moment already"));
            }
            // What an interrupted run of the same moment left.
            if partial.exists() {
                fs::remove_dir_all(&partial)?;
            }
            DirBuilder::new().mode(0o700).create(&partial)
        };
        begin().map_err(|error| file(&folder, "written", &error))?;
        Ok(Self { folder, partial, parts: Vec::new() })
    }

    pub(super) fn add(&mut self, path: &str, kind: PartKind, bytes: &[u8]) -> Result<(), BackupError> {
        write(&self.partial.join(path), bytes)?;
        self.parts.push(Part { path: path.to_owned(), kind, bytes: bytes.len() as u64, sha256: hash(bytes) });
        Ok(())
    }

    /// Writes the page, and gives the folder its name.
    pub(super) fn finish(mut self, manifest: Manifest) -> Result<(PathBuf, Manifest), BackupError> {
        let manifest = Manifest { parts: std::mem::take(&mut self.parts), ..manifest };
        let text = serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n";
        write(&self.partial.join(MANIFEST), text.as_bytes())?;
        fs::rename(&self.partial, &self.folder).map_err(|error| file(&self.folder, "written", &error))?;
        Ok((std::mem::take(&mut self.folder), manifest))
    }
}

/// What did not come to its end is no backup, and holds secrets all the same.
impl Drop for Draft {
    fn drop(&mut self) {
        // After the end it has another name already.
        let _ = fs::remove_dir_all(&self.partial);
    }
}

/// Reads a backup of `cluster`, and checks every file of it.
///
/// # Errors
/// It is none, or not whole.
pub fn read(folder: &Path, cluster: &str) -> Result<Backup, BackupError> {
    let broken = |reason: String| BackupError::Broken { folder: folder.to_path_buf(), reason };
    let path = folder.join(MANIFEST);
    if !path.is_file() {
        return Err(broken(format!("it has no `{MANIFEST}`")));
    }
    let text = bytes_of(&path, BACKUP_MANIFEST_BYTES_MAX)?;
    let manifest: Manifest =
        serde_json::from_slice(&text).map_err(|error| broken(format!("`{MANIFEST}` cannot be read: {error}")))?;
    if let Some(problem) = manifest.problem(cluster) {
        return Err(broken(problem));
    }
    let backup = Backup { manifest, id: hash(&text)[..16].to_owned(), folder: folder.to_path_buf() };
    for part in &backup.manifest.parts {
        backup.bytes(part)?;
    }
    Ok(backup)
}

impl Backup {
    /// A file of it, as its checksum says.
    pub(super) fn bytes(&self, part: &Part) -> Result<Vec<u8>, BackupError> {
        let broken = |reason: String| BackupError::Broken { folder: self.folder.clone(), reason };
        let path = self.folder.join(&part.path);
        if !path.is_file() {
            return Err(broken(format!("`{}` is missing", part.path)));
        }
        let bytes = bytes_of(&path, BACKUP_PART_BYTES_MAX)?;
        if hash(&bytes) != part.sha256 {
            return Err(broken(format!("`{}` has another checksum than when it was written", part.path)));
        }
        Ok(bytes)
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), BackupError> {
    let go = || -> io::Result<()> {
        if let Some(folder) = path.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    go().map_err(|error| file(path, "written", &error))
}

fn bytes_of(path: &Path, bytes_max: u64) -> Result<Vec<u8>, BackupError> {
    let mut bytes = Vec::new();
    let go = fs::File::open(path).and_then(|file| file.take(bytes_max + 1).read_to_end(&mut bytes));
    go.map_err(|error| file(path, "read", &error))?;
    if bytes.len() as u64 > bytes_max {
        return Err(file(path, "read", &io::Error::other(format!("it has more than {bytes_max} bytes"))));
    }
    Ok(bytes)
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn file(path: &Path, what: &'static str, error: &io::Error) -> BackupError {
    BackupError::File { path: path.to_path_buf(), what, cause: error.to_string() }
}
