//! Which schema a manifest is held to, by its `apiVersion` and `kind`.

use super::KUBERNETES_MINOR;
use super::check::check_value;
use super::definitions::DEFINITIONS;
use super::names::check_names;
use super::problem::{Cause, Problem};
use super::suggestion::suggestion;
use crate::yaml::{Node, Place};

/// When a version of an API went away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The minor version of Kubernetes that does not have it any more.
    pub minor: u32,
    /// What to write: a clause.
    pub instead: &'static str,
}

/// Versions of APIs that hold kinds of ours only, so that a kind without a schema does not exist. Beside each, the kinds that
/// exist and have no schema here.
const COMPLETE: &[(&str, &[&str])] = &[
    ("v1", &["Binding", "ComponentStatus", "Endpoints", "PodTemplate", "ReplicationController"]),
    ("apps/v1", &["ControllerRevision"]),
    ("autoscaling/v2", &[]),
    ("batch/v1", &[]),
    ("helm.cattle.io/v1", &[]),
    ("kustomize.config.k8s.io/v1alpha1", &[]),
    ("kustomize.config.k8s.io/v1beta1", &[]),
    ("networking.k8s.io/v1", &["IPAddress", "ServiceCIDR"]),
    ("policy/v1", &["Eviction"]),
    ("rbac.authorization.k8s.io/v1", &[]),
    ("storage.k8s.io/v1", &["CSIDriver", "CSINode", "CSIStorageCapacity", "VolumeAttachment", "VolumeAttributesClass"]),
];

/// Versions of APIs that Kubernetes has dropped: version, kinds (all, if none is named), when, and what to write.
/// From Kubernetes' own guide to removed APIs.
const REMOVED: &[(&str, &[&str], u32, &str)] = &[
    ("extensions/v1beta1", &["Ingress"], 22, "write `networking.k8s.io/v1`"),
    ("extensions/v1beta1", &["NetworkPolicy"], 16, "write `networking.k8s.io/v1`"),
    ("extensions/v1beta1", &["PodSecurityPolicy"], 16, "use the namespace's pod security labels"),
    ("extensions/v1beta1", &[], 16, "write `apps/v1`"),
    ("apps/v1beta1", &[], 16, "write `apps/v1`"),
    ("apps/v1beta2", &[], 16, "write `apps/v1`"),
    ("networking.k8s.io/v1beta1", &["Ingress", "IngressClass"], 22, "write `networking.k8s.io/v1`"),
    ("rbac.authorization.k8s.io/v1alpha1", &[], 22, "write `rbac.authorization.k8s.io/v1`"),
    ("rbac.authorization.k8s.io/v1beta1", &[], 22, "write `rbac.authorization.k8s.io/v1`"),
    ("apiextensions.k8s.io/v1beta1", &[], 22, "write `apiextensions.k8s.io/v1`"),
    ("apiregistration.k8s.io/v1beta1", &[], 22, "write `apiregistration.k8s.io/v1`"),
    (
        "admissionregistration.k8s.io/v1beta1",
        &["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
        22,
        "write `admissionregistration.k8s.io/v1`",
    ),
    ("certificates.k8s.io/v1beta1", &["CertificateSigningRequest"], 22, "write `certificates.k8s.io/v1`"),
    ("coordination.k8s.io/v1beta1", &["Lease"], 22, "write `coordination.k8s.io/v1`"),
    ("scheduling.k8s.io/v1beta1", &["PriorityClass"], 22, "write `scheduling.k8s.io/v1`"),
    ("storage.k8s.io/v1beta1", &["CSIStorageCapacity"], 27, "write `storage.k8s.io/v1`"),
    (
        "storage.k8s.io/v1beta1",
        &["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
        22,
        "write `storage.k8s.io/v1`",
    ),
    ("batch/v1beta1", &["CronJob"], 25, "write `batch/v1`"),
    ("batch/v2alpha1", &["CronJob"], 21, "write `batch/v1`"),
    ("discovery.k8s.io/v1beta1", &["EndpointSlice"], 25, "write `discovery.k8s.io/v1`"),
    ("events.k8s.io/v1beta1", &["Event"], 25, "write `events.k8s.io/v1`"),
    ("autoscaling/v2beta1", &[], 25, "write `autoscaling/v2`"),
    ("autoscaling/v2beta2", &[], 26, "write `autoscaling/v2`"),
    ("policy/v1beta1", &["PodDisruptionBudget"], 25, "write `policy/v1`"),
    ("policy/v1beta1", &["PodSecurityPolicy"], 25, "use the namespace's pod security labels"),
    ("node.k8s.io/v1beta1", &["RuntimeClass"], 25, "write `node.k8s.io/v1`"),
    ("flowcontrol.apiserver.k8s.io/v1beta1", &[], 26, "write `flowcontrol.apiserver.k8s.io/v1`"),
    ("flowcontrol.apiserver.k8s.io/v1beta2", &[], 29, "write `flowcontrol.apiserver.k8s.io/v1`"),
    ("flowcontrol.apiserver.k8s.io/v1beta3", &[], 32, "write `flowcontrol.apiserver.k8s.io/v1`"),
];

/// When this version of a kind's API went away, if it has.
pub fn removal(api_version: &str, kind: &str) -> Option<Removal> {
    let (_, _, minor, instead) = REMOVED
        .iter()
        .find(|(version, kinds, _, _)| *version == api_version && (kinds.is_empty() || kinds.contains(&kind)))?;
    Some(Removal { minor: *minor, instead })
}

/// Whether there is no schema of this kind here, though there may well be such a kind.
pub fn is_unknown(api_version: &str, kind: &str) -> bool {
    DEFINITIONS.of_kind(api_version, kind).is_none() && matches!(unknown(api_version, kind), Cause::NoSchema { .. })
}

/// Looks at a manifest, or at each item of a `List`.
pub(super) fn check_object(document: &Node, problems: &mut Vec<Problem>) {
    let text_of = |key| document.child(key).filter(|node| !node.is_null()).and_then(Node::as_str);
    let (api_version, kind) = match (text_of("apiVersion"), text_of("kind")) {
        (Some(api_version), Some(kind)) => (api_version, kind),
        (None, _) => return problems.push(at_top(document.place, Cause::NoKind { missing: "apiVersion" })),
        (_, None) => return problems.push(at_top(document.place, Cause::NoKind { missing: "kind" })),
    };
    if (api_version, kind) == ("v1", "List") {
        return document
            .child("items")
            .map_or(&[][..], Node::items)
            .iter()
            .for_each(|item| check_object(item, problems));
    }
    check_as(document, api_version, kind, problems);
}

/// Looks at a manifest as at one of this kind.
pub(super) fn check_as(document: &Node, api_version: &str, kind: &str, problems: &mut Vec<Problem>) {
    let Some(schema) = DEFINITIONS.of_kind(api_version, kind) else {
        let place = document.child("kind").map_or(document.place, |node| node.place);
        return problems.push(at_top(place, unknown(api_version, kind)));
    };
    check_value(schema, document, problems);
    check_names(document, api_version, kind, problems);
}

fn unknown(api_version: &str, kind: &str) -> Cause {
    let (kind, api_version) = (kind.to_owned(), api_version.to_owned());
    if let Some(removal) = removal(&api_version, &kind).filter(|removal| removal.minor <= KUBERNETES_MINOR) {
        return Cause::Removed { kind, api_version, removal };
    }
    let complete = COMPLETE.iter().find(|(version, _)| *version == api_version);
    let exists = complete.is_some_and(|(_, others)| others.contains(&kind.as_str()));
    let suggestion = if exists { None } else { meant(&api_version, &kind) };
    if suggestion.is_some() || (complete.is_some() && !exists) {
        Cause::UnknownKind { kind, api_version, suggestion }
    } else {
        Cause::NoSchema { kind, api_version }
    }
}

/// A kind of that version that is spelled alike, or the version that has this kind.
fn meant(api_version: &str, kind: &str) -> Option<String> {
    let known = || DEFINITIONS.kinds.keys().filter_map(|known| known.rsplit_once('/'));
    let in_version = known().filter(|(version, _)| *version == api_version).map(|(_, kind)| kind);
    if let Some(kind) = suggestion(kind, in_version) {
        return Some(kind.to_owned());
    }
    // Groups outside of Kubernetes may have a kind of the same name: Knative has a `Service`.
    let is_ours = !api_version.contains('.') || api_version.contains(".k8s.io/");
    let (version, _) = known().find(|(_, known_kind)| *known_kind == kind).filter(|_| is_ours)?;
    Some(format!("apiVersion: {version}"))
}

fn at_top(place: Place, cause: Cause) -> Problem {
    Problem { place, path: String::new(), cause }
}
