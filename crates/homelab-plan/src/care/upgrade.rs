//! The order of an upgrade: servers before agents, one node at a time, one minor version at a time, never down.

use crate::config::{K3sVersion, Role};

/// A node, and which K3s it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeVersion {
    /// Its name.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// The binary on its disk.
    pub installed: Option<K3sVersion>,
    /// What the cluster says that runs.
    pub running: Option<K3sVersion>,
    /// Whether the cluster counts on it.
    pub is_ready: bool,
}

/// Why nothing is upgraded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub sentence: String,
    /// What to do.
    pub hint: String,
}

/// The node that is upgraded next; none if all have `target` and run it.
///
/// The rules are those of Kubernetes for skew between versions: an API server is never older than a kubelet, and no minor
/// version is left out. A node whose binary was exchanged and that was not started since comes before all others.
///
/// # Errors
/// It would skip a minor version or go back; or a node is not ready, and taking another away would make it worse.
pub fn next_upgrade<'a>(target: &K3sVersion, nodes: &'a [NodeVersion]) -> Result<Option<&'a NodeVersion>, Refused> {
    for node in nodes {
        for version in [&node.running, &node.installed].into_iter().flatten() {
            check(&node.name, version, target)?;
        }
    }
    let is_done = |node: &&NodeVersion| {
        node.running.as_ref() == Some(target) && node.installed.as_ref() == Some(target) && node.is_ready
    };
    let is_begun =
        |node: &&NodeVersion| node.installed.as_ref() == Some(target) || node.running.as_ref() == Some(target);
    let of = |role: Role| nodes.iter().filter(move |node| node.role == role);
    let open = || of(Role::Server).chain(of(Role::Agent)).filter(|node| !is_done(node));
    let next = open().find(is_begun).or_else(|| open().next());
    let Some(next) = next else { return Ok(None) };
    match nodes.iter().find(|node| !node.is_ready && node.name != next.name) {
        Some(away) => Err(Refused {
            sentence: format!("`{}` is not ready, and `{}` would be taken away beside it", away.name, next.name),
            hint: "`homelab status` says how it is, and `homelab up` mends what can be mended".to_owned(),
        }),
        None => Ok(Some(next)),
    }
}

fn check(node: &str, from: &K3sVersion, to: &K3sVersion) -> Result<(), Refused> {
    if from > to {
        return Err(Refused {
            sentence: format!("`{node}` has K3s {from}, and {to} is older"),
            hint: "K3s does not go back: name a newer release, or restore a backup onto new containers".to_owned(),
        });
    }
    if from.major != to.major || to.minor > from.minor + 1 {
        return Err(Refused {
            sentence: format!(
                "`{node}` has K3s {from}, and {to} is {} minor versions ahead",
                to.minor.saturating_sub(from.minor)
            ),
            hint: format!(
                "one at a time: `homelab upgrade --to` the newest v{}.{}.x first; https://github.com/k3s-io/k3s/releases lists them",
                from.major,
                from.minor + 1
            ),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> K3sVersion {
        K3sVersion::parse(text).unwrap()
    }

    const OLD: &str = "v1.35.4+k3s1";
    const NEW: &str = "v1.36.2+k3s1";

    fn node(name: &str, role: Role, installed: &str, running: &str) -> NodeVersion {
        let (installed, running) = (Some(version(installed)), Some(version(running)));
        NodeVersion { name: name.to_owned(), role, installed, running, is_ready: true }
    }

    fn home(k1: [&str; 2], k2: [&str; 2], k3: [&str; 2]) -> [NodeVersion; 3] {
        [
            node("k2", Role::Agent, k2[0], k2[1]),
            node("k1", Role::Server, k1[0], k1[1]),
            node("k3", Role::Agent, k3[0], k3[1]),
        ]
    }

    fn next(nodes: &[NodeVersion]) -> Option<String> {
        next_upgrade(&version(NEW), nodes).unwrap().map(|node| node.name.clone())
    }

    #[test]
    fn servers_come_first_and_then_one_agent_after_the_other() {
        assert_eq!(next(&home([OLD, OLD], [OLD, OLD], [OLD, OLD])).as_deref(), Some("k1"));
        assert_eq!(next(&home([NEW, NEW], [OLD, OLD], [OLD, OLD])).as_deref(), Some("k2"));
        assert_eq!(next(&home([NEW, NEW], [NEW, NEW], [OLD, OLD])).as_deref(), Some("k3"));
        assert_eq!(next(&home([NEW, NEW], [NEW, NEW], [NEW, NEW])), None);
    }

    #[test]
    fn a_node_whose_binary_was_exchanged_is_finished_first() {
        assert_eq!(next(&home([NEW, NEW], [OLD, OLD], [NEW, OLD])).as_deref(), Some("k3"));
        let mut restarting = home([NEW, NEW], [NEW, NEW], [NEW, OLD]);
        restarting[2].is_ready = false;
        assert_eq!(next(&restarting).as_deref(), Some("k3"), "it may be the one that is away");
    }

    #[test]
    fn with_a_node_away_no_other_is_taken() {
        let mut nodes = home([NEW, NEW], [OLD, OLD], [OLD, OLD]);
        nodes[2].is_ready = false;
        let refused = next_upgrade(&version(NEW), &nodes).unwrap_err();
        assert_eq!(refused.sentence, "`k3` is not ready, and `k2` would be taken away beside it");
    }

    #[test]
    fn no_minor_version_is_left_out_and_none_goes_back() {
        let nodes = home([OLD, OLD], [OLD, OLD], [OLD, OLD]);
        let refused = |target: &str| next_upgrade(&version(target), &nodes).unwrap_err();
        assert_eq!(
            refused("v1.37.0+k3s1").sentence,
            "`k2` has K3s v1.35.4+k3s1, and v1.37.0+k3s1 is 2 minor versions ahead"
        );
        assert!(refused("v1.37.0+k3s1").hint.contains("the newest v1.36.x"));
        assert_eq!(refused("v1.35.1+k3s1").sentence, "`k2` has K3s v1.35.4+k3s1, and v1.35.1+k3s1 is older");
    }
}
