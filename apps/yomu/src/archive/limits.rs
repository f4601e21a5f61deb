//! Every bound on an archive, with its reason: the file may have been written by anybody.

/// The longest line: an entry with two bodies of 32 MiB, the most that is stored, with some letters escaped.
pub(super) const LINE_BYTES_MAX: u64 = 96 << 20;

/// Bytes of any text but a body. The longest that is stored is the list of an entry's attached files: 64 with an address of
/// 8 KiB and a title of 2 KiB each.
pub(super) const TEXT_BYTES_MAX: usize = 1 << 20;

/// Attached files with a position: as many as an entry has.
pub(super) const POSITIONS_MAX: usize = 64;
