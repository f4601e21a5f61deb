//! Tokens that are recognised by what they look like.

use super::charset::{ALNUM, Charset};
use super::randomness::looks_made_up;

/// What one kind of token looks like.
pub(crate) struct Shape {
    /// What it is, for a sentence: `a GitHub personal access token`.
    pub(crate) what: &'static str,
    /// What it begins with. Found in the one pass over a file, without regard to case; then compared exactly.
    pub(crate) prefix: &'static str,
    /// What comes after the prefix.
    pub(crate) rest: &'static [Part],
    /// What comes before the prefix, for tokens whose only fixed text is in their middle.
    pub(crate) before: Option<Part>,
    /// How a token proves that its issuer made it.
    pub(crate) checksum: Checksum,
}

/// A part of a token.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    /// From so many to so many bytes of a set.
    Run(&'static Charset, usize, usize),
    /// Exactly this.
    Text(&'static str),
}

/// How a token proves that its issuer made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Checksum {
    /// It does not.
    None,
    /// The last six characters are the CRC-32 of what stands between prefix and them, in base 62: GitHub and npm.
    Crc32Base62,
}

/// A token that was found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it begins.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
}

/// As far as a run is followed: what comes after it of a longer token changes nothing.
pub(crate) const LONG: usize = 1024;

impl Shape {
    /// `prefix` and then `rest`.
    pub(crate) const fn new(what: &'static str, prefix: &'static str, rest: &'static [Part]) -> Self {
        Self { what, prefix, rest, before: None, checksum: Checksum::None }
    }

    /// With a checksum at the end.
    pub(crate) const fn checked(self, checksum: Checksum) -> Self {
        Self { checksum, ..self }
    }

    /// With something before the prefix.
    pub(crate) const fn after(self, before: Part) -> Self {
        Self { before: Some(before), ..self }
    }

    /// The token whose prefix stands at `at`, where one does.
    pub(crate) fn find(&self, text: &[u8], at: usize) -> Option<Token> {
        let body = at + self.prefix.len();
        if text.get(at..body)? != self.prefix.as_bytes() {
            return None;
        }
        let start = self.start(text, at)?;
        if !begins_anew(text, start) {
            return None;
        }
        let end = body + self.rest_length(&text[body..])?;
        let variable = &text[if start < at { start } else { body }..end];
        let proven = self.checksum.holds(&text[body..end]);
        (proven || !looks_made_up(variable)).then_some(Token { start, end })
    }

    fn start(&self, text: &[u8], at: usize) -> Option<usize> {
        match self.before {
            None => Some(at),
            Some(Part::Text(before)) => text[..at].ends_with(before.as_bytes()).then(|| at - before.len()),
            Some(Part::Run(set, min, max)) => {
                let length = set.run_back(&text[..at], max);
                (length >= min).then(|| at - length)
            }
        }
    }

    fn rest_length(&self, text: &[u8]) -> Option<usize> {
        let mut length = 0;
        for part in self.rest {
            let rest = &text[length..];
            length += match part {
                Part::Text(exact) => rest.starts_with(exact.as_bytes()).then_some(exact.len())?,
                Part::Run(set, min, max) => {
                    let run = set.run(rest, *max);
                    (run >= *min).then_some(run)?
                }
            };
        }
        let goes_on = match self.rest.last() {
            Some(Part::Run(set, _, _)) => text.get(length).is_some_and(|byte| set.has(*byte) && ALNUM.has(*byte)),
            _ => false,
        };
        (!goes_on).then_some(length)
    }
}

impl Checksum {
    /// Whether the token's checksum is there and right.
    fn holds(self, body: &[u8]) -> bool {
        match self {
            Self::None => false,
            Self::Crc32Base62 => {
                let Some((random, sum)) = body.split_last_chunk::<6>() else { return false };
                base62(crc32(random)) == *sum
            }
        }
    }
}

/// Whether nothing before `start` makes the token a part of a longer word. `\n` and its kin in a string are no letters.
fn begins_anew(text: &[u8], start: usize) -> bool {
    match text[..start] {
        [] => true,
        [.., b'\\', b'n' | b't' | b'r'] => true,
        // `api.telegram.org/bot123456789:…`
        [.., b'/', b'b', b'o', b't'] => true,
        [.., b'%', first, second] => first.is_ascii_hexdigit() && second.is_ascii_hexdigit(),
        [.., last] => !last.is_ascii_alphanumeric() && last != b'_',
    }
}

/// CRC-32 as zip and Ethernet have it.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}

fn base62(mut number: u32) -> [u8; 6] {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut digits = [b'0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(number % 62) as usize];
        number /= 62;
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::charset::HEX;

    static FOUR: Shape = Shape::new("four", "ab_", &[Part::Run(&HEX, 8, 8)]);

    fn found(text: &str) -> Option<&str> {
        let at = text.find("ab_")?;
        FOUR.find(text.as_bytes(), at).map(|token| &text[token.start..token.end])
    }

    #[test]
    fn a_token_stands_alone_and_has_its_length() {
        assert_eq!(found("x=ab_19c4e07d;"), Some("ab_19c4e07d"));
        assert_eq!(found("\\nab_19c4e07d"), Some("ab_19c4e07d"), "an escaped line end is no letter");
        assert_eq!(found("%3Dab_19c4e07d"), Some("ab_19c4e07d"), "nor is a percent-encoded sign");
        for quiet in ["xab_19c4e07d", "ab_19c4e07", "ab_19c4e07de", "ab_19c4e07g"] {
            assert_eq!(found(quiet), None, "{quiet}");
        }
    }

    #[test]
    fn a_token_of_one_character_was_made_up() {
        assert_eq!(found("ab_00000000"), None);
    }

    #[test]
    fn the_checksum_is_the_published_one() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926, "the check value of CRC-32/ISO-HDLC");
        assert_eq!(&base62(0), b"000000");
        assert_eq!(&base62(u32::MAX), b"4gfFC3");
    }

    #[test]
    fn a_token_with_a_right_checksum_is_real_whatever_it_looks_like() {
        let checked = Shape::new("four", "ab_", &[]).checked(Checksum::Crc32Base62);
        let body = [b"0".repeat(30).as_slice(), &base62(crc32(&b"0".repeat(30)))].concat();
        assert!(checked.checksum.holds(&body));
        assert!(!checked.checksum.holds(b"short"));
    }
}
