//! `homelab restore`: a home from a backup.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::home::{Home, consent};
use super::progress::Progress;
use crate::backups;
use crate::exit::Exit;
use crate::reach::real::SystemRandom;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Make the containers of homelab.toml anew, and bring a backup back onto them
#[derive(Debug, Args)]
#[command(after_help = "\
Onto new containers only: a cluster that is there is never overwritten (`homelab down` removes one). Services come back by
themselves, as git says, with the secrets and databases of the backup. An interrupted restore is run again.

Examples:
  homelab restore ~/backups/2026-11-23T120000Z
  homelab restore ~/backups/2026-11-23T120000Z --name home     for scripts

Exit codes: 0 everything is back, 1 it is not, 64 wrong usage.")]
pub(crate) struct Restore {
    /// The folder of one backup
    #[arg(value_name = "DIR")]
    from: PathBuf,
    /// The name of the cluster, as consent
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl Restore {
    /// Restores.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let found = super::infrastructure::read(self.cluster.as_deref())?;
        let name = found.desired.home.cluster.name.to_string();
        // Before anybody is asked for anything.
        let backup = backups::read(&self.from, &name)?;
        terminal.note(&format!("a backup of `{name}`, made at {}, whole", backup.manifest.made_at));
        consent("cluster", &name, self.name.as_deref(), terminal)?;
        let home = Home::whole(self.cluster.as_deref(), terminal)?;
        let (progress, say) = (Progress::new(*terminal), |text: &str| terminal.note(text));
        let (reach, desired, manifests) = (&home.reach, home.desired(), &home.found.manifests);
        home.wait(backups::restore(reach, desired, manifests, &backup, &SystemRandom, &progress, &say))?;
        match terminal.format {
            Format::Human => terminal.data("Everything is back; services follow as git says."),
            _ => terminal.data(&json!({ "event": "restored", "made_at": backup.manifest.made_at }).to_string()),
        }
        Ok(Exit::Done)
    }
}
