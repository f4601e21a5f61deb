//! Times as the databases keep them: whole milliseconds since 1970 in UTC, the same on both engines.

use jiff::Timestamp;

/// Cuts a time to the millisecond that is stored.
pub(crate) fn to_millis(time: Timestamp) -> i64 {
    time.as_millisecond()
}

/// Reads a stored time. A value outside jiff's range (year 9999) can only come from elsewhere and is held at the border.
pub(crate) fn from_millis(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(if millis < 0 { Timestamp::MIN } else { Timestamp::MAX })
}
