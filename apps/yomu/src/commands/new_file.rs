//! A file that is there as a whole or not at all: an interrupted export never replaces an older one.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// A file in the making, `NAME.part` until it is kept. Only its owner may read it: passwords of feeds may be in it.
pub(super) struct NewFile {
    pub(super) file: File,
    /// Where it is now and where it belongs; none for a pipe or a device, which is written to as it is.
    places: Option<(PathBuf, PathBuf)>,
}

impl NewFile {
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
            return Ok(Self { file: OpenOptions::new().write(true).open(path)?, places: None });
        }
        let mut part = OsString::from(path);
        part.push(".part");
        let part = PathBuf::from(part);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(Self { file: options.open(&part)?, places: Some((part, path.to_owned())) })
    }

    /// Puts it where it belongs, over an older one.
    pub(super) fn keep(mut self) -> io::Result<()> {
        let Some((part, path)) = &self.places else { return Ok(()) };
        self.file.sync_all()?;
        fs::rename(part, path)?;
        self.places = None;
        Ok(())
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if let Some((part, _)) = &self.places {
            // There is nobody left to tell; the next export writes over it.
            let _ = fs::remove_file(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn only_a_kept_file_replaces_the_older_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("everything.jsonl");
        for (content, is_kept, expected) in
            [("first", true, "first"), ("half", false, "first"), ("second", true, "second")]
        {
            let mut new = NewFile::at(&path).unwrap();
            new.file.write_all(content.as_bytes()).unwrap();
            if is_kept {
                new.keep().unwrap();
            } else {
                drop(new);
            }
            assert_eq!(fs::read_to_string(&path).unwrap(), expected);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left behind");
        }
    }

    #[test]
    fn a_device_is_written_to_as_it_is() {
        let mut new = NewFile::at(Path::new("/dev/null")).unwrap();
        new.file.write_all(b"x").unwrap();
        new.keep().unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
