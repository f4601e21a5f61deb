//! `yomu import`: subscribe to the feeds of an OPML file, or take in an archive.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;

use super::open::open;
use super::progress::counting;
use crate::App;
use crate::actions::export_archive::user_named;
use crate::actions::import_archive::{check_archive, import_archive};
use crate::actions::import_opml::import_opml;
use crate::archive;
use crate::commands::{CommandError, Exit};
use crate::config::Config;
use yomu_model::ids::UserId;

/// Imports a file, or standard input for `-`. What it is, is told by how it begins.
pub(super) async fn import(config: Config, file: &Path, user: Option<&str>) -> Result<Exit, CommandError> {
    let unread = |reason| CommandError::File { path: file.to_owned(), verb: "read", reason };
    let mut from: Box<dyn BufRead> = match file == Path::new("-") {
        true => Box::new(io::stdin().lock()),
        false => Box::new(buffered(File::open(file).map_err(unread)?)),
    };
    let is_archive = from.fill_buf().map_err(unread)?.starts_with(archive::BEGINNING);
    if is_archive && std::fs::metadata(file).is_ok_and(|metadata| metadata.is_file()) {
        // A file can be read twice; what comes through a pipe is checked while it is taken in.
        check_archive(buffered(File::open(file).map_err(unread)?))?;
    }
    let (app, local) = open(&config).await?;
    let user = user_named(&app, user, local.id).await?.id;
    if is_archive {
        return import_everything(&app, user, from).await;
    }
    let bytes = read_list(from).map_err(unread)?;
    let imported = import_opml(&app, user, bytes).await?;
    for problem in &imported.problems {
        eprintln!("{problem}");
    }
    println!("{} feeds imported, {} known already; `yomu refresh` fetches them", imported.new, imported.known);
    Ok(Exit::Done)
}

async fn import_everything(app: &App, user: UserId, from: Box<dyn BufRead>) -> Result<Exit, CommandError> {
    let bar = counting("entries");
    let imported = tokio::select! {
        imported = import_archive(app, user, from, |count| bar.set_position(count)) => imported,
        _ = tokio::signal::ctrl_c() => {
            bar.finish_and_clear();
            eprintln!("interrupted: a part of it is taken in; the same command again takes in the rest");
            return Ok(Exit::Failed);
        }
    };
    bar.finish_and_clear();
    let imported = imported?;
    println!(
        "{} feeds and {} entries imported, {} feeds and {} entries known already",
        imported.feeds, imported.entries.new, imported.known_feeds, imported.entries.known
    );
    Ok(Exit::Done)
}

fn buffered(file: File) -> BufReader<File> {
    BufReader::with_capacity(1 << 20, file)
}

fn read_list(from: impl BufRead) -> io::Result<Vec<u8>> {
    /// A list of fifty thousand feeds; what is longer is no subscription list.
    const OPML_BYTES_MAX: u64 = 16 << 20;

    let mut bytes = Vec::new();
    from.take(OPML_BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}
