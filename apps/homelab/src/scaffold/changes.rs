//! What writing files into a folder would change.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use similar::TextDiff;

use crate::trouble::Trouble;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Below the folder, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// A file to be written, and what stands in its place.
#[derive(Debug)]
pub struct Change {
    /// The file.
    pub file: NewFile,
    /// What stands there.
    pub state: State,
}

/// What stands where a file is to be written.
#[derive(Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing.
    New,
    /// The same.
    Unchanged,
    /// Something else, and how it differs.
    Different {
        /// From what is there to what would be written.
        diff: String,
    },
}

/// Compares files with a folder, which need not exist.
///
/// # Errors
/// Something there cannot be read.
pub fn compare(folder: &Path, files: Vec<NewFile>) -> Result<Vec<Change>, Trouble> {
    files.into_iter().map(|file| Ok(Change { state: state(folder, &file)?, file })).collect()
}

fn state(folder: &Path, file: &NewFile) -> Result<State, Trouble> {
    let path = folder.join(&file.path);
    match fs::read(&path) {
        Ok(bytes) if bytes == file.text.as_bytes() => Ok(State::Unchanged),
        Ok(bytes) => Ok(State::Different { diff: diff(&file.path, &String::from_utf8_lossy(&bytes), &file.text) }),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(State::New),
        Err(reason) => Err(Trouble::CannotRead { path, reason }),
    }
}

fn diff(path: &str, there: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(there, new);
    diff.unified_diff().context_radius(2).header(&format!("{path} (yours)"), &format!("{path} (homelab's)")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_new_the_same_or_different() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("same"), "1\n").unwrap();
        fs::write(folder.path().join("edited"), "mine\n").unwrap();
        let file = |path: &str| NewFile { path: path.into(), text: "1\n".into() };
        let changes = compare(folder.path(), vec![file("same"), file("edited"), file("gone/new")]).unwrap();
        assert_eq!(changes[0].state, State::Unchanged);
        let State::Different { diff } = &changes[1].state else { panic!("it differs") };
        assert!(diff.contains("-mine\n+1\n"), "{diff}");
        assert_eq!(changes[2].state, State::New);
    }
}
