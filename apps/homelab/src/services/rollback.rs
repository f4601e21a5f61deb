//! Going back to the image before. Argo CD follows git, and so does a rollback: it is a revert of the commit that brought
//! the digest. Nothing is pushed here.

use std::path::Path;

use serde::Serialize;

use super::{Repository, ServiceError};
use crate::sources::git;
use crate::trouble::Trouble;

/// How many commits of one file are looked at: a year of a commit a day.
const COMMITS_MAX: &str = "400";

/// The commit to be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rollback {
    /// Its full name.
    pub commit: String,
    /// Its day.
    pub day: String,
    /// Its first line.
    pub subject: String,
    /// The digest that it brought.
    pub from: String,
    /// The digest before.
    pub to: String,
    /// The file with the digest.
    pub file: String,
    /// Other files that it changed, which are taken back with it.
    pub others: Vec<String>,
}

/// Finds the commit that brought the digest of now.
///
/// # Errors
/// There is no digest before, or git does not tell.
pub fn find(repository: &Repository) -> Result<Rollback, Trouble> {
    let folder = &repository.folder;
    git::require_repository(folder)?;
    let file = repository.images.first().map(|image| image.file.display().to_string()).unwrap_or_default();
    let nothing = || Trouble::from(ServiceError::NoEarlierDigest { path: file.clone() });
    let format = "--format=%H%x09%cs%x09%s";
    let log = text(folder, &["log", "-n", COMMITS_MAX, format, "--", &file])?;
    let mut newer: Option<([String; 3], String)> = None;
    for line in log.lines() {
        let mut parts = line.splitn(3, '\t').map(str::to_owned);
        let [Some(commit), Some(day), Some(subject)] = [parts.next(), parts.next(), parts.next()] else { continue };
        // A commit that deleted the file has none.
        let content = text(folder, &["show", &format!("{commit}:./{file}")]).unwrap_or_default();
        let digest = digest_in(&content).unwrap_or_default();
        if let Some(([commit, day, subject], from)) = newer.filter(|(_, from)| *from != digest) {
            if digest.is_empty() || from.is_empty() {
                return Err(nothing());
            }
            let changed = text(folder, &["show", "--name-only", "--format=", "--relative", &commit])?;
            let others = changed.lines().filter(|path| !path.is_empty() && *path != file).map(str::to_owned).collect();
            return Ok(Rollback { commit, day, subject, from, to: digest, file, others });
        }
        newer = Some(([commit, day, subject], digest));
    }
    Err(nothing())
}

/// Makes the commit that takes it back, in the repository of this computer.
///
/// # Errors
/// Something is not committed, or git refuses; then everything is as it was.
pub fn revert(repository: &Repository, rollback: &Rollback) -> Result<String, Trouble> {
    let folder = &repository.folder;
    if !text(folder, &["status", "--porcelain", "--untracked-files=no"])?.is_empty() {
        return Err(ServiceError::DirtyTree { folder: folder.clone() }.into());
    }
    if let Err(trouble) = git::output(folder, &["revert", "--no-edit", &rollback.commit]) {
        // Whatever was begun is undone; that there was nothing to undo is no further trouble.
        let _ = git::output(folder, &["revert", "--abort"]);
        return Err(trouble);
    }
    Ok(text(folder, &["rev-parse", "--short", "HEAD"])?.trim().to_owned())
}

fn text(folder: &Path, arguments: &[&str]) -> Result<String, Trouble> {
    git::output(folder, arguments).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// The first digest in a file; the zeros that stand before the first image are none.
fn digest_in(content: &str) -> Option<String> {
    content.match_indices("sha256:").find_map(|(at, prefix)| {
        let digits = content.get(at + prefix.len()..at + prefix.len() + 64)?;
        let is_digest = digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && digits.bytes().any(|byte| byte != b'0');
        is_digest.then(|| format!("{prefix}{digits}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_has_64_digits_that_are_not_all_zero() {
        let ones = "1".repeat(64);
        assert_eq!(digest_in(&format!("digest: sha256:{ones}\n")), Some(format!("sha256:{ones}")));
        assert_eq!(digest_in(&format!("digest: sha256:{}\n", "0".repeat(64))), None);
        assert_eq!(digest_in("digest: sha256:12\n"), None);
    }
}
