//! Parameters that tell a site where a reader came from, and nothing else.

use std::borrow::Cow;

/// Whole names. Every one belongs to a campaign or click counter; a name that some site might use for its content (`ref`,
/// `source`, `id`) is not here.
const NAMES: &[&str] = &[
    "_hsenc",
    "_hsmi",
    "_openstat",
    "at_campaign",
    "at_medium",
    "cmpid",
    "dclid",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "guce_referrer",
    "guce_referrer_sig",
    "guccounter",
    "hsctatracking",
    "igsh",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "ml_subscriber",
    "ml_subscriber_hash",
    "msclkid",
    "n_cid",
    "ncid",
    "ns_campaign",
    "ns_linkname",
    "ns_mchannel",
    "ns_source",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "s_cid",
    "srsltid",
    "ttclid",
    "twclid",
    "vero_conv",
    "vero_id",
    "wbraid",
    "wickedid",
    "xtor",
    "yclid",
    "__hsfp",
    "__hssc",
    "__hstc",
    "__s",
    "__twitter_impression",
];

/// Beginnings of names: Google Analytics, Matomo, Piwik, Adobe-like families.
const PREFIXES: &[&str] = &["utm_", "mtm_", "matomo_", "piwik_", "pk_", "stm_"];

/// The address without parameters that only track, otherwise unchanged.
///
/// ```
/// let url = "https://site.example/p?id=3&utm_source=rss&fbclid=x#top";
/// assert_eq!(yomu_clean::url_without_tracking(url), "https://site.example/p?id=3#top");
/// ```
pub fn url_without_tracking(url: &str) -> Cow<'_, str> {
    let (before_fragment, fragment) = match url.find('#') {
        Some(hash) => url.split_at(hash),
        None => (url, ""),
    };
    // Some feeds put the campaign behind the `#`, where only the page's script sees it.
    let fragment_tracks = fragment.len() > 1 && fragment[1..].split('&').all(tracks);
    let (path, query) = match before_fragment.find('?') {
        Some(mark) => (&before_fragment[..mark], &before_fragment[mark + 1..]),
        None => (before_fragment, ""),
    };
    let query_tracks = query.split('&').any(tracks);
    if !query_tracks && !fragment_tracks {
        return Cow::Borrowed(url);
    }
    let mut out = String::with_capacity(url.len());
    out.push_str(path);
    if query_tracks {
        let mut separator = '?';
        for pair in query.split('&').filter(|pair| !tracks(pair)) {
            out.push(separator);
            out.push_str(pair);
            separator = '&';
        }
    } else {
        out.push_str(&before_fragment[path.len()..]);
    }
    if !fragment_tracks {
        out.push_str(fragment);
    }
    Cow::Owned(out)
}

fn tracks(pair: &str) -> bool {
    let name = pair.split_once('=').map_or(pair, |(name, _)| name).as_bytes();
    let begins =
        |prefix: &str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()));
    !name.is_empty()
        && (PREFIXES.iter().copied().any(begins)
            || NAMES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracking_goes() {
        for (url, expected) in [
            ("https://a.example/?utm_source=x", "https://a.example/"),
            ("https://a.example/p?utm_source=x&utm_medium=y&id=3", "https://a.example/p?id=3"),
            ("https://a.example/p?id=3&UTM_Source=x&b", "https://a.example/p?id=3&b"),
            ("https://a.example/p?gclid=1#part", "https://a.example/p#part"),
            ("https://a.example/p#utm_source=rss&utm_medium=rss", "https://a.example/p"),
            ("https://a.example/p?q=1#xtor=RSS-3", "https://a.example/p?q=1"),
        ] {
            assert_eq!(url_without_tracking(url), expected, "{url}");
        }
    }

    #[test]
    fn everything_else_stays() {
        for url in [
            "",
            "https://a.example/",
            "https://a.example/?",
            "https://a.example/?a=1&&b=2",
            "https://a.example/?ref=utm_source",
            "https://a.example/?next=https://b.example/?x=1#utm",
            "https://a.example/utm_source=1",
            "https://a.example/#",
        ] {
            assert_eq!(url_without_tracking(url), url);
            assert!(matches!(url_without_tracking(url), Cow::Borrowed(_)));
        }
    }
}
