//! Everything that was ever committed: each version of each file once, messages, tags and stashes.

use std::collections::HashSet;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use homelab_guard::{Guard, Source};
use indicatif::ProgressBar;

use super::Looked;
use super::git::{self, object_head, shown};
use super::scan::scan;
use crate::limits::{QUEUE_OBJECTS, WINDOW_BYTES};
use crate::trouble::Trouble;

/// A version of a file, a message: what to read, and what to call it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Version {
    /// The object to read.
    object: String,
    /// What a finding in it is said to be in.
    path: String,
    /// The commit or tag by which it came.
    by: String,
    /// What that is.
    what: &'static str,
}

/// Objects of git, abbreviated as git itself does in large repositories.
const ABBREVIATED: usize = 12;

/// Searches everything that any branch, tag or stash leads to.
///
/// # Errors
/// There is no repository, or git fails.
pub fn look(folder: &Path, guard: &Guard, progress: &ProgressBar) -> Result<Looked, Trouble> {
    git::require_repository(folder)?;
    let stashes = stashes(folder);
    let mut versions = tags(folder)?;
    versions.extend(commits(folder, &stashes)?);
    let mut seen = HashSet::new();
    versions.retain(|version| seen.insert(version.object.clone()));
    search(folder, versions, guard, progress)
}

/// The commits of all stashes: only the newest has a name, the others stand in its log.
fn stashes(folder: &Path) -> HashSet<String> {
    let list = git::output(folder, &["stash", "list", "--format=%H"]).unwrap_or_default();
    String::from_utf8_lossy(&list).lines().map(str::to_string).collect()
}

/// Tags with a message of their own.
fn tags(folder: &Path) -> Result<Vec<Version>, Trouble> {
    let list =
        git::output(folder, &["for-each-ref", "--format=%(objecttype) %(objectname) %(refname:short)", "refs/tags"])?;
    let text = String::from_utf8_lossy(&list);
    let tags = text.lines().filter_map(|line| line.strip_prefix("tag ")?.split_once(' '));
    Ok(tags
        .map(|(object, name)| Version {
            object: object.to_string(),
            path: format!("tag {name}"),
            by: abbreviated(object),
            what: "tag message",
        })
        .collect())
}

/// Each commit, and each version of a file with the commit that brought it, the oldest first.
fn commits(folder: &Path, stashes: &HashSet<String>) -> Result<Vec<Version>, Trouble> {
    const WHAT: &str = "log --all --raw";
    // The log of references knows commits that nothing leads to any more, as an amended one and those of a deleted branch.
    let mut arguments = vec![
        "log",
        "--all",
        "--reflog",
        "--reverse",
        "--raw",
        "-z",
        "--no-abbrev",
        "--no-renames",
        "--root",
        "-m",
        "--format=%H",
    ];
    arguments.extend(stashes.iter().map(String::as_str));
    let mut child = git::start(git::command(folder, &arguments), WHAT)?;
    let failed = |error: io::Error| Trouble::GitFailed { what: WHAT.into(), reason: error.to_string() };
    let Some(stdout) = child.stdout.take() else { return Ok(Vec::new()) };
    let versions = parse_log(BufReader::with_capacity(1 << 16, stdout), stashes).map_err(failed)?;
    let status = child.wait().map_err(failed)?;
    // A repository without any commit has no history, which is no failure.
    if status.success() || versions.is_empty() {
        Ok(versions)
    } else {
        Err(failed(io::Error::other("it stopped early")))
    }
}

/// The output of `git log --raw -z`: commits, `:modes objects status`, paths, each ended by NUL.
fn parse_log(mut reader: impl BufRead, stashes: &HashSet<String>) -> io::Result<Vec<Version>> {
    let mut versions = Vec::new();
    let (mut commit, mut what) = (String::new(), "commit");
    let mut field = Vec::new();
    let mut next = |field: &mut Vec<u8>| -> io::Result<bool> {
        field.clear();
        reader.read_until(0, field)?;
        Ok(field.pop_if(|last| *last == 0).is_some() || !field.is_empty())
    };
    while next(&mut field)? {
        let text = shown(&field);
        let text = text.trim_start_matches('\n');
        if let Some(change) = text.strip_prefix(':') {
            let object = change.split(' ').nth(3).unwrap_or_default().to_string();
            let is_file = change.split(' ').nth(1).is_some_and(|mode| mode.starts_with("10"));
            if !next(&mut field)? {
                break;
            }
            if is_file && object.bytes().any(|byte| byte != b'0') {
                versions.push(Version { object, path: shown(&field), by: abbreviated(&commit), what });
            }
        } else if text.len() >= 40 {
            // With -m a merge is named once for each parent, with words behind its name.
            commit = text.split_whitespace().next().unwrap_or_default().to_string();
            what = if stashes.contains(&commit) { "stash" } else { "commit" };
            let path = format!("commit {}", abbreviated(&commit));
            versions.push(Version { object: commit.clone(), path, by: abbreviated(&commit), what: "commit message" });
        }
    }
    Ok(versions)
}

fn abbreviated(object: &str) -> String {
    object.chars().take(ABBREVIATED).collect()
}

/// One thread reads what git prints, the others search. What is too large to wait in memory is searched by the reader.
fn search(folder: &Path, versions: Vec<Version>, guard: &Guard, progress: &ProgressBar) -> Result<Looked, Trouble> {
    const WHAT: &str = "cat-file --batch";
    let mut command = git::command(folder, &["cat-file", "--batch", "--buffer"]);
    command.stdin(Stdio::piped());
    let mut child = git::start(command, WHAT)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (sender, receiver) = sync_channel::<(Arc<Version>, Vec<u8>)>(QUEUE_OBJECTS);
    let receiver = Mutex::new(receiver);
    let versions: Vec<Arc<Version>> = versions.into_iter().map(Arc::new).collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (looked, result) = std::thread::scope(|scope| {
        scope.spawn(|| stdin.map(|stdin| ask(stdin, &versions)));
        let searchers: Vec<_> =
            (0..threads).map(|_| scope.spawn(|| search_received(&receiver, guard, progress))).collect();
        let mut looked = Looked::default();
        let result = stdout.map_or(Ok(()), |stdout| read_all(stdout, &versions, guard, &sender, &mut looked));
        drop(sender);
        searchers.into_iter().filter_map(|searcher| searcher.join().ok()).for_each(|more| looked.absorb(more));
        (looked, result)
    });
    let _ = child.wait();
    result.map_err(|error| Trouble::GitFailed { what: WHAT.into(), reason: error.to_string() })?;
    Ok(looked)
}

/// Names all objects. Git closes its end when it fails; the reader then sees the end.
fn ask(stdin: impl Write, versions: &[Arc<Version>]) {
    let mut stdin = io::BufWriter::new(stdin);
    let _ = versions.iter().try_for_each(|version| writeln!(stdin, "{}", version.object)).and_then(|()| stdin.flush());
}

fn read_all(
    stdout: impl Read,
    versions: &[Arc<Version>],
    guard: &Guard,
    sender: &SyncSender<(Arc<Version>, Vec<u8>)>,
    looked: &mut Looked,
) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1 << 18, stdout);
    for version in versions {
        let Some(head) = object_head(&mut reader)? else { continue };
        let mut body = reader.by_ref().take(head.size);
        if head.size >= WINDOW_BYTES as u64 {
            let (findings, bytes) =
                scan(guard, &source(version), &version.path, head.size, &mut body, &mut Vec::new())?;
            looked.absorb(Looked { findings, files: 1, bytes, ..Looked::default() });
        } else {
            let mut bytes = Vec::with_capacity(usize::try_from(head.size).unwrap_or(0));
            body.read_to_end(&mut bytes)?;
            // Without any receiver all searchers have ended, which only a panic in one brings about.
            let _ = sender.send((Arc::clone(version), bytes));
        }
        io::copy(&mut body, &mut io::sink())?;
        reader.by_ref().take(1).read_to_end(&mut Vec::new())?;
    }
    Ok(())
}

fn search_received(
    receiver: &Mutex<Receiver<(Arc<Version>, Vec<u8>)>>,
    guard: &Guard,
    progress: &ProgressBar,
) -> Looked {
    let mut looked = Looked::default();
    loop {
        let received = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((version, bytes)) = received else { return looked };
        let source = source(&version);
        looked.findings.extend(guard.file(&source, &version.path, &bytes));
        looked.allowances.read_comments(&source, &version.path, &bytes);
        looked.files += 1;
        looked.bytes += bytes.len() as u64;
        progress.inc(1);
    }
}

fn source(version: &Version) -> Source {
    Source::Git { object: version.by.clone(), what: version.what }
}
