//! References to Secrets and ConfigMaps.

use crate::manifest::{Known, KnownKeys, Pod};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/missing-reference",
    severity: Severity::Error,
    title: "a reference to a Secret or ConfigMap that is not known",
    reason: "The container is never started: it waits in `CreateContainerConfigError`.",
    fix: "Mend the name or the key. What is made by hand stands in `secret.yaml.example`, with its keys and without its values.",
    fires: &[
        Example {
            files: &[
                (
                    "k8s/web/pod.yaml",
                    pod!(
                        "      env: [{name: KEY, valueFrom: {secretKeyRef: {name: web-secrets, key: SESSION_SECERT}}}]\n"
                    ),
                ),
                (
                    "k8s/web/secret.yaml.example",
                    "apiVersion: v1\nkind: Secret\nmetadata: {name: web-secrets}\nstringData: {SESSION_SECRET: \"<32 random bytes>\"}\n",
                ),
            ],
        },
        Example { files: &[("k8s/web/pod.yaml", pod!("      envFrom: [{configMapRef: {name: web}}]\n"))] },
    ],
    silent: &[
        Example {
            files: &[
                (
                    "k8s/web/pod.yaml",
                    pod!(
                        "      env: [{name: KEY, valueFrom: {secretKeyRef: {name: web-secrets, key: SESSION_SECRET}}}]\n"
                    ),
                ),
                (
                    "k8s/web/secret.yaml.example",
                    "apiVersion: v1\nkind: Secret\nmetadata: {name: web-secrets}\nstringData: {SESSION_SECRET: \"<32 random bytes>\"}\n",
                ),
            ],
        },
        Example {
            files: &[("k8s/web/pod.yaml", pod!("      envFrom: [{configMapRef: {name: web, optional: true}}]\n"))],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    let manifests = tree.manifests();
    for set in &manifests.sets {
        let known = KnownKeys::of(manifests, set);
        for pod in set.pods() {
            for container in pod.containers() {
                for variable in container.env() {
                    for (field, kind) in [("secretKeyRef", "Secret"), ("configMapKeyRef", "ConfigMap")] {
                        look_at(pod, &known, kind, variable.get(["valueFrom", field]), "name", report);
                    }
                }
                for source in container.get(&["envFrom"]).map_or(&[][..], Node::items) {
                    look_at(pod, &known, "Secret", source.child("secretRef"), "name", report);
                    look_at(pod, &known, "ConfigMap", source.child("configMapRef"), "name", report);
                }
            }
            for volume in pod.spec.child("volumes").map_or(&[][..], Node::items) {
                look_at(pod, &known, "Secret", volume.child("secret"), "secretName", report);
                look_at(pod, &known, "ConfigMap", volume.child("configMap"), "name", report);
                for source in volume.get(["projected", "sources"]).map_or(&[][..], Node::items) {
                    look_at(pod, &known, "Secret", source.child("secret"), "name", report);
                    look_at(pod, &known, "ConfigMap", source.child("configMap"), "name", report);
                }
            }
        }
    }
}

/// Looks at one reference: to the Secret or ConfigMap that stands in `name_field`, to its `key`, and to the keys of `items`.
fn look_at(
    pod: Pod<'_>,
    known: &KnownKeys<'_>,
    kind: &'static str,
    reference: Option<&Node>,
    name_field: &str,
    report: &mut Report<'_>,
) {
    let Some(reference) = reference.filter(|found| found.child("optional").and_then(Node::as_bool) != Some(true))
    else {
        return;
    };
    let Some(named) = reference.child(name_field) else { return };
    let name = named.as_str().unwrap_or_default();
    let items = reference.child("items").map_or(&[][..], Node::items).iter().filter_map(|item| item.child("key"));
    let keys = reference.child("key").into_iter().chain(items);
    let who = pod.object.title();
    if known.look_up(kind, name, None) == Known::NoSource {
        // With parts of the manifests elsewhere, it may be there.
        if !pod.set.is_partial {
            let hint = if kind == "Secret" { "; list its keys in `secret.yaml.example`" } else { "" };
            let message = format!("{who} needs the {kind} `{name}`, which is in none of its manifests{hint}");
            report.add(pod.object.at(named.place), message);
        }
        return;
    }
    for key in keys {
        let text = key.as_str().unwrap_or_default();
        if known.look_up(kind, name, Some(text)) == Known::NoKey {
            let message = format!("{who} needs the key `{text}` of the {kind} `{name}`, which has no such key");
            report.add(pod.object.at(key.place), message);
        }
    }
}
