//! The objects of a cluster: reading, creating, and applying on the server's side.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use serde_json::{Map, Value, json};

use super::selector::Selector;
use super::{applications, nodes, pods, volumes, workload};
use crate::fault::Fault;
use crate::world::State;

/// Names an object.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) api_version: String,
    pub(super) kind: String,
    /// Empty for kinds without one.
    pub(super) namespace: String,
    pub(super) name: String,
}

/// An object, and who owns which of its fields.
#[derive(Clone, Debug)]
pub(super) struct Object {
    pub(super) value: Value,
    /// The leaves that each manager applied.
    pub(super) managers: BTreeMap<String, BTreeSet<String>>,
}

/// Why the server refuses.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) reason: &'static str,
    pub(super) message: String,
}

/// What names an object.
pub(super) fn key_of(value: &Value) -> Key {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Key {
        api_version: text(&value["apiVersion"]),
        kind: text(&value["kind"]),
        namespace: text(&value["metadata"]["namespace"]),
        name: text(&value["metadata"]["name"]),
    }
}

impl Key {
    /// Whether it belongs to a collection: objects of one kind, in one namespace or in all.
    pub(super) fn is_in(&self, collection: &Self) -> bool {
        (&self.api_version, &self.kind) == (&collection.api_version, &collection.kind)
            && (collection.namespace.is_empty() || self.namespace == collection.namespace)
    }
}

impl Refusal {
    pub(super) fn bad_request(message: &str) -> Self {
        Self { status: 400, reason: "BadRequest", message: message.to_owned() }
    }

    pub(super) fn not_found(key: &Key) -> Self {
        let message = format!("{} \"{}\" not found", key.kind.to_ascii_lowercase(), key.name);
        Self { status: 404, reason: "NotFound", message }
    }
}

pub(super) fn get(state: &State, key: &Key) -> Result<Value, Refusal> {
    state.cluster.objects.get(key).map(|object| object.value.clone()).ok_or_else(|| Refusal::not_found(key))
}

/// The objects of a kind, in one namespace or in all, that are asked for.
pub(super) fn select<'a>(
    state: &'a State,
    collection: &'a Key,
    selector: &'a Selector,
) -> impl Iterator<Item = &'a Value> {
    let found = state.cluster.objects.iter().filter(|(key, _)| key.is_in(collection));
    found.map(|(_, object)| &object.value).filter(|object| selector.selects(object))
}

/// They as a list, and the number from which somebody may watch what happens after it.
pub(super) fn list(state: &State, collection: &Key, selector: &Selector) -> Value {
    let items: Vec<&Value> = select(state, collection, selector).collect();
    let metadata = json!({ "resourceVersion": state.cluster.objects.revision().to_string() });
    json!({ "kind": format!("{}List", collection.kind), "apiVersion": collection.api_version, "metadata": metadata, "items": items })
}

pub(super) fn create(state: &mut State, collection: &Key, value: Value) -> Result<Value, Refusal> {
    let name = value["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    let key = Key { name, ..collection.clone() };
    if state.cluster.objects.contains_key(&key) {
        let message = format!("{} \"{}\" already exists", key.kind.to_ascii_lowercase(), key.name);
        return Err(Refusal { status: 409, reason: "AlreadyExists", message });
    }
    check(state, &key, &value)?;
    Ok(put(state, key, value, BTreeMap::new()))
}

/// Applying on the server's side: what we applied before and do not any more goes away, and what others own stays unless
/// forced. Lists are taken as a whole here; the real server merges some of them by their keys.
pub(super) fn apply(
    state: &mut State,
    key: &Key,
    value: Value,
    manager: &str,
    is_forced: bool,
) -> Result<Value, Refusal> {
    if value["kind"] != key.kind || value["metadata"]["name"] != key.name {
        return Err(Refusal::bad_request("the name or the kind of the object does not match the path"));
    }
    check(state, key, &value)?;
    let applied = leaves(&value);
    let mut object =
        state.cluster.objects.get(key).cloned().unwrap_or(Object { value: json!({}), managers: BTreeMap::new() });
    if !is_forced && (state.fault("cluster", Fault::Conflict, 1) || conflicts(&object, &applied, manager)) {
        let message = format!("Apply failed with 1 conflict: conflict with another manager using {}", key.api_version);
        return Err(Refusal { status: 409, reason: "Conflict", message });
    }
    let others: BTreeSet<String> =
        object.managers.iter().filter(|(name, _)| *name != manager).flat_map(|(_, leaves)| leaves.clone()).collect();
    let before = object.managers.get(manager).cloned().unwrap_or_default();
    for gone in before.iter().filter(|path| !applied.contains_key(*path) && !others.contains(*path)) {
        remove_at(&mut object.value, gone);
    }
    merge_into(&mut object.value, &value);
    for owned in object.managers.values_mut() {
        owned.retain(|path| !is_forced || !applied.contains_key(path));
    }
    object.managers.insert(manager.to_owned(), applied.into_keys().collect());
    Ok(put(state, key.clone(), object.value, object.managers))
}

fn conflicts(object: &Object, applied: &BTreeMap<String, Value>, manager: &str) -> bool {
    let others = object.managers.iter().filter(|(name, _)| *name != manager);
    others
        .flat_map(|(_, leaves)| leaves)
        .any(|path| applied.get(path).is_some_and(|value| object.value.pointer(path) != Some(value)))
}

pub(super) fn merge(state: &mut State, key: &Key, patch: &Value) -> Result<Value, Refusal> {
    if key.kind == "Node" {
        return nodes::patch(state, key, patch);
    }
    let mut object = state.cluster.objects.get(key).cloned().ok_or_else(|| Refusal::not_found(key))?;
    merge_patch(&mut object.value, patch);
    Ok(put(state, key.clone(), object.value, object.managers))
}

/// RFC 7396.
fn merge_patch(value: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *value = patch.clone();
        return;
    };
    if !value.is_object() {
        *value = json!({});
    }
    for (name, inner) in patch {
        match inner {
            Value::Null => drop(value.as_object_mut().and_then(|object| object.remove(name))),
            inner => merge_patch(&mut value[name], inner),
        }
    }
}

pub(super) fn delete(state: &mut State, key: &Key) -> Result<Value, Refusal> {
    let found = get(state, key)?;
    match key.kind.as_str() {
        "Application" => return Ok(applications::delete(state, key)),
        "Pod" => pods::deleted(state, key),
        "Node" => {
            // With a node goes the secret by which it is known (`docs/architecture.md` of k3s-io/docs).
            state.cluster.nodes.remove(&key.name);
            state.cluster.objects.remove(&super::node_password_key(&key.name));
            nodes::publish(state);
            pods::node_deleted(state, &key.name);
        }
        _ => {
            state.cluster.objects.remove(key);
        }
    }
    // With a namespace goes what is in it; with a workload its pods.
    let is_inside = |found: &Key, value: &Value| match key.kind.as_str() {
        "Namespace" => found.namespace == key.name,
        "Deployment" | "StatefulSet" => {
            let owner = &value["metadata"]["ownerReferences"][0];
            found.kind == "Pod"
                && found.namespace == key.namespace
                && owner["kind"] == key.kind
                && owner["name"] == key.name
        }
        _ => false,
    };
    state.cluster.objects.remove_all(is_inside);
    volumes::reclaim(state);
    Ok(found)
}

/// What the server refuses before it stores.
fn check(state: &State, key: &Key, value: &Value) -> Result<(), Refusal> {
    if key.kind == "Node" {
        let message = "in the simulation nodes are what their machines make of them".to_owned();
        return Err(Refusal { status: 405, reason: "MethodNotAllowed", message });
    }
    if key.name.is_empty() {
        return Err(Refusal::bad_request("metadata.name: Required value: name or generateName is required"));
    }
    let namespace = Key {
        api_version: "v1".to_owned(),
        kind: "Namespace".to_owned(),
        namespace: String::new(),
        name: key.namespace.clone(),
    };
    let is_there = ["", "default", "kube-system"].contains(&key.namespace.as_str())
        || state.cluster.objects.contains_key(&namespace);
    if !is_there {
        return Err(Refusal {
            status: 404,
            reason: "NotFound",
            message: format!("namespaces \"{}\" not found", key.namespace),
        });
    }
    let template = &value["spec"]["template"]["metadata"]["labels"];
    let selector = &value["spec"]["selector"]["matchLabels"];
    if matches!(key.kind.as_str(), "Deployment" | "StatefulSet") && (selector.is_null() || !is_part(selector, template))
    {
        let message = format!(
            "{} \"{}\" is invalid: spec.template.metadata.labels: Invalid value: `selector` does not match template `labels`",
            key.kind, key.name
        );
        return Err(Refusal { status: 422, reason: "Invalid", message });
    }
    Ok(())
}

pub(super) fn is_part(part: &Value, whole: &Value) -> bool {
    part.as_object().is_some_and(|part| part.iter().all(|(name, value)| whole.get(name) == Some(value)))
}

/// Stores an object, and lets those who care for it do so. One that stays the same keeps its version.
fn put(state: &mut State, key: Key, mut value: Value, managers: BTreeMap<String, BTreeSet<String>>) -> Value {
    let old = state.cluster.objects.get(&key).map(|object| object.value.clone());
    match key.kind.as_str() {
        "Secret" => encode(&mut value),
        "Deployment" | "StatefulSet" => workload::complete(&mut value),
        _ => {}
    }
    let nothing = json!({});
    let before = old.as_ref().unwrap_or(&nothing);
    let old_generation = before["metadata"]["generation"].as_u64().unwrap_or(0);
    let is_changed = old.is_none() || before["spec"] != value["spec"];
    if !before["status"].is_null() && value["status"].is_null() {
        value["status"] = before["status"].clone();
    }
    value["metadata"]["generation"] = json!(old_generation + u64::from(is_changed));
    value["metadata"]["uid"] = match &before["metadata"]["uid"] {
        Value::Null => json!(format!("00000000-0000-4000-8000-{:012x}", state.cluster.objects.revision() + 1)),
        known => known.clone(),
    };
    if !key.namespace.is_empty() {
        value["metadata"]["namespace"] = json!(key.namespace);
    }
    let value = state.cluster.objects.put(key.clone(), Object { value, managers });
    if is_changed {
        workload::begin(state, &key);
    }
    value
}

/// `stringData` is for writing only.
fn encode(secret: &mut Value) {
    let Some(Value::Object(plain)) = secret.as_object_mut().and_then(|secret| secret.remove("stringData")) else {
        return;
    };
    for (name, value) in plain {
        let text = value.as_str().unwrap_or_default();
        secret["data"][name] = json!(base64::engine::general_purpose::STANDARD.encode(text));
    }
}

/// The text behind base64.
pub(super) fn decoded(value: &Value) -> Option<String> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(value.as_str()?).ok()?;
    String::from_utf8(bytes).ok()
}

/// Stores an object that a controller makes.
pub(super) fn make(state: &mut State, value: Value) {
    put(state, key_of(&value), value, BTreeMap::new());
}

/// The leaves of an object by their paths, as RFC 6901 writes them. Names and kinds belong to nobody.
fn leaves(value: &Value) -> BTreeMap<String, Value> {
    fn walk(path: &str, value: &Value, found: &mut BTreeMap<String, Value>) {
        match value {
            Value::Object(object) if !object.is_empty() => {
                for (name, inner) in object {
                    walk(&format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")), inner, found);
                }
            }
            leaf => drop(found.insert(path.to_owned(), leaf.clone())),
        }
    }
    let mut found = BTreeMap::new();
    walk("", value, &mut found);
    for name in ["/apiVersion", "/kind", "/metadata/name", "/metadata/namespace"] {
        found.remove(name);
    }
    found
}

fn merge_into(value: &mut Value, more: &Value) {
    match (value, more) {
        (Value::Object(value), Value::Object(more)) => {
            for (name, inner) in more {
                merge_into(value.entry(name).or_insert(Value::Null), inner);
            }
        }
        (value, more) => *value = more.clone(),
    }
}

fn remove_at(value: &mut Value, path: &str) {
    let Some((parent, name)) = path.rsplit_once('/') else { return };
    let name = name.replace("~1", "/").replace("~0", "~");
    let found: Option<&mut Map<String, Value>> = value.pointer_mut(parent).and_then(Value::as_object_mut);
    if let Some(object) = found {
        object.remove(&name);
    }
}
