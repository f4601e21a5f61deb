//! `homelab status`: how the home is.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use homelab_plan::plan::{Observed, tag_of};
use serde_json::json;

use super::{infrastructure, ways};
use crate::exit::Exit;
use crate::observe::observe;
use crate::report::table;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// How the home is: containers, nodes, and what was brought to the cluster
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  homelab status
  homelab status --format json

Exit codes: 0 all is well, 2 something is not, 1 it cannot be seen, 64 wrong usage.")]
pub(crate) struct Status {
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl Status {
    /// Looks.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let found = infrastructure::read(self.cluster.as_deref())?;
        let home = &found.desired.home;
        let reach = ways::open(home, &found.folder, terminal)?;
        let seen = ways::wait(observe(&reach, &found.desired, &found.manifests, &BTreeSet::new()))??;
        let tag = tag_of(home);
        let names: Vec<&str> = home.nodes.iter().map(|node| node.name.as_str()).collect();
        let rows = names.iter().map(|name| row(name, &seen, &tag)).collect::<Vec<_>>();
        let components = seen.cluster.iter().flat_map(|cluster| &cluster.components);
        let components: Vec<[String; 2]> = components
            .map(|(name, component)| {
                [
                    name.clone(),
                    component
                        .waits_for
                        .clone()
                        .unwrap_or_else(|| if component.is_ready { "ready" } else { "not there" }.to_owned()),
                ]
            })
            .collect();
        let is_well = rows.iter().all(|row| row[2] == "ready")
            && components.iter().all(|component| component[1] == "ready")
            && seen.cluster.is_some();
        if terminal.format == Format::Human {
            terminal.data(&table::table(
                &["node", "container", "in the cluster", "K3s", "memory"],
                &[],
                rows.iter().map(|row| row.to_vec()).collect(),
            ));
            terminal.data(&table::table(
                &["component", "state"],
                &[],
                components.iter().map(|row| row.to_vec()).collect(),
            ));
        } else {
            let nodes: Vec<_> = rows.iter().map(|row| json!({ "name": row[0], "container": row[1], "cluster": row[2], "k3s": row[3], "memory": row[4] })).collect();
            let components: Vec<_> =
                components.iter().map(|component| json!({ "name": component[0], "state": component[1] })).collect();
            terminal.data(
                &json!({ "version": 1, "is_well": is_well, "nodes": nodes, "components": components }).to_string(),
            );
        }
        Ok(if is_well { Exit::Done } else { Exit::Changes })
    }
}

/// Name, container, state in the cluster, version and memory of a node.
fn row(name: &str, seen: &Observed, tag: &str) -> [String; 5] {
    let container = seen.containers.iter().find(|container| container.name == name && container.tags.contains(tag));
    let node = seen.cluster.as_ref().and_then(|cluster| cluster.nodes.get(name));
    let state = match (container, node) {
        (None, _) => "-".to_owned(),
        (_, Some(node)) if node.is_ready => "ready".to_owned(),
        (_, Some(_)) => "not ready".to_owned(),
        (_, None) => seen.silent.get(name).map_or("not joined".to_owned(), |why| format!("silent: {why}")),
    };
    [
        name.to_owned(),
        container.map_or("missing".to_owned(), |container| {
            format!("{} {}", container.vmid, if container.is_running { "running" } else { "stopped" })
        }),
        state,
        node.map_or("-".to_owned(), |node| node.version.clone()),
        container.map_or("-".to_owned(), |container| container.memory.to_string()),
    ]
}
