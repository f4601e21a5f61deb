//! One request of one reader: who, in which language, on which page.

use std::convert::Infallible;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use yomu_model::ids::UserId;

use super::error::WebError;
use super::limits::{LANGUAGE_SECONDS, NOTICE_SECONDS};
use super::notice::Notice;
use super::words::Words;
use super::{Web, language, notice};

/// A request, as far as every page looks at it.
pub(super) struct Visit {
    pub(super) user: UserId,
    pub(super) words: &'static Words,
    /// The page's own path and query, without a choice of language.
    pub(super) here: String,
    /// What the form before this page did.
    pub(super) notice: Option<Notice>,
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
    /// Whether the language was chosen by this very request.
    is_language_new: bool,
}

impl FromRequestParts<Web> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        Ok(Self::new(parts, web))
    }
}

impl Visit {
    /// What a request says.
    pub(super) fn new(parts: &Parts, web: &Web) -> Self {
        let (words, is_language_new) = language::choose(parts);
        Self {
            user: web.user,
            words,
            here: without_language(&parts.uri),
            notice: language::cookie(&parts.headers, notice::COOKIE).and_then(|text| text.parse().ok()),
            now: web.app.now(),
            zone: web.zone.clone(),
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
            set_cookie(&mut response, language::COOKIE, self.words.code, LANGUAGE_SECONDS);
        }
        if self.notice.is_some() {
            set_cookie(&mut response, notice::COOKIE, "", 0);
        }
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

fn set_cookie(response: &mut Response, name: &str, value: &str, seconds: u32) {
    let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn without_language(uri: &Uri) -> String {
    let query = uri.query().unwrap_or_default();
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
    if kept.is_empty() { uri.path().to_owned() } else { format!("{}?{}", uri.path(), kept.join("&")) }
}
