//! Lines to a file.

use std::io::{self, Write};

use sha2::{Digest as _, Sha256};

use super::{End, Line};

/// Writes lines, and keeps count of them.
pub(crate) struct Writer<W: Write> {
    out: W,
    lines: u64,
    hash: Sha256,
}

impl<W: Write> Writer<W> {
    pub(crate) fn new(out: W) -> Self {
        Self { out, lines: 0, hash: Sha256::new() }
    }

    pub(crate) fn line(&mut self, line: &Line) -> io::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        self.lines += 1;
        self.hash.update(&text);
        self.out.write_all(&text)
    }

    /// Writes the last line. Without it the file counts as cut off.
    pub(crate) fn end(mut self) -> io::Result<()> {
        let end = End { lines: self.lines, sha256: hex(self.hash.clone()) };
        self.line(&Line::End(end))?;
        self.out.flush()
    }
}

pub(super) fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
