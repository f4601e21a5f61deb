//! SHA-256 of what passes by.

use std::fmt::Write as _;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// A reader that computes the digest of what is read through it.
pub(super) struct Digesting<R> {
    inner: R,
    state: Sha256,
}

impl<R: Read> Digesting<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, state: Sha256::new() }
    }

    /// Reads what is left, and gives the digest as manifests write it.
    pub(super) fn finish(mut self) -> io::Result<String> {
        io::copy(&mut self, &mut io::sink())?;
        Ok(written(self.state))
    }
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.state.update(&buffer[..count]);
        Ok(count)
    }
}

/// The digest that the name of a blob promises: `blobs/sha256/<digits>`.
pub(super) fn promised(name: &str) -> Option<String> {
    let digits = name.strip_prefix("blobs/sha256/")?;
    Some(format!("sha256:{digits}"))
}

fn written(state: Sha256) -> String {
    let mut text = String::from("sha256:");
    for byte in state.finalize() {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
