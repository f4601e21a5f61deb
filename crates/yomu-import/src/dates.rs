//! Moments as other programs write them

use jiff::Timestamp;

/// A number of seconds, milliseconds or microseconds since 1970, or a date of ISO 8601 with an offset. Nothing and 0 are
/// no moment.
pub(crate) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(number) = text.parse::<i64>() {
        return of_number(number);
    }
    text.parse().ok().or_else(|| Timestamp::strptime("%Y-%m-%dT%H:%M:%S%z", text).ok())
}

/// A number since 1970: whatever its unit, it is a moment between 1990 and 2100.
pub(crate) fn of_number(number: i64) -> Option<Timestamp> {
    match number {
        ..=0 => None,
        1..100_000_000_000 => Timestamp::from_second(number).ok(),
        100_000_000_000..100_000_000_000_000 => Timestamp::from_millisecond(number).ok(),
        _ => Timestamp::from_microsecond(number).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_in_every_unit_and_with_every_offset() {
        let expected: Timestamp = "2016-09-08T09:55:58Z".parse().unwrap();
        for text in [
            "1473328558",
            "1473328558000",
            "1473328558000000",
            "2016-09-08T09:55:58Z",
            "2016-09-08T11:55:58+0200",
            " 2016-09-08T11:55:58+02:00 ",
            "2016-09-08T09:55:58.000Z",
        ] {
            assert_eq!(moment(text), Some(expected), "{text}");
        }
        for text in ["", "0", "-5", "yesterday", "99999999999999999999"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
