//! What is asked for.

use url::Url;

use yomu_model::secret::Secret;

/// One document to fetch.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where it is. A user and password in it are used as [`Credentials`] and go no further.
    pub url: Url,
    /// What it is, which decides its bounds and what we say we accept.
    pub kind: Kind,
    /// The `ETag` of the copy at hand.
    pub etag: Option<String>,
    /// The `Last-Modified` of the copy at hand.
    pub last_modified: Option<String>,
    /// Whom to sign in as, at this origin and nowhere else.
    pub credentials: Option<Credentials>,
}

/// What a document is fetched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A feed, or a page that may name one.
    Feed,
    /// A page to be read.
    Page,
    /// The icon of a site.
    Icon,
    /// A picture in an article, on its way to a reader.
    Image,
    /// A small document for programs, such as what an identity provider says of itself.
    Json,
}

/// A user and password for HTTP Basic authentication (RFC 7617).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The user.
    pub user: String,
    /// The password; may be empty.
    pub password: Secret,
}

impl Request {
    /// Asks for a document without conditions.
    pub fn new(url: Url, kind: Kind) -> Self {
        Self { url, kind, etag: None, last_modified: None, credentials: None }
    }

    /// The URL that goes on the wire, and the credentials that were given beside it or in it.
    pub(super) fn split(&self) -> (Url, Option<Credentials>) {
        let credentials = self.credentials.clone().or_else(|| credentials_in(&self.url));
        (bare(self.url.clone()), credentials)
    }
}

impl Kind {
    /// The `Accept` header. Feeds end with everything, since many are served as plain text or as pages.
    pub(super) fn accept(self) -> &'static str {
        match self {
            Kind::Feed => {
                "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, \
                 application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.6, */*;q=0.1"
            }
            Kind::Page => "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
            Kind::Icon => "image/*, */*;q=0.1",
            // What every browser of today shows.
            Kind::Image => "image/avif, image/webp, image/*;q=0.8, */*;q=0.1",
            Kind::Json => "application/json",
        }
    }
}

/// The URL without user, password and fragment: what may be sent, stored and shown.
pub(super) fn bare(mut url: Url) -> Url {
    // These fail only for URLs without a host, which have no user either.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    url
}

fn credentials_in(url: &Url) -> Option<Credentials> {
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let password = percent_decoded(url.password().unwrap_or_default());
    Some(Credentials { user: percent_decoded(url.username()), password: Secret::new(password) })
}

/// `%40` back to `@`. What is not two hexadecimal digits stays as it is, as browsers do.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let decoded = match after {
            [high, low, ..] if first == b'%' => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        bytes.push(decoded.unwrap_or(first));
        rest = if decoded.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}
