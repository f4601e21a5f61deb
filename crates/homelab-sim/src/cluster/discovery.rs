//! What an API server says about itself, which general clients such as `kubectl` ask first.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::kinds::{self, Kind};
use crate::world::State;

/// The answer to a path of discovery; none for any other path.
pub(super) fn answer(state: &State, path: &str) -> Option<Value> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        ["api"] => Some(json!({ "kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": [] })),
        ["apis"] => Some(groups(state)),
        ["api", version] => resources(state, version),
        ["apis", group, version] => resources(state, &format!("{group}/{version}")),
        _ => None,
    }
}

fn groups(state: &State) -> Value {
    let versions: BTreeSet<String> = kinds::all(state).map(|(_, kind)| kind.api_version).collect();
    let groups = versions.iter().filter_map(|group_version| {
        let (group, version) = group_version.split_once('/')?;
        let version = json!({ "groupVersion": group_version, "version": version });
        Some(json!({ "name": group, "versions": [version], "preferredVersion": version }))
    });
    json!({ "kind": "APIGroupList", "apiVersion": "v1", "groups": groups.collect::<Vec<_>>() })
}

fn resources(state: &State, group_version: &str) -> Option<Value> {
    let resources: Vec<Value> = kinds::all(state)
        .filter(|(_, kind)| kind.api_version == group_version)
        .map(|(plural, kind)| resource(plural, &kind))
        .collect();
    (!resources.is_empty())
        .then(|| json!({ "kind": "APIResourceList", "groupVersion": group_version, "resources": resources }))
}

fn resource(plural: &str, kind: &Kind) -> Value {
    json!({
        "name": plural,
        "singularName": kind.kind.to_ascii_lowercase(),
        "namespaced": kind.is_namespaced,
        "kind": kind.kind,
        "verbs": ["create", "delete", "get", "list", "patch", "watch"],
    })
}
