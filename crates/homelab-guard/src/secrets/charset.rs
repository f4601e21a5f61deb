//! Sets of bytes, each as a table.

/// Which bytes belong to a set.
pub(crate) struct Charset([bool; 256]);

impl Charset {
    const fn of(bytes: &[u8]) -> Self {
        let mut table = [false; 256];
        let mut index = 0;
        while index < bytes.len() {
            table[bytes[index] as usize] = true;
            index += 1;
        }
        Self(table)
    }

    const fn and(mut self, bytes: &[u8]) -> Self {
        let mut index = 0;
        while index < bytes.len() {
            self.0[bytes[index] as usize] = true;
            index += 1;
        }
        self
    }

    /// Whether `byte` belongs to the set.
    #[inline]
    pub(crate) const fn has(&self, byte: u8) -> bool {
        self.0[byte as usize]
    }

    /// How many bytes at the beginning of `text` belong to the set, at most `max`.
    pub(crate) fn run(&self, text: &[u8], max: usize) -> usize {
        text.iter().take(max).take_while(|byte| self.has(**byte)).count()
    }

    /// How many bytes at the end of `text` belong to the set, at most `max`.
    pub(crate) fn run_back(&self, text: &[u8], max: usize) -> usize {
        text.iter().rev().take(max).take_while(|byte| self.has(**byte)).count()
    }

    /// Whether all of `text` belongs to the set.
    pub(crate) fn holds_all(&self, text: &[u8]) -> bool {
        text.iter().all(|byte| self.has(*byte))
    }
}

const DIGIT: &[u8] = b"0123456789";
const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// 0-9
pub(crate) static DIGITS: Charset = Charset::of(DIGIT);
/// Hexadecimal in small letters.
pub(crate) static HEX: Charset = Charset::of(DIGIT).and(b"abcdef");
/// Hexadecimal in any letters.
pub(crate) static ANY_HEX: Charset = Charset::of(DIGIT).and(b"abcdefABCDEF");
/// Hexadecimal in capitals, as fingerprints of PGP are written.
pub(crate) static CAPITAL_HEX: Charset = Charset::of(DIGIT).and(b"ABCDEF");
/// Hexadecimal with the hyphens of a UUID.
pub(crate) static UUID: Charset = Charset::of(DIGIT).and(b"abcdefABCDEF-");
/// Capitals and digits.
pub(crate) static CAPITALS: Charset = Charset::of(UPPER).and(DIGIT);
/// Small letters and digits.
pub(crate) static SMALL: Charset = Charset::of(LOWER).and(DIGIT);
/// Letters and digits.
pub(crate) static ALNUM: Charset = Charset::of(LOWER).and(UPPER).and(DIGIT);
/// Letters, digits and the underscore.
pub(crate) static WORD: Charset = Charset::of(LOWER).and(UPPER).and(DIGIT).and(b"_");
/// base64 for addresses.
pub(crate) static BASE64URL: Charset = Charset::of(LOWER).and(UPPER).and(DIGIT).and(b"_-");
/// base64 with its padding.
pub(crate) static BASE64: Charset = Charset::of(LOWER).and(UPPER).and(DIGIT).and(b"+/=");
/// Either base64, with what stands between parts: the bodies of long tokens.
pub(crate) static TOKEN: Charset = Charset::of(LOWER).and(UPPER).and(DIGIT).and(b"_-+/=.,~");
/// What names of variables, options and keys are made of.
pub(crate) static NAME: Charset = Charset::of(LOWER).and(UPPER).and(DIGIT).and(b"_-.");
