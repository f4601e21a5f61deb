//! Everything that changes a reader's world, one file a verb. Pages, jobs and commands all come through here.

pub mod account;
pub mod add_feed;
pub mod app_password;
pub mod change_feed;
pub mod create_user;
pub mod export_archive;
pub mod export_highlights;
pub mod export_opml;
pub mod fetch_article;
pub mod find_address;
pub mod folder;
pub mod highlight;
pub mod import_archive;
pub mod import_entry;
pub mod import_file;
pub mod import_opml;
pub mod import_pages;
pub mod invitation;
pub mod mark;
pub mod media_position;
pub mod open_sample;
pub mod reading;
pub mod refresh_now;
pub mod remove_entry;
pub mod rewrite_entry;
pub mod rules;
pub mod save_page;
pub mod saved_search;
pub mod share;
pub mod star;
pub mod subscribe_suggested;
pub mod tag;
pub mod undo;
pub mod unsubscribe;

use url::Url;
use yomu_model::address::FeedAddress;
use yomu_model::ids::{FolderId, UserId};
use yomu_model::name::FolderName;

use crate::App;
use crate::trouble::{ActionError, Trouble};

/// What a person meant by an address.
fn parse_address(text: &str) -> Result<Url, Trouble> {
    FeedAddress::parse(text).map(FeedAddress::into_url).map_err(|problem| Trouble::new("address", problem.to_string()))
}

/// The folder of a typed title, made if needed; an empty one means none.
async fn folder_titled(app: &App, user: UserId, title: &str) -> Result<Option<FolderId>, ActionError> {
    if title.trim().is_empty() {
        return Ok(None);
    }
    let name = parse_folder_name(title)?;
    Ok(Some(app.store.folder_named(user, name.as_str()).await?))
}

fn parse_folder_name(title: &str) -> Result<FolderName, Trouble> {
    FolderName::parse(title).map_err(|problem| Trouble::new("folder", problem.to_string()))
}
