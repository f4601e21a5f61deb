//! Sizes, counts and amounts.

use std::fmt;

use toml::de::DeValue;

use super::{Refusal, Value, shown, text_of};
use crate::bytes::{Bytes, BytesProblem};
use crate::cpu::Cpu;
use crate::decimal::Decimal;

/// Declares a whole number with its bounds.
macro_rules! whole_number {
    ($(#[doc = $about:literal])+ pub struct $Name:ident($kind:literal, $least:literal..=$most:literal)) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(u32);

        impl $Name {
            /// The number, where it is within bounds.
            pub const fn new(number: u32) -> Option<Self> {
                if number >= $least && number <= $most { Some(Self(number)) } else { None }
            }

            /// The number.
            pub const fn get(self) -> u32 {
                self.0
            }
        }

        impl Value for $Name {
            const KIND: &'static str = $kind;

            fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
                whole::<Self>(given, $least, $most).map(Self)
            }

            fn placeholder() -> Self {
                Self($least)
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
}

whole_number! {
    /// The number of a container or virtual machine in Proxmox.
    pub struct Vmid("a Proxmox number from 100 to 999999999", 100..=999_999_999)
}

whole_number! {
    /// How many processor cores a container may use; Proxmox ends at 8192.
    pub struct Cores("a number of cores", 1..=8192)
}

whole_number! {
    /// The number of a virtual network (IEEE 802.1Q).
    pub struct VlanTag("a VLAN number from 1 to 4094", 1..=4094)
}

whole_number! {
    /// Power.
    pub struct Watts("a number of watts", 1..=10_000)
}

whole_number! {
    /// For how many days something is kept.
    pub struct DaysKept("a number of days", 1..=3650)
}

/// Hours of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hours(pub Decimal);

/// An amount of money, or a rate; which currency is said by the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(pub Decimal);

/// Ten million of anything a month is no home any more, and leaves room for products.
const MONEY_MAX: Decimal = Decimal::whole(10_000_000);

fn whole<T: Value>(given: &DeValue<'_>, least: u32, most: u32) -> Result<u32, Refusal> {
    let Some(integer) = given.as_integer() else {
        let refusal = Refusal::wrong_type::<T>(given);
        return Err(match given.as_str().and_then(|text| text.trim().parse::<u32>().ok()) {
            Some(number) if (least..=most).contains(&number) => {
                refusal.help("write it without quotes").fix(number.to_string())
            }
            _ => refusal,
        });
    };
    let number = i64::from_str_radix(integer.as_str(), integer.radix()).unwrap_or(i64::MAX);
    u32::try_from(number)
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| Refusal::new(format!("is {integer}, outside of {least} to {most}")))
}

fn decimal<T: Value>(given: &DeValue<'_>, most: Decimal) -> Result<Decimal, Refusal> {
    let text = match given {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
        DeValue::Float(number) => number.as_str(),
        given => {
            let refusal = Refusal::wrong_type::<T>(given);
            return Err(match given.as_str().map(|text| text.trim().parse::<Decimal>()) {
                Some(Ok(number)) => refusal.help("write it without quotes").fix(number.to_string()),
                _ => refusal,
            });
        }
    };
    let number: Decimal = text.parse().map_err(|_| {
        Refusal::new(format!("is {}, not a number with at most six digits behind the point", shown(text)))
    })?;
    if number < Decimal::ZERO || number > most {
        return Err(Refusal::new(format!("is {number}, outside of 0 to {most}")));
    }
    Ok(number)
}

impl Value for Hours {
    const KIND: &'static str = "a number of hours";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        decimal::<Self>(given, Decimal::whole(24)).map(Self)
    }

    fn placeholder() -> Self {
        Self(Decimal::ZERO)
    }
}

impl Value for Money {
    const KIND: &'static str = "an amount";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        decimal::<Self>(given, MONEY_MAX).map(Self)
    }

    fn placeholder() -> Self {
        Self(Decimal::ZERO)
    }
}

impl Value for Bytes {
    const KIND: &'static str = "a size";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        if let Some(integer) = given.as_integer() {
            let refusal = Refusal::new(format!("is {integer}, a size without a unit")).help("write the unit too");
            let is_decimal = integer.radix() == 10;
            return Err(if is_decimal { refusal.fix(with_likely_unit(integer.as_str())) } else { refusal });
        }
        let text = text_of::<Self>(given)?;
        text.parse().map_err(|problem: BytesProblem| {
            let refusal = Refusal::new(format!("is `{}`, which {problem}", shown(text)));
            match problem {
                BytesProblem::EitherUnit => {
                    refusal.help("`GiB` are 1024s, `GB` are thousands").fix(format!("\"{text}iB\""))
                }
                BytesProblem::NoUnit => refusal.help("write the unit too").fix(with_likely_unit(text)),
                BytesProblem::NotASize | BytesProblem::NotWhole | BytesProblem::TooLarge => {
                    refusal.help("units are `MiB`, `GiB`, `TiB` (1024s) and `MB`, `GB`, `TB` (thousands)")
                }
            }
        })
    }

    fn placeholder() -> Self {
        Self::ZERO
    }
}

/// Proxmox counts memory in MiB; small numbers are meant as GiB by everybody who writes them.
fn with_likely_unit(number: &str) -> String {
    let unit = if number.trim().len() >= 3 { "MiB" } else { "GiB" };
    format!("\"{}{unit}\"", number.trim())
}

impl Value for Cpu {
    const KIND: &'static str = "processor time";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = match given {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            given => text_of::<Self>(given)?,
        };
        text.parse().map_err(|()| {
            Refusal::new(format!("is `{}`, not processor time such as `250m` or `0.25`", shown(text)))
                .help("`1000m` is one core, for Kubernetes and here")
        })
    }

    fn placeholder() -> Self {
        Self::ZERO
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
