//! A kustomization file: what it lists and what it changes.

use std::sync::Arc;

use crate::yaml::{Node, Place};

/// The names that kustomize looks for.
const FILE_NAMES: &[&str] = &["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// A kustomization file.
#[derive(Clone, Debug)]
pub struct Kustomization {
    /// The file.
    pub path: Arc<str>,
    /// Its folder; empty for the top.
    pub folder: String,
    /// All of it.
    pub document: Node,
}

/// A path that a kustomization names, and where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// From the top of the tree; nothing for an address, or for a path that leads out of the tree.
    pub target: Option<String>,
    /// As it is written.
    pub written: String,
    /// Where.
    pub place: Place,
}

impl Kustomization {
    /// Whether kustomize would take the file at `path` as one.
    pub fn is_one(path: &str) -> bool {
        FILE_NAMES.contains(&path.rsplit('/').next().unwrap_or(path))
    }

    pub(super) fn read(path: &Arc<str>, document: Node) -> Self {
        let folder = super::folder_of(path).to_owned();
        Self { path: Arc::clone(path), folder, document }
    }

    /// The manifests and kustomizations that it is made of.
    pub fn resources(&self) -> impl Iterator<Item = Named> {
        ["resources", "bases", "components"].into_iter().flat_map(|key| self.list(key)).map(|node| self.named(node))
    }

    /// The files that its patches stand in.
    pub fn patch_files(&self) -> impl Iterator<Item = Named> {
        let merges = self.list("patchesStrategicMerge").filter(|node| node.as_str().is_some_and(is_path));
        let patches = ["patches", "patchesJson6902"].into_iter().flat_map(|key| self.list(key));
        merges.chain(patches.filter_map(|patch| patch.child("path"))).map(|node| self.named(node))
    }

    /// Other files that it reads: the sources of generated ConfigMaps and Secrets, and more of kustomize's own.
    pub fn other_files(&self) -> impl Iterator<Item = Named> {
        let lists = ["configurations", "crds", "generators", "transformers", "validators"];
        let own = lists.into_iter().flat_map(|key| self.list(key)).filter(|node| node.as_str().is_some_and(is_path));
        let generators = ["configMapGenerator", "secretGenerator"].into_iter().flat_map(|key| self.list(key));
        let sources = generators.flat_map(|generator| {
            let of = |key: &str| generator.child(key).map_or(&[][..], Node::items).iter();
            of("files").chain(of("envs")).chain(generator.child("env"))
        });
        own.map(|node| self.named(node)).chain(sources.map(|node| {
            // `key=path` or the path alone.
            let written = node.as_str().unwrap_or_default();
            let path = written.split_once('=').map_or(written, |(_, path)| path);
            Named { target: join(&self.folder, path), written: path.to_owned(), place: node.place }
        }))
    }

    /// The items of a list at the top.
    pub fn list(&self, key: &str) -> impl Iterator<Item = &Node> {
        self.document.child(key).map_or(&[][..], Node::items).iter()
    }

    /// The text of a field at the top.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.document.child(key).and_then(Node::as_str).filter(|text| !text.is_empty())
    }

    fn named(&self, node: &Node) -> Named {
        let written = node.as_str().unwrap_or_default().to_owned();
        let target = if is_address(&written) { None } else { join(&self.folder, &written) };
        Named { target, written, place: node.place }
    }
}

impl Named {
    /// Whether it should be found in this tree.
    pub fn is_address(&self) -> bool {
        is_address(&self.written)
    }
}

fn is_address(text: &str) -> bool {
    text.contains("://") || text.starts_with("git@") || text.starts_with("github.com/") || text.contains("?ref=")
}

/// Patches may also be written in place, on several lines.
fn is_path(text: &str) -> bool {
    !text.contains('\n') && !text.contains(": ")
}

/// `folder` and a path relative to it, without `.` and `..`; nothing where it leads out of the tree.
pub(crate) fn join(folder: &str, relative: &str) -> Option<String> {
    if relative.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{Kustomization, join};

    #[test]
    fn paths_are_joined() {
        for (folder, relative, joined) in [
            ("k8s/yomu", "deployment.yaml", Some("k8s/yomu/deployment.yaml")),
            ("k8s/yomu", "./a/../b.yaml", Some("k8s/yomu/b.yaml")),
            ("k8s/overlays/home", "../../base", Some("k8s/base")),
            ("", "a.yaml", Some("a.yaml")),
            ("k8s", "..", Some("")),
            ("k8s", "../..", None),
            ("k8s", "/etc/passwd", None),
        ] {
            assert_eq!(join(folder, relative).as_deref(), joined, "{folder} {relative}");
        }
    }

    #[test]
    fn its_file_has_one_of_three_names() {
        assert!(Kustomization::is_one("kustomization.yaml") && Kustomization::is_one("k8s/a/kustomization.yml"));
        assert!(!Kustomization::is_one("k8s/my-kustomization.yaml") && !Kustomization::is_one("kustomization.yaml/a"));
    }
}
