//! Files stay small enough to be read in one sitting, and the repository small enough to be cloned on a train.

use crate::workspace::{FILES, expect_nothing, root, texts_ending};

/// The longest a source file may be. A typical one has 40 to 200 lines; at 600 it is a list, or it is two files.
const LINES_MAX: usize = 600;

/// The files that may be longer, each with its reason.
const LONG_FILES: &[(&str, &str)] = &[];

/// The largest a file in git may be: everything in here is written by hand, and a screenshot is 300 KiB.
const BYTES_MAX: u64 = 1024 * 1024;

fn too_long(file: &str, text: &str, exceptions: &[(&str, &str)]) -> Option<String> {
    let lines = text.lines().count();
    let excused = exceptions.iter().any(|(name, _)| *name == file);
    match (lines > LINES_MAX, excused) {
        (true, false) => Some(format!("`{file}` has {lines} lines; the limit is {LINES_MAX}")),
        (false, true) => Some(format!("`{file}` has {lines} lines and needs no exception any more")),
        _ => None,
    }
}

fn too_large(file: &str, bytes: u64) -> Option<String> {
    (bytes > BYTES_MAX).then(|| format!("`{file}` has {bytes} bytes; the limit is {BYTES_MAX}"))
}

#[test]
fn source_files_can_be_read_in_one_sitting() {
    let mut findings: Vec<String> =
        texts_ending(".rs").iter().filter_map(|(file, text)| too_long(file, text, LONG_FILES)).collect();
    let gone = LONG_FILES.iter().filter(|(file, _)| !FILES.contains(*file));
    findings.extend(gone.map(|(file, _)| format!("`{file}` is excused from the limit and does not exist")));
    expect_nothing(&findings);
}

#[test]
fn no_file_is_larger_than_a_mebibyte() {
    let size = |file: &str| root().join(file).metadata().map_or(0, |metadata| metadata.len());
    expect_nothing(&FILES.iter().filter_map(|file| too_large(file, size(file))).collect::<Vec<_>>());
}

#[test]
fn a_long_file_is_found_unless_it_is_excused() {
    let (long, short) = ("\n".repeat(LINES_MAX + 1), "\n".repeat(LINES_MAX));
    assert!(too_long("a.rs", &long, &[]).is_some());
    assert!(too_long("a.rs", &long, &[("a.rs", "a table")]).is_none());
    assert!(too_long("a.rs", &short, &[]).is_none());
    assert!(too_long("a.rs", &short, &[("a.rs", "a table")]).is_some(), "an exception nobody needs is found");
}

#[test]
fn a_large_file_is_found() {
    assert!(too_large("a.png", BYTES_MAX + 1).is_some());
    assert!(too_large("a.png", BYTES_MAX).is_none());
}
