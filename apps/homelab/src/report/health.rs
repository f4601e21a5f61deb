//! How a home is, in words: what is wrong comes first, and what is well is short.

use super::table::table;
use crate::observe::Health;
use crate::terminal::Paint;

/// The whole page.
pub fn words(health: &Health, paint: Paint) -> String {
    let nodes = health.nodes.iter().map(|node| {
        vec![
            node.name.clone(),
            node.container.clone(),
            node.cluster.clone(),
            node.k3s.clone(),
            node.memory.clone(),
            node.use_in_words(),
            node.pods.to_string(),
        ]
    });
    let headings = ["node", "container", "in the cluster", "K3s", "memory", "asked for by pods", "pods"];
    let mut text = format!("{}\n\n{}", verdict(health, paint), table(&headings, &[6], nodes.collect()));
    if !health.components.is_empty() {
        let rows = health.components.iter().map(|component| vec![component.name.clone(), component.state.clone()]);
        text += &format!("\n{}", table(&["component", "state"], &[], rows.collect()));
    }
    if !health.services.is_empty() {
        let rows =
            health.services.iter().map(|service| [&service.name, &service.sync, &service.health].map(Clone::clone));
        text += &format!("\n{}", table(&["service", "sync", "health"], &[], rows.map(Vec::from).collect()));
    }
    if health.nodes.iter().any(|node| node.allocatable > 0) {
        text += &format!("\n{}", pods_and_backups(health, paint));
    }
    text
}

/// In one line, or in one for each thing that is wrong.
fn verdict(health: &Health, paint: Paint) -> String {
    if health.is_well {
        return paint.green("All is well.");
    }
    let mut wrong = Vec::new();
    let nodes = health.nodes.iter().filter(|node| node.cluster != "ready");
    wrong.extend(nodes.map(|node| match node.cluster.as_str() {
        "-" => format!("{}: its container is missing", node.name),
        state => format!("{}: {state}", node.name),
    }));
    let components = health.components.iter().filter(|component| component.state != "ready");
    wrong.extend(components.map(|component| format!("{}: {}", component.name, component.state)));
    let services = health.services.iter().filter(|service| !service.is_well());
    wrong.extend(services.map(|service| format!("{}: {}, {}", service.name, service.sync, service.health)));
    wrong.extend(health.pods.troubled.iter().map(|pod| {
        let place = if pod.node.is_empty() { "without a node".to_owned() } else { format!("on {}", pod.node) };
        format!("pod {}/{} {place}: {}", pod.namespace, pod.name, pod.state)
    }));
    wrong.extend(health.unseen.iter().map(|why| format!("the cluster cannot be looked into: {why}")));
    if wrong.is_empty() {
        wrong.push("the cluster does not answer yet".to_owned());
    }
    format!("{}\n  {}", paint.yellow("Not well:"), wrong.join("\n  "))
}

fn pods_and_backups(health: &Health, paint: Paint) -> String {
    let (pods, backups) = (&health.pods, &health.backups);
    let moment = |moment: &Option<String>| moment.clone().unwrap_or_else(|| paint.yellow("never"));
    format!(
        "{} pods work, {} do not\nlast backup: {}\nlast dump of the databases inside the cluster: {}\n",
        pods.well,
        pods.troubled.len(),
        moment(&backups.last),
        moment(&backups.last_dump)
    )
}
