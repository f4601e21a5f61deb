//! A node leaves: emptied first, then forgotten by the cluster, then its container is destroyed.

use homelab_plan::config::Role;
use homelab_plan::plan::{Desired, tag_of};
use serde_json::Value;

use super::{NodeError, drain::drain};
use crate::apply::{Random, StepError};
use crate::errand::{Errand, Say, patiently};
use crate::kubernetes::{Kubernetes, Reference};
use crate::observe::{Blind, is_ready};
use crate::reach::Reach;
use crate::removal;

/// A node that is to leave, and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// Its name.
    pub name: String,
    /// Its container; none if that is gone already.
    pub vmid: Option<u32>,
    /// Claims whose data is on its disk, as `namespace/name`.
    pub volumes: Vec<String>,
    /// Whether the cluster knows it.
    is_known: bool,
    /// Whether the cluster counts on it.
    is_answering: bool,
}

/// Looks at what goes with a node.
///
/// # Errors
/// Nothing of ours is called so, or the cluster would go with it.
pub async fn look(reach: &Reach, desired: &Desired, name: &str, random: &dyn Random) -> Result<Leaving, NodeError> {
    let mut servers = desired.home.nodes.iter().filter(|node| node.role == Role::Server);
    if desired.first_server().is_some_and(|first| first.name.as_str() == name)
        || servers.all(|node| node.name.as_str() == name)
    {
        return Err(NodeError::OnlyServer { name: name.to_owned() });
    }
    let errand = Errand::new(reach, desired, random, &|_| {});
    let ours = patiently(async || Ok(removal::ours(reach, desired).await.map_err(step_error)?)).await?;
    let vmid = ours.iter().find(|container| container.name == name).map(|container| container.vmid);
    let cluster = errand.cluster().await?;
    let reference = Reference::new("v1", "Node", "", name);
    let node = patiently(async || Ok(cluster.get(&reference).await?)).await?;
    let is_in_file = desired.home.nodes.iter().any(|node| node.name.as_str() == name);
    if vmid.is_none() && node.is_none() && !is_in_file {
        return Err(NodeError::Unknown { name: name.to_owned(), tag: tag_of(&desired.home) });
    }
    Ok(Leaving {
        name: name.to_owned(),
        vmid,
        volumes: volumes_on(&cluster, name).await?,
        is_known: node.is_some(),
        is_answering: node.as_ref().is_some_and(is_ready),
    })
}

/// Empties a node, lets the cluster forget it, and destroys its container. What was done by an interrupted run is found done.
///
/// # Errors
/// See [`NodeError`].
pub async fn remove(
    reach: &Reach,
    desired: &Desired,
    leaving: &Leaving,
    with_volumes: bool,
    random: &dyn Random,
    say: Say<'_>,
) -> Result<(), NodeError> {
    let name = &leaving.name;
    if !leaving.volumes.is_empty() && !with_volumes {
        return Err(NodeError::HasVolumes { name: name.clone(), volumes: leaving.volumes.clone() });
    }
    let errand = Errand::new(reach, desired, random, say);
    let cluster = errand.cluster().await?;
    if leaving.is_known {
        drain(&errand, &cluster, name, leaving.is_answering).await?;
        // With the node goes the secret by which the cluster knows it, so that another one may have its name.
        let reference = Reference::new("v1", "Node", "", name);
        patiently(async || Ok(cluster.delete(&reference).await?)).await?;
        errand.say(&format!("the cluster has forgotten `{name}`"));
    }
    if let Some(vmid) = leaving.vmid {
        patiently(async || removal::remove(reach, desired, vmid).await.map_err(step_error)).await?;
        errand.say(&format!("container {vmid} `{name}` is destroyed"));
    }
    Ok(())
}

/// Claims whose volumes can be on this node only.
async fn volumes_on(cluster: &Kubernetes, node: &str) -> Result<Vec<String>, NodeError> {
    let all = Reference::new("v1", "PersistentVolume", "", "");
    let volumes = patiently(async || Ok(cluster.list(&all).await?)).await?;
    let claims = volumes.iter().filter(|volume| is_bound_to(volume, node)).map(|volume| {
        let claim = &volume["spec"]["claimRef"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        format!("`{}/{}`", text(&claim["namespace"]), text(&claim["name"]))
    });
    Ok(claims.collect())
}

/// Whether a volume is on the disk of a node, as local volumes say it.
pub(crate) fn is_bound_to(volume: &Value, node: &str) -> bool {
    let terms = volume["spec"]["nodeAffinity"]["required"]["nodeSelectorTerms"].as_array().into_iter().flatten();
    let mut expressions = terms.flat_map(|term| term["matchExpressions"].as_array().into_iter().flatten());
    expressions.any(|expression| {
        expression["key"] == "kubernetes.io/hostname"
            && expression["values"].as_array().is_some_and(|values| values.iter().any(|value| value == node))
    })
}

fn step_error(blind: Blind) -> StepError {
    match blind {
        Blind::Proxmox(error) => StepError::Proxmox(error),
        Blind::Desk(error) => StepError::Desk(error),
        other => StepError::Final { sentence: other.to_string(), hint: "nothing was removed".to_owned() },
    }
}
