//! How long an answer stays good, and how long to wait, by its headers.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{AGE, CACHE_CONTROL, DATE, EXPIRES, HeaderMap, HeaderName, RETRY_AFTER};

use super::http_date::{parse, time_until};
use super::limits::{FRESHNESS_MAX, RETRY_AFTER_MAX};

/// What the server said about asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Freshness {
    /// The answer stays good for so long (`Cache-Control: max-age` less `Age`, else `Expires`). Zero means that it may
    /// change at any time, nothing that the server did not say.
    pub fresh_for: Option<Duration>,
    /// `Retry-After` on a good answer, which a few servers use to say how often they want to be asked.
    pub retry_after: Option<Duration>,
}

impl Freshness {
    pub(super) fn of(headers: &HeaderMap, now: Timestamp) -> Self {
        Self { fresh_for: fresh_for(headers, now), retry_after: retry_after(headers, now) }
    }
}

/// `Retry-After` in either of its forms.
pub(super) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = text(headers, &RETRY_AFTER)?;
    let time = seconds(text).or_else(|| parse(text).map(|then| time_until(then, now)))?;
    Some(time.min(RETRY_AFTER_MAX))
}

fn fresh_for(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let time = match cache_control(headers) {
        Some(max_age) => {
            let age = text(headers, &AGE).and_then(seconds).unwrap_or_default();
            max_age.saturating_sub(age)
        }
        None => {
            let expires = text(headers, &EXPIRES)?;
            // The server's own clock counts. `Expires: 0` and `-1` are no dates and mean "at once" (RFC 9111, 5.3).
            let sent = text(headers, &DATE).and_then(parse).unwrap_or(now);
            parse(expires).map(|then| time_until(then, sent)).unwrap_or_default()
        }
    };
    Some(time.min(FRESHNESS_MAX))
}

/// `max-age`, or zero when copies are not wanted at all.
fn cache_control(headers: &HeaderMap) -> Option<Duration> {
    let mut max_age = None;
    for line in headers.get_all(CACHE_CONTROL) {
        for directive in line.to_str().unwrap_or_default().split(',') {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            match name.trim() {
                name if name.eq_ignore_ascii_case("no-store") || name.eq_ignore_ascii_case("no-cache") => {
                    return Some(Duration::ZERO);
                }
                name if name.eq_ignore_ascii_case("max-age") => max_age = seconds(value.trim().trim_matches('"')),
                _ => {}
            }
        }
    }
    max_age
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Whole seconds. More than fit in 64 bits are a very long time, as RFC 9111, section 1.2.2 wants it.
fn seconds(text: &str) -> Option<Duration> {
    let text = text.trim();
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn freshness(lines: &[(&'static str, &'static str)]) -> Freshness {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::from_static(name), value.parse().unwrap());
        }
        Freshness::of(&headers, "2026-11-23T12:00:00Z".parse().unwrap())
    }

    fn fresh_for(lines: &[(&'static str, &'static str)]) -> Option<u64> {
        freshness(lines).fresh_for.map(|time| time.as_secs())
    }

    fn retry_after(value: &'static str) -> Option<u64> {
        freshness(&[("retry-after", value)]).retry_after.map(|time| time.as_secs())
    }

    #[test]
    fn a_server_that_says_nothing_leaves_it_open() {
        assert_eq!(freshness(&[]), Freshness::default());
        assert_eq!(fresh_for(&[("cache-control", "public, must-revalidate")]), None);
    }

    #[test]
    fn max_age_counts_from_when_the_copy_was_made() {
        assert_eq!(fresh_for(&[("cache-control", "public, max-age=600")]), Some(600));
        assert_eq!(fresh_for(&[("cache-control", "Max-Age=\"600\""), ("age", "100")]), Some(500));
        assert_eq!(fresh_for(&[("cache-control", "max-age=600"), ("age", "900")]), Some(0));
    }

    #[test]
    fn max_age_wins_over_expires() {
        let lines = [("cache-control", "max-age=60"), ("expires", "Mon, 23 Nov 2026 13:00:00 GMT")];
        assert_eq!(fresh_for(&lines), Some(60));
    }

    #[test]
    fn no_cache_wins_over_max_age() {
        assert_eq!(fresh_for(&[("cache-control", "max-age=600"), ("cache-control", "no-cache")]), Some(0));
        assert_eq!(fresh_for(&[("cache-control", "no-store")]), Some(0));
    }

    #[test]
    fn expires_is_measured_on_the_clock_of_the_server() {
        let expires = ("expires", "Mon, 23 Nov 2026 13:00:00 GMT");
        assert_eq!(fresh_for(&[expires]), Some(3_600));
        assert_eq!(fresh_for(&[expires, ("date", "Mon, 23 Nov 2026 12:59:00 GMT")]), Some(60));
        assert_eq!(fresh_for(&[("expires", "0")]), Some(0));
    }

    #[test]
    fn retry_after_comes_in_seconds_or_as_a_date() {
        assert_eq!(retry_after("120"), Some(120));
        assert_eq!(retry_after("Mon, 23 Nov 2026 12:05:00 GMT"), Some(300));
        assert_eq!(retry_after("Mon, 23 Nov 2026 11:00:00 GMT"), Some(0));
        assert_eq!(retry_after("soon"), None);
        assert_eq!(retry_after("-5"), None);
    }

    #[test]
    fn very_long_times_are_cut() {
        assert_eq!(retry_after("99999999999999999999999"), Some(7 * 24 * 3_600));
        assert_eq!(fresh_for(&[("cache-control", "max-age=99999999999999999999999")]), Some(365 * 24 * 3_600));
    }
}
