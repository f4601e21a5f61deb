//! `homelab service register`: a service's own Application, once.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::commands::home::Home;
use crate::exit::Exit;
use crate::reach::real::SystemRandom;
use crate::services;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Apply a service's own Application, once, and wait until it is Synced and Healthy
#[derive(Debug, Args)]
#[command(after_help = "\
Before anything is applied, ghcr.io is asked for exactly the image that git names, as a node would ask: without a password.
From then on `git push` is enough.

Examples:
  homelab service register .
  homelab service register ../notes --cluster ~/homelab-k3s/homelab.toml

Exit codes: 0 it is healthy, 1 it is not, 64 wrong usage.")]
pub(crate) struct Register {
    /// The folder of its repository, or its name if the folder lies here or beside homelab.toml
    #[arg(value_name = "NAME|PATH", default_value = ".")]
    service: String,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl Register {
    /// Registers.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let home = Home::of_cluster_to_change(self.cluster.as_deref(), terminal)?;
        let repository = home.service(&self.service)?;
        home.wait(services::register(&home.reach, home.desired(), &repository, &SystemRandom, &|text| {
            terminal.note(text);
        }))?;
        match terminal.format {
            Format::Human => {
                terminal.data(&format!("`{}` is registered; from now on `git push` is enough", repository.name));
            }
            _ => terminal.data(&json!({ "version": 1, "name": repository.name, "health": "Healthy" }).to_string()),
        }
        Ok(Exit::Done)
    }
}
