//! `yomu export`: the subscriptions as OPML, or everything as an archive.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use yomu_store::User;

use super::new_file::NewFile;
use super::open::open;
use super::progress::counting;
use crate::App;
use crate::actions::export_archive::{export_archive, user_named};
use crate::actions::export_opml::export_opml;
use crate::commands::{CommandError, Exit};
use crate::config::Config;

/// Writes the subscription list, or with `all` everything, to a file or to standard output.
pub(super) async fn export(
    config: Config,
    output: Option<&Path>,
    all: bool,
    user: Option<&str>,
) -> Result<Exit, CommandError> {
    let (app, local) = open(&config).await?;
    let user = user_named(&app, user, local.id).await?;
    let Some(path) = output else {
        write(&app, &user, all, io::stdout().lock(), Path::new("-")).await?;
        return Ok(Exit::Done);
    };
    let file = NewFile::at(path).map_err(|reason| unwritten(path, reason))?;
    write(&app, &user, all, BufWriter::new(&file.file), path).await?;
    file.keep().map_err(|reason| unwritten(path, reason))?;
    Ok(Exit::Done)
}

async fn write(app: &App, user: &User, all: bool, mut out: impl Write, path: &Path) -> Result<(), CommandError> {
    if all {
        let bar = counting("entries");
        let written = export_archive(app, user, &mut out, |count| bar.set_position(count)).await;
        bar.finish_and_clear();
        let count = written?;
        eprintln!("{count} entries were written; passwords of feeds are among them, so keep the archive to yourself");
    } else {
        let opml = export_opml(app, user.id).await?;
        let written = out.write_all(opml.as_bytes()).and_then(|()| out.flush());
        written.map_err(|reason| unwritten(path, reason))?;
    }
    Ok(())
}

fn unwritten(path: &Path, reason: io::Error) -> CommandError {
    CommandError::File { path: path.to_owned(), verb: "written", reason }
}
