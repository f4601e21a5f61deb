//! Dates as pages spell them.

use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use jiff::tz::{Offset, TimeZone};

/// The instant that a text names: RFC 3339, RFC 2822, `2025/01/06 10:00`, `2025年1月6日`, `January 6, 2025`. A time without a
/// zone is taken to be at `offset`. Relative dates ("yesterday") are none.
pub(crate) fn timestamp(text: &str, offset: Offset) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > 100 {
        return None;
    }
    let parsed = text
        .parse()
        .ok()
        .or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()))
        .or_else(|| at_offset(text, offset));
    parsed.filter(|timestamp| is_believable(*timestamp))
}

/// The web began in 1990; a date far ahead is a mistake.
fn is_believable(timestamp: Timestamp) -> bool {
    (631_152_000..4_102_444_800).contains(&timestamp.as_second())
}

fn at_offset(text: &str, offset: Offset) -> Option<Timestamp> {
    let words = words(text);
    let (civil, used) = civil(&words)?;
    let offset = zone(&words[used..]).unwrap_or(offset);
    TimeZone::fixed(offset).to_timestamp(civil).ok()
}

/// A number with its digits, a word in lower case, or a sign.
#[derive(Clone, Debug, PartialEq)]
enum Word {
    Number(i64, usize),
    Letters(String),
    Sign(char),
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut characters = text.chars().map(half_width).peekable();
    while let Some(first) = characters.next() {
        let mut run = first.to_string();
        let mut take_while = |wanted: fn(&char) -> bool| {
            while let Some(next) = characters.next_if(wanted) {
                run.push(next);
            }
        };
        if first.is_ascii_digit() {
            take_while(char::is_ascii_digit);
            // More digits than a fraction of a second has are no date.
            words.push(Word::Number(run.get(..9).unwrap_or(&run).parse().unwrap_or(-1), run.len()));
        } else if first.is_ascii_alphabetic() {
            take_while(char::is_ascii_alphabetic);
            words.push(Word::Letters(run.to_ascii_lowercase()));
        } else if !first.is_whitespace() {
            words.push(Word::Sign(first));
        }
    }
    words
}

/// Full-width digits and signs, as Japanese keyboards give them.
fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        _ => character,
    }
}

/// The first date in the words, with the time behind it; and how many words that took.
fn civil(words: &[Word]) -> Option<(DateTime, usize)> {
    (0..words.len()).find_map(|from| {
        let ((year, month, day), length) = year_first(&words[from..]).or_else(|| month_by_name(&words[from..]))?;
        let day = date_of(year, month, day)?;
        let mut used = from + length;
        let (hour, minute, second, length) = time(&words[used..]).unwrap_or_default();
        used += length;
        Some((day.at(hour, minute, second, 0), used))
    })
}

fn date_of(year: i64, month: i64, day: i64) -> Option<jiff::civil::Date> {
    let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    jiff::civil::Date::new(year, month, day).ok().filter(|day| (date(1990, 1, 1)..date(2100, 1, 1)).contains(day))
}

/// `2025-01-06`, `2025/1/6`, `2025.1.6`, `2025年1月6日`, `20250106`.
fn year_first(words: &[Word]) -> Option<((i64, i64, i64), usize)> {
    match words {
        [
            Word::Number(year, 4),
            Word::Sign('-' | '/' | '.' | '年'),
            Word::Number(month, 1 | 2),
            Word::Sign('-' | '/' | '.' | '月'),
            Word::Number(day, 1 | 2),
            rest @ ..,
        ] => {
            let sign = usize::from(rest.first() == Some(&Word::Sign('日')));
            Some(((*year, *month, *day), 5 + sign))
        }
        [Word::Number(number, 8), ..] => Some(((number / 10_000, number / 100 % 100, number % 100), 1)),
        _ => None,
    }
}

/// `January 6, 2025`, `6 Jan 2025`, `6th of January 2025`.
fn month_by_name(words: &[Word]) -> Option<((i64, i64, i64), usize)> {
    let plain: Vec<(usize, &Word)> = words
        .iter()
        .enumerate()
        .take(8)
        .filter(|(_, word)| match word {
            Word::Letters(letters) => !matches!(&**letters, "st" | "nd" | "rd" | "th" | "of"),
            Word::Sign(sign) => !matches!(sign, ',' | '.' | '-'),
            Word::Number(..) => true,
        })
        .collect();
    match plain[..] {
        [(0, Word::Letters(name)), (_, Word::Number(day, 1 | 2)), (last, Word::Number(year, 4)), ..]
        | [(0, Word::Number(day, 1 | 2)), (_, Word::Letters(name)), (last, Word::Number(year, 4)), ..] => {
            Some(((*year, month(name)?, *day), last + 1))
        }
        _ => None,
    }
}

fn month(name: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let position = MONTHS
        .iter()
        .position(|month| name.len() >= 3 && (month.starts_with(name) || name == "sept" && *month == "september"))?;
    i64::try_from(position + 1).ok()
}

/// `T10:00:30.5`, `10:00 pm`, `10時00分`, also behind a weekday in parentheses.
fn time(words: &[Word]) -> Option<(i8, i8, i8, usize)> {
    let from = words.iter().take(6).position(|word| matches!(word, Word::Number(..)))?;
    let [Word::Number(hour, 1 | 2), Word::Sign(':' | '時'), Word::Number(minute, 2 | 1), rest @ ..] = &words[from..]
    else {
        return None;
    };
    let mut used = from + 3;
    let mut second = 0;
    match rest {
        [Word::Sign(':' | '分'), Word::Number(seconds, 2), rest @ ..] => {
            second = *seconds;
            used += 2;
            used += match rest {
                [Word::Sign('.'), Word::Number(..), ..] => 2,
                [Word::Sign('秒'), ..] => 1,
                _ => 0,
            };
        }
        [Word::Sign('分'), ..] => used += 1,
        _ => {}
    }
    let mut hour = *hour;
    if let Some(Word::Letters(half)) = words.get(used) {
        match &**half {
            "pm" | "p" if hour < 12 => hour += 12,
            "am" | "a" if hour == 12 => hour = 0,
            _ => {}
        }
    }
    let valid = (0..24).contains(&hour) && (0..60).contains(minute) && (0..60).contains(&second);
    valid.then_some((hour as i8, *minute as i8, second as i8, used))
}

/// `Z`, `JST`, `+0900`, `+09:00` right behind the time.
fn zone(words: &[Word]) -> Option<Offset> {
    let words = match words {
        [Word::Letters(half), rest @ ..] if matches!(&**half, "am" | "pm") => rest,
        words => words,
    };
    match words {
        [Word::Letters(name), ..] => Some(match &**name {
            "z" | "utc" | "gmt" => Offset::UTC,
            "jst" | "kst" => Offset::constant(9),
            "est" => Offset::constant(-5),
            "edt" => Offset::constant(-4),
            "pst" => Offset::constant(-8),
            "pdt" => Offset::constant(-7),
            "cet" => Offset::constant(1),
            "cest" => Offset::constant(2),
            _ => return None,
        }),
        [Word::Sign(sign @ ('+' | '-')), rest @ ..] => {
            let (hours, minutes) = match rest {
                [Word::Number(number, 4), ..] => (number / 100, number % 100),
                [Word::Number(hours, 2), Word::Sign(':'), Word::Number(minutes, 2), ..] => (*hours, *minutes),
                [Word::Number(hours, 2), ..] => (*hours, 0),
                _ => return None,
            };
            let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
            Offset::from_seconds(if *sign == '-' { -seconds } else { seconds }).ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        for (text, expected) in [
            ("2025-01-06T10:00:00+09:00", "2025-01-06T01:00:00Z"),
            ("2025-01-06T10:00:00Z", "2025-01-06T10:00:00Z"),
            ("2019-06-20T10:59:05+0200", "2019-06-20T08:59:05Z"),
            ("2025-01-06T10:00:00.000+09:00", "2025-01-06T01:00:00Z"),
            ("Mon, 06 Jan 2025 10:00:00 +0900", "2025-01-06T01:00:00Z"),
            ("2025/01/06 10:00", "2025-01-06T01:00:00Z"),
            ("2025-01-06", "2025-01-05T15:00:00Z"),
            ("2025.1.6", "2025-01-05T15:00:00Z"),
            ("20250106", "2025-01-05T15:00:00Z"),
            ("2025年1月6日", "2025-01-05T15:00:00Z"),
            ("2025年1月6日(月) 10時30分", "2025-01-06T01:30:00Z"),
            ("２０２５年１月６日　１０：３０", "2025-01-06T01:30:00Z"),
            ("公開日：2025年01月06日 10:30 更新", "2025-01-06T01:30:00Z"),
            ("January 6, 2025", "2025-01-05T15:00:00Z"),
            ("Jan 6, 2025, 1:55pm EST", "2025-01-06T18:55:00Z"),
            ("Posted on 6th of January 2025", "2025-01-05T15:00:00Z"),
            ("6-Jan-2025 10:00 GMT", "2025-01-06T10:00:00Z"),
            ("2025-01-06 10:00:00 JST", "2025-01-06T01:00:00Z"),
        ] {
            let read = timestamp(text, Offset::constant(9)).map(|timestamp| timestamp.to_string());
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn no_dates() {
        for text in [
            "",
            "yesterday",
            "3日前",
            "2025",
            "2025年",
            "13/13/2025",
            "2025-13-01",
            "1802-01-01",
            "9999-01-01",
            "12345678901234567890",
            "03-1234-5678",
        ] {
            assert_eq!(timestamp(text, Offset::UTC), None, "{text}");
        }
    }
}
