//! The entries of a tar archive, one after the other, with bounds on everything that is kept in memory.
//!
//! The `tar` crate reads the fields of a header. Its own iterator is not used, since it takes long names and extended headers
//! into memory whatever size they claim; an archive of a few kilobytes could so ask for gigabytes.

use std::io::{self, Read};

use tar::{EntryType, Header};

use super::trouble::ArchiveTrouble;
use crate::limits::{TAR_EXTENSION_BYTES_MAX, TAR_NAME_BYTES_MAX};

const BLOCK: usize = 512;

/// A tar archive being read.
pub(super) struct TarEntries<R> {
    reader: R,
    /// What is left of the current entry, and the zeros behind it.
    content_left: u64,
    padding: u64,
}

/// One entry, without the headers that only give it a longer name.
#[derive(Debug)]
pub(super) struct TarEntry {
    /// As the archive has it; bytes that are no UTF-8 stand as U+FFFD.
    pub(super) name: String,
    pub(super) kind: TarKind,
    /// How many bytes are stored.
    pub(super) size: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TarKind {
    File,
    HardLink,
    SymbolicLink,
    Other,
}

/// What extended headers say of the entry behind them.
#[derive(Default)]
struct Extension {
    name: Option<String>,
    size: Option<u64>,
}

impl<R: Read> TarEntries<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, content_left: 0, padding: 0 }
    }

    /// The next entry; what is left of the one before is skipped.
    pub(super) fn next_entry(&mut self) -> Result<Option<TarEntry>, ArchiveTrouble> {
        let mut extension = Extension::default();
        loop {
            self.skip_content()?;
            let Some(header) = self.header()? else { return Ok(None) };
            let size = header.entry_size().map_err(|_| ArchiveTrouble::Broken("the size of an entry is no number"))?;
            match header.entry_type() {
                EntryType::GNULongName => extension.name = Some(self.long_text(size)?),
                // Where a link leads is no matter here.
                EntryType::GNULongLink => drop(self.long_text(size)?),
                EntryType::XHeader => {
                    let records = self.extension_bytes(size, TAR_EXTENSION_BYTES_MAX)?;
                    extension.take_records(&records);
                }
                EntryType::XGlobalHeader => self.set_content(size),
                kind => {
                    if kind == EntryType::GNUSparse {
                        self.skip_sparse_map(&header)?;
                    }
                    let size = extension.size.unwrap_or(size);
                    self.set_content(size);
                    return Ok(Some(TarEntry {
                        name: extension.name.unwrap_or_else(|| text(&header.path_bytes())),
                        kind: kind_of(kind),
                        size,
                    }));
                }
            }
        }
    }

    /// The content of the current entry.
    pub(super) fn content(&mut self) -> Content<'_, R> {
        Content { entries: self }
    }

    fn header(&mut self) -> Result<Option<Header>, ArchiveTrouble> {
        let mut header = Header::new_old();
        let block = header.as_mut_bytes();
        let count = read_full(&mut self.reader, block)?;
        // Archives end with a block of zeros; some only end.
        if count == 0 || (count == BLOCK && block.iter().all(|byte| *byte == 0)) {
            return Ok(None);
        }
        if count < BLOCK {
            return Err(ArchiveTrouble::Truncated);
        }
        let sum: u32 = block
            .iter()
            .enumerate()
            .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) })
            .sum();
        if header.cksum().ok() != Some(sum) {
            return Err(ArchiveTrouble::Broken("it is no tar archive, or one of its headers has been changed"));
        }
        Ok(Some(header))
    }

    /// A name of its own entry, which ends with a zero.
    fn long_text(&mut self, size: u64) -> Result<String, ArchiveTrouble> {
        let bytes = self.extension_bytes(size, TAR_NAME_BYTES_MAX)?;
        let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        Ok(text(&bytes[..end]))
    }

    fn extension_bytes(&mut self, size: u64, limit: u64) -> Result<Vec<u8>, ArchiveTrouble> {
        if size > limit {
            return Err(ArchiveTrouble::TooMuch { limit, unit: "bytes in the name of one file" });
        }
        self.set_content(size);
        let mut bytes = Vec::new();
        self.content().read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Where the holes of a sparse file are: blocks behind the header. What is stored is read as it stands, without its holes.
    fn skip_sparse_map(&mut self, header: &Header) -> Result<(), ArchiveTrouble> {
        let mut is_extended = header.as_gnu().is_some_and(tar::GnuHeader::is_extended);
        while is_extended {
            let mut map = tar::GnuExtSparseHeader::new();
            let count = read_full(&mut self.reader, map.as_mut_bytes())?;
            if count < BLOCK {
                return Err(ArchiveTrouble::Truncated);
            }
            is_extended = map.is_extended();
        }
        Ok(())
    }

    fn set_content(&mut self, size: u64) {
        self.content_left = size;
        self.padding = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
    }

    fn skip_content(&mut self) -> Result<(), ArchiveTrouble> {
        let left = std::mem::take(&mut self.content_left).saturating_add(std::mem::take(&mut self.padding));
        let skipped = io::copy(&mut (&mut self.reader).take(left), &mut io::sink())?;
        if skipped == left { Ok(()) } else { Err(ArchiveTrouble::Truncated) }
    }

    /// The reader, to go on behind the archive.
    pub(super) fn into_inner(self) -> R {
        self.reader
    }
}

/// The content of an entry, and nothing behind it.
pub(super) struct Content<'a, R> {
    entries: &'a mut TarEntries<R>,
}

impl<R: Read> Read for Content<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.entries.content_left).unwrap_or(usize::MAX).min(buffer.len());
        if room == 0 {
            return Ok(0);
        }
        let count = self.entries.reader.read(&mut buffer[..room])?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.entries.content_left -= count as u64;
        Ok(count)
    }
}

impl Extension {
    /// The records of a pax header: `length key=value` and a line end each. Those that make no sense are left out.
    fn take_records(&mut self, records: &[u8]) {
        let mut rest = records;
        while let Some(space) = rest.iter().position(|byte| *byte == b' ') {
            let length = std::str::from_utf8(&rest[..space]).ok().and_then(|digits| digits.parse::<usize>().ok());
            let Some(record) = length.filter(|length| *length > space).and_then(|length| rest.get(space + 1..length))
            else {
                return;
            };
            rest = &rest[space + 1 + record.len()..];
            let record = record.strip_suffix(b"\n").unwrap_or(record);
            let Some(equals) = record.iter().position(|byte| *byte == b'=') else { continue };
            let (key, value) = (&record[..equals], &record[equals + 1..]);
            match key {
                b"path" | b"GNU.sparse.name" => self.name = Some(text(value)),
                b"size" => self.size = std::str::from_utf8(value).ok().and_then(|digits| digits.parse().ok()),
                _ => {}
            }
        }
    }
}

fn kind_of(kind: EntryType) -> TarKind {
    match kind {
        EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => TarKind::File,
        EntryType::Link => TarKind::HardLink,
        EntryType::Symlink => TarKind::SymbolicLink,
        _ => TarKind::Other,
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Reads until the buffer is full or the reader at its end.
fn read_full(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
