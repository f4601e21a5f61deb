//! What the next commit would hold: the index, which need not be what stands in the folder.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use homelab_guard::{Entry, FileTree, GitState, Guard, Kind, Source};

use super::Looked;
use super::git::{self, names, object_head, shown};
use super::scan::scan;
use crate::limits::TREE_FILE_BYTES_MAX;
use crate::trouble::Trouble;

/// A file in the index.
struct Staged {
    path: Vec<u8>,
    object: String,
    is_changed: bool,
}

/// Searches what is staged and differs from the last commit; the rules about builds and manifests see the whole index.
///
/// # Errors
/// There is no repository, or git fails.
pub fn look(folder: &Path, guard: &Guard) -> Result<Looked, Trouble> {
    git::require_repository(folder)?;
    let changed = changed(folder)?;
    let (mut tree, mut looked) = (FileTree::default(), Looked::default());
    let mut files = Vec::new();
    for (mode, object, path) in index(&git::output(folder, &["ls-files", "-z", "--stage"])?) {
        let entry = |kind| Entry { kind, size: 0, git: GitState::Tracked, bytes: None };
        match mode {
            "120000" => tree.insert(shown(path), entry(Kind::Link(String::new()))),
            // A submodule is a repository of its own.
            "160000" => {}
            _ => {
                let is_changed = changed.as_ref().is_none_or(|changed| changed.contains(path));
                tree.insert(shown(path), entry(Kind::File));
                if is_changed || FileTree::wants(&shown(path)) {
                    files.push(Staged { path: path.to_vec(), object: object.to_string(), is_changed });
                }
            }
        }
    }
    read(folder, &files, guard, &mut tree, &mut looked)?;
    looked.findings.extend(guard.tree(&tree));
    for finding in &mut looked.findings {
        finding.location.source = Source::Staged;
    }
    Ok(looked)
}

/// The paths that the next commit changes; `None` before the first commit, which changes everything.
fn changed(folder: &Path) -> Result<Option<HashSet<Vec<u8>>>, Trouble> {
    if git::output(folder, &["rev-parse", "--verify", "--quiet", "HEAD"]).is_err() {
        return Ok(None);
    }
    let list =
        git::output(folder, &["diff-index", "--cached", "--name-only", "--relative", "-z", "--no-renames", "HEAD"])?;
    Ok(Some(names(&list).map(<[u8]>::to_vec).collect()))
}

/// Mode, object and path of each entry: `100644 <object> 0<TAB>path`.
fn index(list: &[u8]) -> impl Iterator<Item = (&str, &str, &[u8])> {
    names(list).filter_map(|line| {
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let mut words = std::str::from_utf8(&line[..tab]).ok()?.split(' ');
        Some((words.next()?, words.next()?, &line[tab + 1..]))
    })
}

/// Reads the objects in one go.
fn read(
    folder: &Path,
    files: &[Staged],
    guard: &Guard,
    tree: &mut FileTree,
    looked: &mut Looked,
) -> Result<(), Trouble> {
    const WHAT: &str = "cat-file --batch";
    let failed = |error: std::io::Error| Trouble::GitFailed { what: WHAT.into(), reason: error.to_string() };
    let mut command = git::command(folder, &["cat-file", "--batch", "--buffer"]);
    command.stdin(Stdio::piped());
    let mut child = git::start(command, WHAT)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let result = std::thread::scope(|scope| {
        scope.spawn(move || {
            // Git closes its end when it fails; the reader then sees the end.
            let Some(mut stdin) = stdin else { return };
            for file in files {
                if writeln!(stdin, "{}", file.object).is_err() {
                    return;
                }
            }
        });
        let Some(stdout) = stdout else { return Ok(()) };
        let mut reader = BufReader::with_capacity(1 << 16, stdout);
        let mut buffer = Vec::new();
        files.iter().try_for_each(|file| one(file, &mut reader, guard, tree, looked, &mut buffer))
    });
    let _ = child.wait();
    result.map_err(failed)
}

fn one(
    file: &Staged,
    reader: &mut impl BufRead,
    guard: &Guard,
    tree: &mut FileTree,
    looked: &mut Looked,
    buffer: &mut Vec<u8>,
) -> std::io::Result<()> {
    let Some(head) = object_head(reader)? else { return Ok(()) };
    let path = shown(&file.path);
    let mut body = reader.take(head.size);
    let is_wanted = FileTree::wants(&path) && head.size <= TREE_FILE_BYTES_MAX;
    if file.is_changed {
        let (findings, bytes) = scan(guard, &Source::Staged, &path, head.size, &mut body, buffer)?;
        looked.findings.extend(findings);
        looked.files += 1;
        looked.bytes += bytes;
    } else if is_wanted {
        buffer.clear();
        body.read_to_end(buffer)?;
    } else {
        buffer.clear();
    }
    if buffer.len() as u64 == head.size {
        looked.allowances.read_comments(&Source::Staged, &path, buffer);
    }
    let bytes = is_wanted.then(|| Arc::from(buffer.as_slice()));
    tree.insert(path, Entry { kind: Kind::File, size: head.size, git: GitState::Tracked, bytes });
    std::io::copy(&mut body, &mut std::io::sink())?;
    reader.take(1).read_to_end(&mut Vec::new())?;
    Ok(())
}
