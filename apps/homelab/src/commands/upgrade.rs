//! `homelab upgrade`: a newer K3s, node by node.

use std::path::PathBuf;

use clap::Args;
use homelab_plan::config::edit;
use serde_json::json;

use super::home::Home;
use super::node::{trouble, write};
use crate::cluster_file;
use crate::exit::Exit;
use crate::nodes;
use crate::reach::real::SystemRandom;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Bring all nodes to another release of K3s: servers first, one at a time, one minor version at a time
#[derive(Debug, Args)]
#[command(after_help = "\
The release is the one that homelab.toml pins; `--to` pins another one first. Before the first server a snapshot is taken. Pods go on
running, and each node is ready before the next is touched. An interrupted upgrade is run again.

Examples:
  homelab upgrade --to v1.37.1+k3s1
  homelab upgrade

Exit codes: 0 all nodes run it, 1 some do not, 64 wrong usage.")]
pub(crate) struct Upgrade {
    /// Pin this release in homelab.toml first
    #[arg(long, value_name = "RELEASE")]
    to: Option<String>,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl Upgrade {
    /// Upgrades.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let mut home = Home::of_cluster_to_change(self.cluster.as_deref(), terminal)?;
        let (path, _) = cluster_file::find_and_read(self.cluster.as_deref())?;
        let old = cluster_file::read(&path)?;
        let new = match &self.to {
            Some(to) => edit::change_k3s_version(&old, to).map_err(|error| trouble(&path, error))?,
            None => old.clone(),
        };
        home.found.desired.home = cluster_file::parse(&path, &new)?;
        // A release that may not come next is refused before it is pinned.
        home.wait(nodes::check_upgrade(&home.reach, home.desired(), &SystemRandom))?;
        write(&path, &old, &new)?;
        let say = |text: &str| terminal.note(text);
        let upgraded = home.wait(nodes::upgrade(&home.reach, home.desired(), &SystemRandom, &say))?;
        let version = home.desired().home.k3s.version.to_string();
        match terminal.format {
            Format::Human if upgraded.is_empty() => terminal.data(&format!("All nodes run {version}.")),
            Format::Human => terminal.data(&format!("{} run {version} now.", upgraded.join(", "))),
            _ => terminal.data(&json!({ "version": 1, "k3s": version, "upgraded": upgraded }).to_string()),
        }
        Ok(Exit::Done)
    }
}
