//! `homelab service remove`: a service goes, its data in the shared database stays.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::commands::home::{Home, consent};
use crate::exit::Exit;
use crate::reach::real::SystemRandom;
use crate::services;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Take a service out of the cluster; its database, its repository and its images stay
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  homelab service remove notes                    asks for its name
  homelab service remove notes --name notes       for scripts
  homelab service remove notes --with-volumes     also what it keeps on the nodes' disks

Exit codes: 0 it is gone, 1 it is not, 64 wrong usage.")]
pub(crate) struct Remove {
    /// The service
    service: String,
    /// The name of the service once more, as consent
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Its volumes may go, with what is on them
    #[arg(long)]
    with_volumes: bool,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl Remove {
    /// Says what goes and what stays, asks, and removes.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let home = Home::of_cluster_to_change(self.cluster.as_deref(), terminal)?;
        let (reach, desired) = (&home.reach, home.desired());
        let removal = home.wait(services::look_before_removal(reach, desired, &self.service, &SystemRandom))?;
        terminal.note(&format!(
            "goes: the Application `{}`, its pods, and the namespace `{}` with its Secret",
            removal.name, removal.namespace
        ));
        for volume in &removal.volumes {
            terminal.note(&format!("goes: the volume `{volume}` with its data"));
        }
        for stays in removal.stays() {
            terminal.note(&format!("stays: {stays}"));
        }
        if removal.volumes.is_empty() || self.with_volumes {
            consent("service", &removal.name, self.name.as_deref(), terminal)?;
        }
        let say = |text: &str| terminal.note(text);
        home.wait(services::remove(reach, desired, &removal, self.with_volumes, &SystemRandom, &say))?;
        match terminal.format {
            Format::Human => terminal.data(&format!("removed `{}`", removal.name)),
            _ => terminal.data(&json!({ "version": 1, "removed": removal.name }).to_string()),
        }
        Ok(Exit::Done)
    }
}
