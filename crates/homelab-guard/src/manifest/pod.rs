//! Pods: what a workload makes of its template.

use super::object::Object;
use super::set::Set;
use crate::yaml::{Node, Place};

/// The pods of a workload.
#[derive(Clone, Copy, Debug)]
pub struct Pod<'set> {
    /// What is deployed together with it.
    pub set: &'set Set,
    /// The workload.
    pub object: &'set Object,
    /// The template's metadata; the object's own for a bare `Pod`.
    pub metadata: Option<&'set Node>,
    /// The pod's specification.
    pub spec: &'set Node,
}

/// A container of a pod.
#[derive(Clone, Copy, Debug)]
pub struct Container<'set> {
    /// Its pod.
    pub pod: Pod<'set>,
    /// All of it.
    pub node: &'set Node,
    /// When it runs.
    pub role: Role,
}

/// When a container runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// As long as its pod.
    Main,
    /// Before the others, and then ends.
    Init,
}

impl<'set> Pod<'set> {
    pub(super) fn of(set: &'set Set, object: &'set Object) -> Option<Self> {
        let document = &object.document;
        let template = match (object.group(), object.kind.as_str()) {
            ("", "Pod") => Some(document),
            ("apps", "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet") | ("batch", "Job") => {
                document.get(["spec", "template"])
            }
            ("batch", "CronJob") => document.get(["spec", "jobTemplate", "spec", "template"]),
            _ => None,
        }?;
        let spec = template.child("spec").filter(|spec| spec.as_mapping().is_some())?;
        Some(Self { set, object, metadata: template.child("metadata"), spec })
    }

    /// All containers, those that run before the others included.
    pub fn containers(self) -> impl Iterator<Item = Container<'set>> {
        let of = move |key, role| {
            let nodes = self.spec.child(key).map_or(&[][..], Node::items);
            nodes.iter().filter(|node| node.as_mapping().is_some()).map(move |node| Container { pod: self, node, role })
        };
        of("initContainers", Role::Init).chain(of("containers", Role::Main))
    }

    /// The labels that selectors see.
    pub fn labels(self) -> Option<&'set Node> {
        self.metadata?.child("labels")
    }

    /// Whether it is to run until somebody stops it.
    pub fn is_long_running(self) -> bool {
        !matches!(self.object.kind.as_str(), "Job" | "CronJob")
    }

    /// Where a pod-wide setting stands, or should.
    pub fn place_of(self, key: &str) -> Place {
        self.spec.child(key).map_or(self.spec.place, |node| node.place)
    }
}

impl<'set> Container<'set> {
    /// Its name.
    pub fn name(self) -> &'set str {
        self.node.child("name").and_then(Node::as_str).unwrap_or_default()
    }

    /// The value at the end of a path of keys.
    pub fn get(self, path: &[&str]) -> Option<&'set Node> {
        self.node.get(path.iter().copied())
    }

    /// Its security context.
    pub fn security(self) -> Option<&'set Node> {
        self.node.child("securityContext").filter(|context| context.as_mapping().is_some())
    }

    /// A setting of its security context, or of its pod's, which counts where the container's own says nothing.
    pub fn security_setting(self, key: &str) -> Option<&'set Node> {
        let own = self.security().and_then(|context| context.child(key));
        own.or_else(|| self.pod.spec.get(["securityContext", key])).filter(|node| !node.is_null())
    }

    /// As people call it: "container `web` of Deployment `yomu`".
    pub fn title(self) -> String {
        let role = if self.role == Role::Init { "init container" } else { "container" };
        format!("{role} `{}` of {}", self.name(), self.pod.object.title())
    }

    /// The ports that it says it listens on: name, number and place.
    pub fn ports(self) -> impl Iterator<Item = (&'set str, Option<i64>, Place)> {
        self.node.child("ports").map_or(&[][..], Node::items).iter().map(|port| {
            let name = port.child("name").and_then(Node::as_str).unwrap_or_default();
            (name, port.child("containerPort").and_then(Node::as_integer), port.place)
        })
    }

    /// Whether a port is among those it says it listens on; `port` is a name or a number.
    pub fn has_port(self, port: &Node) -> bool {
        self.ports().any(|(name, number, _)| match port.as_integer() {
            Some(wanted) => number == Some(wanted),
            None => port.as_str() == Some(name),
        })
    }

    /// Its environment variables, one by one.
    pub fn env(self) -> &'set [Node] {
        self.node.child("env").map_or(&[], Node::items)
    }
}
