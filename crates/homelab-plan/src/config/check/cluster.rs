//! Servers, the features of containers, and who may set them.

use super::Checked;
use crate::config::value::{Datastore, Role};
use crate::diagnostic::Diagnostic;

pub(super) fn check(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    servers(checked, found);
    features(checked, found);
    for (path, wanted) in [
        ("shared.postgres.node", &checked.home.shared.postgres.node),
        ("shared.valkey.node", &checked.home.shared.valkey.node),
    ] {
        let (Some(place), Some(wanted)) = (checked.places.get(path), wanted) else { continue };
        if !checked.home.nodes.iter().any(|node| node.name == *wanted) {
            let names: Vec<String> = checked.home.nodes.iter().map(|node| format!("`{}`", node.name)).collect();
            let help = format!("the nodes are {}", names.join(", "));
            found.push(Diagnostic::at(place, format!("there is no node `{wanted}`"), "no such node").help(help));
        }
    }
}

fn servers(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    let nodes = &checked.home.nodes;
    let role_places: Vec<_> = (0..nodes.len()).map(|at| checked.places.get(&format!("nodes[{at}].role"))).collect();
    if role_places.iter().any(Option::is_none) || checked.places.is_refused("nodes") {
        return; // A role that was not understood is told already, and may have been a server's.
    }
    let servers: Vec<_> =
        nodes.iter().zip(role_places.into_iter().flatten()).filter(|(node, _)| node.role == Role::Server).collect();
    let count = servers.len();
    let Some((_, last)) = servers.last() else {
        let help = "add a `[[nodes]]` with `role = \"server\"`; the decision record has one, and two agents";
        let place = checked.places.get("nodes[0].role");
        let is_empty = place.is_none();
        let message = if is_empty { "there are no `[[nodes]]`" } else { "no node is a server" };
        let diagnostic = Diagnostic::at(place.unwrap_or(checked.end..checked.end), message, "a cluster needs a server");
        return found.push(if is_empty { diagnostic.help(help) } else { diagnostic.help(help).fix("\"server\"") });
    };
    if checked.home.k3s.datastore == Datastore::Sqlite && count > 1 {
        let message = format!("SQLite allows one server, and there are {count}");
        let diagnostic = Diagnostic::at(last.clone(), message, "one too many").help("make it an agent, or use etcd");
        found.push(match checked.places.get("k3s.datastore") {
            Some(datastore) => diagnostic.and(datastore, "SQLite").fix("\"agent\""),
            None => diagnostic.fix("\"agent\""),
        });
    } else if count.is_multiple_of(2) {
        let message = format!("{count} servers are no better than {}: etcd needs a majority of them", count - 1);
        let mut diagnostic = Diagnostic::at(last.clone(), message, "an even number of servers").fix("\"agent\"");
        for (_, place) in servers.iter().rev().skip(1) {
            diagnostic = diagnostic.and(place.clone(), "a server");
        }
        found.push(diagnostic.help(format!("make this one an agent, or add a server: {} or {}", count - 1, count + 1)));
    }
}

fn features(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    let home = checked.home;
    if let (false, Some(place)) = (home.container.nesting, checked.places.get("container.nesting")) {
        let diagnostic = Diagnostic::at(place, "K3s cannot start containers without `nesting`", "must be `true`");
        found.push(diagnostic.help("write `nesting = true`").fix("true"));
    }
    if !home.container.keyctl {
        return;
    }
    let keyctl = checked.places.get("container.keyctl");
    let way_out = "log in as `root@pam` with its password, or write `keyctl = false`: K3s most likely runs without it";
    let token = home.proxmox.token.as_ref().and_then(|_| checked.places.get("proxmox.token"));
    let user = Some(&home.proxmox.user).filter(|user| !user.is_root()).and_then(|_| checked.places.get("proxmox.user"));
    let (place, message) = match (token, user) {
        (Some(token), _) => (token, "no API token may set `keyctl`, not even root's".to_string()),
        (None, Some(user)) => (user, format!("`{}` may not set `keyctl`; only `root@pam` may", home.proxmox.user)),
        (None, None) => return,
    };
    let diagnostic = Diagnostic::at(place, message, "Proxmox would refuse").help(way_out);
    found.push(match keyctl {
        Some(keyctl) => diagnostic.and(keyctl, "asked for here"),
        None => diagnostic,
    });
}
