//! Renames and removes folders. They are made where a feed is put into one.

use yomu_model::ids::{FolderId, UserId};
use yomu_store::StoreError;

use super::parse_folder_name;
use crate::App;
use crate::trouble::{ActionError, Trouble};

/// Gives a folder another title.
///
/// # Errors
/// Trouble when the title cannot be one or is taken; when the user has no such folder; a failure of the database.
pub async fn rename_folder(app: &App, user: UserId, id: FolderId, title: &str) -> Result<(), ActionError> {
    let name = parse_folder_name(title)?;
    match app.store.rename_folder(user, id, name.as_str()).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(ActionError::NotFound { what: "folder" }),
        Err(StoreError::Duplicate) => {
            Err(Trouble::new("folder_exists", format!("there is a folder called `{}` already", name.as_str())).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Removes a folder; its feeds stay.
///
/// # Errors
/// When the user has no such folder; a failure of the database.
pub async fn remove_folder(app: &App, user: UserId, id: FolderId) -> Result<(), ActionError> {
    if app.store.remove_folder(user, id).await? { Ok(()) } else { Err(ActionError::NotFound { what: "folder" }) }
}
