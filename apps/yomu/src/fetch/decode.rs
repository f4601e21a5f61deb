//! `Content-Encoding`: gzip, deflate, br and zstd, into one buffer with a bound.
//!
//! The HTTP client could decode too, but it does not show how many bytes came over the wire. Then an endless stream
//! of empty compressed blocks looks like silence, and a bomb cannot be told from a large document.

use compression_codecs::core::util::{PartialBuffer, WriteBuffer};
use compression_codecs::zstd::params::DParameter;
use compression_codecs::{BrotliDecoder, DecodeV2, DeflateDecoder, GzipDecoder, ZlibDecoder, ZstdDecoder};
use reqwest::header::{CONTENT_ENCODING, HeaderMap};

use super::limits::{FIRST_ALLOCATION_MAX, USUAL_EXPANSION, ZSTD_WINDOW_LOG_MAX};

/// What we say we can decode.
pub(super) const ACCEPTED: &str = "gzip, br, zstd, deflate";

/// Room made for output at a time: about what one network read of a feed expands to.
const STEP: usize = 32 * 1024;

/// Less than this is not worth a call.
const STEP_MIN: usize = 1024;

/// A `Content-Encoding`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Identity,
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

/// Collects a body while decoding it.
pub(super) struct Decoder {
    encoding: Encoding,
    state: State,
    out: Vec<u8>,
    bytes_max: usize,
}

enum State {
    /// Nothing or one byte has come; two tell what it really is.
    Head(Vec<u8>),
    Plain,
    Running(Box<dyn DecodeV2 + Send>),
    /// The compressed document is complete. More of the same kind may follow.
    Complete(Box<dyn DecodeV2 + Send>),
}

/// Why a body cannot be decoded.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DecodeError {
    TooLarge,
    Damaged,
    CutOff,
}

impl Encoding {
    /// The encoding an answer declares, or the name of one that we do not know.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, String> {
        let mut encoding = Self::Identity;
        for line in headers.get_all(CONTENT_ENCODING) {
            for name in line.to_str().unwrap_or("?").split(',').map(str::trim).filter(|name| !name.is_empty()) {
                let next = Self::named(name).ok_or_else(|| name.to_owned())?;
                if next != Self::Identity && encoding != Self::Identity {
                    // Compressed twice: allowed by the standard, used by nobody but makers of bombs.
                    return Err(format!("{}, {name}", encoding.name()));
                }
                encoding = if next == Self::Identity { encoding } else { next };
            }
        }
        Ok(encoding)
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => Self::Gzip,
            "deflate" => Self::Deflate,
            "br" => Self::Brotli,
            "zstd" => Self::Zstd,
            // Some servers put the charset here, or a word for nothing.
            "identity" | "none" | "utf-8" | "utf8" | "binary" | "8bit" => Self::Identity,
            _ => return None,
        })
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }

    /// The decoder for a body that begins with `head`.
    fn decoder(self, head: &[u8]) -> Option<Box<dyn DecodeV2 + Send>> {
        Some(match self {
            Self::Identity => return None,
            // Sites behind a cache that lost the compression but kept the header.
            Self::Gzip if !head.starts_with(&GZIP_MAGIC) => return None,
            Self::Gzip => Box::new(GzipDecoder::new()),
            // The standard means zlib; old IIS sends it bare.
            Self::Deflate if is_zlib(head) => Box::new(ZlibDecoder::new()),
            Self::Deflate => Box::new(DeflateDecoder::new()),
            Self::Brotli => Box::new(BrotliDecoder::new()),
            Self::Zstd => Box::new(ZstdDecoder::new_with_params(&[DParameter::window_log_max(ZSTD_WINDOW_LOG_MAX)])),
        })
    }

    fn is_flate(self) -> bool {
        matches!(self, Self::Gzip | Self::Deflate)
    }

    /// Whether another member may begin like this after a complete one.
    fn continues_with(self, rest: &[u8]) -> bool {
        match self {
            Self::Gzip => rest.starts_with(&GZIP_MAGIC),
            Self::Zstd => rest.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]),
            _ => false,
        }
    }
}

const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// RFC 1950: method 8, and a checksum over the two bytes.
fn is_zlib(head: &[u8]) -> bool {
    matches!(head, [first, second, ..] if first & 0x0f == 8 && u16::from_be_bytes([*first, *second]).is_multiple_of(31))
}

impl Decoder {
    /// `claim` is how many bytes are said to come, or zero.
    pub(super) fn new(encoding: Encoding, claim: usize, bytes_max: usize) -> Self {
        let (state, growth) = match encoding {
            Encoding::Identity => (State::Plain, 1),
            _ => (State::Head(Vec::new()), USUAL_EXPANSION),
        };
        // Pages of it that are not written to cost nothing, whereas growing means copying.
        let capacity = claim.saturating_mul(growth).min(FIRST_ALLOCATION_MAX).min(bytes_max);
        Self { encoding, state, out: Vec::with_capacity(capacity), bytes_max }
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Bytes decoded so far.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    pub(super) fn push(&mut self, chunk: &[u8]) -> Result<(), DecodeError> {
        match &mut self.state {
            State::Head(head) => {
                head.extend_from_slice(chunk);
                if head.len() < 2 { Ok(()) } else { self.begin() }
            }
            State::Plain => self.copy(chunk),
            State::Running(_) => self.run(chunk),
            State::Complete(_) => self.resume(chunk),
        }
    }

    pub(super) fn finish(mut self) -> Result<Vec<u8>, DecodeError> {
        if matches!(self.state, State::Head(_)) {
            self.begin()?;
        }
        // Bare deflate has no trailer, so its end may have been reached in a `flush`, or may come only now.
        while let State::Running(decoder) = &mut self.state {
            let before = self.out.len();
            self.out.resize(before + STEP_MIN, 0);
            let mut output = WriteBuffer::new_initialized(&mut self.out[before..]);
            let is_complete = decoder.finish(&mut output);
            let written = output.written_len();
            self.out.truncate(before + written);
            if self.out.len() > self.bytes_max {
                return Err(DecodeError::TooLarge);
            }
            match is_complete {
                Ok(true) => break,
                Ok(false) if written > 0 => {}
                _ => return Err(DecodeError::CutOff),
            }
        }
        Ok(self.out)
    }

    /// Chooses the decoder by the first bytes.
    fn begin(&mut self) -> Result<(), DecodeError> {
        let State::Head(head) = std::mem::replace(&mut self.state, State::Plain) else { return Ok(()) };
        match self.encoding.decoder(&head) {
            Some(decoder) if !head.is_empty() => {
                self.state = State::Running(decoder);
                self.run(&head)
            }
            _ => self.copy(&head),
        }
    }

    /// Room for the next piece of output: what is allocated already, unless that is next to nothing.
    fn step(&self) -> usize {
        match self.out.capacity() - self.out.len() {
            room @ STEP_MIN.. => room.min(STEP),
            _ => STEP,
        }
    }

    fn copy(&mut self, chunk: &[u8]) -> Result<(), DecodeError> {
        if self.out.len() + chunk.len() > self.bytes_max {
            return Err(DecodeError::TooLarge);
        }
        self.out.extend_from_slice(chunk);
        Ok(())
    }

    /// After a complete document there is another one, or rubbish that browsers ignore as well.
    fn resume(&mut self, rest: &[u8]) -> Result<(), DecodeError> {
        if !self.encoding.continues_with(rest) {
            return Ok(());
        }
        if let State::Complete(mut decoder) = std::mem::replace(&mut self.state, State::Plain) {
            decoder.reinit().map_err(|_| DecodeError::Damaged)?;
            self.state = State::Running(decoder);
        }
        self.run(rest)
    }

    fn run(&mut self, chunk: &[u8]) -> Result<(), DecodeError> {
        let mut input = PartialBuffer::new(chunk);
        loop {
            let before = self.out.len();
            self.out.resize(before + self.step(), 0);
            let State::Running(decoder) = &mut self.state else { return Ok(()) };
            let mut output = WriteBuffer::new_initialized(&mut self.out[before..]);
            // Without input flate2 takes a lack of progress for damage, so only `flush` may be called; the others are
            // the other way round, and would not notice their end in `flush`.
            let complete = if input.unwritten().is_empty() && self.encoding.is_flate() {
                decoder.flush(&mut output).map(|_| false)
            } else {
                decoder.decode(&mut input, &mut output)
            };
            let (written, is_full) = (output.written_len(), output.has_no_spare_space());
            self.out.truncate(before + written);
            if self.out.len() > self.bytes_max {
                return Err(DecodeError::TooLarge);
            }
            if complete.map_err(|_| DecodeError::Damaged)? {
                break;
            }
            if input.unwritten().is_empty() && !is_full {
                return Ok(());
            }
        }
        if let State::Running(decoder) = std::mem::replace(&mut self.state, State::Plain) {
            self.state = State::Complete(decoder);
        }
        self.resume(input.unwritten())
    }
}
