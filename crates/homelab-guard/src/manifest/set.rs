//! What is deployed together: a kustomization with all it lists, or the manifests of a folder without one.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::folder_of;
use super::image::ImageName;
use super::kustomization::Kustomization;
use super::object::Object;
use super::patch::Patch;
use super::pod::Pod;
use crate::limits::{COMPARED_OBJECTS_MAX, SET_OBJECTS_MAX};
use crate::tree::FileTree;
use crate::yaml::{Node, Place};

/// What is deployed together.
#[derive(Clone, Debug, Default)]
pub struct Set {
    /// The folder of the kustomization, or of the manifests.
    pub folder: String,
    /// Everything in it, as kustomize would hand it on.
    pub objects: Vec<Object>,
    /// The namespace that everything is put into.
    pub namespace: Option<String>,
    /// ConfigMaps and Secrets that kustomize makes.
    pub generated: Vec<Generated>,
    /// Whether it lists something that is not in this tree, so that what seems to be missing may be there.
    pub is_partial: bool,
    images: Vec<Node>,
    replicas: Vec<Node>,
}

/// A ConfigMap or Secret that kustomize makes.
#[derive(Clone, Debug)]
pub struct Generated {
    /// `ConfigMap` or `Secret`.
    pub kind: &'static str,
    /// Its name, without the hash that kustomize appends to it everywhere.
    pub name: String,
    /// Its keys; nothing where they are in a file that is not read.
    pub keys: Option<BTreeSet<String>>,
}

impl Set {
    /// The pods of all workloads.
    pub fn pods(&self) -> impl Iterator<Item = Pod<'_>> {
        self.objects.iter().filter_map(|object| Pod::of(self, object))
    }

    /// Whether its pods are all there: nothing it lists is missing, and no chart or operator makes more.
    pub fn has_all_pods(&self) -> bool {
        /// Groups of custom resources from which no pods are made.
        const WITHOUT_PODS: &[&str] = &[
            "argoproj.io",
            "bitnami.com",
            "cert-manager.io",
            "external-secrets.io",
            "traefik.containo.us",
            "traefik.io",
        ];
        let makes_pods = |object: &Object| {
            let group = object.group();
            group.contains('.') && !group.ends_with(".k8s.io") && !WITHOUT_PODS.contains(&group)
        };
        !self.is_partial && !self.objects.iter().any(makes_pods)
    }

    /// Whether it is small enough to compare each object with each other.
    pub fn is_comparable(&self) -> bool {
        self.objects.len() <= COMPARED_OBJECTS_MAX
    }

    /// The objects of a kind.
    pub fn of_kind(&self, group: &str, kind: &str) -> impl Iterator<Item = &Object> {
        self.objects.iter().filter(move |object| object.is(group, kind))
    }

    /// The image that a container really gets, where the kustomization sets another tag or digest.
    pub fn image(&self, written: &str) -> ImageName {
        let mut image = ImageName::parse(written);
        for change in &self.images {
            let text = |key: &str| change.child(key).and_then(Node::as_str).map(str::to_owned);
            if text("name").as_deref() != Some(image.repository.as_str()) {
                continue;
            }
            if let Some(repository) = text("newName") {
                image.repository = repository;
            }
            match (text("newTag"), text("digest")) {
                (None, None) => {}
                (tag, digest) => (image.tag, image.digest) = (tag, digest),
            }
        }
        image
    }

    /// Where the kustomization changes an image, and to what.
    pub fn image_changes(&self) -> impl Iterator<Item = (&str, Place)> {
        self.images.iter().filter_map(|change| Some((change.child("name")?.as_str()?, change.place)))
    }

    /// How many pods a workload has; nothing where an autoscaler or the cluster decides.
    pub fn replica_count(&self, object: &Object) -> Option<i64> {
        if object.is("apps", "DaemonSet") {
            return None;
        }
        let changed =
            self.replicas.iter().find(|change| change.child("name").and_then(Node::as_str) == Some(&object.name));
        let written = changed.and_then(|change| change.child("count")).or_else(|| object.get(&["spec", "replicas"]));
        written.map_or(Some(1), Node::as_integer)
    }
}

/// What the sets are made of.
pub(super) struct Parts<'tree> {
    pub(super) tree: &'tree FileTree,
    pub(super) objects: BTreeMap<Arc<str>, Vec<Object>>,
    pub(super) kustomizations: BTreeMap<String, Kustomization>,
    /// Folders with manifests that could not be read.
    pub(super) unread_folders: BTreeSet<String>,
}

/// The sets of a tree. A kustomization that another one lists is part of that one.
pub(super) fn sets(parts: &Parts<'_>) -> Vec<Set> {
    let listed: BTreeSet<String> = parts
        .kustomizations
        .values()
        .flat_map(|kustomization| kustomization.resources().filter_map(|named| named.target).collect::<Vec<_>>())
        .collect();
    let mut sets = Vec::new();
    let mut taken: BTreeSet<Arc<str>> = BTreeSet::new();
    let mut budget = SET_OBJECTS_MAX;
    let tops = parts.kustomizations.values().filter(|kustomization| !listed.contains(&kustomization.folder));
    for top in tops {
        let mut set = Set { folder: top.folder.clone(), ..Set::default() };
        let mut seen = BTreeSet::new();
        gather(parts, top, &mut set, &mut seen, &mut taken, &mut budget, 0);
        sets.push(set);
    }
    let mut by_folder: HashMap<&str, Set> = HashMap::new();
    for (path, objects) in parts.objects.iter().filter(|(path, _)| !taken.contains(*path)) {
        let folder = folder_of(path);
        let set = by_folder.entry(folder).or_insert_with(|| Set {
            folder: folder.to_owned(),
            // What a kustomization leaves out belongs to something that nobody wrote down; what is broken may hold anything.
            is_partial: parts.kustomizations.contains_key(folder) || parts.unread_folders.contains(folder),
            ..Set::default()
        });
        set.objects.extend(objects.iter().cloned());
    }
    let mut plain: Vec<Set> = by_folder.into_values().collect();
    plain.sort_by(|one, other| one.folder.cmp(&other.folder));
    sets.extend(plain);
    for set in &mut sets {
        set.is_partial |= !set.is_comparable();
    }
    sets
}

/// Adds what a kustomization lists to `set`, and then changes all of it as the kustomization says.
fn gather(
    parts: &Parts<'_>,
    kustomization: &Kustomization,
    set: &mut Set,
    seen: &mut BTreeSet<String>,
    taken: &mut BTreeSet<Arc<str>>,
    budget: &mut usize,
    depth: usize,
) {
    // One that lists itself, around whatever corners, ends here.
    if !seen.insert(kustomization.folder.clone()) || depth > 16 {
        return;
    }
    let first = set.objects.len();
    for named in kustomization.resources() {
        let Some(target) = named.target.as_deref() else {
            set.is_partial = true;
            continue;
        };
        if let Some(below) = parts.kustomizations.get(target) {
            gather(parts, below, set, seen, taken, budget, depth + 1);
        } else if let Some((path, objects)) = parts.objects.get_key_value(target) {
            let is_new = seen.insert(target.to_owned());
            taken.insert(Arc::clone(path));
            let count = if is_new { objects.len().min(*budget) } else { 0 };
            *budget -= count;
            set.is_partial |= is_new && count < objects.len();
            set.objects.extend(objects[..count].iter().cloned());
        } else {
            set.is_partial = true;
        }
    }
    for patch in patches(parts, kustomization) {
        for object in set.objects[first..].iter_mut().filter(|object| patch.is_for(object)) {
            if *budget < patch.weight {
                set.is_partial = true;
                break;
            }
            *budget -= patch.weight;
            patch.apply(object);
        }
    }
    taken.extend(
        kustomization.patch_files().chain(kustomization.other_files()).filter_map(|named| named.target).map(Arc::from),
    );
    if let Some(namespace) = kustomization.text("namespace") {
        set.namespace = Some(namespace.to_owned());
    }
    set.images.extend(kustomization.list("images").cloned());
    set.replicas.extend(kustomization.list("replicas").cloned());
    set.generated.extend(generated(parts.tree, kustomization));
}

fn patches(parts: &Parts<'_>, kustomization: &Kustomization) -> Vec<Patch> {
    let mut patches = Vec::new();
    let of_file = |node: &Node, target: Option<&Node>| {
        let path = super::kustomization::join(&kustomization.folder, node.as_str()?)?;
        Some(Patch::read(&parts.tree.text(&path)?, target))
    };
    for patch in kustomization.list("patches").chain(kustomization.list("patchesJson6902")) {
        let target = patch.child("target");
        if let Some(text) = patch.child("patch").and_then(Node::as_str) {
            patches.extend(Patch::read(text, target));
        } else if let Some(path) = patch.child("path") {
            patches.extend(of_file(path, target).unwrap_or_default());
        }
    }
    for patch in kustomization.list("patchesStrategicMerge") {
        let in_place = || Patch::read(patch.as_str().unwrap_or_default(), None);
        patches.extend(of_file(patch, None).unwrap_or_else(in_place));
    }
    patches
}

fn generated(tree: &FileTree, kustomization: &Kustomization) -> Vec<Generated> {
    let mut all = Vec::new();
    for (list, kind) in [("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")] {
        for generator in kustomization.list(list) {
            let name = generator.child("name").and_then(Node::as_str).unwrap_or_default().to_owned();
            all.push(Generated { kind, name, keys: generated_keys(tree, kustomization, generator) });
        }
    }
    all
}

fn generated_keys(tree: &FileTree, kustomization: &Kustomization, generator: &Node) -> Option<BTreeSet<String>> {
    let texts = |key: &str| {
        let items = generator.child(key).map_or(&[][..], Node::items);
        items.iter().filter_map(Node::as_str).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut keys = BTreeSet::new();
    for literal in texts("literals") {
        keys.insert(literal.split_once('=').map_or(literal.as_str(), |(key, _)| key).to_owned());
    }
    for file in texts("files") {
        let key = file.split_once('=').map_or_else(|| file.rsplit('/').next().unwrap_or(&file), |(key, _)| key);
        keys.insert(key.to_owned());
    }
    let env = generator.child("env").and_then(Node::as_str).map(str::to_owned);
    for file in texts("envs").into_iter().chain(env) {
        let path = super::kustomization::join(&kustomization.folder, &file)?;
        // Without its content nobody knows the keys.
        let text = tree.text(&path)?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        keys.extend(lines.map(|line| line.split_once('=').map_or(line, |(key, _)| key).to_owned()));
    }
    Some(keys)
}
