//! The cookies that let somebody in: how they are named, and what guards them.
//!
//! Where the address is `https`, their names begin with `__Host-`: browsers then accept them from this very host alone, only
//! over TLS, and no neighbour in the same domain can put another in their place. Over plain HTTP on this machine, where
//! browsers refuse such names, they go without.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;
use url::Url;

use super::language;

/// A cookie that has to do with letting somebody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cookie {
    /// The session.
    Session,
    /// A sign-in that is under way.
    SignIn,
    /// That somebody has signed in here before. It opens nothing.
    Device,
}

/// How cookies are named and guarded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cookies {
    is_secure: bool,
}

impl Cookies {
    /// For the address under which people come.
    pub(super) fn at(base_url: Option<&Url>) -> Self {
        Self { is_secure: base_url.is_some_and(|url| url.scheme() == "https") }
    }

    /// What the browser sent.
    pub(super) fn read(self, headers: &HeaderMap, cookie: Cookie) -> Option<&str> {
        language::cookie(headers, self.name(cookie))
    }

    /// Gives the browser a value to keep.
    pub(super) fn set(self, response: &mut Response, cookie: Cookie, value: &str, seconds: u32) {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let name = self.name(cookie);
        let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        if let Ok(text) = HeaderValue::from_str(&text) {
            response.headers_mut().append(header::SET_COOKIE, text);
        }
    }

    /// Tells the browser to forget the value; with the session, also all that it keeps of its reader's pages.
    pub(super) fn clear(self, response: &mut Response, cookie: Cookie) {
        self.set(response, cookie, "", 0);
        if cookie == Cookie::Session {
            let kept = HeaderValue::from_static("\"storage\"");
            response.headers_mut().insert(HeaderName::from_static("clear-site-data"), kept);
        }
    }

    fn name(self, cookie: Cookie) -> &'static str {
        match (cookie, self.is_secure) {
            (Cookie::Session, true) => "__Host-yomu",
            (Cookie::Session, false) => "yomu",
            (Cookie::SignIn, true) => "__Host-yomu_sign_in",
            (Cookie::SignIn, false) => "yomu_sign_in",
            (Cookie::Device, true) => "__Host-yomu_device",
            (Cookie::Device, false) => "yomu_device",
        }
    }
}
