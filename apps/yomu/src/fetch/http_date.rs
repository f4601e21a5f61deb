//! Dates in HTTP headers.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::Offset;

/// Wrong names of days are common, and the day says it all anyway.
static IMF_FIXDATE: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// Reads the three forms of RFC 9110, section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`, and the two that died before the
/// web was born but are still asked for.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(timestamp) = IMF_FIXDATE.parse_timestamp(text) {
        return Some(timestamp);
    }
    // The names of days are skipped by hand, since jiff would check them.
    let rfc850 = text.split_once(", ").map(|(_, date)| DateTime::strptime("%d-%b-%y %H:%M:%S GMT", date));
    let asctime = text.split_once(' ').map(|(_, date)| DateTime::strptime("%b %e %H:%M:%S %Y", date));
    let date = rfc850.and_then(Result::ok).or(asctime.and_then(Result::ok))?;
    Offset::UTC.to_timestamp(date).ok()
}

/// How long it is from now to then; nothing when then is past.
pub(super) fn time_until(then: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(then.duration_since(now)).unwrap_or_default()
}

/// The system's clock.
pub(super) fn now() -> Timestamp {
    // A clock before the year -9999 or after 9999 is as good as one at the epoch.
    Timestamp::try_from(SystemTime::now()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_forms_of_the_standard_are_the_same_instant() {
        let expected = Some("1994-11-06T08:49:37Z".parse().unwrap());
        assert_eq!(parse("Sun, 06 Nov 1994 08:49:37 GMT"), expected);
        assert_eq!(parse("Sunday, 06-Nov-94 08:49:37 GMT"), expected);
        assert_eq!(parse("Sun Nov  6 08:49:37 1994"), expected);
    }

    #[test]
    fn a_wrong_day_of_the_week_does_not_matter() {
        assert_eq!(parse("Mon, 06 Nov 1994 08:49:37 GMT"), Some("1994-11-06T08:49:37Z".parse().unwrap()));
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in ["", "0", "-1", "now", "06 Nov", "Sun, 99 Nov 1994 08:49:37 GMT", "日曜日"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn there_is_no_time_until_the_past() {
        let now: Timestamp = "2026-11-23T00:00:00Z".parse().unwrap();
        assert_eq!(time_until("2026-11-23T00:00:30Z".parse().unwrap(), now), Duration::from_secs(30));
        assert_eq!(time_until("2026-11-22T00:00:00Z".parse().unwrap(), now), Duration::ZERO);
    }
}
