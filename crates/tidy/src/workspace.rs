//! The repository as the checks see it: its files, their text, and what cargo says of its members.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use cargo_metadata::{Metadata, MetadataCommand};

/// The members and their own dependencies. Nothing is resolved, so neither the network nor a lock is needed.
pub(crate) static METADATA: LazyLock<Metadata> = LazyLock::new(|| {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .other_options(vec!["--offline".to_string()])
        .exec()
        .expect("cargo metadata describes this workspace")
});

/// Every file a commit could hold, as paths from the root with `/`, sorted.
pub(crate) static FILES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let files = listed_by_git().unwrap_or_else(walked);
    // A file may be deleted and not yet committed.
    files.into_iter().filter(|file| root().join(file).is_file()).collect()
});

/// The folder with the workspace's `Cargo.toml`.
pub(crate) fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("this crate lies two folders below the root")
}

/// The text of a file that must exist.
pub(crate) fn text(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("`{file}` cannot be read: {error}"))
}

/// All files whose path ends like this, with their text.
pub(crate) fn texts_ending(suffix: &str) -> Vec<(&'static str, String)> {
    FILES.iter().filter(|file| file.ends_with(suffix)).map(|file| (file.as_str(), text(file))).collect()
}

/// Passes when nothing was found, and otherwise shows everything at once.
#[track_caller]
pub(crate) fn expect_nothing(findings: &[String]) {
    assert!(findings.is_empty(), "{} found:\n  {}", findings.len(), findings.join("\n  "));
}

/// Tracked files and new ones that are not ignored: a promise should break before the commit, not after it.
fn listed_by_git() -> Option<Vec<String>> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .ok()?;
    let files: Vec<String> =
        String::from_utf8_lossy(&output.stdout).split_terminator('\0').map(str::to_string).collect();
    (output.status.success() && !files.is_empty()).then_some(files)
}

/// For a source archive without git: everything but build output.
fn walked() -> Vec<String> {
    let root = root();
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the workspace can be listed").flatten() {
            let path = entry.path();
            let relative = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && relative != "target" && relative != ".git" => folders.push(path),
                Ok(kind) if kind.is_file() => files.push(relative),
                _ => {}
            }
        }
    }
    files
}

#[test]
fn the_workspace_finds_itself() {
    assert!(FILES.contains("Cargo.toml") && FILES.contains("crates/tidy/src/workspace.rs"));
    assert!(METADATA.packages.iter().any(|package| package.name.as_str() == "tidy"));
}

#[test]
fn walking_finds_what_git_lists() {
    let walked: BTreeSet<String> = walked().into_iter().collect();
    assert!(FILES.iter().all(|file| walked.contains(file)));
    assert!(!walked.iter().any(|file| file.starts_with("target/") || file.starts_with(".git/")));
}
