//! Addresses: absolute, of a harmless scheme, without tracking.

use crate::limits::URL_BYTES_MAX;
use std::borrow::Cow;
use url::Url;

/// The absolute `http` or `https` address, or none.
pub(crate) fn web_address<'a>(raw: &'a str, base: Option<&Url>) -> Option<Cow<'a, str>> {
    let raw = trimmed(raw);
    if raw.is_empty() || raw.len() > URL_BYTES_MAX {
        return None;
    }
    if is_normal(raw) {
        return Some(Cow::Borrowed(raw));
    }
    let url = parse(raw, base)?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.as_str().len() <= URL_BYTES_MAX;
    is_web.then(|| Cow::Owned(url.into()))
}

/// An address without what a URL parser takes away at its ends: controls and the plain space, no other white space.
pub(crate) fn trimmed(raw: &str) -> &str {
    raw.trim_matches(|character: char| character <= ' ')
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target<'a> {
    /// Another page.
    Web(Cow<'a, str>),
    /// An element of the same text: its id as written, and the full address for when there is no such element.
    SamePage { id: String, url: Option<String> },
    /// A mail or telephone program.
    Program(String),
}

/// The target of a link, if it has a harmless one.
pub(crate) fn target<'a>(raw: &'a str, base: Option<&Url>) -> Option<Target<'a>> {
    let trimmed = trimmed(raw);
    if trimmed.is_empty() || trimmed.len() > URL_BYTES_MAX {
        return None;
    }
    if let Some(fragment) = trimmed.strip_prefix('#') {
        let url = base.and_then(|base| base.join(trimmed).ok()).filter(is_web).map(String::from);
        return (!fragment.is_empty()).then(|| Target::SamePage { id: unescaped(fragment), url });
    }
    if is_normal(trimmed) && !trimmed.contains('#') {
        return Some(Target::Web(without_tracking(Cow::Borrowed(trimmed))));
    }
    let url = parse(trimmed, base)?;
    if url.as_str().len() > URL_BYTES_MAX {
        return None;
    }
    match url.scheme() {
        "http" | "https" => {
            if let Some(fragment) = url.fragment().filter(|fragment| !fragment.is_empty())
                && let Some(base) = base
                && url[..url::Position::AfterQuery] == base[..url::Position::AfterQuery]
            {
                return Some(Target::SamePage { id: unescaped(fragment), url: Some(url.into()) });
            }
            Some(Target::Web(without_tracking(Cow::Owned(url.into()))))
        }
        "mailto" | "tel" | "sms" | "xmpp" | "magnet" => Some(Target::Program(url.into())),
        _ => None,
    }
}

/// The sanitizer judges the address alone first; so do we, or the two would see different addresses in `https:x`.
fn parse(raw: &str, base: Option<&Url>) -> Option<Url> {
    match (Url::parse(raw), base) {
        (Err(url::ParseError::RelativeUrlWithoutBase), Some(base)) => base.join(raw).ok(),
        (Err(url::ParseError::RelativeUrlWithoutBase), None) if raw.starts_with("//") => {
            Url::parse(&format!("https:{raw}")).ok()
        }
        (parsed, _) => parsed.ok(),
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

fn without_tracking(url: Cow<'_, str>) -> Cow<'_, str> {
    match url {
        Cow::Borrowed(url) => super::tracking::url_without_tracking(url),
        Cow::Owned(url) => Cow::Owned(super::tracking::url_without_tracking(&url).into_owned()),
    }
}

/// The id that a fragment means: percent-encoded ids are written both ways, in Japanese tables of contents above all.
fn unescaped(fragment: &str) -> String {
    if !fragment.contains('%') {
        return fragment.to_owned();
    }
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = (first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| fragment.to_owned())
}

/// Whether a full parse would give the address back unchanged. Parsing costs more than everything else that happens to a
/// link, and most links are written plainly.
fn is_normal(raw: &str) -> bool {
    let Some(rest) = raw.strip_prefix("https://").or_else(|| raw.strip_prefix("http://")) else { return false };
    let host_length = rest.bytes().take_while(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.')).count();
    let (host, path) = rest.split_at(host_length);
    // A last label of digits would be a number of an address; `xn--` is checked by the parser.
    let last_label = host.rsplit('.').next().unwrap_or_default();
    let host_is_plain = last_label.bytes().all(|byte| byte.is_ascii_lowercase())
        && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
        && !host.contains("--")
        && host.len() < 200;
    host_is_plain
        && path.starts_with('/')
        && path.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9') || b"-_.~/?=&+,;:@!*()$#".contains(&byte))
        // `/./` and `/../` are resolved by the parser.
        && !path.contains("/.")
        // A second `#` would be escaped.
        && path.bytes().filter(|byte| *byte == b'#').count() < 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_addresses_are_what_a_parse_gives() {
        for raw in [
            "https://a.example/",
            "http://sub.a-b.example/x/y.html?q=1&r=(2)#frag",
            "https://a.example/p/3?utm_source=rss&utm_medium=feed",
            "https://127.example/",
        ] {
            assert!(is_normal(raw), "{raw}");
            assert_eq!(Url::parse(raw).expect(raw).as_str(), raw);
        }
    }

    #[test]
    fn other_addresses_are_left_to_the_parser() {
        for raw in [
            "https://a.example",
            "HTTPS://a.example/",
            "https://A.example/",
            "https://a.example:443/",
            "https://127.0.0.1/",
            "https://0x7f/",
            "https://a.example/../b",
            "https://xn--a.example/",
            "https://a.example/日本",
            "https://u@a.example/",
            "https://a.example/a b",
            "https:///a",
            "//a.example/",
            "/a",
            "https://a.example/#a#b",
            "https://a.example/%41",
        ] {
            assert!(!is_normal(raw), "{raw}");
        }
    }

    #[test]
    fn addresses_become_absolute() {
        let base = Url::parse("https://a.example/dir/page.html").expect("a base");
        for (raw, expected) in [
            ("x.png", Some("https://a.example/dir/x.png")),
            ("/x.png", Some("https://a.example/x.png")),
            ("//b.example/x.png", Some("https://b.example/x.png")),
            (" https://b.example ", Some("https://b.example/")),
            ("https://b.example/a b", Some("https://b.example/a%20b")),
            ("", None),
            ("javascript:alert(1)", None),
            ("data:image/png;base64,AA", None),
            ("http://", None),
        ] {
            assert_eq!(web_address(raw, Some(&base)).as_deref(), expected, "{raw}");
        }
        assert_eq!(web_address("//b.example/x", None).as_deref(), Some("https://b.example/x"));
        assert_eq!(web_address("x.png", None), None);
    }

    #[test]
    fn links_lead_to_pages_places_and_programs() {
        let base = Url::parse("https://a.example/p?q=1").expect("a base");
        let same = |id: &str, url: &str| Some(Target::SamePage { id: id.to_owned(), url: Some(url.to_owned()) });
        for (raw, expected) in [
            ("https://b.example/?utm_source=x", Some(Target::Web("https://b.example/".into()))),
            ("#fn1", same("fn1", "https://a.example/p?q=1#fn1")),
            ("https://a.example/p?q=1#fn1", same("fn1", "https://a.example/p?q=1#fn1")),
            ("#%E6%B3%A8", same("注", "https://a.example/p?q=1#%E6%B3%A8")),
            ("https://a.example/other#fn1", Some(Target::Web("https://a.example/other#fn1".into()))),
            ("mailto:me@a.example", Some(Target::Program("mailto:me@a.example".into()))),
            ("#", None),
            (" java\nscript:alert(1)", None),
            ("vbscript:x", None),
            ("data:text/html,x", None),
            ("file:///etc/passwd", None),
            ("blob:https://a.example/x", None),
        ] {
            assert_eq!(target(raw, Some(&base)), expected, "{raw}");
        }
    }
}
