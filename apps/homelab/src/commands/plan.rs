//! `homelab plan`: what `homelab up` would do.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{infrastructure, ways};
use crate::apply;
use crate::exit::Exit;
use crate::report;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// What `homelab up` would do, and what is missing before it can
#[derive(Debug, Args)]
#[command(after_help = "\
Looks at the host, at the machines that are ours and at the cluster, and changes nothing. What is printed is what `homelab up`
carries out. The password comes from HOMELAB_PROXMOX_PASSWORD, the secret of a token from HOMELAB_PROXMOX_TOKEN_SECRET, or is
asked for.

Examples:
  homelab plan
  homelab plan --format json

Exit codes: 0 nothing to do, 2 there is something to do, 1 something is missing or cannot be seen, 64 wrong usage.")]
pub(crate) struct Plan {
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl Plan {
    /// Looks, and says what would be done.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let found = infrastructure::read(self.cluster.as_deref())?;
        let reach = ways::open(&found.desired.home, &found.folder, terminal)?;
        let plan = ways::wait(apply::plan(&reach, &found.desired, &found.manifests))??;
        match terminal.format {
            Format::Human => terminal.data(&report::plan::words(&plan, terminal.out)),
            _ => terminal.data(&json!({ "version": 1, "plan": report::plan::view(&plan) }).to_string()),
        }
        Ok(match (plan.problems.is_empty(), plan.is_empty()) {
            (false, _) => Exit::Failed,
            (true, true) => Exit::Done,
            (true, false) => Exit::Changes,
        })
    }
}
