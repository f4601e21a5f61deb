//! Sending a form, under the same rules as fetching.
//!
//! Only signing in does so, when it changes a code for a token. A redirect is not followed: what is in the form is a secret
//! between us and this one address.

use std::fmt;

use reqwest::header::{ACCEPT, CONTENT_TYPE};
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::body::BodyReader;
use super::target::Target;
use super::{Credentials, FetchError, Fetcher, Kind, failure};

/// A form to send.
pub struct FormRequest<'a> {
    /// Where to.
    pub url: &'a Url,
    /// Its fields.
    pub fields: &'a [(&'a str, &'a str)],
    /// Whom to sign in as.
    pub credentials: Option<&'a Credentials>,
}

/// What came back, whatever its status.
#[derive(Clone, PartialEq, Eq)]
pub struct FormAnswer {
    /// The status.
    pub status: u16,
    /// The body; never empty.
    pub bytes: Vec<u8>,
}

/// An answer with a secret in it is shown by its size.
impl fmt::Debug for FormAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FormAnswer").field("status", &self.status).field("bytes", &self.bytes.len()).finish()
    }
}

impl Fetcher {
    /// Sends a form and reads the answer.
    pub async fn post(&self, form: FormRequest<'_>) -> Result<FormAnswer, FetchError> {
        let shared = &self.shared;
        let target = Target::of(form.url, &shared.rules)?;
        let bounds = shared.limits.body(Kind::Json);
        let deadline = Instant::now() + bounds.time_max;
        let late = || FetchError::AnswerTimeout { host: target.host.clone(), after: bounds.time_max };
        let Ok(Ok(_place)) = timeout_at(deadline, shared.places.acquire()).await else { return Err(late()) };
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form.fields).finish();
        let mut request = shared
            .client
            .post(form.url.clone())
            .header(ACCEPT, Kind::Json.accept())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body);
        if let Some(credentials) = form.credentials {
            request = request.basic_auth(&credentials.user, Some(credentials.password.expose()));
        }
        let response = match timeout_at(deadline, request.send()).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(failure::before_answer(&error, &target, shared.limits.connect_time)),
            Err(_) => return Err(late()),
        };
        let status = response.status().as_u16();
        let reader = BodyReader::new(&shared.limits, bounds, &target.host, deadline);
        Ok(FormAnswer { status, bytes: reader.read(response, &shared.large).await? })
    }
}
