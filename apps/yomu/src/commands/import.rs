//! `yomu import`: bring feeds or pages from elsewhere, or take in an archive.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;

use indicatif::ProgressBar;

use super::open::open;
use super::progress::{counting, towards};
use crate::App;
use crate::actions::export_archive::user_named;
use crate::actions::import_archive::{check_archive, import_archive};
use crate::actions::import_file::{ImportedFile, import_file};
use crate::archive;
use crate::commands::{CommandError, Exit};
use crate::config::Config;
use crate::limits::IMPORT_FILE_BYTES_MAX;
use crate::trouble::ActionError;
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
    let bytes = if is_archive { Vec::new() } else { read_whole(&mut from).map_err(unread)? };
    let (app, local) = open(&config).await?;
    let user = user_named(&app, user, local.id).await?.id;
    if is_archive { import_everything(&app, user, from).await } else { import_other(&app, user, bytes).await }
}

/// What another program wrote.
async fn import_other(app: &App, user: UserId, bytes: Vec<u8>) -> Result<Exit, CommandError> {
    // One of something, until the file is read and says of how many: a bar without an end is drawn as a full one.
    let bar = towards(1);
    let progress = |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    };
    let Some(imported) = unless_interrupted(&bar, import_file(app, user, bytes, progress)).await? else {
        return Ok(Exit::Failed);
    };
    let (what, new, known, problems, next) = match imported {
        ImportedFile::Feeds(all) => {
            ("feed", all.new, all.known, all.problems, "`yomu refresh` fetches them, or Yomu while it runs")
        }
        ImportedFile::Pages(all) => {
            let (new, known) = (all.new as usize, all.known as usize);
            ("page", new, known, all.problems, "Yomu fetches the texts that did not come along while it runs")
        }
    };
    for problem in &problems {
        eprintln!("{problem}");
    }
    let plural = if new == 1 { "" } else { "s" };
    let unusable = if problems.is_empty() { String::new() } else { format!(", {} not usable", problems.len()) };
    let next = if new == 0 { String::new() } else { format!("; {next}") };
    println!("{new} {what}{plural} imported, {known} known already{unusable}{next}");
    Ok(if new + known == 0 { Exit::Nothing } else { Exit::Done })
}

/// What another Yomu wrote.
async fn import_everything(app: &App, user: UserId, from: Box<dyn BufRead>) -> Result<Exit, CommandError> {
    let bar = counting("entries");
    let importing = import_archive(app, user, from, |count| bar.set_position(count));
    let Some(imported) = unless_interrupted(&bar, importing).await? else { return Ok(Exit::Failed) };
    println!(
        "{} feeds and {} entries imported, {} feeds and {} entries known already",
        imported.feeds, imported.entries.new, imported.known_feeds, imported.entries.known
    );
    Ok(Exit::Done)
}

/// What an import came to; none after Ctrl-C, which ends it between two transactions.
async fn unless_interrupted<T>(
    bar: &ProgressBar,
    importing: impl Future<Output = Result<T, ActionError>>,
) -> Result<Option<T>, ActionError> {
    let imported = tokio::select! {
        imported = importing => imported.map(Some),
        _ = tokio::signal::ctrl_c() => Ok(None),
    };
    bar.finish_and_clear();
    if matches!(imported, Ok(None)) {
        eprintln!("interrupted: a part of it is taken in; the same command again takes in the rest");
    }
    imported
}

fn buffered(file: File) -> BufReader<File> {
    BufReader::with_capacity(1 << 20, file)
}

fn read_whole(from: impl BufRead) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(IMPORT_FILE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > IMPORT_FILE_BYTES_MAX {
        let reason = format!("it is larger than {} MB; split it", IMPORT_FILE_BYTES_MAX >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
    }
    Ok(bytes)
}
