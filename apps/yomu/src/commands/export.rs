//! `yomu export`: the subscriptions as OPML, or everything as an archive.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::open::open;
use super::progress::counting;
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
    let mut out: Box<dyn Write> = match output {
        None => Box::new(io::stdout().lock()),
        Some(path) => Box::new(BufWriter::new(private_file(path).map_err(|reason| unwritten(path, reason))?)),
    };
    if all {
        let bar = counting("entries");
        let count = export_archive(&app, &user, &mut out, |count| bar.set_position(count)).await?;
        bar.finish_and_clear();
        eprintln!("{count} entries were written; passwords of feeds are among them, so keep the archive to yourself");
    } else {
        let opml = export_opml(&app, user.id).await?;
        let written = out.write_all(opml.as_bytes()).and_then(|()| out.flush());
        written.map_err(|reason| unwritten(output.unwrap_or(Path::new("-")), reason))?;
    }
    Ok(Exit::Done)
}

/// A new file that nobody else may read: passwords of feeds may be in it.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn unwritten(path: &Path, reason: io::Error) -> CommandError {
    CommandError::File { path: path.to_owned(), verb: "written", reason }
}
