//! Addresses as feeds write them, made absolute.

use url::{ParseError, Position, Url};

use crate::limits::{BASE_BYTES_MAX, URL_BYTES_MAX};
use crate::work::steps;

/// The absolute address that `raw` means, seen from `base`; nothing for what cannot be fetched, such as `mailto:`,
/// `javascript:` or `urn:`.
pub(crate) fn absolute(raw: &str, base: Option<&Url>) -> Option<String> {
    resolve(raw, base).map(String::from)
}

/// As [`absolute`], but keeps what is relative, for a base that is found later in the document.
pub(crate) fn absolute_or_pending(raw: &str, base: Option<&Url>) -> Option<String> {
    let raw = raw.trim();
    absolute(raw, base).or_else(|| {
        let is_relative = Url::parse(raw) == Err(ParseError::RelativeUrlWithoutBase);
        (is_relative && !raw.is_empty() && raw.len() <= URL_BYTES_MAX && !is_web(raw)).then(|| raw.to_owned())
    })
}

/// As [`absolute`], for those who go on with the parts.
pub(crate) fn resolve(raw: &str, base: Option<&Url>) -> Option<Url> {
    let raw = raw.trim();
    if raw.is_empty() || raw.len() > URL_BYTES_MAX {
        return None;
    }
    steps(raw.len());
    let url = match Url::parse(raw) {
        Ok(url) => url,
        Err(ParseError::RelativeUrlWithoutBase) => match base {
            // Typed without the scheme; as a path it leads nowhere.
            _ if raw.starts_with("www.") => Url::parse(&format!("http://{raw}")).ok()?,
            Some(base) => {
                let kept = kept_of(base, raw);
                steps(kept);
                if kept > BASE_BYTES_MAX {
                    return None;
                }
                base.join(raw).ok()?
            }
            None if raw.starts_with("//") => Url::parse(&format!("https:{raw}")).ok()?,
            None => return None,
        },
        Err(_) => return None,
    };
    (is_web(url.as_str()) && url.has_host()).then_some(url)
}

/// How many bytes of the base go into the address. A query, which may hold a long signature, is left out unless only a
/// place in the same document is meant.
fn kept_of(base: &Url, raw: &str) -> usize {
    if raw.starts_with('#') { base[..Position::AfterQuery].len() } else { base[..Position::AfterPath].len() }
}

/// Whether an address has been made absolute already.
pub(crate) fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_absolute() {
        let base = Url::parse("https://example.com/blog/feed.xml").ok();
        let cases = [
            ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
            (" /x y\n", "https://example.com/x%20y"),
            ("post/1", "https://example.com/blog/post/1"),
            ("//cdn.example/a", "https://cdn.example/a"),
            ("www.example.org/a", "http://www.example.org/a"),
            ("https://日本.example/道", "https://xn--wgv71a.example/%E9%81%93"),
        ];
        for (raw, expected) in cases {
            assert_eq!(absolute(raw, base.as_ref()).as_deref(), Some(expected), "{raw}");
        }
        assert_eq!(absolute("//cdn.example/a", None).as_deref(), Some("https://cdn.example/a"));
    }

    #[test]
    fn a_base_of_a_thousand_bytes_is_none() {
        let long = "x".repeat(BASE_BYTES_MAX);
        let path = Url::parse(&format!("https://example.com/{long}/")).ok();
        assert_eq!(absolute("a", path.as_ref()), None);
        assert_eq!(absolute("https://example.com/a", path.as_ref()).as_deref(), Some("https://example.com/a"));
        let query = Url::parse(&format!("https://example.com/feed?signature={long}")).ok();
        assert_eq!(absolute("a", query.as_ref()).as_deref(), Some("https://example.com/a"));
        assert_eq!(absolute("#a", query.as_ref()), None);
    }

    #[test]
    fn relative_addresses_can_wait() {
        assert_eq!(absolute_or_pending(" /a ", None).as_deref(), Some("/a"));
        assert_eq!(absolute_or_pending("http://exa mple/", None), None);
        assert_eq!(absolute_or_pending("mailto:a@example.com", None), None);
    }

    #[test]
    fn what_cannot_be_fetched_is_no_address() {
        for raw in ["", "http:", "javascript:alert(1)", "mailto:a@example.com", "urn:uuid:1", "post/1", "data:,x"] {
            assert_eq!(absolute(raw, None), None, "{raw}");
        }
    }
}
