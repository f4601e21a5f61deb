//! One file through the guard, whatever its size, with bounded memory.

use std::collections::HashSet;
use std::io::{self, Read};

use homelab_guard::{Finding, Guard, Source};

use crate::limits::{OVERLAP_BYTES, SNIFF_BYTES, WINDOW_BYTES};

/// Searches what a reader gives. `buffer` is used again for the next file: most files fit into what the last one needed.
/// Whatever fits into one window is left in the buffer for the caller.
pub(super) fn scan(
    guard: &Guard,
    source: &Source,
    path: &str,
    size_hint: u64,
    reader: &mut dyn Read,
    buffer: &mut Vec<u8>,
) -> io::Result<(Vec<Finding>, u64)> {
    buffer.clear();
    // One byte more than the file has shows its end without another call.
    buffer.reserve(usize::try_from(size_hint).unwrap_or(WINDOW_BYTES).saturating_add(1).min(WINDOW_BYTES));
    fill(reader, buffer)?;
    if buffer.len() < WINDOW_BYTES {
        return Ok((guard.file(source, path, buffer), buffer.len() as u64));
    }
    if is_binary(buffer) {
        // A window of a large binary says as much as all of it, and films and disk images are large. What is left is read
        // by nobody: a stream is the caller's to skip.
        return Ok((guard.file(source, path, buffer), buffer.len() as u64));
    }
    windows(guard, source, path, reader, buffer)
}

/// Reads until the window is full or the file is at its end.
fn fill(reader: &mut dyn Read, buffer: &mut Vec<u8>) -> io::Result<usize> {
    let room = (WINDOW_BYTES - buffer.len()) as u64;
    reader.take(room).read_to_end(buffer)
}

/// Window by window. Each begins with the end of the one before, at the start of a line where there is one.
fn windows(
    guard: &Guard,
    source: &Source,
    path: &str,
    reader: &mut dyn Read,
    buffer: &mut Vec<u8>,
) -> io::Result<(Vec<Finding>, u64)> {
    let (mut findings, mut seen) = (Vec::new(), HashSet::new());
    let (mut first_line, mut bytes) = (1_u32, buffer.len() as u64);
    loop {
        for mut finding in guard.file(source, path, buffer) {
            if finding.location.line > 0 {
                finding.location.line = finding.location.line.saturating_add(first_line - 1);
            }
            let place = (finding.rule.id, finding.location.line, finding.location.column);
            if seen.insert(place) {
                findings.push(finding);
            }
        }
        if buffer.len() < WINDOW_BYTES {
            return Ok((findings, bytes));
        }
        let keep_from = start_of_overlap(buffer);
        first_line = first_line.saturating_add(newlines(&buffer[..keep_from]));
        buffer.drain(..keep_from);
        bytes += fill(reader, buffer)? as u64;
    }
}

fn start_of_overlap(window: &[u8]) -> usize {
    let earliest = window.len() - OVERLAP_BYTES;
    let line = window[earliest..].iter().position(|byte| *byte == b'\n');
    line.map_or(earliest, |at| earliest + at + 1)
}

fn newlines(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX)
}

/// Whether bytes are no text, as git judges it; text in UTF-16 has a mark at its start.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(SNIFF_BYTES)];
    let has_mark = start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]);
    !has_mark && start.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every made-up key lacks its dash until here, so that no scanner stops at this file.
    fn key() -> String {
        "-----BEGIN RSA PRIV‖ATE KEY-----\nMIIEowIBAAKCAQEAxGk3vJ2nq8QmZ5tYw7LrB4cXnP0sDfHaJ6uKeVgT1oIyRbWz\nq9ZfXcVbNmLkJhGfDsApOiUyTrEwQ1234567890abcdefghijklmnopqrstuvwxyzA\n-----END RSA PRIV‖ATE KEY-----\n"
            .replace('‖', "")
    }

    fn places(text: &[u8]) -> Vec<(u32, String)> {
        let (findings, bytes) =
            scan(&Guard::new(), &Source::WorkTree, "a.txt", text.len() as u64, &mut &text[..], &mut Vec::new())
                .unwrap();
        assert_eq!(bytes, text.len() as u64);
        findings.into_iter().map(|finding| (finding.location.line, finding.rule.id.to_string())).collect()
    }

    #[test]
    fn a_secret_far_inside_a_large_file_is_found_on_its_line() {
        let small = places(key().as_bytes());
        let line = "all work and no play\n";
        let before = line.repeat(20 * 1024 * 1024 / line.len());
        let lines = before.lines().count() as u32;
        let large = places(format!("{before}{}", key()).as_bytes());
        assert_eq!(large, small.into_iter().map(|(line, rule)| (line + lines, rule)).collect::<Vec<_>>());
    }

    #[test]
    fn a_secret_in_the_cut_between_two_windows_is_found_once() {
        let count = places(key().as_bytes()).len();
        for back in [10, 100, OVERLAP_BYTES / 2] {
            let before = "x".repeat(79) + "\n";
            let mut text = before.repeat(WINDOW_BYTES / before.len());
            text.truncate(WINDOW_BYTES - back);
            text.push('\n');
            text += &key();
            text += &before.repeat(2000);
            assert_eq!(places(text.as_bytes()).len(), count, "{back} bytes before the cut");
        }
    }

    #[test]
    fn text_in_utf_16_is_text() {
        assert!(is_binary(b"\x7fELF\0\0"));
        assert!(!is_binary(b"\xff\xfea\0b\0"));
        assert!(!is_binary("読む".as_bytes()));
    }
}
