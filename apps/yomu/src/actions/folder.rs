//! Makes, renames and removes folders. Pages make them where a feed is put into one.

use yomu_model::ids::{FolderId, UserId};
use yomu_store::StoreError;

use super::{folder_titled, parse_folder_name};
use crate::App;
use crate::trouble::{ActionError, Trouble};

/// Makes a folder.
///
/// # Errors
/// Trouble when the title cannot be one or is taken; a failure of the database.
pub async fn create_folder(app: &App, user: UserId, title: &str) -> Result<FolderId, ActionError> {
    let name = parse_folder_name(title)?;
    let folders = app.store.folders(user).await?;
    if folders.iter().any(|folder| folder.title == name.as_str()) {
        return Err(exists(name.as_str()).into());
    }
    Ok(app.store.folder_named(user, name.as_str()).await?)
}

/// Gives a folder another title.
///
/// # Errors
/// Trouble when the title cannot be one or is taken; when the user has no such folder; a failure of the database.
pub async fn rename_folder(app: &App, user: UserId, id: FolderId, title: &str) -> Result<(), ActionError> {
    let name = parse_folder_name(title)?;
    match app.store.rename_folder(user, id, name.as_str()).await {
        Ok(true) => {
            app.changed(user).await;
            Ok(())
        }
        Ok(false) => Err(ActionError::NotFound { what: "folder" }),
        Err(StoreError::Duplicate) => Err(exists(name.as_str()).into()),
        Err(error) => Err(error.into()),
    }
}

fn exists(title: &str) -> Trouble {
    Trouble::new("folder_exists", format!("there is a folder called `{title}` already"))
}

/// Removes a folder; its feeds stay.
///
/// # Errors
/// When the user has no such folder; a failure of the database.
pub async fn remove_folder(app: &App, user: UserId, id: FolderId) -> Result<(), ActionError> {
    if app.store.remove_folder(user, id).await? {
        app.changed(user).await;
        Ok(())
    } else {
        Err(ActionError::NotFound { what: "folder" })
    }
}

/// The folder of a title, made if there is none; an empty title means none.
///
/// # Errors
/// Trouble when the title cannot be one; a failure of the database.
pub async fn find_or_create_folder(app: &App, user: UserId, title: &str) -> Result<Option<FolderId>, ActionError> {
    folder_titled(app, user, title).await
}
