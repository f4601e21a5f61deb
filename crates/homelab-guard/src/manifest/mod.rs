//! The manifests of a tree: objects, kustomizations, and what is deployed together.
//!
//! A file counts when it holds an `apiVersion`. Compose files, workflows, Helm values and whatever else is YAML stay out, and so do
//! the templates of Helm charts, which are no YAML before somebody fills them in.
//!
//! Not in here: what is wrong with any of it. That is `schema/` and `rules/manifest/`.

mod image;
mod keys;
mod kustomization;
mod object;
mod patch;
mod pod;
mod selector;
mod set;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use memchr::memmem;

pub use image::ImageName;
pub use keys::{Known, KnownKeys};
pub use kustomization::{Kustomization, Named};
pub use object::Object;
pub use pod::{Container, Pod, Role};
pub use selector::{has_all, selects};
pub use set::{Generated, Set};

pub(crate) use kustomization::join;

use crate::finding::Location;
use crate::tree::{FileTree, Kind};
use crate::yaml::{self, Node, Value};

/// All manifests of a tree.
#[derive(Clone, Debug, Default)]
pub struct Manifests {
    /// What is deployed together.
    pub sets: Vec<Set>,
    /// Every object as it is written, each once; examples and patches left out.
    pub written: Vec<Object>,
    /// Objects in files that end in `.example`.
    pub examples: Vec<Object>,
    /// All kustomization files.
    pub kustomizations: Vec<Kustomization>,
    /// Documents in files of manifests that are no objects, for want of a kind or an `apiVersion`.
    pub nameless: Vec<(Arc<str>, Node)>,
    /// What is wrong with the text of manifests.
    pub problems: Vec<(Arc<str>, yaml::Problem)>,
    /// Files of manifests that are templates, which are not looked at.
    pub templates: Vec<Arc<str>>,
}

impl Manifests {
    /// Reads everything in `tree` that is a manifest.
    pub fn collect(tree: &FileTree) -> Self {
        let mut manifests = Self::default();
        let mut objects: BTreeMap<Arc<str>, Vec<Object>> = BTreeMap::new();
        let mut kustomizations = BTreeMap::new();
        for (path, entry) in tree.iter().filter(|(path, entry)| entry.kind == Kind::File && is_candidate(path)) {
            let Some(bytes) = entry.bytes.as_deref() else { continue };
            let is_kustomization = Kustomization::is_one(path);
            if !is_kustomization && memmem::find(bytes, b"apiVersion").is_none() {
                continue;
            }
            let path: Arc<str> = Arc::from(path);
            let text = String::from_utf8_lossy(bytes);
            let (documents, problems) = yaml::documents(&text);
            let has_braces =
                text.contains("{{") && (is_chart_template(tree, &path) || is_template(&documents, &problems));
            if has_braces || (text.contains('«') && documents.iter().any(has_gap)) {
                manifests.templates.push(path);
                continue;
            }
            if problems.iter().any(yaml::Problem::is_fatal) && !is_kustomization && !looks_like_a_manifest(&text) {
                continue;
            }
            manifests.problems.extend(problems.into_iter().map(|problem| (Arc::clone(&path), problem)));
            if is_kustomization {
                for document in documents.into_iter().take(1) {
                    let kustomization = Kustomization::read(&path, document);
                    kustomizations.insert(kustomization.folder.clone(), kustomization);
                }
                continue;
            }
            let found = manifests.objects(&path, documents);
            if is_example(&path) {
                manifests.examples.extend(found);
            } else if !found.is_empty() {
                objects.insert(path, found);
            }
        }
        let broken = manifests.problems.iter().filter(|(_, problem)| problem.is_fatal()).map(|(path, _)| path);
        let unread_folders = broken.chain(&manifests.templates).map(|path| folder_of(path).to_owned()).collect();
        let parts = set::Parts { tree, objects, kustomizations, unread_folders };
        manifests.sets = set::sets(&parts);
        // A patch is a part of an object, so it is not held to what a whole one needs.
        let patches: BTreeSet<String> =
            parts.kustomizations.values().flat_map(|one| one.patch_files().filter_map(|file| file.target)).collect();
        manifests.nameless.retain(|(path, _)| !patches.contains(&**path));
        let written = parts.objects.into_iter().filter(|(path, _)| !patches.contains(&**path));
        manifests.written = written.flat_map(|(_, objects)| objects).collect();
        manifests.kustomizations = parts.kustomizations.into_values().collect();
        manifests.take_namespaces_of_applications();
        manifests
    }

    /// The pods of all workloads.
    pub fn pods(&self) -> impl Iterator<Item = Pod<'_>> {
        self.sets.iter().flat_map(Set::pods)
    }

    /// The containers of all workloads.
    pub fn containers(&self) -> impl Iterator<Item = Container<'_>> {
        self.pods().flat_map(Pod::containers)
    }

    /// Argo CD's Applications.
    pub fn applications(&self) -> impl Iterator<Item = &Object> {
        self.written.iter().filter(|object| object.is("argoproj.io", "Application"))
    }

    /// The examples beside the manifests of a set.
    pub fn examples_for<'all>(&'all self, set: &'all Set) -> impl Iterator<Item = &'all Object> {
        let mut folders: BTreeSet<&str> = set.objects.iter().map(|own| folder_of(&own.path)).collect();
        folders.insert(&set.folder);
        self.examples.iter().filter(move |object| folders.contains(folder_of(&object.path)))
    }

    /// What an Application puts into a namespace is not in the default one, though no manifest says so.
    fn take_namespaces_of_applications(&mut self) {
        let destinations: Vec<(String, String)> = self
            .applications()
            .filter_map(|application| {
                let text = |path: &[&str]| application.get(path).and_then(Node::as_str);
                let path = join("", text(&["spec", "source", "path"])?)?;
                Some((path, text(&["spec", "destination", "namespace"])?.to_owned()))
            })
            .collect();
        for set in self.sets.iter_mut().filter(|set| set.namespace.is_none()) {
            let covers = |path: &str| {
                set.folder == path || set.folder.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
            };
            let found = destinations.iter().filter(|(path, _)| covers(path)).max_by_key(|(path, _)| path.len());
            set.namespace = found.map(|(_, namespace)| namespace.clone());
        }
    }

    /// The objects among documents; those of a `List` one by one.
    fn objects(&mut self, path: &Arc<str>, documents: Vec<Node>) -> Vec<Object> {
        let mut objects = Vec::new();
        for document in documents {
            let has = |key: &str| document.child(key).is_some();
            let text = |key: &str| document.child(key).and_then(Node::as_str).unwrap_or_default();
            match (text("apiVersion"), text("kind")) {
                // A kubeconfig, which is no object of a cluster.
                ("v1", "Config") => {}
                ("v1", "List") => {
                    let items = document.child("items").map_or(&[][..], Node::items);
                    objects.extend(items.iter().filter_map(|item| Object::read(path, item.clone())));
                }
                (api_version, kind) if !api_version.is_empty() && !kind.is_empty() => {
                    objects.extend(Object::read(path, document));
                }
                _ if matches!(document.value, Value::Mapping(_)) && (has("metadata") || has("spec") || has("kind")) => {
                    self.nameless.push((Arc::clone(path), document));
                }
                _ => {}
            }
        }
        objects
    }
}

/// A place in a file.
pub(crate) fn at(path: &str, place: yaml::Place) -> Location {
    Location::at(path, place.line, place.column, place.width)
}

/// The folder of a file; empty for the top.
pub(crate) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether manifests may stand at this path.
fn is_candidate(path: &str) -> bool {
    let plain = path.strip_suffix(".example").unwrap_or(path);
    let is_yaml = plain.ends_with(".yaml") || plain.ends_with(".yml") || Kustomization::is_one(path);
    is_yaml && !path.starts_with(".github/") && !path.contains("/.github/")
}

fn is_example(path: &str) -> bool {
    path.ends_with(".example")
}

/// Whether the file is one of a Helm chart's templates.
fn is_chart_template(tree: &FileTree, path: &str) -> bool {
    path.match_indices("templates/").any(|(at, _)| {
        let chart = &path[..at];
        (chart.is_empty() || chart.ends_with('/')) && tree.get(&format!("{chart}Chart.yaml")).is_some()
    })
}

/// Whether the braces are ones that somebody fills in, and not text inside of a value.
fn is_template(documents: &[Node], problems: &[yaml::Problem]) -> bool {
    let is_filled_in = |document: &Node| {
        let paths: [&[&str]; 4] = [&["apiVersion"], &["kind"], &["metadata", "name"], &["metadata", "namespace"]];
        paths.iter().any(|path| {
            document.get(path.iter().copied()).and_then(Node::as_str).is_some_and(|text| text.contains("{{"))
        })
    };
    !problems.is_empty() || documents.iter().any(is_filled_in)
}

/// Whether a field is still to be filled in: `«name»`, as in templates of manifests that are YAML already. In free text these are
/// quotation marks.
fn has_gap(node: &Node) -> bool {
    const FREE_TEXT: &[&str] = &["data", "stringData", "annotations"];
    match &node.value {
        Value::Scalar(scalar) => scalar.style == yaml::Style::Plain && scalar.text.starts_with('«'),
        Value::Sequence(items) => items.iter().any(has_gap),
        Value::Mapping(mapping) => {
            let fields = mapping.fields().iter().filter(|field| !FREE_TEXT.contains(&field.key.text.as_str()));
            fields.into_iter().any(|field| has_gap(&field.value))
        }
    }
}

/// Whether a text that cannot be read was meant as a manifest.
fn looks_like_a_manifest(text: &str) -> bool {
    let begins = |key: &str| text.lines().any(|line| line.trim_start_matches(['"', '{', ' ']).starts_with(key));
    begins("apiVersion") && begins("kind")
}
