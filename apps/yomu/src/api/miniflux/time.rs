//! Times in JSON: RFC 3339, and the year 1 for "never", as Go has it.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// A moment, or never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time(pub(super) Option<Timestamp>);

impl From<Timestamp> for Time {
    fn from(time: Timestamp) -> Self {
        Self(Some(time))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Some(time) => serializer.collect_str(&time),
            None => serializer.serialize_str("0001-01-01T00:00:00Z"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_is_the_year_one() {
        let time = Time::from(Timestamp::from_millisecond(1_767_225_600_123).unwrap());
        assert_eq!(serde_json::to_string(&time).unwrap(), "\"2026-01-01T00:00:00.123Z\"");
        assert_eq!(serde_json::to_string(&Time(None)).unwrap(), "\"0001-01-01T00:00:00Z\"");
    }
}
