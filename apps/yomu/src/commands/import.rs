//! `yomu import`: subscribe to the feeds of an OPML file.

use std::io::Read as _;
use std::path::Path;

use super::open::open;
use crate::actions::import_opml::import_opml;
use crate::commands::{CommandError, Exit};
use crate::config::Config;

/// Imports a file, or standard input for `-`.
pub(super) async fn import(config: Config, file: &Path) -> Result<Exit, CommandError> {
    let bytes = read(file).map_err(|reason| CommandError::File { path: file.to_owned(), verb: "read", reason })?;
    let (app, user) = open(&config).await?;
    let imported = import_opml(&app, user.id, bytes).await?;
    for problem in &imported.problems {
        eprintln!("{problem}");
    }
    println!("{} feeds imported, {} known already; `yomu refresh` fetches them", imported.new, imported.known);
    Ok(Exit::Done)
}

fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    /// A list of fifty thousand feeds; what is longer is no subscription list.
    const OPML_BYTES_MAX: u64 = 16 << 20;

    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().lock().take(OPML_BYTES_MAX).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(file)?.take(OPML_BYTES_MAX).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
