//! Passwords for apps: made once, shown once, and looked up at every request of an app.
//!
//! A password has 160 random bits, so nothing slow has to guard it: its keyed hash is one look-up in an index. Apps send
//! it as it is (HTTP Basic, `X-Auth-Token`, ClientLogin), or as the Fever API does, as the MD5 of name and password.

use std::time::Duration;

use md5::{Digest as _, Md5};
use yomu_model::ids::{AppPasswordId, UserId};
use yomu_model::name::AppPasswordName;
use yomu_model::secret::Secret;
use yomu_store::{NewAppPassword, User};

use crate::App;
use crate::keys::{Hash, keyed};
use crate::limits::{APP_PASSWORD_REMEMBERED, APP_PASSWORDS_MAX};
use crate::random::random_bytes;
use crate::recall::Known;
use crate::trouble::{ActionError, Trouble};

/// Tells our passwords from others, also for programs that look for secrets in the wrong places.
const PREFIX: &str = "yomu_";

/// Base32 in small letters (RFC 4648): five bits a letter, nothing that a phone's keyboard would change.
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Letters of a password after its prefix: 160 bits.
const PASSWORD_LETTERS: usize = 32;

/// A password that was made just now; it cannot be shown again.
#[derive(Debug, Clone)]
pub struct NewPassword {
    /// Its number.
    pub id: AppPasswordId,
    /// The user's name, which apps ask for beside it.
    pub username: String,
    /// The password.
    pub password: Secret,
}

/// Makes a password for an app.
///
/// # Errors
/// A name that cannot be used, or too many passwords.
pub async fn create_app_password(app: &App, user: UserId, name: &str) -> Result<NewPassword, ActionError> {
    let name = AppPasswordName::parse(name).map_err(|problem| Trouble::new("name", problem.to_string()))?;
    let Some(owner) = app.store.user(user).await? else { return Err(ActionError::NotFound { what: "user" }) };
    let password = random_password();
    let keys = app.keys.for_app_passwords(&app.store).await?;
    let key = keys.first().copied().unwrap_or_default();
    let new = NewAppPassword {
        name: name.as_str(),
        hash: keyed(&key, password.as_bytes()),
        fever_hash: keyed(&key, fever_key(&owner.name, &password).as_bytes()),
    };
    match app.store.create_app_password(user, new, APP_PASSWORDS_MAX, app.now()).await? {
        Some(id) => Ok(NewPassword { id, username: owner.name, password: Secret::new(password) }),
        None => Err(Trouble::new(
            "too_many_passwords",
            format!("there are {APP_PASSWORDS_MAX} app passwords already; remove one first"),
        )
        .into()),
    }
}

/// Ends a password.
///
/// # Errors
/// When the user has no such password.
pub async fn remove_app_password(app: &App, user: UserId, id: AppPasswordId) -> Result<(), ActionError> {
    let removed = app.store.remove_app_password(user, id).await?;
    let hashes = removed.ok_or(ActionError::NotFound { what: "app password" })?;
    app.forget_known(hashes).await;
    Ok(())
}

/// Whose password this is, as an app sent it.
///
/// # Errors
/// A failure of the database.
pub async fn app_password_user(app: &App, password: &str) -> Result<Option<User>, ActionError> {
    if !is_password(password) {
        return Ok(None);
    }
    for hash in hashes(app, password).await? {
        let ask = async || Ok(app.store.app_password_user(hash, app.now()).await?.map(remembered));
        if let Some(known) = app.recall(hash, ask).await? {
            return Ok(Some(known.user));
        }
    }
    Ok(None)
}

/// Whose `api_key` this is: the MD5 of `name:password` in hexadecimal, as the Fever API has it.
///
/// # Errors
/// A failure of the database.
pub async fn fever_user(app: &App, api_key: &str) -> Result<Option<User>, ActionError> {
    if api_key.len() != 32 || !api_key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(None);
    }
    for hash in hashes(app, &api_key.to_ascii_lowercase()).await? {
        let ask = async || Ok(app.store.fever_user(hash, app.now()).await?.map(remembered));
        if let Some(known) = app.recall(hash, ask).await? {
            return Ok(Some(known.user));
        }
    }
    Ok(None)
}

/// Until the next use is to be noted.
fn remembered(user: User) -> (Known, Duration) {
    (Known { user, session: None }, APP_PASSWORD_REMEMBERED)
}

async fn hashes(app: &App, text: &str) -> Result<Vec<Hash>, ActionError> {
    let keys = app.keys.for_app_passwords(&app.store).await?;
    Ok(keys.iter().map(|key| keyed(key, text.as_bytes())).collect())
}

fn random_password() -> String {
    let bytes: [u8; PASSWORD_LETTERS] = random_bytes();
    let letters = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    PREFIX.chars().chain(letters).collect()
}

/// Whether a text may be one of ours; anything else needs no look-up.
fn is_password(text: &str) -> bool {
    text.strip_prefix(PREFIX)
        .is_some_and(|rest| rest.len() == PASSWORD_LETTERS && rest.bytes().all(|byte| LETTERS.contains(&byte)))
}

fn fever_key(username: &str, password: &str) -> String {
    let digest = Md5::digest(format!("{username}:{password}"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_recognised_and_nothing_else_is() {
        let password = random_password();
        assert!(is_password(&password), "{password}");
        assert_ne!(password, random_password());
        for text in ["", "yomu_", "yomu_abc", &password[1..], &password.to_uppercase(), "Bearer x", "yomu_\u{732b}"] {
            assert!(!is_password(text), "{text}");
        }
    }

    #[test]
    fn the_fever_key_is_the_md5_of_name_and_password() {
        // printf 'a:b' | md5sum
        assert_eq!(fever_key("a", "b"), "d8160c9b3dc20d4e931aeb4f45262155");
    }
}
