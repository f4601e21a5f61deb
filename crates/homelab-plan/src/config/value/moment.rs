//! Days, and times of day.

use std::fmt;

use toml::de::DeValue;

use super::{Refusal, Value, quoted, shown, text_of};

/// A day, written as TOML's local date or as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub jiff::civil::Date);

/// A time of day, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClockTime {
    /// From 0 to 23.
    pub hour: u8,
    /// From 0 to 59.
    pub minute: u8,
}

impl Value for Day {
    const KIND: &'static str = "a date";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = match given {
            DeValue::Datetime(moment) if moment.time.is_none() => moment.to_string(),
            given => text_of::<Self>(given)?.to_string(),
        };
        // The date parser also accepts times behind the date, which would be dropped without a word.
        let is_date_alone = text.len() == "2026-01-31".len();
        let date = text.parse().ok().filter(|_| is_date_alone);
        date.map(Self).ok_or_else(|| Refusal::new(format!("is `{}`, not a date such as `2026-01-31`", shown(&text))))
    }

    fn placeholder() -> Self {
        Self(jiff::civil::Date::ZERO)
    }
}

impl Value for ClockTime {
    const KIND: &'static str = "a time of day";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = match given {
            DeValue::Datetime(moment) => match (moment.date, moment.offset, moment.time) {
                (None, None, Some(time)) => return Ok(Self { hour: time.hour, minute: time.minute }),
                _ => moment.to_string(),
            },
            given => text_of::<Self>(given)?.to_string(),
        };
        let parsed = text.split_once(':').and_then(|(hour, minute)| {
            let two_digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            let hour: u8 = hour.parse().ok().filter(|given| *given < 24 && two_digits(hour))?;
            let minute: u8 = minute.parse().ok().filter(|given| *given < 60 && two_digits(minute))?;
            Some(Self { hour, minute })
        });
        parsed.ok_or_else(|| {
            Refusal::new(format!("is `{}`, not a time of day such as `03:30`", shown(&text))).fix(quoted("03:30"))
        })
    }

    fn placeholder() -> Self {
        Self { hour: 0, minute: 0 }
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}", self.hour, self.minute)
    }
}
