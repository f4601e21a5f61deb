//! One Kubernetes object and the file that it stands in.

use std::sync::Arc;

use crate::finding::Location;
use crate::yaml::{Node, Place};

/// One Kubernetes object.
#[derive(Clone, Debug)]
pub struct Object {
    /// The file.
    pub path: Arc<str>,
    /// The version of its API: `apps/v1`.
    pub api_version: String,
    /// Its kind: `Deployment`.
    pub kind: String,
    /// Its name; empty where it has none.
    pub name: String,
    /// All of it.
    pub document: Node,
}

impl Object {
    /// The object that a document is, if it says so.
    pub(super) fn read(path: &Arc<str>, document: Node) -> Option<Self> {
        let text = |node: Option<&Node>| node.and_then(Node::as_str).unwrap_or_default().to_owned();
        let (api_version, kind) = (text(document.child("apiVersion")), text(document.child("kind")));
        let name = text(document.get(["metadata", "name"]));
        let is_object = !api_version.is_empty() && !kind.is_empty();
        is_object.then(|| Self { path: Arc::clone(path), api_version, kind, name, document })
    }

    /// Whether it is of this kind in this group of APIs; the core group is empty.
    pub fn is(&self, group: &str, kind: &str) -> bool {
        self.kind == kind && self.group() == group
    }

    /// The group of its API, without the version.
    pub fn group(&self) -> &str {
        self.api_version.rsplit_once('/').map_or("", |(group, _)| group)
    }

    /// What is at the end of a path of keys.
    pub fn get(&self, path: &[&str]) -> Option<&Node> {
        self.document.get(path.iter().copied())
    }

    /// The namespace that it names itself.
    pub fn namespace(&self) -> Option<&str> {
        self.get(&["metadata", "namespace"]).and_then(Node::as_str).filter(|namespace| !namespace.is_empty())
    }

    /// A place in its file.
    pub fn at(&self, place: Place) -> Location {
        Location::at(&*self.path, place.line, place.column, place.width)
    }

    /// The place of the value at `path`, or of the nearest that exists above it.
    pub fn nearest(&self, path: &[&str]) -> Location {
        let mut node = &self.document;
        for key in path {
            match node.child(key) {
                Some(child) => node = child,
                None => break,
            }
        }
        self.at(node.place)
    }

    /// As people call it: `Deployment yomu`.
    pub fn title(&self) -> String {
        format!("{} `{}`", self.kind, self.name)
    }
}
