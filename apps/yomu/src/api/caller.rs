//! Whose request this is. An app proves itself with an app password, in whichever place its interface has for it.

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use yomu_store::User;

use crate::App;
use crate::actions::app_password::app_password_user;
use crate::trouble::ActionError;

/// The user on whose behalf an app calls.
#[derive(Debug, Clone)]
pub(in crate::api) struct Caller {
    /// Who it is.
    pub(in crate::api) user: User,
}

impl Caller {
    /// The owner of the password in a request's headers.
    ///
    /// # Errors
    /// A failure of the database.
    pub(in crate::api) async fn of(app: &App, headers: &HeaderMap) -> Result<Option<Self>, ActionError> {
        match Proof::in_headers(headers) {
            None => Ok(None),
            Some(Proof::Password(password)) => Self::by_password(app, &password).await,
            Some(Proof::NameAndPassword(name, password)) => Self::by_name_and_password(app, &name, &password).await,
        }
    }

    /// The owner of a password.
    ///
    /// # Errors
    /// A failure of the database.
    pub(in crate::api) async fn by_password(app: &App, password: &str) -> Result<Option<Self>, ActionError> {
        Ok(app_password_user(app, password).await?.map(|user| Self { user }))
    }

    /// The owner of a password, if it is called so.
    ///
    /// # Errors
    /// A failure of the database.
    pub(in crate::api) async fn by_name_and_password(
        app: &App,
        name: &str,
        password: &str,
    ) -> Result<Option<Self>, ActionError> {
        let caller = Self::by_password(app, password).await?;
        // Telephones begin names with a capital.
        Ok(caller.filter(|caller| caller.user.name.to_lowercase() == name.trim().to_lowercase()))
    }
}

enum Proof {
    Password(String),
    NameAndPassword(String, String),
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
