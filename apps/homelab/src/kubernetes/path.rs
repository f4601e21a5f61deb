//! Where an object is found in the API.

use serde_json::Value;

/// Names one object, or the collection it is in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// `v1`, `apps/v1`, …
    pub api_version: String,
    /// `Deployment`, …
    pub kind: String,
    /// The namespace; empty for kinds that have none, and for collections over all namespaces.
    pub namespace: String,
    /// Its name; empty for a collection.
    pub name: String,
}

/// Kinds outside of namespaces.
const WITHOUT_NAMESPACE: &[&str] = &[
    "Namespace",
    "Node",
    "PersistentVolume",
    "ClusterRole",
    "ClusterRoleBinding",
    "CustomResourceDefinition",
    "StorageClass",
    "PriorityClass",
    "IngressClass",
];

impl Reference {
    /// An object in a namespace, or a collection of one if `name` is empty.
    pub fn new(api_version: &str, kind: &str, namespace: &str, name: &str) -> Self {
        let namespace = if WITHOUT_NAMESPACE.contains(&kind) { "" } else { namespace };
        Self {
            api_version: api_version.to_owned(),
            kind: kind.to_owned(),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        }
    }

    /// What a manifest names; none if it names nothing.
    pub fn of(object: &Value) -> Option<Self> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let metadata = &object["metadata"];
        let namespace = text(&metadata["namespace"]).unwrap_or_else(|| "default".to_owned());
        Some(Self::new(&text(&object["apiVersion"])?, &text(&object["kind"])?, &namespace, &text(&metadata["name"])?))
    }

    /// The path of the object.
    pub fn path(&self) -> String {
        format!("{}/{}", self.collection_path(), self.name)
    }

    /// The path of the collection.
    pub fn collection_path(&self) -> String {
        let root = if self.api_version.contains('/') { "apis" } else { "api" };
        let namespace =
            if self.namespace.is_empty() { String::new() } else { format!("/namespaces/{}", self.namespace) };
        format!("/{root}/{}{namespace}/{}", self.api_version, plural(&self.kind))
    }
}

/// Kubernetes forms its plurals as English does, where kinds are concerned: policies, ingresses, endpoints.
fn plural(kind: &str) -> String {
    let kind = kind.to_ascii_lowercase();
    match kind.as_bytes() {
        _ if kind == "endpoints" => kind,
        [.., before, b'y'] if !b"aeiou".contains(before) => format!("{}ies", &kind[..kind.len() - 1]),
        [.., b's' | b'x'] | [.., b'c' | b's', b'h'] => format!("{kind}es"),
        _ => format!("{kind}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_api() {
        let path = |api, kind, namespace, name| Reference::new(api, kind, namespace, name).path();
        assert_eq!(path("v1", "Node", "ignored", "k1"), "/api/v1/nodes/k1");
        assert_eq!(
            path("apps/v1", "StatefulSet", "postgres", "postgres"),
            "/apis/apps/v1/namespaces/postgres/statefulsets/postgres"
        );
        assert_eq!(
            path("networking.k8s.io/v1", "NetworkPolicy", "a", "b"),
            "/apis/networking.k8s.io/v1/namespaces/a/networkpolicies/b"
        );
        assert_eq!(
            path("networking.k8s.io/v1", "Ingress", "a", "b"),
            "/apis/networking.k8s.io/v1/namespaces/a/ingresses/b"
        );
        assert_eq!(
            Reference::new("argoproj.io/v1alpha1", "Application", "", "").collection_path(),
            "/apis/argoproj.io/v1alpha1/applications"
        );
    }

    #[test]
    fn a_manifest_without_a_namespace_is_in_the_default_one() {
        let manifest = serde_json::json!({ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "a" } });
        assert_eq!(Reference::of(&manifest).unwrap().path(), "/api/v1/namespaces/default/configmaps/a");
        assert_eq!(Reference::of(&serde_json::json!({ "kind": "ConfigMap" })), None);
    }
}
