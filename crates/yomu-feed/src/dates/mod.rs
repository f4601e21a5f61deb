//! A table of date spellings, read by one tolerant reader.
//!
//! | spelling | example | who writes it |
//! |---|---|---|
//! | RFC 822, 2822 | `Mon, 06 Jan 2025 10:00:00 +0900` | RSS |
//! | without weekday, seconds or zone | `6 Jan 2025 10:00` | hand-made feeds |
//! | long names, ordinals | `Monday, January 6th, 2025 10:00 am` | CMS templates |
//! | two- or three-digit year | `06 Jan 25`, `06 Jan 105` | RFC 822 itself; old Perl |
//! | named zones | `... 10:00:00 JST`, `GMT+9`, `UTC+09:00`, `(PST)` | blogs |
//! | RFC 3339, W3CDTF | `2025-01-06T10:00:00.5Z`, `2025-01-06`, `2025-01`, `2025` | Atom, Dublin Core |
//! | ISO 8601, basic or sloppy | `20250106T100000Z`, `2025-01-06 10:00:00,5 +0900`, `2025-1-6` | databases |
//! | numeric | `2025/01/06 10:00`, `2025.01.06`, `06.01.2025`, `1/6/2025 10:00:00 AM`, `06-Jan-2025` | Asia, Germany, ASP.NET, Oracle |
//! | seconds or milliseconds since 1970 | `1736157600`, `1736157600000` | JSON makers |
//! | Japanese, Chinese, Korean | `2025年1月6日(月) 10時00分`, `令和7年1月6日 午後3時`, `2025년 1월 6일` | local CMS |
//! | asctime, `date` | `Mon Jan  6 10:00:00 2025`, `Mon Jan 6 10:00:00 JST 2025` | C programs |
//! | other languages' months | `06 Januar 2025`, `6 janvier 2025`, `6 de enero de 2025`, `6 января 2025` | localized templates |
//!
//! Choices where a spelling can mean two things: a weekday is never checked; a date without time is midnight UTC; a
//! time without zone is UTC; `24:00` is the next midnight; second 60 counts as 59; `1/6/2025` is January (only
//! American software writes it so), `13/1/2025` and `1.6.2025` put the day first; a two-digit year below 50 is after
//! 2000, as RFC 2822 has it; unknown zone names count as UTC.

mod names;
mod reader;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::limits::DATE_BYTES_MAX;
use reader::Reader;

/// Years a publication may claim. Zero values of programming languages (`0001-01-01`, `0000-00-00`) lie outside.
const YEARS: std::ops::RangeInclusive<i16> = 1000..=2999;

/// Reads a date in any spelling of the table; nothing if it is none, or cannot be.
pub fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > DATE_BYTES_MAX {
        return None;
    }
    rfc3339(text).or_else(|| rfc2822(text)).or_else(|| digits_only(text)).or_else(|| resolve(&Reader::read(text)?))
}

/// What a spelling says, before it is checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Parts {
    year: Option<i32>,
    month: Option<i32>,
    day: Option<i32>,
    hour: i32,
    minute: i32,
    second: i32,
    nanosecond: i32,
    offset_s: i32,
}

/// The exact form, which most feeds use, without any search.
fn rfc3339(text: &str) -> Option<Timestamp> {
    let shaped = text.len() >= 20 && text.as_bytes()[10] == b'T' && text.is_ascii();
    if !shaped {
        return None;
    }
    let time: Timestamp = text.parse().ok()?;
    YEARS.contains(&Offset::UTC.to_datetime(time).year()).then_some(time)
}

/// The exact form of RSS, likewise. Only a numeric zone or GMT: of the named ones the table knows more.
fn rfc2822(text: &str) -> Option<Timestamp> {
    const PARSER: jiff::fmt::rfc2822::DateTimeParser = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    let shaped = text.len() >= 28 && text.as_bytes()[3] == b',' && text.as_bytes()[16] == b' ';
    if !shaped || !(text.ends_with("GMT") || matches!(text.as_bytes()[26], b'+' | b'-')) {
        return None;
    }
    let time = PARSER.parse_timestamp(text).ok()?;
    YEARS.contains(&Offset::UTC.to_datetime(time).year()).then_some(time)
}

/// `20250106`, `20250106100000`, and seconds or milliseconds since 1970, told apart by their length.
fn digits_only(text: &str) -> Option<Timestamp> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') || text.len() - whole.len() > 10 {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    match whole.len() {
        9 | 10 => Timestamp::from_second(number).ok(),
        12 | 13 => Timestamp::from_millisecond(number).ok(),
        16 => Timestamp::from_microsecond(number).ok(),
        8 | 14 => {
            let part = |from: usize, to: usize| whole.get(from..to).map_or(Some(0), |digits| digits.parse().ok());
            resolve(&Parts {
                year: part(0, 4),
                month: part(4, 6),
                day: part(6, 8),
                hour: part(8, 10)?,
                minute: part(10, 12)?,
                second: part(12, 14)?,
                ..Parts::default()
            })
        }
        _ => None,
    }
}

fn resolve(parts: &Parts) -> Option<Timestamp> {
    let year = i16::try_from(parts.year?).ok().filter(|year| YEARS.contains(year))?;
    // `2025` and `2025-01` are dates of W3CDTF; a day without a month is none.
    let month = parts.month.or(parts.day.is_none().then_some(1))?;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(parts.day.unwrap_or(1)).ok()?).ok()?;
    let (date, hour) = match (parts.hour, parts.minute, parts.second) {
        (24, 0, 0) => (date.tomorrow().ok()?, 0),
        (hour, _, _) => (date, i8::try_from(hour).ok()?),
    };
    let second = if parts.second == 60 { 59 } else { parts.second };
    let time =
        jiff::civil::Time::new(hour, i8::try_from(parts.minute).ok()?, i8::try_from(second).ok()?, parts.nanosecond);
    Offset::from_seconds(parts.offset_s).ok()?.to_timestamp(date.to_datetime(time.ok()?)).ok()
}

#[cfg(test)]
mod tests;
