//! The tolerant reader: goes through a date from left to right and takes each number and word for what its
//! surroundings say it is.

use super::Parts;
use super::names::{Word, word};

/// Words that are neither month, weekday, zone nor filler; more of them are prose, not a date.
const UNKNOWN_WORDS_MAX: usize = 2;

pub(super) struct Reader {
    chars: Vec<char>,
    at: usize,
    parts: Parts,
    time_seen: bool,
    afternoon: Option<bool>,
    zone: Zone,
    month_at: usize,
    era: i32,
    unknown_words: usize,
}

#[derive(PartialEq, Eq)]
enum Zone {
    Unknown,
    /// By name; a number behind it belongs to it (`GMT+9`), and a number elsewhere wins over it.
    Named,
    Numeric,
}

impl Reader {
    pub(super) fn read(text: &str) -> Option<Parts> {
        let mut reader = Reader {
            chars: text.chars().map(ascii_form).flat_map(char::to_lowercase).collect(),
            at: 0,
            parts: Parts::default(),
            time_seen: false,
            afternoon: None,
            zone: Zone::Unknown,
            month_at: 0,
            era: 0,
            unknown_words: 0,
        };
        while let Some(character) = reader.peek(0) {
            match character {
                '0'..='9' => reader.number()?,
                '+' | '-' | '−' if reader.is_offset() => reader.offset()?,
                c if c.is_alphabetic() => reader.word()?,
                _ => reader.at += 1,
            }
        }
        reader.finish()
    }

    fn finish(mut self) -> Option<Parts> {
        match self.afternoon {
            Some(true) if self.parts.hour < 12 => self.parts.hour += 12,
            Some(false) if self.parts.hour == 12 => self.parts.hour = 0,
            _ => {}
        }
        self.parts.year = self.parts.year.map(|year| if self.era > 0 { self.era + year } else { year });
        (self.unknown_words <= UNKNOWN_WORDS_MAX).then_some(self.parts)
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn digits(&mut self) -> Option<(i32, usize)> {
        let start = self.at;
        let mut value: i32 = 0;
        while let Some(digit) = self.peek(0).and_then(|c| c.to_digit(10)) {
            value = value.checked_mul(10)?.checked_add(digit as i32)?;
            self.at += 1;
        }
        (self.at > start).then_some((value, self.at - start))
    }

    fn digit_follows(&self, ahead: usize) -> bool {
        self.peek(ahead).is_some_and(|c| c.is_ascii_digit())
    }

    fn number(&mut self) -> Option<()> {
        let (value, length) = self.digits()?;
        match self.peek(0) {
            Some(':') if self.digit_follows(1) && !self.time_seen => return self.time(value),
            Some('年' | '년') => self.parts.year = Some(full_year(value, length, self.era > 0)),
            Some('月' | '월') => self.parts.month = Some(value),
            Some('日' | '일' | '号') => self.parts.day = Some(value),
            Some('時' | '时' | '시' | '点') => self.set_hour(value),
            Some('分' | '분') => self.parts.minute = value,
            Some('秒' | '초') => self.parts.second = value,
            // French `10h30`.
            Some('h') if self.digit_follows(1) && length <= 2 && !self.time_seen => {
                self.at += 1;
                self.set_hour(value);
                self.parts.minute = self.digits()?.0;
                return Some(());
            }
            Some('t') if length == 8 => {
                self.compact_date(value);
                self.at += 1;
                return self.compact_time();
            }
            Some(separator @ ('-' | '/' | '.' | '\u{2010}' | '\u{2011}'))
                if self.digit_follows(1) && self.parts.day.is_none() && self.parts.month.is_none() =>
            {
                return self.numeric_date(value, length, separator);
            }
            _ if length == 8 => self.compact_date(value),
            _ => return self.plain_number(value, length),
        }
        Some(())
    }

    /// A number that only its place and size explain: the day comes before the year, unless the year is obvious.
    fn plain_number(&mut self, value: i32, length: usize) -> Option<()> {
        let twelve_hour = self.twelve_hour_follows();
        if twelve_hour && !self.time_seen && length <= 2 {
            self.set_hour(value);
        } else if length >= 4 && self.parts.year.is_none() {
            self.parts.year = Some(value);
        } else if self.parts.day.is_none() && length <= 2 {
            self.parts.day = Some(value);
        } else if self.parts.year.is_none() {
            self.parts.year = Some(full_year(value, length, false));
        }
        Some(())
    }

    /// `3 pm` is an hour.
    fn twelve_hour_follows(&self) -> bool {
        let skip = usize::from(self.peek(0) == Some(' '));
        matches!(self.peek(skip), Some('a' | 'p'))
            && self.peek(skip + 1) == Some('m')
            && !self.peek(skip + 2).is_some_and(char::is_alphabetic)
    }

    fn set_hour(&mut self, hour: i32) {
        self.parts.hour = hour;
        self.time_seen = true;
    }

    fn time(&mut self, hour: i32) -> Option<()> {
        self.set_hour(hour);
        self.at += 1;
        self.parts.minute = self.digits()?.0;
        if self.peek(0) == Some(':') && self.digit_follows(1) {
            self.at += 1;
            self.parts.second = self.digits()?.0;
        }
        self.fraction();
        Some(())
    }

    /// Behind the seconds: `.5` and, in some locales, `,5`.
    fn fraction(&mut self) {
        if !matches!(self.peek(0), Some('.' | ',')) || !self.digit_follows(1) {
            return;
        }
        self.at += 1;
        let mut scale = 100_000_000;
        while let Some(digit) = self.peek(0).and_then(|c| c.to_digit(10)) {
            self.parts.nanosecond += digit as i32 * scale;
            scale /= 10;
            self.at += 1;
        }
    }

    fn compact_date(&mut self, value: i32) {
        self.parts.year = Some(value / 10_000);
        self.parts.month = Some(value / 100 % 100);
        self.parts.day = Some(value % 100);
    }

    fn compact_time(&mut self) -> Option<()> {
        let (value, length) = self.digits()?;
        if self.peek(0) == Some(':') {
            return self.time(value);
        }
        let (hour, minute, second) = match length {
            2 => (value, 0, 0),
            4 => (value / 100, value % 100, 0),
            6 => (value / 10_000, value / 100 % 100, value % 100),
            _ => return None,
        };
        self.set_hour(hour);
        self.parts.minute = minute;
        self.parts.second = second;
        self.fraction();
        Some(())
    }

    fn numeric_date(&mut self, first: i32, first_length: usize, separator: char) -> Option<()> {
        self.at += 1;
        let (second, second_length) = self.digits()?;
        let third = if self.peek(0) == Some(separator) && self.digit_follows(1) {
            self.at += 1;
            Some(self.digits()?)
        } else {
            None
        };
        // `1.2.3.4` is a version or an address.
        if self.peek(0) == Some(separator) && self.digit_follows(1) {
            return None;
        }
        let (year, month, day) = match (first_length, third) {
            (4.., Some((day, _))) => (first, second, Some(day)),
            (4.., None) => (first, second, None),
            (_, None) if second_length == 4 => (second, first, None),
            (_, None) => return None,
            (_, Some((year, length))) => {
                let year = full_year(year, length, false);
                match separator {
                    '/' if first <= 12 => (year, first, Some(second)),
                    _ => (year, second, Some(first)),
                }
            }
        };
        self.parts.year = Some(year);
        self.parts.month = Some(month);
        self.parts.day = day;
        Some(())
    }

    /// A sign is an offset's where a zone may stand: behind the time or a zone's name, or at the end of a date.
    fn is_offset(&self) -> bool {
        self.digit_follows(1)
            && self.zone != Zone::Numeric
            && (self.time_seen || self.zone == Zone::Named || self.parts.day.is_some() && self.parts.year.is_some())
    }

    fn offset(&mut self) -> Option<()> {
        let sign = if self.peek(0) == Some('+') { 1 } else { -1 };
        self.at += 1;
        let (value, length) = self.digits()?;
        let (hours, minutes) = match length {
            1 | 2 if self.peek(0) == Some(':') && self.digit_follows(1) => {
                self.at += 1;
                (value, self.digits()?.0)
            }
            1 | 2 => (value, 0),
            3 | 4 => (value / 100, value % 100),
            _ => return None,
        };
        // A zone 24 hours away is a slip; the date is still good.
        self.parts.offset_s = if hours < 24 && minutes < 60 { sign * (hours * 3_600 + minutes * 60) } else { 0 };
        self.zone = Zone::Numeric;
        Some(())
    }

    fn word(&mut self) -> Option<()> {
        let start = self.at;
        let ideographic = |c: char| ('\u{3040}'..='\u{9fff}').contains(&c) || ('\u{ac00}'..='\u{d7af}').contains(&c);
        let script = self.peek(0).is_some_and(ideographic);
        while self.peek(0).is_some_and(|c| c.is_alphabetic() && ideographic(c) == script) {
            self.at += 1;
        }
        let text: String = self.chars[start..self.at].iter().collect();
        // `Mar., 07 ene 2025`: a first word before a comma is a weekday, whatever it looks like.
        let comma = matches!((self.peek(0), self.peek(1)), (Some(','), _) | (Some('.'), Some(',')));
        if comma && start == 0 {
            return Some(());
        }
        match word(&text) {
            Word::Month(month) => {
                // Of `mar 07 ene`, the word before the number is a weekday.
                if self.parts.month.is_none() || self.month_at == 0 {
                    self.parts.month = Some(month);
                    self.month_at = start;
                }
            }
            Word::Zone(offset_s) => {
                if self.zone == Zone::Unknown && (self.time_seen || self.parts.year.is_some()) {
                    self.parts.offset_s = offset_s;
                    self.zone = Zone::Named;
                }
            }
            Word::Afternoon(afternoon) => self.afternoon = Some(afternoon),
            Word::Era(first) => self.era = first - 1,
            Word::FirstYear => self.parts.year = Some(1),
            Word::Filler => {}
            Word::Unknown => self.unknown_words += 1,
        }
        Some(())
    }
}

/// Full-width digits and signs, as Japanese input methods write them.
fn ascii_form(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        '\u{3000}' | '\u{a0}' | '\u{202f}' => ' ',
        _ => character,
    }
}

fn full_year(value: i32, length: usize, in_era: bool) -> i32 {
    match length {
        _ if in_era => value,
        1 | 2 if value < 50 => 2000 + value,
        1 | 2 => 1900 + value,
        // Years since 1900, which Perl's and C's `localtime` give.
        3 => 1900 + value,
        _ => value,
    }
}
