//! The hook that checks what is staged before each commit.

use std::fs;
use std::path::{Path, PathBuf};

use super::git;
use crate::trouble::Trouble;

/// What marks a hook as ours, so that it may be replaced by a newer one.
const MARK: &str = "# Written by `homelab check --install-hook`.";

/// The hook. A machine without homelab commits all the same, and is told.
const SCRIPT: &str = "\
#!/bin/sh
# Written by `homelab check --install-hook`. Delete this file to be rid of it.
if ! command -v homelab >/dev/null 2>&1; then
  echo 'homelab is not installed here, so nobody looked for secrets' >&2
  exit 0
fi
exec homelab check --staged --quiet
";

/// Writes the hook where git looks for it, and says where that is. A hook of somebody else's is left alone.
///
/// # Errors
/// There is no repository, or another hook.
pub fn install(folder: &Path) -> Result<PathBuf, Trouble> {
    git::require_repository(folder)?;
    let hooks = git::output(folder, &["rev-parse", "--git-path", "hooks"])?;
    let hooks = folder.join(String::from_utf8_lossy(&hooks).trim_end());
    let path = hooks.join("pre-commit");
    let cannot_write = |reason| Trouble::CannotWrite { path: path.clone(), reason };
    if let Ok(there) = fs::read(&path)
        && !String::from_utf8_lossy(&there).contains(MARK)
    {
        return Err(Trouble::ForeignHook { path });
    }
    fs::create_dir_all(&hooks).map_err(cannot_write)?;
    fs::write(&path, SCRIPT).map_err(cannot_write)?;
    make_executable(&path).map_err(cannot_write)?;
    Ok(path)
}

#[cfg(unix)]
fn make_executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_carries_the_mark_by_which_it_is_known() {
        assert!(SCRIPT.contains(MARK));
    }
}
