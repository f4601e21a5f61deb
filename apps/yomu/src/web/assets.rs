//! Files in the binary: style sheet, scripts, icons. Their addresses carry a hash of their content, so that a browser
//! may keep them for ever and still sees every change.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// A file in the binary.
pub(super) struct Asset {
    /// Its address: `/assets/yomu.1a2b3c4d.css`.
    pub(super) path: String,
    pub(super) media_type: &'static str,
    pub(super) bytes: &'static [u8],
}

macro_rules! asset {
    ($name:literal, $extension:literal, $media_type:literal) => {
        LazyLock::new(|| {
            let bytes = include_bytes!(concat!("../../assets/", $name, ".", $extension));
            Asset::new($name, $extension, $media_type, bytes)
        })
    };
}

pub(super) static STYLE: LazyLock<Asset> = asset!("yomu", "css", "text/css; charset=utf-8");
pub(super) static LIST_SCRIPT: LazyLock<Asset> = asset!("list", "js", "text/javascript; charset=utf-8");
pub(super) static ENTRY_SCRIPT: LazyLock<Asset> = asset!("entry", "js", "text/javascript; charset=utf-8");
pub(super) static LIVE_SCRIPT: LazyLock<Asset> = asset!("live", "js", "text/javascript; charset=utf-8");
pub(super) static ICON: LazyLock<Asset> = asset!("icon", "svg", "image/svg+xml");

/// The file of a name with its hash.
pub(super) fn find(name: &str) -> Option<&'static Asset> {
    let all: [&'static Asset; 5] = [&STYLE, &LIST_SCRIPT, &ENTRY_SCRIPT, &LIVE_SCRIPT, &ICON];
    all.into_iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(name))
}

impl Asset {
    fn new(name: &str, extension: &str, media_type: &'static str, bytes: &'static [u8]) -> Self {
        // Four bytes tell versions of one file apart; nobody attacks their own style sheet.
        let hash = Sha256::digest(bytes).iter().take(4).fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        Self { path: format!("/assets/{name}.{hash}.{extension}"), media_type, bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_its_name_with_hash_only() {
        let name = STYLE.path.strip_prefix("/assets/").unwrap();
        assert_eq!(find(name).unwrap().media_type, "text/css; charset=utf-8");
        assert!(find("yomu.css").is_none() && find("").is_none());
    }

    #[test]
    fn scripts_stay_small() {
        for asset in [&LIST_SCRIPT, &ENTRY_SCRIPT, &LIVE_SCRIPT] {
            assert!(asset.bytes.len() < 4096, "{} has {} bytes", asset.path, asset.bytes.len());
        }
    }
}
