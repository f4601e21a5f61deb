//! Backends of ingresses.

use crate::manifest::{Object, Set};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/dangling-ingress",
    severity: Severity::Error,
    title: "an ingress that leads to no service",
    reason: "Visitors get an error, though everything is running.",
    fix: "Let the backend name a Service of these manifests and one of its ports.",
    fires: &[
        Example {
            files: &[
                (
                    "k8s/web/service.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\nspec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}\n",
                ),
                (
                    "k8s/web/ingress.yaml",
                    "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: web}\nspec:\n  rules:\n    - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: wep, port: {number: 80}}}}]}\n",
                ),
            ],
        },
        Example {
            files: &[
                (
                    "k8s/web/service.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\nspec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}\n",
                ),
                (
                    "k8s/web/ingress.yaml",
                    "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: web}\nspec:\n  rules:\n    - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 3000}}}}]}\n",
                ),
            ],
        },
        Example {
            files: &[
                (
                    "k8s/web/service.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\nspec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}\n",
                ),
                (
                    "k8s/web/ingress.yaml",
                    "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: web}\nspec:\n  rules:\n    - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: web}}}}]}\n",
                ),
            ],
        },
    ],
    silent: &[
        Example {
            files: &[
                (
                    "k8s/web/service.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\nspec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}\n",
                ),
                (
                    "k8s/web/ingress.yaml",
                    "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: web}\nspec:\n  rules:\n    - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}\n",
                ),
            ],
        },
        Example {
            files: &[
                (
                    "k8s/web/service.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\nspec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}\n",
                ),
                (
                    "k8s/web/ingress.yaml",
                    "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: web}\nspec:\n  rules:\n    - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}\n",
                ),
            ],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for set in tree.manifests().sets.iter().filter(|set| set.has_all_pods()) {
        for ingress in set.of_kind("networking.k8s.io", "Ingress") {
            let paths = ingress.get(&["spec", "rules"]).map_or(&[][..], Node::items).iter();
            let paths = paths.flat_map(|rule| rule.get(["http", "paths"]).map_or(&[][..], Node::items));
            let backends =
                paths.filter_map(|path| path.child("backend")).chain(ingress.get(&["spec", "defaultBackend"]));
            for backend in backends {
                look_at(set, ingress, backend, report);
            }
        }
    }
}

fn look_at(set: &Set, ingress: &Object, backend: &Node, report: &mut Report<'_>) {
    let Some(named) = backend.get(["service", "name"]) else { return };
    let name = named.as_str().unwrap_or_default();
    let Some(service) = set.of_kind("", "Service").find(|service| service.name == name) else {
        let message = format!("{} leads to the service `{name}`, which is in none of its manifests", ingress.title());
        return report.add(ingress.at(named.place), message);
    };
    let ports = service.get(&["spec", "ports"]).map_or(&[][..], Node::items);
    for (key, field) in [("number", "port"), ("name", "name")] {
        let Some(wanted) = backend.get(["service", "port", key]) else { continue };
        if !ports.iter().any(|port| port.child(field).and_then(Node::as_str) == wanted.as_str()) {
            let port = wanted.as_str().unwrap_or_default();
            let message =
                format!("{} leads to port `{port}` of the service `{name}`, which it does not have", ingress.title());
            report.add(ingress.at(wanted.place), message);
        }
    }
}
