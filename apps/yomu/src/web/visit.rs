//! One request: in which language, on which page, and of which reader.

use std::convert::Infallible;
use std::ops::Deref;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use yomu_model::ids::{SessionId, UserId};
use yomu_model::reading::Reading;

use super::access::Reader;
use super::error::WebError;
use super::limits::{LANGUAGE_SECONDS, NOTICE_SECONDS};
use super::notice::Notice;
use super::words::Words;
use super::{Web, language, notice};

/// Whose a page is, and for whom a mark was made.
const USER: HeaderName = HeaderName::from_static("x-yomu-user");

/// A request of somebody who is let in. Every page of a reader's own begins with one, and only here does it get its user.
pub(super) struct Visit {
    pub(super) user: UserId,
    /// The user's name.
    pub(super) name: String,
    /// Whether the user looks after the others.
    pub(super) is_admin: bool,
    /// The device; none for the local user.
    pub(super) session: Option<SessionId>,
    /// What the user chose, to be shown in the settings.
    pub(super) language: Option<String>,
    pub(super) time_zone: Option<String>,
    pub(super) guest: Guest,
}

/// A request of anybody, as far as every page looks at it.
pub(super) struct Guest {
    pub(super) words: &'static Words,
    /// The page's own path and query, without a choice of language.
    pub(super) here: String,
    /// What the form before this page did.
    pub(super) notice: Option<Notice>,
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
    /// How pages look and articles are set.
    pub(super) reading: Reading,
    /// Whether the language was chosen by this very request.
    is_language_new: bool,
}

/// A reader's page has everything that a guest's has.
impl Deref for Visit {
    type Target = Guest;

    fn deref(&self) -> &Guest {
        &self.guest
    }
}

impl FromRequestParts<Web> for Visit {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, WebError> {
        let Some(Reader { user, session }) = web.reader(&parts.headers).await? else {
            return Err(signed_out(parts));
        };
        if is_for_another(&parts.headers, user.id) {
            return Err(WebError::SignedOut { back: None });
        }
        let zone = user.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok());
        let guest = Guest::preferring(parts, web, user.language.as_deref());
        Ok(Self {
            user: user.id,
            name: user.name,
            is_admin: user.is_admin,
            session,
            guest: Guest { zone: zone.unwrap_or(guest.zone), reading: user.reading, ..guest },
            language: user.language,
            time_zone: user.time_zone,
        })
    }
}

impl FromRequestParts<Web> for Guest {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        Ok(Self::new(parts, web))
    }
}

impl Visit {
    /// A page of the reader's own. It says whose it is, so that what a browser keeps of it is never shown to another.
    pub(super) fn page(&self, view: &impl Template) -> Result<Response, WebError> {
        let mut response = self.guest.page(view)?;
        response.headers_mut().insert(USER, HeaderValue::from(self.user.get()));
        Ok(response)
    }

    /// Lets only admins go on. For others there is nothing at the address.
    pub(super) fn admins_only(&self) -> Result<(), WebError> {
        if self.is_admin { Ok(()) } else { Err(WebError::NotFound) }
    }
}

impl Guest {
    /// What a request says.
    pub(super) fn new(parts: &Parts, web: &Web) -> Self {
        Self::preferring(parts, web, None)
    }

    fn preferring(parts: &Parts, web: &Web, language: Option<&str>) -> Self {
        let (words, is_language_new) = language::choose(parts, language);
        Self {
            words,
            here: without_language(&parts.uri),
            notice: language::cookie(&parts.headers, notice::COOKIE).and_then(|text| text.parse().ok()),
            now: web.app.now(),
            zone: web.zone.clone(),
            reading: Reading::default(),
            is_language_new,
        }
    }

    /// A page.
    pub(super) fn page(&self, view: &impl Template) -> Result<Response, WebError> {
        self.page_with_status(StatusCode::OK, view)
    }

    /// A page with another status than 200, such as a form with what is wrong with it.
    pub(super) fn page_with_status(&self, status: StatusCode, view: &impl Template) -> Result<Response, WebError> {
        let mut response = (status, Html(view.render()?)).into_response();
        let headers = response.headers_mut();
        // `no-cache` lets the browser keep the page for "back", and ask again otherwise.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
        if self.is_language_new {
            remember_language(&mut response, Some(self.words.code));
        }
        if self.notice.is_some() {
            set_cookie(&mut response, notice::COOKIE, "", 0);
        }
        Ok(response)
    }

    /// A page with a secret on it, which is kept nowhere and shown once.
    pub(super) fn page_shown_once(&self, view: &impl Template) -> Result<Response, WebError> {
        let mut response = self.page(view)?;
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    }
}

/// The answer to a form: go to a page, which will say what was done.
pub(super) fn see_other(path: &str, notice: Option<Notice>) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response();
    if let Some(notice) = notice {
        set_cookie(&mut response, notice::COOKIE, &notice.to_string(), NOTICE_SECONDS);
    }
    response
}

/// Makes the browser remember a language, or forget which one it was.
pub(super) fn remember_language(response: &mut Response, code: Option<&str>) {
    let seconds = if code.is_some() { LANGUAGE_SECONDS } else { 0 };
    set_cookie(response, language::COOKIE, code.unwrap_or_default(), seconds);
}

fn set_cookie(response: &mut Response, name: &str, value: &str, seconds: u32) {
    let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// A page leads to the sign-in and back. A form is refused, lest its sender believe that it was carried out.
fn signed_out(parts: &Parts) -> WebError {
    let is_page = matches!(parts.method, Method::GET | Method::HEAD);
    WebError::SignedOut { back: is_page.then(|| without_language(&parts.uri)) }
}

/// Whether the request was made in a window of somebody else, who was signed in here before.
fn is_for_another(headers: &HeaderMap, user: UserId) -> bool {
    headers.get(USER).is_some_and(|named| named.as_bytes() != user.to_string().as_bytes())
}

fn without_language(uri: &Uri) -> String {
    let query = uri.query().unwrap_or_default();
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
    if kept.is_empty() { uri.path().to_owned() } else { format!("{}?{}", uri.path(), kept.join("&")) }
}
