//! The rules of roles, one by one.

use crate::manifest::Object;
use crate::tree::FileTree;
use crate::yaml::Node;

/// The rules of all roles.
pub(super) fn rules(tree: &FileTree) -> impl Iterator<Item = (&Object, &Node)> {
    let roles = tree.manifests().sets.iter().flat_map(|set| &set.objects);
    let roles = roles.filter(|object| {
        object.is("rbac.authorization.k8s.io", "Role") || object.is("rbac.authorization.k8s.io", "ClusterRole")
    });
    roles.flat_map(|role| role.get(&["rules"]).map_or(&[][..], Node::items).iter().map(move |rule| (role, rule)))
}

/// Whether one of `wanted` is on a list of the rule.
pub(super) fn lists(rule: &Node, key: &str, wanted: &[&str]) -> bool {
    let items = rule.child(key).map_or(&[][..], Node::items);
    items.iter().any(|item| item.as_str().is_some_and(|item| wanted.contains(&item)))
}
