//! The infrastructure repository that a command works with: `homelab.toml` and the manifests beside it.

use std::fs;
use std::path::{Path, PathBuf};

use homelab_plan::plan::Desired;

use crate::cluster_file;
use crate::limits::{REPOSITORY_FILES_MAX, TREE_FILE_BYTES_MAX};
use crate::manifests;
use crate::observe::Manifests;
use crate::trouble::Trouble;

/// What should be, and from which folder.
pub(super) struct Infrastructure {
    /// Where `homelab.toml` lies.
    pub(super) folder: PathBuf,
    /// What should be.
    pub(super) desired: Desired,
    /// The manifests.
    pub(super) manifests: Vec<Manifests>,
}

/// The repository with the file that is meant; none if there is no file.
pub(super) fn find(named: Option<&Path>) -> Result<Option<Infrastructure>, Trouble> {
    if named.is_none() && cluster_file::find(None, Path::new(".")).is_none() {
        return Ok(None);
    }
    read(named).map(Some)
}

/// The repository with the file that is meant, which must be there.
pub(super) fn read(named: Option<&Path>) -> Result<Infrastructure, Trouble> {
    let (path, home) = cluster_file::find_and_read(named)?;
    let folder = path.parent().unwrap_or(Path::new(".")).to_path_buf();
    let mut files = Vec::new();
    for top in ["argocd", "shared"] {
        collect(&folder, &folder.join(top), &mut files)?;
    }
    let manifests = manifests::read(&files)?;
    let desired = Desired { home, components: manifests::components(&manifests) };
    Ok(Infrastructure { folder, desired, manifests })
}

/// All files below `at`, by their paths below `folder`. Links are not followed.
fn collect(folder: &Path, at: &Path, files: &mut Vec<(String, String)>) -> Result<(), Trouble> {
    let cannot_read = |path: &Path| {
        let path = path.to_path_buf();
        move |reason| Trouble::CannotRead { path, reason }
    };
    for entry in fs::read_dir(at).map_err(cannot_read(at))? {
        let entry = entry.map_err(cannot_read(at))?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(cannot_read(at))?);
        if kind.is_dir() {
            collect(folder, &path, files)?;
        } else if kind.is_file() && files.len() < REPOSITORY_FILES_MAX {
            let size = entry.metadata().map_err(cannot_read(&path))?.len();
            if size > TREE_FILE_BYTES_MAX {
                continue;
            }
            let bytes = fs::read(&path).map_err(cannot_read(&path))?;
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    Ok(())
}
