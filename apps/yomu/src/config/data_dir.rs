//! The folder in which the platform keeps a program's data.

use std::path::PathBuf;

/// `~/.local/share/yomu` on Linux, `~/Library/Application Support/yomu` on macOS, `%APPDATA%\yomu\data` on Windows.
pub(super) fn platform_data_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "yomu").map(|folders| folders.data_dir().to_owned())
}
