//! Pictures that commands write on request.

use std::fs;
use std::path::Path;

use crate::terminal::Terminal;
use crate::trouble::Trouble;

/// Writes a picture and says so.
pub(super) fn write(path: &Path, svg: &str, terminal: &Terminal) -> Result<(), Trouble> {
    fs::write(path, svg).map_err(|reason| Trouble::CannotWrite { path: path.to_path_buf(), reason })?;
    terminal.note(&format!("written: {}", path.display()));
    Ok(())
}
