//! Which language a reader gets: the one chosen on a page (`?lang=ja`), else the one remembered in a cookie, else the one in
//! the reader's settings, else what the browser asks for, else English.

use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use super::words::{EN, JA, Words};

/// The cookie that remembers the choice.
pub(super) const COOKIE: &str = "yomu_lang";

/// The words for a request, and whether they were chosen just now and are to be remembered.
pub(super) fn choose(parts: &Parts, preferred: Option<&str>) -> (&'static Words, bool) {
    if let Some(words) = chosen(parts.uri.query().unwrap_or_default()) {
        return (words, true);
    }
    let remembered = cookie(&parts.headers, COOKIE).and_then(words_of);
    let preferred = || preferred.and_then(words_of);
    (remembered.or_else(preferred).or_else(|| accepted(&parts.headers)).unwrap_or(&EN), false)
}

/// The value of a cookie.
pub(super) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

fn chosen(query: &str) -> Option<&'static Words> {
    query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(words_of)
}

/// The words of a language tag such as `ja` or `en-GB`.
fn words_of(tag: &str) -> Option<&'static Words> {
    let language = tag.split('-').next().unwrap_or_default();
    [&EN, &JA].into_iter().find(|words| words.code.eq_ignore_ascii_case(language))
}

/// The first language of ours in the order of the browser's preference (RFC 9110, section 12.5.4).
fn accepted(headers: &HeaderMap) -> Option<&'static Words> {
    let line = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let wishes = line.split(',').filter_map(|item| {
        let (tag, rest) = item.split_once(';').unwrap_or((item, ""));
        let quality = rest.trim().strip_prefix("q=").map_or(Some(1.0), |quality| quality.parse::<f32>().ok())?;
        Some((words_of(tag.trim())?, quality)).filter(|(_, quality)| *quality > 0.0)
    });
    // Of equals the first one: `max_by` would take the last.
    wishes.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(words, _)| words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn language(uri: &str, headers: &[(&str, &str)]) -> &'static str {
        let request = headers.iter().fold(Request::get(uri), |request, (name, value)| request.header(*name, *value));
        choose(&request.body(()).unwrap().into_parts().0, None).0.code
    }

    #[test]
    fn the_readers_settings_are_stronger_than_the_browser_and_weaker_than_a_choice() {
        let request = Request::get("/").header("accept-language", "ja");
        let parts = request.body(()).unwrap().into_parts().0;
        assert_eq!(choose(&parts, Some("en")).0.code, "en");
        assert_eq!(choose(&parts, Some("xx")).0.code, "ja");
        let chosen = Request::get("/?lang=ja").body(()).unwrap().into_parts().0;
        assert_eq!(choose(&chosen, Some("en")).0.code, "ja");
    }

    #[test]
    fn the_browser_decides_where_nobody_chose() {
        assert_eq!(language("/", &[("accept-language", "ja,en-US;q=0.9,en;q=0.8")]), "ja");
        assert_eq!(language("/", &[("accept-language", "fr, ja-JP;q=0.3, en;q=0.7")]), "en");
        assert_eq!(language("/", &[("accept-language", "en;q=0, ja;q=0.1")]), "ja");
        assert_eq!(language("/", &[("accept-language", "fr")]), "en");
        assert_eq!(language("/", &[]), "en");
    }

    #[test]
    fn a_choice_is_stronger_than_the_browser() {
        let japanese = ("accept-language", "ja");
        assert_eq!(language("/", &[japanese, ("cookie", "a=b; yomu_lang=en")]), "en");
        assert_eq!(language("/?x=1&lang=ja", &[("cookie", "yomu_lang=en")]), "ja");
        assert_eq!(language("/?lang=xx", &[japanese, ("cookie", "yomu_lang=")]), "ja");
    }
}
