//! A file to lines, within bounds.

use std::io::{self, BufRead, Read as _};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::check::check;
use super::limits::LINE_BYTES_MAX;
use super::write::hex;
use super::{End, Line, VERSION};

/// Reads lines, and checks what the last one says.
pub(crate) struct Reader<R: BufRead> {
    from: R,
    lines: u64,
    hash: Sha256,
    has_feed: bool,
    has_ended: bool,
}

/// Why a file cannot be taken in, or not further.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ArchiveProblem {
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    #[error("the file is not an archive of yomu: its first line says no version")]
    NoArchive,
    #[error("the file is of version {0}, and this program knows versions up to {VERSION}; use a newer yomu")]
    TooNew(u32),
    #[error("line {number} is not what an archive has: {reason}")]
    Line { number: u64, reason: String },
    #[error("line {0} is longer than any that yomu writes")]
    TooLong(u64),
    #[error("the file ends early, behind line {0}: it was cut off")]
    CutOff(u64),
    #[error("the file was changed, or damaged, after it had been written: line {0}, its last, does not fit the others")]
    Changed(u64),
}

impl<R: BufRead> Reader<R> {
    pub(crate) fn new(from: R) -> Self {
        Self { from, lines: 0, hash: Sha256::new(), has_feed: false, has_ended: false }
    }

    /// The next line; none behind the last, which is checked here and not given out.
    pub(crate) fn next(&mut self) -> Result<Option<Line>, ArchiveProblem> {
        if self.has_ended {
            return Ok(None);
        }
        let mut text = Vec::new();
        (&mut self.from).take(LINE_BYTES_MAX).read_until(b'\n', &mut text)?;
        let number = self.lines + 1;
        if !text.ends_with(b"\n") {
            return Err(match text.len() as u64 {
                LINE_BYTES_MAX => ArchiveProblem::TooLong(number),
                _ if number == 1 => ArchiveProblem::NoArchive,
                _ => ArchiveProblem::CutOff(self.lines),
            });
        }
        let line = parse(&text).map_err(|error| match number {
            1 => ArchiveProblem::NoArchive,
            _ => ArchiveProblem::Line { number, reason: error.to_string() },
        })?;
        match &line {
            Line::YomuArchive(header) if number == 1 && header.version > VERSION => {
                return Err(ArchiveProblem::TooNew(header.version));
            }
            Line::YomuArchive(_) if number == 1 => {}
            _ if number == 1 => return Err(ArchiveProblem::NoArchive),
            Line::End(end) => {
                self.has_ended = true;
                let found = End { lines: self.lines, sha256: hex(self.hash.clone()) };
                return if *end == found { Ok(None) } else { Err(ArchiveProblem::Changed(number)) };
            }
            _ => check(&line, self.has_feed).map_err(|reason| ArchiveProblem::Line { number, reason })?,
        }
        self.lines = number;
        self.has_feed |= matches!(line, Line::Feed(_));
        self.hash.update(&text);
        Ok(Some(line))
    }
}

fn parse(text: &[u8]) -> serde_json::Result<Line> {
    /// How U+0000 is written, which SQLite keeps in a text and PostgreSQL has no place for.
    const NUL: &[u8] = b"\\u0000";

    if text.windows(NUL.len()).any(|window| window == NUL) {
        let mut value = serde_json::from_slice(text)?;
        without_nul(&mut value);
        return serde_json::from_value(value);
    }
    serde_json::from_slice(text)
}

fn without_nul(value: &mut Value) {
    match value {
        Value::String(text) => text.retain(|character| character != '\0'),
        Value::Array(values) => values.iter_mut().for_each(without_nul),
        Value::Object(map) => map.values_mut().for_each(without_nul),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Header, Writer};
    use super::*;

    fn archive() -> String {
        let mut out = Vec::new();
        let mut writer = Writer::new(&mut out);
        let header = Header {
            version: 1,
            program: "0.1.0".to_owned(),
            made_at: 0,
            user: "ann".to_owned(),
            language: None,
            time_zone: None,
            reading: String::new(),
            rules: String::new(),
            searches: Vec::new(),
        };
        writer.line(&Line::YomuArchive(header)).unwrap();
        writer.line(&Line::Folder("News \"東京\"\n".to_owned())).unwrap();
        writer.end().unwrap();
        String::from_utf8(out).unwrap()
    }

    fn read(text: &str) -> Result<usize, String> {
        let mut reader = Reader::new(text.as_bytes());
        let mut lines = 0;
        loop {
            match reader.next() {
                Ok(Some(_)) => lines += 1,
                Ok(None) => return Ok(lines),
                Err(problem) => return Err(problem.to_string()),
            }
        }
    }

    #[test]
    fn a_whole_file_is_read() {
        assert_eq!(read(&archive()), Ok(2));
    }

    #[test]
    fn the_character_that_postgresql_refuses_is_left_out() {
        let line = parse(b"{\"folder\":\"a\\u0000b\\\\u0000c\"}\n").unwrap();
        assert!(matches!(line, Line::Folder(title) if title == "ab\\u0000c"));
    }

    #[test]
    fn a_file_that_is_none_or_not_whole_says_so() {
        let whole = archive();
        let first = whole.lines().next().unwrap();
        for (text, says) in [
            (String::new(), "the file is not an archive"),
            ("{}\n".to_owned(), "the file is not an archive"),
            ("<opml/>\n".to_owned(), "the file is not an archive"),
            (first.replace(":1,", ":7,") + "\n", "the file is of version 7"),
            (format!("{first}\n"), "the file ends early, behind line 1"),
            (whole[..whole.len() - 1].to_owned(), "the file ends early, behind line 2"),
            (format!("{first}\n{{\"future\":1}}\n"), "line 2 is not what an archive has: unknown variant"),
            (format!("{first}\n[1]\n"), "line 2 is not"),
            (format!("{first}\n{first}\n"), "line 2 is not what an archive has: a second beginning"),
            (whole.replace("News", "Olds"), "the file was changed, or damaged, after it had been written: line 3"),
        ] {
            let problem = read(&text).unwrap_err();
            assert!(problem.starts_with(says), "{text}: {problem}");
        }
    }
}
