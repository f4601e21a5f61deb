//! `homelab service list` and `homelab service logs`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::commands::home::Home;
use crate::exit::Exit;
use crate::reach::real::SystemRandom;
use crate::report::table;
use crate::services::{self, Listed};
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Which services there are, whether they are as git says, and what they run
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  homelab service list
  homelab service list --format json

Exit codes: 0 all are healthy, 2 some are not, 1 it cannot be seen, 64 wrong usage.")]
pub(crate) struct List {
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

/// The last lines that the pods of a service wrote
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  homelab service logs notes
  homelab service logs notes --lines 500

Exit codes: 0 here they are, 1 there is no such service, 64 wrong usage.")]
pub(crate) struct Logs {
    /// Its name
    name: String,
    /// How many of each pod
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    lines: u32,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl List {
    /// Lists.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let home = Home::of_cluster(self.cluster.as_deref(), terminal)?;
        let say = |text: &str| terminal.note(text);
        let listed = home.wait(services::list(&home.reach, home.desired(), &SystemRandom, &say))?;
        let is_well = listed.iter().all(Listed::is_well);
        if terminal.format == Format::Human && listed.is_empty() {
            terminal.data("No service is registered: `homelab service register` does that.");
        } else if terminal.format == Format::Human {
            let rows = listed.iter().map(|service| {
                let images = service.images.iter().map(|image| short(image)).collect::<Vec<_>>().join("\n");
                vec![service.name.clone(), service.sync.clone(), service.health.clone(), images]
            });
            terminal.data(&table::table(&["service", "sync", "health", "image"], &[], rows.collect()));
        } else {
            terminal.data(&json!({ "version": 1, "is_well": is_well, "services": listed }).to_string());
        }
        Ok(if is_well { Exit::Done } else { Exit::Changes })
    }
}

/// An image with as much of its digest as people compare.
fn short(image: &str) -> String {
    match image.split_once("@sha256:") {
        Some((name, digest)) => format!("{name}@{}", digest.get(..12).unwrap_or(digest)),
        None => image.to_owned(),
    }
}

impl Logs {
    /// Prints them.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let home = Home::of_cluster(self.cluster.as_deref(), terminal)?;
        let say = |text: &str| terminal.note(text);
        let logs = services::logs(&home.reach, home.desired(), &self.name, self.lines, &SystemRandom, &say);
        let logs = home.wait(logs)?;
        if terminal.format != Format::Human {
            let pods: Vec<_> = logs.iter().map(|(pod, text)| json!({ "pod": pod, "log": text })).collect();
            terminal.data(&json!({ "version": 1, "pods": pods }).to_string());
            return Ok(Exit::Done);
        }
        for (pod, text) in &logs {
            terminal.data(&format!("{}\n{text}", terminal.out.bold(pod)));
        }
        if logs.is_empty() {
            terminal.note("it has no pods");
        }
        Ok(Exit::Done)
    }
}
