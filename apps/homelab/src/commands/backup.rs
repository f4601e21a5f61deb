//! `homelab backup`: what the home cannot be made from again.

use std::path::PathBuf;

use clap::Args;
use jiff::{Timestamp, Unit};
use serde_json::json;

use super::home::Home;
use crate::backups;
use crate::exit::Exit;
use crate::reach::real::SystemRandom;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Copy the cluster's state, the server's token and every database into a folder
#[derive(Debug, Args)]
#[command(after_help = "\
Each backup gets a folder of its own below DIR, with checksums, readable by you alone. It holds every secret of the cluster: keep it
where only you can read it. Volumes of services are not in it; `--containers` lets the host copy whole containers, and keep them.

Examples:
  homelab backup ~/backups
  homelab backup ~/backups --containers local

Exit codes: 0 it is complete, 1 it is not, 64 wrong usage.")]
pub(crate) struct Backup {
    /// Where it goes
    #[arg(value_name = "DIR")]
    into: PathBuf,
    /// Also let the host copy our containers onto this storage
    #[arg(long, value_name = "STORAGE")]
    containers: Option<String>,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl Backup {
    /// Copies.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        // Only containers need the host.
        let home = match &self.containers {
            Some(_) => Home::whole(self.cluster.as_deref(), terminal)?,
            None => Home::of_cluster_to_change(self.cluster.as_deref(), terminal)?,
        };
        let now = Timestamp::now();
        let made_at = now.round(Unit::Second).unwrap_or(now).to_string();
        let storage = self.containers.as_deref();
        let say = |text: &str| terminal.note(text);
        let saved = backups::save(&home.reach, home.desired(), &self.into, &made_at, storage, &SystemRandom, &say);
        let (folder, manifest) = home.wait(saved)?;
        match terminal.format {
            Format::Human => terminal.data(&format!(
                "{} holds it: {} files, {} bytes. It holds every secret of the cluster, too.",
                folder.display(),
                manifest.parts.len(),
                manifest.parts.iter().map(|part| part.bytes).sum::<u64>(),
            )),
            _ => terminal.data(&json!({ "version": 1, "folder": folder, "manifest": manifest }).to_string()),
        }
        Ok(Exit::Done)
    }
}
