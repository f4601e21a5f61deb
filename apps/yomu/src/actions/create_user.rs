//! Makes a user ahead of their first visit.

use yomu_store::{StoreError, User};

use crate::App;
use crate::trouble::{ActionError, Trouble};

/// Characters of a name at most: an e-mail address may have 254.
const NAME_CHARS_MAX: usize = 254;

/// Makes a user of a name: letters, digits, `_`, `-`, `@` and `.`.
///
/// # Errors
/// Trouble when the name cannot be one or is taken; a failure of the database.
pub async fn create_user(app: &App, name: &str, is_admin: bool) -> Result<User, ActionError> {
    let name = name.trim();
    let fits = |letter: char| letter.is_alphanumeric() || "_-@.".contains(letter);
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX || !name.chars().all(fits) {
        return Err(Trouble::new("name", "a name has letters, digits and `_-@.`, up to 254 of them").into());
    }
    match app.store.create_user(name, is_admin, app.now()).await {
        Ok(user) => Ok(user),
        Err(StoreError::Duplicate) => Err(Trouble::new("name", format!("`{name}` is taken")).into()),
        Err(error) => Err(error.into()),
    }
}
