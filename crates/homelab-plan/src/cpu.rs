//! Processor time, as Kubernetes counts it: thousandths of a core.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul};
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::decimal::Decimal;

/// A share of processors: 1000 is one core.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cpu(u64);

impl Cpu {
    /// None.
    pub const ZERO: Self = Self(0);

    /// So many thousandths of a core.
    pub const fn milli(thousandths: u64) -> Self {
        Self(thousandths)
    }

    /// So many whole cores.
    pub const fn cores(cores: u64) -> Self {
        Self(cores.saturating_mul(1000))
    }

    /// The thousandths of a core.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// What is left after taking `other` away, at least nothing.
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// How many times `each` fits in it; for an `each` of nothing there is no answer.
    pub const fn count_of(self, each: Self) -> Option<u64> {
        self.0.checked_div(each.0)
    }
}

impl FromStr for Cpu {
    type Err = ();

    /// `250m`, `0.25` or `2`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let milli = match text.strip_suffix('m') {
            Some(thousandths) if !thousandths.starts_with(['+', '-']) => thousandths.parse().map_err(|_| ())?,
            Some(_) => return Err(()),
            None => {
                let cores: Decimal = text.parse().map_err(|_| ())?;
                let milli = cores.millionths() / 1000;
                let is_exact = cores.millionths() % 1000 == 0;
                u64::try_from(milli).ok().filter(|_| is_exact).ok_or(())?
            }
        };
        if milli > CPU_MAX.0 { Err(()) } else { Ok(Self(milli)) }
    }
}

/// Proxmox ends at 8192 cores for one container.
const CPU_MAX: Cpu = Cpu::cores(8192);

/// As Kubernetes writes it: `250m`, `2`.
impl fmt::Display for Cpu {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            milli if milli.is_multiple_of(1000) => write!(formatter, "{}", milli / 1000),
            milli => write!(formatter, "{milli}m"),
        }
    }
}

impl Add for Cpu {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Mul<u64> for Cpu {
    type Output = Self;

    fn mul(self, times: u64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl Sum for Cpu {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

/// In JSON processor time is its thousandths of a core.
impl Serialize for Cpu {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_as_kubernetes_reads_it() {
        for (text, milli) in [("250m", 250), ("0.25", 250), ("2", 2000), ("1.5", 1500), ("0", 0)] {
            assert_eq!(text.parse(), Ok(Cpu::milli(milli)), "{text}");
        }
        for text in ["", "m", "-1", "+5m", "0.0001", "half", "9000", "1e3"] {
            assert_eq!(text.parse::<Cpu>(), Err(()), "{text}");
        }
    }

    #[test]
    fn processor_time_is_written_as_kubernetes_writes_it() {
        assert_eq!(Cpu::milli(250).to_string(), "250m");
        assert_eq!(Cpu::cores(2).to_string(), "2");
    }
}
