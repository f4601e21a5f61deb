//! `homelab place`: in the cluster, or beside it?

use std::path::PathBuf;

use clap::Args;
use homelab_plan::bytes::Bytes;
use homelab_plan::place::{Description, place};
use serde_json::json;

use crate::cluster_file;
use crate::exit::Exit;
use crate::report;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Where a service belongs: in the cluster, or in a container of its own
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  homelab place jellyfin
  homelab place notes --data 2GiB --hardware no
  homelab place my-camera --hardware yes")]
pub(crate) struct Place {
    /// What it is called; well-known ones are known
    name: String,
    /// How much data it keeps by itself
    #[arg(long, value_name = "SIZE")]
    data: Option<String>,
    /// Whether it uses hardware of the host: a graphics processor, a USB stick
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    hardware: Option<bool>,
    /// Whether it takes part in the network at home itself: DHCP, DNS, broadcast
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    local_network: Option<bool>,
    /// Whether more than one instance of it may run
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    scales: Option<bool>,
    /// Whether it is your own and deployed by `git push`
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    own: Option<bool>,
    /// The cluster's homelab.toml [default: the next one upwards, or else the one that `homelab init` writes]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("it is `yes` or `no`".to_owned()),
    }
}

impl Place {
    /// Decides.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let homelab = cluster_file::find_or_usual(self.cluster.as_deref(), terminal)?;
        let data = self.data.as_deref().map(|text| {
            text.parse::<Bytes>().map_err(|problem| Trouble::BadValue {
                value: text.into(),
                what: "the value of `--data`",
                reason: format!("it {problem}"),
                hint: "write it as `2GiB`".into(),
            })
        });
        let given = Description {
            data: data.transpose()?,
            hardware: self.hardware,
            local_network: self.local_network,
            scales: self.scales,
            own: self.own,
        };
        let placement = place(&homelab, &self.name, &given);
        terminal.data(&match terminal.format {
            Format::Human => report::place::words(&self.name, &placement, terminal.out),
            _ => json!({ "version": 1, "name": self.name, "placement": placement }).to_string(),
        });
        Ok(Exit::Done)
    }
}
