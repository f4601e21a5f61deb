//! Sizes: `parse_size` and `format_size` in `PVE/JSONSchema.pm`.

use std::fmt;
use std::str::FromStr;

use crate::limits::SIZE_DIGITS_MAX;

const UNITS: [(char, u32); 4] = [('T', 40), ('G', 30), ('M', 20), ('K', 10)];
const GIB_BITS: u32 = 30;

/// A number of bytes. It prints as Proxmox does: in the largest unit that leaves no fraction, `50G`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Size(u64);

/// A text that is no size.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a size: a number is expected, with K, M, G or T behind it")]
pub struct InvalidSize {
    /// What was given, cut to a readable length.
    pub given: String,
}

impl Size {
    /// A number of bytes.
    pub fn bytes(bytes: u64) -> Self {
        Self(bytes)
    }

    /// A number of mebibytes.
    pub fn mib(mebibytes: u32) -> Self {
        Self(u64::from(mebibytes) << 20)
    }

    /// A number of gibibytes.
    pub fn gib(gibibytes: u32) -> Self {
        Self(u64::from(gibibytes) << GIB_BITS)
    }

    /// The number of bytes.
    pub fn as_bytes(self) -> u64 {
        self.0
    }

    /// A decimal number of gibibytes without a unit, as new volumes are asked for (`local-lvm:50`).
    pub(crate) fn parse_gib(text: &str) -> Option<Self> {
        decimal(text, GIB_BITS).map(Self)
    }

    /// The same number, printed. It is exact: a fraction of a power of two ends.
    pub(crate) fn print_gib(self) -> String {
        let mut text = (self.0 >> GIB_BITS).to_string();
        let below_gib = (1_u64 << GIB_BITS) - 1;
        let mut fraction = self.0 & below_gib;
        if fraction > 0 {
            text.push('.');
        }
        while fraction > 0 {
            fraction *= 10;
            text.push_str(&(fraction >> GIB_BITS).to_string());
            fraction &= below_gib;
        }
        text
    }
}

/// `50G`, `1.5T`, `8192`; fractions of a byte are cut.
impl FromStr for Size {
    type Err = InvalidSize;

    fn from_str(text: &str) -> Result<Self, InvalidSize> {
        let unit = UNITS.iter().find(|(letter, _)| text.ends_with(*letter));
        let (digits, bits) = unit.map_or((text, 0), |(_, bits)| (&text[..text.len() - 1], *bits));
        decimal(digits, bits).map(Self).ok_or_else(|| InvalidSize { given: text.chars().take(40).collect() })
    }
}

impl fmt::Display for Size {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match UNITS.iter().find(|(_, bits)| self.0 > 0 && self.0.trailing_zeros() >= *bits) {
            Some((letter, bits)) => write!(formatter, "{}{letter}", self.0 >> bits),
            None => self.0.fmt(formatter),
        }
    }
}

/// `digits` or `digits.digits`, times two to the power of `bits`, without its fraction. No floating point: `0.1T` is the same
/// number everywhere.
fn decimal(text: &str, bits: u32) -> Option<u64> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return None,
        None => (text, ""),
    };
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(fraction) || text.len() > SIZE_DIGITS_MAX {
        return None;
    }
    let whole = u128::from(whole.parse::<u64>().ok()?).checked_shl(bits)?;
    // Twelve decimal places are finer than a byte in a tebibyte; more would not fit.
    let (mut scaled, mut scale) = (0_u128, 1_u128);
    for digit in fraction.bytes().take(16) {
        scaled = scaled * 10 + u128::from(digit - b'0');
        scale *= 10;
    }
    u64::try_from(whole + (scaled << bits) / scale).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sizes_are_read_and_printed_as_on_the_host() {
        for (text, bytes, printed) in [
            ("50G", 50 << 30, "50G"),
            ("51200M", 50 << 30, "50G"),
            ("1024G", 1 << 40, "1T"),
            ("1.5G", 3 << 29, "1536M"),
            ("8192", 8192, "8K"),
            ("1000", 1000, "1000"),
            ("0", 0, "0"),
            ("0.1K", 102, "102"),
        ] {
            let size: Size = text.parse().unwrap();
            assert_eq!((size.as_bytes(), size.to_string().as_str()), (bytes, printed), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_sizes() {
        for bad in ["", "G", "50g", "50 G", "50GB", "+5G", "-5", "1.", ".5", "1.2.3", "٣", "99999999999T", "1e3"] {
            assert!(bad.parse::<Size>().is_err(), "{bad}");
        }
    }

    #[test]
    fn new_volumes_are_asked_for_in_gibibytes_without_a_unit() {
        assert_eq!(Size::gib(50).print_gib(), "50");
        assert_eq!(Size::mib(512).print_gib(), "0.5");
        assert_eq!(Size::mib(1).print_gib(), "0.0009765625");
        assert_eq!(Size::parse_gib("1.5"), Some(Size::mib(1536)));
        assert_eq!(Size::parse_gib("50G"), None);
    }

    proptest! {
        #[test]
        fn a_printed_size_is_read_back(bytes: u64) {
            let size = Size::bytes(bytes);
            prop_assert_eq!(size.to_string().parse(), Ok(size));
        }

        #[test]
        fn gibibytes_are_read_back(mebibytes: u32) {
            let size = Size::mib(mebibytes);
            prop_assert_eq!(Size::parse_gib(&size.print_gib()), Some(size));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[0-9.KMGT+-]{0,40}") {
            let _ = text.parse::<Size>();
        }
    }
}
