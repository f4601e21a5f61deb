//! `homelab down`: the cluster goes, the file stays.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::home::consent;
use super::{infrastructure, ways};
use crate::exit::Exit;
use crate::removal;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Stop and remove the containers of this cluster, and everything in them
#[derive(Debug, Args)]
#[command(after_help = "\
Removes the containers that carry the tag of this cluster, and no others. What services kept on the nodes' disks is gone then;
backups, the infrastructure repository and the images stay.

Examples:
  homelab down                      asks for the name of the cluster
  homelab down --name home          for scripts

Exit codes: 0 all are gone, 1 some are not, 64 wrong usage.")]
pub(crate) struct Down {
    /// The name of the cluster, as consent
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl Down {
    /// Removes.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let found = infrastructure::read(self.cluster.as_deref())?;
        let home = &found.desired.home;
        let _lock = super::home::lock(&found)?;
        let reach = ways::open(home, &found.folder, terminal)?;
        ways::wait(async {
            let ours = removal::ours(&reach, &found.desired).await?;
            if ours.is_empty() {
                match terminal.format {
                    Format::Human => terminal.data("Nothing to remove: no container carries the tag of this cluster."),
                    _ => terminal.data(&json!({ "version": 1, "removed": [] }).to_string()),
                }
                return Ok(Exit::Done);
            }
            for container in &ours {
                terminal.note(&format!("  - container {} `{}`, with its disk", container.vmid, container.name));
            }
            terminal.note("The volumes of services on these disks are lost. Backups, this repository and images stay.");
            consent("cluster", home.cluster.name.as_str(), self.name.as_deref(), terminal)?;
            for container in &ours {
                removal::remove(&reach, &found.desired, container.vmid).await?;
                terminal.note(&format!("removed container {} `{}`", container.vmid, container.name));
            }
            // Whoever has these addresses next is somebody else.
            for node in &home.nodes {
                reach.desk.forget_host_key(node.address.0)?;
            }
            match terminal.format {
                Format::Human => terminal.data("The cluster is gone."),
                _ => {
                    let removed: Vec<_> =
                        ours.iter().map(|found| json!({ "vmid": found.vmid, "name": found.name })).collect();
                    terminal.data(&json!({ "version": 1, "removed": removed }).to_string());
                }
            }
            Ok(Exit::Done)
        })?
    }
}
