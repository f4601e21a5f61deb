//! Which keys the Secrets and ConfigMaps have that the pods of a set can refer to.

use std::collections::{BTreeMap, BTreeSet};

use super::Manifests;
use super::object::Object;
use super::set::Set;
use crate::yaml::{Field, Node};

/// The Secrets and ConfigMaps that a set can refer to.
#[derive(Debug, Default)]
pub struct KnownKeys<'set> {
    sources: BTreeMap<(&'static str, &'set str), Keys<'set>>,
}

/// The keys of one Secret or ConfigMap.
#[derive(Debug)]
enum Keys<'set> {
    These(BTreeSet<&'set str>),
    /// It is made elsewhere, from something that is not in the tree.
    Any,
}

/// What is known of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// There is such a key, or there may be.
    Yes,
    /// The Secret or ConfigMap is known, and has no such key.
    NoKey,
    /// Nobody has heard of it.
    NoSource,
}

impl<'set> KnownKeys<'set> {
    /// What is in the set, what kustomize makes, what is made in the cluster from custom resources, and what the examples beside
    /// the manifests say that a person will make.
    pub fn of(manifests: &'set Manifests, set: &'set Set) -> Self {
        let mut known = Self::default();
        for object in set.objects.iter().chain(manifests.examples_for(set)) {
            known.add_object(object);
        }
        for generated in &set.generated {
            let keys = match &generated.keys {
                Some(keys) => Keys::These(keys.iter().map(String::as_str).collect()),
                None => Keys::Any,
            };
            known.add(generated.kind, &generated.name, keys);
        }
        known
    }

    /// Looks a key up; without a key, the Secret or ConfigMap itself. `kind` is `Secret` or `ConfigMap`.
    pub fn look_up(&self, kind: &'static str, name: &str, key: Option<&str>) -> Known {
        // Kubernetes puts this one into every namespace.
        if (kind, name) == ("ConfigMap", "kube-root-ca.crt") {
            return Known::Yes;
        }
        match (self.sources.get(&(kind, name)), key) {
            (None, _) => Known::NoSource,
            (Some(Keys::Any), _) | (Some(_), None) => Known::Yes,
            (Some(Keys::These(keys)), Some(key)) if keys.contains(key) => Known::Yes,
            (Some(Keys::These(_)), Some(_)) => Known::NoKey,
        }
    }

    fn add_object(&mut self, object: &'set Object) {
        let name = object.name.as_str();
        let text = |path: &[&str]| object.get(path).and_then(Node::as_str);
        match (object.group(), object.kind.as_str()) {
            ("", "ConfigMap") => self.add("ConfigMap", name, keys_in(object, &[&["data"], &["binaryData"]])),
            ("", "Secret") => self.add("Secret", name, keys_in(object, &[&["data"], &["stringData"]])),
            ("bitnami.com", "SealedSecret") => self.add("Secret", name, keys_in(object, &[&["spec", "encryptedData"]])),
            ("external-secrets.io", "ExternalSecret") => {
                let name = text(&["spec", "target", "name"]).unwrap_or(name);
                let fields = object.get(&["spec", "data"]).map_or(&[][..], Node::items);
                let keys = fields.iter().filter_map(|field| field.child("secretKey")?.as_str()).collect();
                let has_more = object.get(&["spec", "dataFrom"]).is_some()
                    || object.get(&["spec", "target", "template"]).is_some();
                self.add("Secret", name, if has_more { Keys::Any } else { Keys::These(keys) });
            }
            ("cert-manager.io", "Certificate") => {
                if let Some(name) = text(&["spec", "secretName"]) {
                    self.add("Secret", name, Keys::Any);
                }
            }
            // A service account token's Secret and others that controllers fill.
            _ => {}
        }
    }

    fn add(&mut self, kind: &'static str, name: &'set str, keys: Keys<'set>) {
        match (self.sources.get_mut(&(kind, name)), keys) {
            (Some(Keys::These(known)), Keys::These(more)) => known.extend(more),
            (Some(known), Keys::Any) => *known = Keys::Any,
            (Some(Keys::Any), _) => {}
            (None, keys) => {
                self.sources.insert((kind, name), keys);
            }
        }
    }
}

fn keys_in<'set>(object: &'set Object, paths: &[&[&str]]) -> Keys<'set> {
    let fields = paths.iter().filter_map(|path| object.get(path)).flat_map(Node::fields);
    let keys: BTreeSet<&str> = fields.map(|field: &Field| field.key.text.as_str()).collect();
    let filled_later = object.kind == "Secret" && keys.is_empty();
    if filled_later { Keys::Any } else { Keys::These(keys) }
}
