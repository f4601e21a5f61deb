//! Exact decimal numbers for money, rates and hours.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A number with six digits behind the point, kept exactly: 11.64 + 75 + 30 is 116.64, not 116.63999.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i64);

/// Millionths in one.
const ONE: i64 = 1_000_000;

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A whole number; more than fit are as many as fit.
    pub const fn whole(number: i64) -> Self {
        Self(number.saturating_mul(ONE))
    }

    /// So many millionths.
    pub const fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    /// The number of millionths.
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// The product, rounded half away from zero at the sixth digit; more than fits is as much as fits.
    pub fn times(self, other: Self) -> Self {
        Self::rounded(i128::from(self.0) * i128::from(other.0), i128::from(ONE))
    }

    /// The quotient, rounded half away from zero at the sixth digit; nothing divided by nothing is nothing.
    pub fn divided_by(self, other: Self) -> Self {
        if other.0 == 0 {
            return Self::ZERO;
        }
        Self::rounded(i128::from(self.0) * i128::from(ONE), i128::from(other.0))
    }

    /// The nearest whole number, half away from zero.
    pub fn round(self) -> i64 {
        Self::rounded(i128::from(self.0), i128::from(ONE)).0
    }

    /// With as many digits behind the point as money of this kind has.
    pub fn with_digits(self, digits: u32) -> String {
        let step = 10_i128.pow(6_u32.saturating_sub(digits));
        let units = Self::rounded(i128::from(self.0), step).0;
        let scale = 10_i64.pow(digits.min(6));
        let sign = if units < 0 { "-" } else { "" };
        let (whole, rest) = ((units / scale).unsigned_abs(), (units % scale).unsigned_abs());
        match digits {
            0 => format!("{sign}{whole}"),
            digits => format!("{sign}{whole}.{rest:0width$}", width = digits.min(6) as usize),
        }
    }

    fn rounded(numerator: i128, denominator: i128) -> Self {
        let (numerator, denominator) =
            if denominator < 0 { (-numerator, -denominator) } else { (numerator, denominator) };
        let half = if numerator < 0 { -(denominator / 2) } else { denominator / 2 };
        Self(((numerator + half) / denominator).clamp(i64::MIN.into(), i64::MAX.into()) as i64)
    }
}

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADecimal;

impl FromStr for Decimal {
    type Err = NotADecimal;

    /// Digits with at most one point and at most six digits behind it; no exponent.
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let fraction = match fraction.trim_end_matches('0') {
            "" if !fraction.is_empty() => "0",
            fraction => fraction,
        };
        let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) || fraction.len() > 6 {
            return Err(NotADecimal);
        }
        let whole: i64 = whole.parse().map_err(|_| NotADecimal)?;
        let fraction: i64 = format!("{fraction:0<6}").parse().map_err(|_| NotADecimal)?;
        let millionths = whole.checked_mul(ONE).and_then(|whole| whole.checked_add(fraction)).ok_or(NotADecimal)?;
        Ok(Self(if negative { -millionths } else { millionths }))
    }
}

/// With the digits it has, and no more.
impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.with_digits(6);
        formatter.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Add for Decimal {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Decimal {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Decimal {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

/// In JSON an amount is a text, since a number there would be a binary fraction for most readers.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn sums_of_cents_are_exact() {
        let sum: Decimal = ["11.64", "75", "30"].map(decimal).into_iter().sum();
        assert_eq!(sum.to_string(), "116.64");
        assert_eq!(sum.times(decimal("150")).round(), 17_496);
    }

    #[test]
    fn numbers_are_read_without_exponents_and_written_without_empty_digits() {
        for (text, written) in
            [("31", "31"), ("31.0", "31"), ("0.0572", "0.0572"), ("-1.50", "-1.5"), ("0.1000000", "0.1")]
        {
            assert_eq!(decimal(text).to_string(), written);
        }
        for text in ["", ".", "1.", ".5", "1e3", "inf", "nan", "1.2345678", "99999999999999", "0x1F", "1_000", "１"] {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal), "{text}");
        }
    }

    #[test]
    fn rounding_is_half_away_from_zero() {
        assert_eq!(decimal("2.5").round(), 3);
        assert_eq!(decimal("-2.5").round(), -3);
        assert_eq!(decimal("2.4").round(), 2);
        assert_eq!(decimal("1").divided_by(decimal("3")).to_string(), "0.333333");
        assert_eq!(decimal("1").divided_by(decimal("-3")).to_string(), "-0.333333");
        assert_eq!(decimal("2").divided_by(decimal("3")).to_string(), "0.666667");
        assert_eq!(decimal("1").divided_by(Decimal::ZERO), Decimal::ZERO);
        assert_eq!(decimal("59.404").with_digits(2), "59.40");
        assert_eq!(decimal("-0.5").with_digits(0), "-1");
        assert_eq!(decimal("-0.05").with_digits(2), "-0.05");
    }
}
