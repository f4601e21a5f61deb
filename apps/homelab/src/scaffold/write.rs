//! Writing files into a folder so that a failure leaves it as it was.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::changes::NewFile;
use crate::trouble::Trouble;

/// Writes all files, in two steps: first everything into a folder beside the target, where a full disk or a missing right
/// shows itself; then each is moved into its place, which needs no more room.
///
/// # Errors
/// Something cannot be written; then nothing was.
pub fn write(folder: &Path, files: &[&NewFile]) -> Result<(), Trouble> {
    let parent = match folder.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => folder,
    };
    fs::create_dir_all(parent).map_err(|reason| cannot_write(parent, reason))?;
    let staging = Staging::beside(parent)?;
    for file in files {
        let path = staging.path.join(&file.path);
        write_one(&path, &file.text).map_err(|reason| cannot_write(&folder.join(&file.path), reason))?;
    }
    for file in files {
        let target = folder.join(&file.path);
        move_one(&staging.path.join(&file.path), &target).map_err(|reason| cannot_write(&target, reason))?;
    }
    Ok(())
}

/// A folder that goes away again, whatever happens.
struct Staging {
    path: PathBuf,
}

impl Staging {
    fn beside(parent: &Path) -> Result<Self, Trouble> {
        let path = parent.join(format!(".homelab-{}", std::process::id()));
        fs::create_dir(&path).map_err(|reason| cannot_write(parent, reason))?;
        Ok(Self { path })
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed is a left-over of ours with our name on it; it harms nobody.
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn write_one(path: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)
}

fn move_one(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::rename(from, to)
}

fn cannot_write(path: &Path, reason: io::Error) -> Trouble {
    Trouble::CannotWrite { path: path.to_path_buf(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> NewFile {
        NewFile { path: path.into(), text: "x\n".into() }
    }

    #[test]
    fn files_are_written_and_nothing_is_left_beside_them() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("home");
        write(&target, &[&file("a"), &file("b/c/d")]).unwrap();
        assert_eq!(fs::read_to_string(target.join("b/c/d")).unwrap(), "x\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_failure_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("home");
        // A file and a folder of the same name cannot both be written.
        let trouble = write(&target, &[&file("a"), &file("b"), &file("b/c")]).unwrap_err();
        assert_eq!(trouble.name(), "cannot-write");
        assert!(!target.exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
