//! One file for each page or form: read what came, one call, answer.

pub(super) mod account_delete;
pub(super) mod account_save;
pub(super) mod account_show;
pub(super) mod add_show;
pub(super) mod add_submit;
pub(super) mod admin_show;
pub(super) mod app_password_create;
pub(super) mod app_password_remove;
pub(super) mod asset_show;
pub(super) mod device_sign_out;
pub(super) mod entries_mark;
pub(super) mod entry_article;
pub(super) mod entry_mark;
pub(super) mod entry_position;
pub(super) mod entry_remove;
pub(super) mod entry_share;
pub(super) mod entry_show;
pub(super) mod entry_star;
pub(super) mod entry_tag;
pub(super) mod events_show;
pub(super) mod feed_refresh;
pub(super) mod feed_remedy;
pub(super) mod feed_remove;
pub(super) mod feed_settings_save;
pub(super) mod feed_settings_show;
pub(super) mod feeds_refresh;
pub(super) mod feeds_show;
pub(super) mod file_import;
pub(super) mod folder_remove;
pub(super) mod folder_rename;
pub(super) mod highlight_change;
pub(super) mod highlight_create;
pub(super) mod highlights_export;
pub(super) mod highlights_show;
pub(super) mod home_show;
pub(super) mod icon_show;
pub(super) mod image_show;
pub(super) mod import_show;
pub(super) mod invitation_create;
pub(super) mod invitation_remove;
pub(super) mod invitation_show;
pub(super) mod keys_show;
pub(super) mod list_mark;
pub(super) mod list_next;
pub(super) mod list_show;
pub(super) mod manifest_show;
pub(super) mod offline_show;
pub(super) mod opml_export;
pub(super) mod pages_retry;
pub(super) mod reading_save;
pub(super) mod reading_show;
pub(super) mod rules_save;
pub(super) mod rules_show;
pub(super) mod sample_open;
pub(super) mod save_show;
pub(super) mod save_submit;
pub(super) mod search_save;
pub(super) mod search_show;
pub(super) mod share_revoke;
pub(super) mod shared_image_show;
pub(super) mod shared_show;
pub(super) mod shares_show;
pub(super) mod sign_in_finish;
pub(super) mod sign_in_show;
pub(super) mod sign_in_start;
pub(super) mod sign_out;
pub(super) mod storage_show;
pub(super) mod suggestions;
pub(super) mod tag_remove;
pub(super) mod tag_rename;
pub(super) mod tags_show;
pub(super) mod transfer_show;
pub(super) mod trouble_show;
pub(super) mod undo;
pub(super) mod user_admin;
pub(super) mod user_remove;
pub(super) mod welcome_show;
pub(super) mod worker_show;

use serde::Deserialize;

use super::local_path::LocalPath;
use crate::trouble::Trouble;

/// A form that says only where to go afterwards.
#[derive(Deserialize)]
pub(super) struct BackForm {
    #[serde(default)]
    back: LocalPath,
}

/// A form that asks to type a name, lest a slip delete what cannot be brought back.
#[derive(Deserialize)]
pub(super) struct ConfirmForm {
    #[serde(default)]
    confirm: String,
}

impl ConfirmForm {
    fn confirms(&self, name: &str) -> Result<(), Trouble> {
        if self.confirm.trim() == name {
            return Ok(());
        }
        Err(Trouble::new("not_confirmed", format!("to delete the account, type its name `{name}`")))
    }
}
