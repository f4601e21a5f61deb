//! Files of a machine.

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) mode: u32,
    pub(crate) bytes: Vec<u8>,
}

impl File {
    pub(crate) fn new(mode: u32, bytes: &[u8]) -> Self {
        Self { mode, bytes: bytes.to_vec() }
    }
}
