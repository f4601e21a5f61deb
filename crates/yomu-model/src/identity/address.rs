//! The part of an address that stays when the site changes how it is reached

/// An address without its scheme, `www.`, tracking parameters and session numbers; the host in lower case. For comparing
/// only: nothing answers to it.
///
/// Kept, because feeds exist in which only this differs: path, trailing slash, order of parameters, all other parameters
/// (`?p=123`, `?sid=…` of Slashdot), and fragments (`changelog.html#v1.2`).
pub fn stable_address(address: &str) -> String {
    let address = address.trim();
    let rest = ["https://", "http://", "//"]
        .iter()
        .find_map(|scheme| address.get(..scheme.len()).filter(|head| head.eq_ignore_ascii_case(scheme)))
        .map_or(address, |head| &address[head.len()..]);
    let (host, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));

    let mut stable = host.to_ascii_lowercase();
    if stable.starts_with("www.") {
        stable.drain(..4);
    }
    stable.push_str(without_session(if path.is_empty() { "/" } else { path }));
    let mut separator = '?';
    // Feeds are found that escape the ampersand twice.
    for parameter in query.split('&').map(|parameter| parameter.strip_prefix("amp;").unwrap_or(parameter)) {
        if !parameter.is_empty() && !is_volatile(parameter) {
            stable.push(separator);
            stable.push_str(parameter);
            separator = '&';
        }
    }
    if !fragment.is_empty() && !is_volatile(fragment) && !fragment.starts_with(":~:") {
        stable.push('#');
        stable.push_str(fragment);
    }
    stable
}

/// Java servers put the session into the path: `/article;jsessionid=0A1B`.
fn without_session(path: &str) -> &str {
    const SESSION: &str = ";jsessionid=";
    let begins =
        |index: usize| path.get(index..index + SESSION.len()).is_some_and(|part| part.eq_ignore_ascii_case(SESSION));
    path.match_indices(';').map(|(index, _)| index).find(|&index| begins(index)).map_or(path, |index| &path[..index])
}

/// Whether a parameter says who follows the link and from where, not what it leads to.
fn is_volatile(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let name = name.to_ascii_lowercase();
    name.starts_with("utm_")
        || VOLATILE.contains(&name.as_str())
        || (ORIGINS.contains(&name.as_str()) && FEED_WORDS.contains(&value.to_ascii_lowercase().as_str()))
}

/// Advertising, mail campaigns and sessions. Names that some site uses for its articles (`sid`, `id`, `s`) are not here.
const VOLATILE: &[&str] = &[
    // Facebook, Google, Microsoft, Yandex, TikTok, X, Instagram
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "ttclid",
    "twclid",
    "igshid",
    "igsh",
    // MailChimp, HubSpot, Marketo, AT Internet, Matomo
    "mc_cid",
    "mc_eid",
    "_hsenc",
    "_hsmi",
    "mkt_tok",
    "xtor",
    "mtm_campaign",
    "pk_campaign",
    // PHP, Java, ColdFusion
    "phpsessid",
    "jsessionid",
    "cfid",
    "cftoken",
];

/// `?ref=rss` says that the reader came from the feed; `?ref=123` may be an article.
const ORIGINS: &[&str] = &["ref", "from", "source", "src", "partner", "emc", "via", "cmp", "ftag", "feature"];

const FEED_WORDS: &[&str] = &["rss", "rss1", "rss2", "rss_feed", "rssfeed", "feed", "atom", "xml"];
