//! Whose request this is. An app proves itself with an app password, in whichever place its interface has for it.

use std::net::IpAddr;
use std::time::Duration;

use axum::http::{Extensions, HeaderMap, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use yomu_store::User;

use super::Api;
use crate::actions::app_password::{app_password_user, fever_user};
use crate::client_address::client_address;
use crate::trouble::ActionError;

/// The user on whose behalf an app calls.
#[derive(Debug, Clone)]
pub(in crate::api) struct Caller {
    /// Who it is.
    pub(in crate::api) user: User,
}

/// Why a request has no caller.
#[derive(Debug)]
pub(in crate::api) enum NoCaller {
    /// There is no app password, or a wrong one.
    Unknown,
    /// There were too many wrong ones, or too many requests; so long to wait.
    TooMany(Duration),
    /// The database failed.
    Failed(ActionError),
}

/// What an app shows to be let in.
pub(in crate::api) enum Proof {
    Password(String),
    NameAndPassword(String, String),
    /// The Fever API's MD5 of both.
    FeverKey(String),
}

impl Caller {
    /// The owner of the password in a request's headers.
    pub(in crate::api) async fn of(api: &Api, extensions: &Extensions, headers: &HeaderMap) -> Result<Self, NoCaller> {
        let proof = Proof::in_headers(headers).ok_or(NoCaller::Unknown)?;
        Self::by(api, proof, client_address(extensions, headers, &api.trusted_proxies)).await
    }

    /// The owner of a proof, which came from an address. A right one is never held back for the wrong ones of others.
    pub(in crate::api) async fn by(api: &Api, proof: Proof, address: Option<IpAddr>) -> Result<Self, NoCaller> {
        let app = &api.app;
        let found = match &proof {
            Proof::Password(password) => app_password_user(app, password).await?,
            // Telephones begin names with a capital.
            Proof::NameAndPassword(name, password) => app_password_user(app, password)
                .await?
                .filter(|user| user.name.to_lowercase() == name.trim().to_lowercase()),
            Proof::FeverKey(key) => fever_user(app, key).await?,
        };
        match found {
            Some(user) => {
                app.api_request(user.id, address).await.map_err(NoCaller::TooMany)?;
                Ok(Self { user })
            }
            None => {
                app.wrong_app_password(address).await.map_err(NoCaller::TooMany)?;
                Err(NoCaller::Unknown)
            }
        }
    }
}

impl From<ActionError> for NoCaller {
    fn from(error: ActionError) -> Self {
        Self::Failed(error)
    }
}

/// What is said to an app that asks too often.
pub(in crate::api) fn too_many(wait: Duration) -> String {
    format!("too many requests; ask again in {} seconds", wait.as_secs())
}

/// The same for programs.
pub(in crate::api) fn retry_after(mut response: Response, wait: Duration) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, wait.as_secs().into());
    response
}

impl Proof {
    fn in_headers(headers: &HeaderMap) -> Option<Self> {
        // The token wins where both are there, as in Miniflux.
        if let Some(token) = headers.get("x-auth-token") {
            return Some(Self::Password(token.to_str().ok()?.trim().to_owned()));
        }
        let (scheme, rest) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
        let rest = rest.trim();
        match scheme.to_ascii_lowercase().as_str() {
            "basic" => {
                let decoded = String::from_utf8(STANDARD.decode(rest).ok()?).ok()?;
                let (name, password) = decoded.split_once(':')?;
                Some(Self::NameAndPassword(name.to_owned(), password.to_owned()))
            }
            "bearer" => Some(Self::Password(rest.to_owned())),
            // `GoogleLogin auth=token`, of which some write the name in capitals.
            "googlelogin" => {
                let (name, token) = rest.split_once('=')?;
                name.trim().eq_ignore_ascii_case("auth").then(|| Self::Password(token.trim().to_owned()))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn proof(name: &'static str, value: &str) -> Option<(String, String)> {
        let headers = HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_str(value).unwrap())]);
        match Proof::in_headers(&headers)? {
            Proof::Password(password) => Some((String::new(), password)),
            Proof::NameAndPassword(name, password) => Some((name, password)),
            Proof::FeverKey(_) => None,
        }
    }

    #[test]
    fn passwords_are_found_where_apps_put_them() {
        let found = |name: &str, password: &str| Some((name.to_owned(), password.to_owned()));
        assert_eq!(proof("x-auth-token", " p "), found("", "p"));
        assert_eq!(proof("authorization", "Basic YW5uOnA6cQ=="), found("ann", "p:q"));
        assert_eq!(proof("authorization", "GoogleLogin auth=p"), found("", "p"));
        assert_eq!(proof("authorization", "googlelogin Auth = p"), found("", "p"));
        assert_eq!(proof("authorization", "Bearer p"), found("", "p"));
    }

    #[test]
    fn anything_else_is_no_proof() {
        for value in ["", "Basic", "Basic !!!", "Basic YW5u", "GoogleLogin p", "GoogleLogin other=p", "Digest x"] {
            assert_eq!(proof("authorization", value), None, "{value}");
        }
        assert_eq!(proof("cookie", "p"), None);
    }
}
