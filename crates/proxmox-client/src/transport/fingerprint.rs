//! What a certificate is recognised by.

use std::fmt;
use std::str::FromStr;

use rustls::pki_types::CertificateDer;
use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};

/// The SHA-256 of a certificate, as the host's web interface shows it: `A1:B2:…`, 32 pairs.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

/// A text that is no fingerprint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a SHA-256 fingerprint: 32 pairs of hexadecimal digits are expected, with or without colons")]
pub struct InvalidFingerprint {
    /// What was given, cut to a readable length.
    pub given: String,
}

impl Fingerprint {
    /// The fingerprint of a certificate.
    pub fn of(certificate: &CertificateDer<'_>) -> Self {
        Self(Sha256::digest(certificate).into())
    }
}

impl FromStr for Fingerprint {
    type Err = InvalidFingerprint;

    fn from_str(text: &str) -> Result<Self, InvalidFingerprint> {
        read(text.trim()).map(Self).ok_or_else(|| InvalidFingerprint { given: text.chars().take(120).collect() })
    }
}

/// `AA:BB:…` or `AABB…`, in either case, and nothing between.
fn read(text: &str) -> Option<[u8; 32]> {
    let digits: Vec<u32> = match text.len() {
        64 => text.chars().map(|digit| digit.to_digit(16)).collect::<Option<_>>()?,
        95 => {
            let pairs: Vec<&str> = text.split(':').collect();
            if pairs.len() != 32 || pairs.iter().any(|pair| pair.len() != 2) {
                return None;
            }
            pairs.iter().flat_map(|pair| pair.chars()).map(|digit| digit.to_digit(16)).collect::<Option<_>>()?
        }
        _ => return None,
    };
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::try_from(pair[0] * 16 + pair[1]).ok()?;
    }
    Some(bytes)
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, byte) in self.0.iter().enumerate() {
            let colon = if place == 0 { "" } else { ":" };
            write!(formatter, "{colon}{byte:02X}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_are_one_fingerprint() {
        let spelled: Fingerprint = Fingerprint::of(&CertificateDer::from(b"abc".to_vec()));
        let plain = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(plain.parse(), Ok(spelled));
        assert_eq!(spelled.to_string().parse(), Ok(spelled));
        assert!(spelled.to_string().starts_with("BA:78:16:BF:"));
        assert_eq!(spelled.to_string().len(), 95);
    }

    #[test]
    fn shorter_longer_and_other_texts_are_refused() {
        let whole = "BA:".repeat(31) + "BA";
        assert!(whole.parse::<Fingerprint>().is_ok());
        for bad in ["", "BA:78", &whole.replace("BA", "GA"), &whole[3..], &(whole.clone() + ":BA"), &"é".repeat(32)] {
            assert!(bad.parse::<Fingerprint>().is_err(), "{bad}");
        }
        assert!(whole.replacen("BA:", "B:A", 1).parse::<Fingerprint>().is_err());
    }
}
