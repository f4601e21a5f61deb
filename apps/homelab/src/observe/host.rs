//! The Proxmox host: who we are to it, and what it has.

use std::collections::BTreeSet;

use homelab_plan::bytes::Bytes;
use homelab_plan::plan::{Appliance, Desired, HostSeen, Login, StorageSeen};
use proxmox_client::access::permissions;
use proxmox_client::nodes::{self, aplinfo, apt, network, storage};
use proxmox_client::{Credentials, Error, version};

use super::patience::look;
use super::{Blind, parse};
use crate::reach::Reach;

pub(super) async fn observe(reach: &Reach, desired: &Desired) -> Result<HostSeen, Blind> {
    let client = &reach.proxmox;
    let login = match client.credentials() {
        Credentials::Password { username, .. } => Login { user: username.clone(), is_token: false },
        Credentials::Token { id, .. } => {
            Login { user: id.split('!').next().unwrap_or_default().to_owned(), is_token: true }
        }
    };
    let version = match client.send(&version::get()).await {
        Ok(version) => version.version,
        Err(Error::HostFailed { .. } | Error::OutcomeUnknown { .. }) => look(client, &version::get()).await?.version,
        // Nobody is there, or does not let us in: patience would only take long to say the same.
        Err(error) => return Err(error.into()),
    };
    let nodes = look(client, &nodes::list()).await?;
    let names: Vec<String> = nodes.iter().map(|node| node.node.as_str().to_owned()).collect();
    let mut host = HostSeen { version, nodes: names, login, ..HostSeen::default() };
    if !host.nodes.iter().any(|name| name == desired.home.proxmox.node.as_str()) {
        // Everything below is about that node; the plan says that it is not there.
        return Ok(host);
    }
    let node = parse::node(desired.home.proxmox.node.as_str())?;
    host.memory = Bytes::new(nodes.iter().find(|found| found.node == node).and_then(|found| found.maxmem).unwrap_or(0));
    for (path, privileges) in look(client, &permissions::get()).await?.paths() {
        host.privileges.insert(path.to_owned(), privileges.keys().cloned().collect());
    }
    host.storages = storages(reach, desired, &node).await?;
    host.bridges = look(client, &network::bridges(&node)).await?.into_iter().map(|bridge| bridge.iface).collect();
    let appliances = unless_forbidden(look(client, &aplinfo::list(&node)).await)?;
    host.appliances =
        appliances.into_iter().flatten().map(|appliance| Appliance { template: appliance.template }).collect();
    let packages = unless_forbidden(look(client, &apt::versions(&node)).await)?.unwrap_or_default();
    let installed =
        packages.iter().filter_map(|package| Some((package.package.clone(), package.installed()?.to_owned())));
    host.packages = installed.collect();
    Ok(host)
}

/// Who may not ask is not stopped by that: the plan says which privilege is missing.
fn unless_forbidden<T>(outcome: Result<T, Error>) -> Result<Option<T>, Error> {
    match outcome {
        Err(Error::Forbidden { .. }) => Ok(None),
        outcome => outcome.map(Some),
    }
}

async fn storages(
    reach: &Reach,
    desired: &Desired,
    node: &proxmox_client::NodeName,
) -> Result<Vec<StorageSeen>, Blind> {
    let template_storage = parse::storage(desired.home.container.template_storage.as_str())?;
    let mut seen = Vec::new();
    for found in look(&reach.proxmox, &storage::list(node)).await? {
        let holds_templates = found.storage == template_storage && found.takes("vztmpl");
        let templates = match holds_templates {
            true => {
                let content = storage::content::list(node, &found.storage, "vztmpl", None);
                let content = unless_forbidden(look(&reach.proxmox, &content).await)?;
                content.into_iter().flatten().map(|content| content.volid).collect()
            }
            false => BTreeSet::new(),
        };
        seen.push(StorageSeen {
            name: found.storage.as_str().to_owned(),
            kind: found.kind.clone(),
            content: found.content.iter().cloned().collect(),
            // One that does not say is not called full.
            free: Bytes::new(found.avail.unwrap_or(u64::MAX)),
            templates,
        });
    }
    Ok(seen)
}
