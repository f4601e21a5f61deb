//! The issuer: asked for its endpoints and keys when they are needed, and remembered.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;
use yomu_model::secret::Secret;

use super::authorize::{Challenge, authorization_url};
use super::claims::{self, Expected, Person};
use super::discovery::{self, Endpoints};
use super::jwk::{self, Key};
use super::jws::Unverified;
use super::limits::{DISCOVERY_AGE_MAX, FAILURE_REST, KEYS_AGAIN, KEYS_AGE_MAX};
use super::problem::{OidcError, TokenProblem};
use crate::fetch::{Answer, Credentials, Fetcher, FormRequest, Kind, Request};

/// Who we are to the issuer.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    /// The issuer, exactly as it names itself.
    pub(crate) issuer: String,
    /// Our name there.
    pub(crate) id: String,
    /// Our password there.
    pub(crate) secret: Secret,
    /// Where it sends people back to.
    pub(crate) redirect_uri: String,
}

/// The issuer, as far as we know it.
pub(crate) struct Provider {
    client: Client,
    fetcher: Fetcher,
    endpoints: Remembered<Endpoints>,
    keys: Remembered<Vec<Key>>,
}

/// An answer that is kept for a while. One request asks; those that come meanwhile wait for its answer.
struct Remembered<T>(Mutex<Memory<T>>);

struct Memory<T> {
    value: Option<(Arc<T>, Instant)>,
    failure: Option<(OidcError, Instant)>,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

impl Provider {
    pub(crate) fn new(client: Client, fetcher: Fetcher) -> Self {
        Self { client, fetcher, endpoints: Remembered::new(), keys: Remembered::new() }
    }

    /// Where to send the browser.
    pub(crate) async fn sign_in_url(
        &self,
        challenge: &Challenge<'_>,
        hosted_domain: Option<&str>,
    ) -> Result<Url, OidcError> {
        let Client { id, redirect_uri, .. } = &self.client;
        let endpoints = self.endpoints().await?;
        Ok(authorization_url(&endpoints.authorization, id, redirect_uri, challenge, hosted_domain))
    }

    /// Whether an answer that names its issuer (RFC 9207) is from ours.
    pub(crate) fn is_issuer(&self, named: &str) -> bool {
        named == self.client.issuer
    }

    /// Changes a code for the person who signed in.
    pub(crate) async fn person(
        &self,
        code: &str,
        challenge: &Challenge<'_>,
        now: Timestamp,
    ) -> Result<Person, OidcError> {
        let token = self.exchange(code, challenge.verifier).await?;
        let token = Unverified::parse(&token)?;
        let payload = match token.verify(&self.keys(KEYS_AGE_MAX).await?) {
            // The issuer may have a new key since we asked.
            Err(TokenProblem::UnknownKey) => token.verify(&self.keys(KEYS_AGAIN).await?)?,
            other => other?,
        };
        let Client { issuer, id, .. } = &self.client;
        Ok(claims::check(&payload, &Expected { issuer, client_id: id, nonce: challenge.nonce, now })?)
    }

    async fn exchange(&self, code: &str, verifier: &str) -> Result<String, OidcError> {
        let endpoints = self.endpoints().await?;
        let Client { id, secret, redirect_uri, .. } = &self.client;
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", verifier),
        ];
        let in_header = Credentials { user: form_encoded(id), password: Secret::new(form_encoded(secret.expose())) };
        if endpoints.secret_in_form {
            fields.extend([("client_id", id.as_str()), ("client_secret", secret.expose())]);
        }
        let credentials = (!endpoints.secret_in_form).then_some(&in_header);
        let form = FormRequest { url: &endpoints.token, fields: &fields, credentials };
        let answer = self.fetcher.post(form).await.map_err(OidcError::Unreachable)?;
        if answer.status == 200 {
            let tokens: Tokens = serde_json::from_slice(&answer.bytes).map_err(|_| OidcError::Document {
                document: "answer to the code",
                problem: "has no identity token",
            })?;
            return Ok(tokens.id_token);
        }
        Err(refusal(answer.status, &answer.bytes))
    }

    async fn endpoints(&self) -> Result<Arc<Endpoints>, OidcError> {
        let ask = async || {
            let issuer = Url::parse(&self.client.issuer)
                .map_err(|_| OidcError::Document { document: "name", problem: "is no address" })?;
            discovery::read(&self.document(discovery::document_url(&issuer)).await?, &self.client.issuer)
        };
        self.endpoints.get(DISCOVERY_AGE_MAX, ask).await
    }

    async fn keys(&self, age_max: Duration) -> Result<Arc<Vec<Key>>, OidcError> {
        let endpoints = self.endpoints().await?;
        self.keys.get(age_max, async || jwk::read(&self.document(endpoints.keys.clone()).await?)).await
    }

    async fn document(&self, url: Url) -> Result<Vec<u8>, OidcError> {
        match self.fetcher.get(&Request::new(url, Kind::Json)).await {
            // A redirect may have led anywhere.
            Ok(Answer::Document(document)) if discovery::is_safe(&document.url) => Ok(document.bytes),
            Ok(_) => Err(OidcError::Document { document: "answer", problem: "is not one that can be trusted" }),
            Err(error) => Err(OidcError::Unreachable(error)),
        }
    }
}

impl<T> Remembered<T> {
    fn new() -> Self {
        Self(Mutex::new(Memory { value: None, failure: None }))
    }

    /// The answer, asked for when there is none or it is too old. A failure is remembered too, but shortly; and an old
    /// answer is better than none.
    async fn get(
        &self,
        age_max: Duration,
        ask: impl AsyncFnOnce() -> Result<T, OidcError>,
    ) -> Result<Arc<T>, OidcError> {
        let mut memory = self.0.lock().await;
        if let Some((value, since)) = &memory.value
            && since.elapsed() < age_max
        {
            return Ok(Arc::clone(value));
        }
        if let Some((failure, since)) = &memory.failure
            && since.elapsed() < FAILURE_REST
        {
            return memory.stale().ok_or_else(|| failure.clone());
        }
        match ask().await {
            Ok(value) => {
                let value = Arc::new(value);
                *memory = Memory { value: Some((Arc::clone(&value), Instant::now())), failure: None };
                Ok(value)
            }
            Err(error) => {
                memory.failure = Some((error.clone(), Instant::now()));
                memory.stale().ok_or(error)
            }
        }
    }
}

impl<T> Memory<T> {
    fn stale(&self) -> Option<Arc<T>> {
        self.value.as_ref().map(|(value, _)| Arc::clone(value))
    }
}

/// As RFC 6749, section 2.3.1, wants names and passwords in the header.
fn form_encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// What an answer other than 200 means. Its text is the issuer's and goes no further than its code.
fn refusal(status: u16, bytes: &[u8]) -> OidcError {
    match serde_json::from_slice::<Refusal>(bytes) {
        Ok(refusal) if refusal.error == "invalid_grant" => OidcError::CodeRefused,
        Ok(refusal) => {
            OidcError::Refused { code: refusal.error.chars().filter(char::is_ascii_graphic).take(64).collect() }
        }
        Err(_) => OidcError::Refused { code: status.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn failure() -> OidcError {
        OidcError::Document { document: "list of keys", problem: "cannot be read" }
    }

    #[tokio::test]
    async fn an_answer_is_kept_until_it_is_too_old_for_who_asks() {
        let keys = Remembered::new();
        assert_eq!(*keys.get(HOUR, async || Ok(1)).await.unwrap(), 1);
        assert_eq!(*keys.get(HOUR, async || Ok(2)).await.unwrap(), 1, "remembered");
        assert_eq!(*keys.get(Duration::ZERO, async || Ok(3)).await.unwrap(), 3, "asked again, as for an unknown key");
        assert_eq!(*keys.get(HOUR, async || Ok(4)).await.unwrap(), 3);
    }

    #[tokio::test]
    async fn a_failure_is_kept_for_a_moment_and_an_old_answer_is_better_than_none() {
        let keys = Remembered::<u8>::new();
        assert!(keys.get(HOUR, async || Err(failure())).await.is_err());
        assert!(keys.get(HOUR, async || unreachable!("the issuer is left alone")).await.is_err());

        let keys = Remembered::new();
        keys.get(HOUR, async || Ok(1)).await.unwrap();
        assert_eq!(*keys.get(Duration::ZERO, async || Err(failure())).await.unwrap(), 1);
        assert_eq!(*keys.get(Duration::ZERO, async || unreachable!("not again so soon")).await.unwrap(), 1);
    }

    #[test]
    fn refusals_are_told_apart() {
        assert!(matches!(refusal(400, br#"{"error": "invalid_grant"}"#), OidcError::CodeRefused));
        let other = refusal(401, br#"{"error": "invalid_client", "error_description": "the secret is x"}"#);
        assert_eq!(other.to_string(), "the sign-in service refuses: `invalid_client`");
        assert_eq!(refusal(502, b"<html>").to_string(), "the sign-in service refuses: `502`");
    }
}
