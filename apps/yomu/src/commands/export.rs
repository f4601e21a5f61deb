//! `yomu export`: the subscriptions as OPML.

use std::path::Path;

use super::open::open;
use crate::actions::export_opml::export_opml;
use crate::commands::{CommandError, Exit};
use crate::config::Config;

/// Writes the subscription list to a file or to standard output.
pub(super) async fn export(config: Config, output: Option<&Path>) -> Result<Exit, CommandError> {
    let (app, user) = open(&config).await?;
    let opml = export_opml(&app, user.id).await?;
    match output {
        None => print!("{opml}"),
        Some(path) => std::fs::write(path, opml).map_err(|reason| CommandError::File {
            path: path.to_owned(),
            verb: "written",
            reason,
        })?,
    }
    Ok(Exit::Done)
}
