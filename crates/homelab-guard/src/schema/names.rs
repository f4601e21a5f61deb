//! What the API server asks of names, labels and ports, which no schema says.

use super::problem::{Cause, Problem};
use crate::yaml::{Node, Place};

/// The longest name of an object: a DNS name.
const NAME_LENGTH_MAX: usize = 253;

/// The longest label's value, and the longest name of a service, a namespace or a container: one part of a DNS name.
const LABEL_LENGTH_MAX: usize = 63;

/// Looks at the names in a manifest of this kind.
pub(super) fn check_names(document: &Node, api_version: &str, kind: &str, problems: &mut Vec<Problem>) {
    if api_version.starts_with("kustomize.config.k8s.io/") {
        return;
    }
    if let Some(metadata) = document.child("metadata").filter(|metadata| metadata.as_mapping().is_some()) {
        let has_name =
            ["name", "generateName"].iter().any(|key| metadata.child(key).is_some_and(|name| !name.is_null()));
        if !has_name {
            add(problems, metadata.place, "metadata", Cause::MissingField { field: "name" });
        }
        check_name(metadata, api_version, kind, problems);
        check_labels(metadata, "metadata.labels", problems);
    } else {
        add(problems, document.place, "", Cause::MissingField { field: "metadata" });
    }
    check_below(document, &mut String::new(), problems);
}

fn check_name(metadata: &Node, api_version: &str, kind: &str, problems: &mut Vec<Problem>) {
    let Some(name) = metadata.child("name").filter(|name| !name.is_null()) else { return };
    let Some(text) = name.as_str() else { return };
    let is_valid = match (api_version, kind) {
        // Roles are named by what they allow: `system:node`.
        ("rbac.authorization.k8s.io/v1", _) => !text.is_empty() && !text.contains(['/', '%']),
        ("v1", "Service" | "Namespace") => is_dns_label(text),
        _ => is_dns_name(text),
    };
    if !is_valid {
        let expected = "a name of lower-case letters, digits and `-`, such as `my-service`";
        add(problems, name.place, "metadata.name", Cause::Malformed { expected });
    }
}

fn check_labels(holder: &Node, path: &str, problems: &mut Vec<Problem>) {
    for label in holder.child("labels").map_or(&[][..], Node::fields) {
        if label.value.as_str().is_some_and(|value| !is_label_value(value)) {
            let expected = "a label: up to 63 letters, digits, `-`, `_` and `.`";
            add(problems, label.value.place, &format!("{path}.{}", label.key.text), Cause::Malformed { expected });
        }
        if !is_label_key(&label.key.text) {
            let expected = "named as a label is: `name` or `example.com/name`";
            add(problems, label.key.place, &format!("{path}.{}", label.key.text), Cause::Malformed { expected });
        }
    }
}

/// Containers, ports and pod templates, wherever they are.
fn check_below(node: &Node, path: &mut String, problems: &mut Vec<Problem>) {
    for field in node.fields() {
        let length = path.len();
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(&field.key.text);
        match field.key.text.as_str() {
            "containers" | "initContainers" => {
                for container in field.value.items() {
                    check_container_name(container, path, problems);
                }
            }
            "containerPort" | "hostPort" | "targetPort" | "port" | "number" | "nodePort" => {
                check_port(&field.value, path, problems);
            }
            "template" => {
                if let Some(metadata) = field.value.child("metadata") {
                    check_labels(metadata, &format!("{path}.metadata.labels"), problems);
                }
            }
            // Free text, where nothing is a port.
            "data" | "stringData" | "annotations" | "labels" | "valuesObject" | "values" | "set" | "status" => {
                path.truncate(length);
                continue;
            }
            _ => {}
        }
        check_below(&field.value, path, problems);
        path.truncate(length);
    }
    for (index, item) in node.items().iter().enumerate() {
        let length = path.len();
        path.push_str(&format!("[{index}]"));
        check_below(item, path, problems);
        path.truncate(length);
    }
}

fn check_port(port: &Node, path: &str, problems: &mut Vec<Problem>) {
    if port.as_integer().is_some_and(|port| !(1..=65535).contains(&port)) {
        add(problems, port.place, path, Cause::OutOfRange { min: 1, max: 65535 });
    }
}

fn check_container_name(container: &Node, path: &str, problems: &mut Vec<Problem>) {
    if let Some(name) = container.child("name").filter(|name| name.as_str().is_some_and(|text| !is_dns_label(text))) {
        let expected = "a name of lower-case letters, digits and `-`, such as `web`";
        add(problems, name.place, &format!("{path}.name"), Cause::Malformed { expected });
    }
}

fn add(problems: &mut Vec<Problem>, place: Place, path: &str, cause: Cause) {
    problems.push(Problem { place, path: path.to_owned(), cause });
}

/// Lower-case letters, digits and `-`, with no `-` at the ends.
fn is_dns_label(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty()
        && text.len() <= LABEL_LENGTH_MAX
        && text.bytes().all(is_inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

fn is_dns_name(text: &str) -> bool {
    text.len() <= NAME_LENGTH_MAX && text.split('.').all(is_dns_label)
}

fn is_label_value(text: &str) -> bool {
    text.is_empty() || is_label_name(text)
}

fn is_label_key(text: &str) -> bool {
    match text.split_once('/') {
        Some((prefix, name)) => is_dns_name(prefix) && is_label_name(name),
        None => is_label_name(text),
    }
}

fn is_label_name(text: &str) -> bool {
    let is_end = |c: char| c.is_ascii_alphanumeric();
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.len() <= LABEL_LENGTH_MAX && text.starts_with(is_end) && text.ends_with(is_end) && text.bytes().all(is_inner)
}
