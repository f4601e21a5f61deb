//! What speaks for which place.

use super::{Description, Place, Question, Reason};
use crate::bytes::Bytes;
use crate::config::Homelab;

/// From here on data is a library: the record says hundreds of gigabytes. It wants a disk or a share of its own, snapshots of
/// its own, and to stay when the cluster goes.
const LIBRARY: Bytes = Bytes::gib(100);

/// The system, K3s and images take about this much of a node's disk.
const DISK_TAKEN: Bytes = Bytes::gib(20);

/// The reasons of which one is enough, and what must be asked before there can be any.
pub(super) fn decisive(home: &Homelab, described: &Description) -> (Vec<Reason>, Vec<Question>) {
    let (mut reasons, mut questions) = (Vec::new(), Vec::new());
    match described.data {
        Some(data) => reasons.push(about_data(home, data)),
        None => questions.push(Question {
            option: "data",
            text: "How much data does it keep by itself, beside the shared database? (such as 5GiB)",
        }),
    }
    match described.hardware {
        Some(true) => reasons.push(outside(
            "it uses hardware of the host: a container of its own is given the device, a pod in an unprivileged node is not",
        )),
        Some(false) => reasons.push(inside("it needs no hardware of the host")),
        None => questions.push(Question {
            option: "hardware",
            text: "Does it use hardware of the host, such as a graphics processor or a USB stick?",
        }),
    }
    match described.local_network {
        Some(true) => reasons.push(outside(
            "it takes part in the network at home itself, and pods are in a network of their own behind an ingress",
        )),
        Some(false) => reasons.push(inside("it is reached by HTTP through the ingress")),
        None => questions.push(Question {
            option: "local-network",
            text: "Does it take part in the network at home itself: DHCP, DNS, broadcast or multicast?",
        }),
    }
    (reasons, questions)
}

fn about_data(home: &Homelab, data: Bytes) -> Reason {
    let largest = home.nodes.iter().map(|node| node.disk).max().unwrap_or_default();
    let room = largest.saturating_sub(DISK_TAKEN);
    if data == Bytes::ZERO {
        inside("it keeps no data by itself")
    } else if data >= LIBRARY {
        outside(format!(
            "its {} are a library: a volume in the cluster is a folder on one node's disk",
            data.to_words()
        ))
    } else if data > room {
        outside(format!(
            "its {} do not fit on a node: the largest disk has {}, and {} of it are taken",
            data.to_words(),
            largest.to_words(),
            DISK_TAKEN.to_words()
        ))
    } else {
        inside(format!("its {} fit on a node's disk", data.to_words()))
    }
}

/// What else speaks for either place, without deciding.
pub(super) fn further(described: &Description) -> Vec<Reason> {
    let mut reasons = Vec::new();
    match described.scales {
        Some(true) => {
            reasons.push(inside("more than one instance of it can run, and replace each other without a gap"));
        }
        Some(false) => reasons.push(outside("one instance is all it can have, so Kubernetes can only restart it")),
        None => {}
    }
    if described.own == Some(true) {
        reasons.push(inside("it is your own: `git push` deploys it"));
    }
    reasons
}

fn inside(why: impl Into<String>) -> Reason {
    Reason { place: Place::Cluster, why: why.into() }
}

fn outside(why: impl Into<String>) -> Reason {
    Reason { place: Place::OwnContainer, why: why.into() }
}
