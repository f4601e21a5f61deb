//! Asking git, with the settings of a foreign repository kept from running programs.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::{BufRead, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use homelab_guard::GitState;

use crate::limits::GIT_HEADER_BYTES_MAX;
use crate::trouble::Trouble;

/// A git command in a folder. A repository that somebody else made may name a program as its file-system monitor or as a
/// filter of its pager; git must run none of them here, ask nobody for a password, and fetch nothing.
pub(super) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder);
    command.args(["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "--no-pager", "--no-optional-locks"]);
    command.args(arguments);
    command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_NO_LAZY_FETCH", "1").env("LC_ALL", "C");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What git prints.
pub(crate) fn output(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Trouble> {
    let failed = |reason: String| Trouble::GitFailed { what: arguments.join(" "), reason };
    let output = command(folder, arguments).output().map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(failed(said.lines().next().unwrap_or("it said nothing").trim_start_matches("fatal: ").to_string()))
}

/// Starts git, to read what it prints while it prints.
pub(super) fn start(mut command: Command, what: &str) -> Result<Child, Trouble> {
    command.stderr(Stdio::null());
    command.spawn().map_err(|error| Trouble::GitFailed { what: what.to_string(), reason: error.to_string() })
}

/// The repository's top folder.
pub(crate) fn require_repository(folder: &Path) -> Result<(), Trouble> {
    output(folder, &["rev-parse", "--git-dir"]).map(|_| ()).map_err(|trouble| match trouble {
        Trouble::GitFailed { reason, .. } if reason.contains("not a git repository") => {
            Trouble::NoRepository { folder: folder.to_path_buf() }
        }
        trouble => trouble,
    })
}

/// What git makes of the files of a folder.
#[derive(Debug, Default)]
pub(super) struct States {
    is_repository: bool,
    tracked: HashSet<Vec<u8>>,
    ignored_files: HashSet<Vec<u8>>,
    ignored_folders: HashSet<Vec<u8>>,
}

impl States {
    /// Asks git. Where there is no git, or no repository, nothing is known of any file.
    pub(super) fn of(folder: &Path) -> Self {
        let ignored = ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory"];
        let (tracked, ignored) = std::thread::scope(|scope| {
            let ignored = scope.spawn(|| output(folder, &ignored));
            (output(folder, &["ls-files", "-z", "--cached"]), ignored.join())
        });
        let (Ok(tracked), Ok(Ok(ignored))) = (tracked, ignored) else { return Self::default() };
        let mut states =
            Self { is_repository: true, tracked: names(&tracked).map(<[u8]>::to_vec).collect(), ..Self::default() };
        for name in names(&ignored) {
            match name.strip_suffix(b"/") {
                // The folder itself is ignored: somebody looks into build output on purpose, and means the files there.
                Some(b"." | b"") => return Self::default(),
                Some(folder) => states.ignored_folders.insert(folder.to_vec()),
                None => states.ignored_files.insert(name.to_vec()),
            };
        }
        if states.tracked.is_empty()
            && command(folder, &["check-ignore", "-q", "."]).status().is_ok_and(|status| status.success())
        {
            return Self::default();
        }
        states
    }

    /// What git makes of a file, by its path below the folder; `is_ignored` says that a folder above it is.
    pub(super) fn of_file(&self, path: &[u8], is_ignored: bool) -> GitState {
        if !self.is_repository {
            GitState::Unknown
        } else if self.tracked.contains(path) {
            GitState::Tracked
        } else if is_ignored || self.ignored_files.contains(path) {
            GitState::Ignored
        } else {
            GitState::Untracked
        }
    }

    /// Whether git ignores a folder with everything in it.
    pub(super) fn ignores_folder(&self, path: &[u8]) -> bool {
        self.ignored_folders.contains(path)
    }
}

/// The names in a list that git ends with NUL.
pub(super) fn names(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    list.split(|byte| *byte == 0).filter(|name| !name.is_empty())
}

/// The head of an object in the output of `git cat-file --batch`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ObjectHead {
    /// `blob`, `tree`, `commit` or `tag`.
    pub(super) kind: String,
    /// Bytes that follow, and a line break after them.
    pub(super) size: u64,
}

/// Reads the next head. `None` for an object that is not there (a shallow or partial clone), which has no body.
pub(super) fn object_head(reader: &mut impl BufRead) -> std::io::Result<Option<ObjectHead>> {
    let mut line = Vec::new();
    reader.take(GIT_HEADER_BYTES_MAX).read_until(b'\n', &mut line)?;
    let text = String::from_utf8_lossy(&line);
    let mut words = text.split_whitespace().skip(1);
    Ok(match (words.next(), words.next().and_then(|size| size.parse().ok())) {
        (Some(kind), Some(size)) => Some(ObjectHead { kind: kind.to_string(), size }),
        _ => None,
    })
}

/// A path as the guard wants it: with `/`, and U+FFFD for what is no UTF-8.
pub(super) fn shown(path: &[u8]) -> String {
    String::from_utf8_lossy(path).into_owned()
}

/// The bytes of a path's name.
pub(super) fn bytes(path: &OsStr) -> Vec<u8> {
    path.as_encoded_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_objects_are_read_and_missing_ones_are_known() {
        let mut text = &b"0123 blob 12\n4567 missing\n"[..];
        assert_eq!(object_head(&mut text).unwrap(), Some(ObjectHead { kind: "blob".into(), size: 12 }));
        assert_eq!(object_head(&mut text).unwrap(), None);
    }

    #[test]
    fn without_a_repository_nothing_is_known() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(States::of(folder.path()).of_file(b"a", false), GitState::Unknown);
        assert_eq!(require_repository(folder.path()).unwrap_err().name(), "no-repository");
    }
}
