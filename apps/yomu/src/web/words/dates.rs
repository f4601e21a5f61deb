//! Times as people write them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const WEEKDAYS_JA: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];

/// For `<time datetime>`: whole minutes in UTC.
pub(in crate::web) fn datetime(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%MZ").to_string()
}

/// How a moment lies to now, in the steps in which people speak of it.
enum Distance {
    Now,
    Minutes(i64),
    Hours(i64),
    Yesterday,
    ThisYear(DateTime),
    OtherYear(DateTime),
}

fn distance(time: Timestamp, now: Timestamp, zone: &TimeZone) -> Distance {
    let (there, here) = (zone.to_datetime(time), zone.to_datetime(now));
    let minutes = (now.as_second() - time.as_second()) / 60;
    match minutes {
        // The clocks of publishers are a little ahead now and then.
        -5..=0 => Distance::Now,
        1..=59 => Distance::Minutes(minutes),
        60..=1439 if there.date() == here.date() || minutes < 12 * 60 => Distance::Hours(minutes / 60),
        _ if here.date().yesterday().is_ok_and(|day| day == there.date()) => Distance::Yesterday,
        _ if there.year() == here.year() => Distance::ThisYear(there),
        _ => Distance::OtherYear(there),
    }
}

pub(super) fn ago_en(time: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    match distance(time, now, zone) {
        Distance::Now => "now".to_owned(),
        Distance::Minutes(minutes) => format!("{minutes} min"),
        Distance::Hours(hours) => format!("{hours} h"),
        Distance::Yesterday => "yesterday".to_owned(),
        Distance::ThisYear(there) => format!("{} {}", month(there), there.day()),
        Distance::OtherYear(there) => format!("{} {}, {}", month(there), there.day(), there.year()),
    }
}

pub(super) fn ago_ja(time: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    match distance(time, now, zone) {
        Distance::Now => "たった今".to_owned(),
        Distance::Minutes(minutes) => format!("{minutes}分前"),
        Distance::Hours(hours) => format!("{hours}時間前"),
        Distance::Yesterday => "昨日".to_owned(),
        Distance::ThisYear(there) => format!("{}月{}日", there.month(), there.day()),
        Distance::OtherYear(there) => format!("{}年{}月{}日", there.year(), there.month(), there.day()),
    }
}

pub(super) fn moment_en(time: Timestamp, zone: &TimeZone) -> String {
    let there = zone.to_datetime(time);
    let weekday = weekday(&WEEKDAYS_EN, there);
    format!("{weekday}, {} {}, {}, {:02}:{:02}", month(there), there.day(), there.year(), there.hour(), there.minute())
}

pub(super) fn moment_ja(time: Timestamp, zone: &TimeZone) -> String {
    let there = zone.to_datetime(time);
    let weekday = weekday(&WEEKDAYS_JA, there);
    format!("{}年{}月{}日({weekday}) {}:{:02}", there.year(), there.month(), there.day(), there.hour(), there.minute())
}

fn month(there: DateTime) -> &'static str {
    usize::try_from(there.month() - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

fn weekday(names: &[&'static str; 7], there: DateTime) -> &'static str {
    let index = usize::try_from(there.weekday().to_monday_zero_offset()).unwrap_or_default();
    names.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn lists_speak_of_times_as_people_do() {
        let zone = TimeZone::fixed(jiff::tz::offset(9));
        let now = at("2026-11-23T10:00:00+09:00");
        for (time, english, japanese) in [
            ("2026-11-23T10:03:00+09:00", "now", "たった今"),
            ("2026-11-23T09:15:00+09:00", "45 min", "45分前"),
            ("2026-11-23T01:00:00+09:00", "9 h", "9時間前"),
            ("2026-11-22T23:30:00+09:00", "10 h", "10時間前"),
            ("2026-11-22T08:00:00+09:00", "yesterday", "昨日"),
            ("2026-11-21T23:59:00+09:00", "Nov 21", "11月21日"),
            ("2026-01-01T00:00:00+09:00", "Jan 1", "1月1日"),
            ("2025-12-31T23:59:00+09:00", "Dec 31, 2025", "2025年12月31日"),
            ("2026-12-24T00:00:00+09:00", "Dec 24", "12月24日"),
        ] {
            let time = at(time);
            assert_eq!((ago_en(time, now, &zone), ago_ja(time, now, &zone)), (english.to_owned(), japanese.to_owned()));
        }
    }

    #[test]
    fn an_article_says_its_time_to_the_minute_in_the_readers_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(9));
        let time = at("2026-03-05T15:04:59Z");
        assert_eq!(moment_en(time, &zone), "Friday, Mar 6, 2026, 00:04");
        assert_eq!(moment_ja(time, &zone), "2026年3月6日(金) 0:04");
        assert_eq!(datetime(time), "2026-03-05T15:04Z");
    }

    #[test]
    fn the_ends_of_time_are_written_too() {
        for time in [Timestamp::MIN, Timestamp::MAX] {
            assert!(!ago_en(time, at("2026-01-01T00:00:00Z"), &TimeZone::UTC).is_empty());
            assert!(!moment_ja(time, &TimeZone::UTC).is_empty());
        }
    }
}
