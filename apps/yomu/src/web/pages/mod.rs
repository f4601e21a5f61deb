//! One file for each page or form: read what came, one call, answer.

pub(super) mod add_show;
pub(super) mod add_submit;
pub(super) mod asset_show;
pub(super) mod entry_article;
pub(super) mod entry_mark;
pub(super) mod entry_remove;
pub(super) mod entry_show;
pub(super) mod entry_star;
pub(super) mod feed_refresh;
pub(super) mod feed_remove;
pub(super) mod feed_settings_save;
pub(super) mod feed_settings_show;
pub(super) mod feeds_refresh;
pub(super) mod feeds_show;
pub(super) mod folder_remove;
pub(super) mod folder_rename;
pub(super) mod health_show;
pub(super) mod home_show;
pub(super) mod icon_show;
pub(super) mod list_mark;
pub(super) mod list_show;
pub(super) mod opml_export;
pub(super) mod opml_import;
pub(super) mod sample_open;
pub(super) mod search_show;
pub(super) mod transfer_show;
pub(super) mod trouble_show;
pub(super) mod undo;
pub(super) mod welcome_show;

use serde::Deserialize;

use super::local_path::LocalPath;

/// A form that says only where to go afterwards.
#[derive(Deserialize)]
pub(super) struct BackForm {
    #[serde(default)]
    back: LocalPath,
}
