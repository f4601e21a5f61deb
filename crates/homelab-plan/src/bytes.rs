//! A number of bytes, as people write it: `6GiB`, `6GB`, `6144MiB`, `384Mi`.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul};
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A number of bytes. `GB` are thousands and `GiB` are 1024s, always: 6 GB are 5,722 MiB and a bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(u64);

/// Why a text is no size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BytesProblem {
    /// No number, or an unknown unit.
    NotASize,
    /// A number without a unit.
    NoUnit,
    /// `K`, `M`, `G` or `T` alone: Proxmox means 1024s by it, Kubernetes thousands.
    EitherUnit,
    /// Not a whole number of bytes.
    NotWhole,
    /// Beyond 16 EiB.
    TooLarge,
}

/// Units with the number of bytes in one. Kubernetes writes `Mi`, everybody else `MiB`.
const UNITS: &[(&str, u64)] = &[
    ("B", 1),
    ("kB", 1000),
    ("KB", 1000),
    ("MB", 1000 * 1000),
    ("GB", 1000 * 1000 * 1000),
    ("TB", 1000 * 1000 * 1000 * 1000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
    ("Ki", 1 << 10),
    ("Mi", 1 << 20),
    ("Gi", 1 << 30),
    ("Ti", 1 << 40),
];

impl Bytes {
    /// None.
    pub const ZERO: Self = Self(0);

    /// So many bytes.
    pub const fn new(bytes: u64) -> Self {
        Self(bytes)
    }

    /// So many mebibytes; more than fit are as many as fit.
    pub const fn mib(mebibytes: u64) -> Self {
        Self(mebibytes.saturating_mul(1 << 20))
    }

    /// So many gibibytes; more than fit are as many as fit.
    pub const fn gib(gibibytes: u64) -> Self {
        Self(gibibytes.saturating_mul(1 << 30))
    }

    /// The number of bytes.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The number of mebibytes, where it is a whole one.
    pub const fn whole_mib(self) -> Option<u64> {
        if self.0.is_multiple_of(1 << 20) { Some(self.0 >> 20) } else { None }
    }

    /// The number of gibibytes, where it is a whole one.
    pub const fn whole_gib(self) -> Option<u64> {
        if self.0.is_multiple_of(1 << 30) { Some(self.0 >> 30) } else { None }
    }

    /// The mebibytes in it, and the rest dropped.
    pub const fn full_mib(self) -> u64 {
        self.0 >> 20
    }

    /// What is left after taking `other` away, at least nothing.
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// What is left after taking `other` away, if there is that much.
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(rest) => Some(Self(rest)),
            None => None,
        }
    }

    /// How many times `each` fits in it; for an `each` of nothing there is no answer.
    pub const fn count_of(self, each: Self) -> Option<u64> {
        self.0.checked_div(each.0)
    }

    /// As Kubernetes writes it in manifests: `384Mi`, `6Gi`.
    pub fn to_kubernetes(self) -> String {
        match self.in_largest_unit() {
            (number, unit) if unit.ends_with("iB") => format!("{number}{}", &unit[..2]),
            _ => self.0.to_string(),
        }
    }

    /// For reading: `6 GiB`, `3.4 GiB`, `384 MiB`; tenths, rounded to the nearest.
    pub fn to_words(self) -> String {
        let (unit, name) = match self.0 {
            bytes if bytes < 1 << 10 => return format!("{bytes} B"),
            bytes if bytes < 1 << 20 => (1_u128 << 10, "KiB"),
            bytes if bytes < 1 << 30 => (1 << 20, "MiB"),
            bytes if bytes < 1 << 40 => (1 << 30, "GiB"),
            _ => (1 << 40, "TiB"),
        };
        let tenths = (u128::from(self.0) * 10 + unit / 2) / unit;
        match tenths % 10 {
            0 => format!("{} {name}", tenths / 10),
            tenth => format!("{}.{tenth} {name}", tenths / 10),
        }
    }

    fn in_largest_unit(self) -> (u64, &'static str) {
        let divides = |unit: u64| self.0 != 0 && self.0.is_multiple_of(unit);
        let unit = match self.0 {
            _ if divides(1 << 40) => (1 << 40, "TiB"),
            _ if divides(1 << 30) => (1 << 30, "GiB"),
            _ if divides(1 << 20) => (1 << 20, "MiB"),
            _ if divides(1000 * 1000 * 1000) => (1000 * 1000 * 1000, "GB"),
            _ if divides(1000 * 1000) => (1000 * 1000, "MB"),
            _ if divides(1 << 10) => (1 << 10, "KiB"),
            _ => (1, "B"),
        };
        (self.0 / unit.0, unit.1)
    }
}

impl FromStr for Bytes {
    type Err = BytesProblem;

    fn from_str(text: &str) -> Result<Self, BytesProblem> {
        let text = text.trim();
        let digits = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let (number, unit) = (&text[..digits], text[digits..].trim_start());
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let is_number = !whole.is_empty() && !fraction.contains('.') && !number.ends_with('.');
        if !is_number || fraction.len() > FRACTION_DIGITS_MAX {
            return Err(BytesProblem::NotASize);
        }
        let unit = match unit {
            "" => return Err(BytesProblem::NoUnit),
            "k" | "K" | "M" | "G" | "T" => return Err(BytesProblem::EitherUnit),
            unit => UNITS.iter().find(|(name, _)| *name == unit).ok_or(BytesProblem::NotASize)?.1,
        };
        // Digits without the point are the number times a power of ten, which is divided out exactly or not at all.
        let scale = 10_u128.pow(fraction.len() as u32);
        let digits: u128 = format!("{whole}{fraction}").parse().map_err(|_| BytesProblem::TooLarge)?;
        let scaled = digits.checked_mul(u128::from(unit)).ok_or(BytesProblem::TooLarge)?;
        if !scaled.is_multiple_of(scale) {
            return Err(BytesProblem::NotWhole);
        }
        u64::try_from(scaled / scale).map(Self).map_err(|_| BytesProblem::TooLarge)
    }
}

/// More digits behind the point never name a whole number of bytes: a TiB has 40 factors of two.
const FRACTION_DIGITS_MAX: usize = 12;

impl fmt::Display for Bytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = self.in_largest_unit();
        write!(formatter, "{number}{unit}")
    }
}

impl fmt::Display for BytesProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotASize => "is not a size such as `6GiB` or `384MiB`",
            Self::NoUnit => "has no unit",
            Self::EitherUnit => "has a unit that Proxmox and Kubernetes understand differently",
            Self::NotWhole => "is not a whole number of bytes",
            Self::TooLarge => "is more than 16 EiB",
        })
    }
}

impl std::error::Error for BytesProblem {}

impl Add for Bytes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Mul<u64> for Bytes {
    type Output = Self;

    fn mul(self, times: u64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl Sum for Bytes {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

/// In JSON a size is its number of bytes.
impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_exact_in_both_systems_of_units() {
        for (text, bytes) in [
            ("6GiB", 6 << 30),
            ("6144MiB", 6 << 30),
            ("6144 MiB", 6 << 30),
            ("6GB", 6_000_000_000),
            ("384Mi", 384 << 20),
            ("1.5GiB", 3 << 29),
            ("0.25 MB", 250_000),
            ("0B", 0),
        ] {
            assert_eq!(text.parse(), Ok(Bytes::new(bytes)), "{text}");
        }
    }

    #[test]
    fn what_is_no_size_says_why() {
        for (text, problem) in [
            ("", BytesProblem::NotASize),
            ("GiB", BytesProblem::NotASize),
            ("six GiB", BytesProblem::NotASize),
            ("-1GiB", BytesProblem::NotASize),
            ("1.GiB", BytesProblem::NotASize),
            ("1.2.3GiB", BytesProblem::NotASize),
            (".5GiB", BytesProblem::NotASize),
            ("6gib", BytesProblem::NotASize),
            ("6144", BytesProblem::NoUnit),
            ("6G", BytesProblem::EitherUnit),
            ("0.1GiB", BytesProblem::NotWhole),
            ("16777216TiB", BytesProblem::TooLarge),
            ("999999999999999999999999999999999999999999GiB", BytesProblem::TooLarge),
        ] {
            assert_eq!(text.parse::<Bytes>(), Err(problem), "{text}");
        }
    }

    #[test]
    fn a_size_is_written_so_that_it_reads_back_as_itself() {
        for (bytes, text) in [
            (Bytes::gib(6), "6GiB"),
            (Bytes::mib(1536), "1536MiB"),
            (Bytes::new(6_000_000_000), "6GB"),
            (Bytes::new(7), "7B"),
        ] {
            assert_eq!(bytes.to_string(), text);
            assert_eq!(text.parse(), Ok(bytes));
        }
        assert_eq!(Bytes::ZERO.to_string(), "0B");
    }

    #[test]
    fn kubernetes_and_people_get_their_own_spelling() {
        assert_eq!(Bytes::mib(384).to_kubernetes(), "384Mi");
        assert_eq!(Bytes::gib(6).to_kubernetes(), "6Gi");
        assert_eq!(Bytes::new(256_000_000).to_kubernetes(), "256000000");
        assert_eq!(Bytes::mib(3500).to_words(), "3.4 GiB");
        assert_eq!(Bytes::gib(6).to_words(), "6 GiB");
        assert_eq!(Bytes::new(u64::MAX).to_words(), "16777216 TiB");
    }

    #[test]
    fn only_whole_mebibytes_count_as_such() {
        assert_eq!(Bytes::gib(6).whole_mib(), Some(6144));
        assert_eq!(Bytes::new(6_000_000_000).whole_mib(), None);
        assert_eq!(Bytes::gib(6).count_of(Bytes::mib(256)), Some(24));
        assert_eq!(Bytes::gib(6).count_of(Bytes::ZERO), None);
    }
}
