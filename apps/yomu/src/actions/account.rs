//! What people change about their accounts, and admins about others'.

use jiff::tz::TimeZone;
use yomu_model::ids::UserId;
use yomu_store::{AccountChange, StoreError};

use crate::App;
use crate::trouble::{ActionError, Trouble};

/// The languages of the pages.
const LANGUAGES: [&str; 2] = ["en", "ja"];

/// Sets the language and the time zone of the pages; an empty one follows the browser and the server.
///
/// # Errors
/// A language or a time zone that there is not.
pub async fn set_preferences(app: &App, user: UserId, language: &str, time_zone: &str) -> Result<(), ActionError> {
    let language = Some(language.trim()).filter(|language| !language.is_empty());
    if language.is_some_and(|language| !LANGUAGES.contains(&language)) {
        return Err(Trouble::new("language", "there is no such language").into());
    }
    let zone = Some(time_zone.trim()).filter(|zone| !zone.is_empty());
    let name = zone.map(canonical_zone).transpose()?;
    Ok(app.changing_account(user, app.store.set_preferences(user, language, name.as_deref())).await?)
}

/// Deletes an account with everything in it, at the word of its owner or of an admin. There is no way back.
///
/// # Errors
/// When it is the only admin's, or there is none.
pub async fn delete_account(app: &App, user: UserId) -> Result<(), ActionError> {
    outcome(app.changing_account(user, app.store.delete_user(user)).await)
}

/// Makes somebody an admin, or an admin an ordinary reader.
///
/// # Errors
/// When nobody would be left to be admin, or there is no such user.
pub async fn set_admin(app: &App, user: UserId, is_admin: bool) -> Result<(), ActionError> {
    outcome(app.changing_account(user, app.store.set_admin(user, is_admin)).await)
}

fn outcome(change: Result<AccountChange, StoreError>) -> Result<(), ActionError> {
    match change? {
        AccountChange::Done => Ok(()),
        AccountChange::NotFound => Err(ActionError::NotFound { what: "user" }),
        AccountChange::LastAdmin => {
            Err(Trouble::new("last_admin", "nobody else is an admin; make somebody else one first").into())
        }
    }
}

/// The name as the time zone database writes it.
fn canonical_zone(name: &str) -> Result<String, Trouble> {
    let unknown = || Trouble::new("time_zone", "there is no such time zone; names are like `Asia/Tokyo`");
    let zone = TimeZone::get(name).map_err(|_| unknown())?;
    zone.iana_name().map(str::to_owned).ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_known_by_name_whatever_the_case() {
        assert_eq!(canonical_zone("asia/tokyo").as_deref(), Ok("Asia/Tokyo"));
        for name in ["Tokyo", "Asia/Nowhere", "../../etc/passwd", "", "\u{732b}", "UTC+9"] {
            assert!(canonical_zone(name).is_err(), "{name}");
        }
    }
}
