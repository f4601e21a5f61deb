//! Patches, as kustomize applies them.
//!
//! Strategic merge patches are merged by the `name` of list items, which is the key of nearly all lists that people patch; other
//! lists are replaced. JSON patches can add, replace and remove.

use crate::limits::YAML_DEPTH_MAX;
use crate::yaml::{Field, Key, Mapping, Meaning, Node, Value, documents};

use super::object::Object;

/// One change of a kustomization, with the objects that it is for.
#[derive(Clone, Debug)]
pub(super) struct Patch {
    pub(super) target: Target,
    pub(super) change: Change,
    /// What it costs to apply it once, in objects.
    pub(super) weight: usize,
}

/// What an object must be to be patched; nothing named takes everything.
#[derive(Clone, Debug, Default)]
pub(super) struct Target {
    pub(super) kind: Option<String>,
    pub(super) name: Option<String>,
}

/// A change.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Merge(Node),
    /// A list of operations.
    Operations(Node),
}

impl Patch {
    /// The patches in a text; `target` is what the kustomization says beside it.
    pub(super) fn read(text: &str, target: Option<&Node>) -> Vec<Self> {
        let named = |key: &str| target.and_then(|target| target.child(key)).and_then(Node::as_str).map(str::to_owned);
        let (documents, _) = documents(text);
        // An object of a home has some two kilobytes.
        let weight = 1 + text.len() / 2048;
        let patches = documents.into_iter().map(|document| {
            if !document.items().is_empty() {
                let target = Target { kind: named("kind"), name: named("name") };
                return Self { target, change: Change::Operations(document), weight };
            }
            let own = |path: [&str; 2]| document.get(path).and_then(Node::as_str).map(str::to_owned);
            // What the kustomization says counts; without it, the patch itself says whom it is for.
            let target = if target.is_some() {
                Target { kind: named("kind"), name: named("name") }
            } else {
                Target {
                    kind: document.child("kind").and_then(Node::as_str).map(str::to_owned),
                    name: own(["metadata", "name"]),
                }
            };
            Self { target, change: Change::Merge(document), weight }
        });
        patches.collect()
    }

    /// Whether it is for this object.
    pub(super) fn is_for(&self, object: &Object) -> bool {
        let takes =
            |wanted: &Option<String>, has: &str| wanted.as_deref().is_none_or(|wanted| wanted == has || wanted == ".*");
        takes(&self.target.kind, &object.kind) && takes(&self.target.name, &object.name)
    }

    /// Changes the object.
    pub(super) fn apply(&self, object: &mut Object) {
        match &self.change {
            Change::Merge(patch) => {
                // The name of the patched object stays its own.
                for field in patch.fields().iter().filter(|field| field.key.text != "metadata") {
                    merge_field(&mut object.document, field);
                }
                let metadata = patch.child("metadata").map_or(&[][..], Node::fields).iter();
                if let Some(target) = object.document.child_mut("metadata") {
                    metadata.filter(|field| field.key.text != "name").for_each(|field| merge_field(target, field));
                }
            }
            Change::Operations(operations) => {
                for operation in operations.items() {
                    operate(&mut object.document, operation);
                }
            }
        }
    }
}

fn merge(target: &mut Node, patch: &Node) {
    match (&mut target.value, &patch.value) {
        (Value::Mapping(_), Value::Mapping(patch)) => {
            for field in patch.fields() {
                merge_field(target, field);
            }
        }
        (Value::Sequence(items), Value::Sequence(patches)) if patches.iter().all(|item| item_name(item).is_some()) => {
            for patch in patches {
                let name = item_name(patch);
                if patch.child("$patch").and_then(Node::as_str) == Some("delete") {
                    items.retain(|item| item_name(item) != name);
                } else if let Some(item) = items.iter_mut().find(|item| item_name(item) == name) {
                    merge(item, patch);
                } else {
                    items.push(patch.clone());
                }
            }
        }
        _ => *target = patch.clone(),
    }
}

fn merge_field(target: &mut Node, field: &Field) {
    let Value::Mapping(mapping) = &mut target.value else { return };
    if field.value.is_null() {
        mapping.remove(&field.key.text);
    } else if let Some(existing) = mapping.get_mut(&field.key.text) {
        merge(existing, &field.value);
    } else {
        mapping.push(field.clone());
    }
}

fn item_name(item: &Node) -> Option<&str> {
    item.child("name").and_then(Node::as_str)
}

/// One operation of a JSON patch; one that fits nowhere changes nothing.
fn operate(document: &mut Node, operation: &Node) {
    let text = |key: &str| operation.child(key).and_then(Node::as_str);
    let (Some(kind), Some(path)) = (text("op"), text("path")) else { return };
    let steps: Vec<String> = path.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    let Some((last, above)) = steps.split_last() else { return };
    // So that patches of patches cannot nest deeper than the documents may.
    if steps.len() > YAML_DEPTH_MAX {
        return;
    }
    let parent = above.iter().try_fold(document, |node, step| child_mut(node, step));
    let (Some(parent), value) = (parent, operation.child("value")) else { return };
    match (&mut parent.value, kind, value) {
        (Value::Mapping(mapping), "add" | "replace", Some(value)) => {
            mapping.remove(last);
            mapping.push(Field {
                key: Key { text: last.clone(), place: value.place, meaning: Meaning::Text },
                value: value.clone(),
            });
        }
        (Value::Mapping(mapping), "remove", _) => mapping.remove(last),
        (Value::Sequence(items), "add", Some(value)) => {
            let index = last.parse().unwrap_or(items.len()).min(items.len());
            items.insert(index, value.clone());
        }
        (Value::Sequence(items), "replace", Some(value)) => {
            if let Some(item) = last.parse::<usize>().ok().and_then(|index| items.get_mut(index)) {
                *item = value.clone();
            }
        }
        (Value::Sequence(items), "remove", _) => {
            if let Some(index) = last.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        _ => {}
    }
}

fn child_mut<'node>(node: &'node mut Node, step: &str) -> Option<&'node mut Node> {
    match &mut node.value {
        Value::Mapping(mapping) => mapping.get_mut(step),
        Value::Sequence(items) => items.get_mut(step.parse::<usize>().ok()?),
        Value::Scalar(_) => None,
    }
}

impl Node {
    fn child_mut(&mut self, key: &str) -> Option<&mut Self> {
        child_mut(self, key)
    }
}

impl Mapping {
    fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.fields_mut().iter_mut().find(|field| field.key.text == key).map(|field| &mut field.value)
    }

    fn remove(&mut self, key: &str) {
        self.fields_mut().retain(|field| field.key.text != key);
    }

    fn push(&mut self, field: Field) {
        self.fields_mut().push(field);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Object, Patch};
    use crate::yaml::{Node, documents};

    fn node(text: &str) -> Node {
        documents(text).0.remove(0)
    }

    const OBJECT: &str = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 1, template: {spec: {containers: [{name: web, image: a, tty: true}]}}}}";

    fn patched(patch: &str, target: Option<&str>) -> Node {
        let mut object = Object::read(&Arc::from("a.yaml"), node(OBJECT)).expect("an object");
        for patch in Patch::read(patch, target.map(node).as_ref())
            .iter()
            .filter(|patch| patch.is_for(&object))
            .cloned()
            .collect::<Vec<_>>()
        {
            patch.apply(&mut object);
        }
        object.document
    }

    fn container(document: &Node, key: &str) -> Option<String> {
        let containers = document.get(["spec", "template", "spec", "containers"])?;
        containers.items()[0].child(key)?.as_str().map(str::to_owned)
    }

    #[test]
    fn a_merge_goes_into_the_container_of_the_same_name() {
        let patch = "{kind: Deployment, metadata: {name: web}, spec: {replicas: 2, template: {spec: {containers: [{name: web, image: b, tty: null}]}}}}";
        let document = patched(patch, None);
        assert_eq!(document.get(["spec", "replicas"]).and_then(Node::as_integer), Some(2));
        assert_eq!(container(&document, "image").as_deref(), Some("b"));
        assert_eq!(container(&document, "tty"), None);
        assert_eq!(document.get(["metadata", "name"]).and_then(Node::as_str), Some("web"));
    }

    #[test]
    fn a_merge_for_another_changes_nothing() {
        let patch = "{kind: Deployment, metadata: {name: other}, spec: {replicas: 2}}";
        assert_eq!(patched(patch, None), node(OBJECT));
        assert_eq!(patched("{spec: {replicas: 2}}", Some("{kind: StatefulSet}")), node(OBJECT));
    }

    #[test]
    fn operations_reach_into_lists() {
        let patch = "[{op: replace, path: /spec/template/spec/containers/0/image, value: c}, {op: remove, path: /spec/replicas}, {op: add, path: /spec/template/spec/containers/-, value: {name: d}}]";
        let document = patched(patch, Some("{kind: Deployment}"));
        assert_eq!(container(&document, "image").as_deref(), Some("c"));
        assert_eq!(document.get(["spec", "replicas"]), None);
        assert_eq!(document.get(["spec", "template", "spec", "containers"]).expect("containers").items().len(), 2);
    }

    #[test]
    fn operations_that_fit_nowhere_change_nothing() {
        let patch =
            "[{op: replace, path: /spec/nothing/here, value: c}, {op: remove, path: /a/9}, {op: add}, {path: x}, 5]";
        assert_eq!(patched(patch, None), node(OBJECT));
    }
}
