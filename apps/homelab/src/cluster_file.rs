//! Finding and reading `homelab.toml`.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use homelab_plan::config::{self, Answers, Homelab, default_file};

use crate::limits::CLUSTER_FILE_BYTES_MAX;
use crate::terminal::Terminal;
use crate::trouble::Trouble;

/// The name of the file.
pub const NAME: &str = "homelab.toml";

/// The file that is meant: the one that was named, or the next one from `folder` upwards.
pub fn find(named: Option<&Path>, folder: &Path) -> Option<PathBuf> {
    if let Some(named) = named {
        return Some(if named.is_dir() { named.join(NAME) } else { named.to_path_buf() });
    }
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    folder.ancestors().map(|ancestor| ancestor.join(NAME)).find(|path| path.is_file())
}

/// Reads the file that is meant, which must be there.
///
/// # Errors
/// There is none, or it is wrong.
pub fn find_and_read(named: Option<&Path>) -> Result<(PathBuf, Homelab), Trouble> {
    let folder = Path::new(".");
    let path = find(named, folder).ok_or_else(|| Trouble::NoConfig {
        folder: fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf()),
    })?;
    let homelab = parse(&path, &read(&path)?)?;
    Ok((path, homelab))
}

/// Reads the file that is meant; where there is none, what `homelab init` would write is taken, and the person is told.
/// Questions about a home can be asked before there is one.
///
/// # Errors
/// The file cannot be read, or is wrong.
pub fn find_or_usual(named: Option<&Path>, terminal: &Terminal) -> Result<Homelab, Trouble> {
    match find_and_read(named) {
        Ok((_, homelab)) => Ok(homelab),
        Err(Trouble::NoConfig { .. }) => {
            terminal.note("no homelab.toml here: taking the home that `homelab init` writes\n");
            parse(Path::new(NAME), &default_file(&Answers::default()))
        }
        Err(trouble) => Err(trouble),
    }
}

/// The text of a file, as much of it as can be one.
///
/// # Errors
/// It cannot be read.
pub fn read(path: &Path) -> Result<String, Trouble> {
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(CLUSTER_FILE_BYTES_MAX).read_to_end(&mut bytes))
        .map_err(|reason| Trouble::CannotRead { path: path.to_path_buf(), reason })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What a text means, or everything that is wrong with it.
///
/// # Errors
/// It is wrong.
pub fn parse(path: &Path, text: &str) -> Result<Homelab, Trouble> {
    config::parse(text)
        .map_err(|problems| Trouble::BadConfig { path: path.to_path_buf(), problems: Box::new(problems) })
}
