//! The manifests of an infrastructure repository, as they go to the cluster.

use homelab_guard::yaml::{self, Meaning, Node};
use homelab_plan::plan::Component;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::observe::Manifests;

/// The annotation by which an object tells which manifests it comes from is not part of their hash.
const HASH_CHARACTERS: usize = 16;

/// A manifest that cannot be brought to the cluster.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{path}`{}: {reason}", line.map(|line| format!(" line {line}")).unwrap_or_default())]
pub struct BadManifest {
    /// The file.
    pub path: String,
    /// Where in it.
    pub line: Option<u32>,
    /// What is wrong with it.
    pub reason: String,
}

/// Reads the manifests of a repository: `argocd/install.yaml`, and each folder below `shared/` by its kustomization.
/// `files` are all its files by path.
///
/// # Errors
/// A file is missing or no manifest.
pub fn read(files: &[(String, String)]) -> Result<Vec<Manifests>, BadManifest> {
    let mut all = vec![component("argocd", &["argocd/install.yaml".to_owned()], None, files)?];
    let mut folders: Vec<&str> = files
        .iter()
        .filter_map(|(path, _)| path.strip_prefix("shared/")?.split_once('/'))
        .map(|(name, _)| name)
        .collect();
    folders.sort_unstable();
    folders.dedup();
    for name in folders {
        let folder = format!("shared/{name}");
        let kustomization = parsed(&format!("{folder}/kustomization.yaml"), files)?;
        let kustomization = kustomization.first().cloned().unwrap_or_default();
        for field in kustomization.as_object().into_iter().flat_map(Map::keys) {
            if !["apiVersion", "kind", "namespace", "resources"].contains(&field.as_str()) {
                return Err(bad(
                    &format!("{folder}/kustomization.yaml"),
                    None,
                    format!("`{field}` is not supported: `homelab up` knows `namespace` and `resources`"),
                ));
            }
        }
        let resources = kustomization["resources"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let paths: Vec<String> = resources.map(|resource| format!("{folder}/{resource}")).collect();
        all.push(component(name, &paths, kustomization["namespace"].as_str(), files)?);
    }
    Ok(all)
}

/// What a plan has to know of them.
pub fn components(manifests: &[Manifests]) -> Vec<Component> {
    let component = |manifests: &Manifests| Component {
        name: manifests.component.clone(),
        hash: manifests.hash.clone(),
        secret: manifests.secret.as_ref().map(|(name, _)| name.clone()),
    };
    manifests.iter().map(component).collect()
}

fn component(
    name: &str,
    paths: &[String],
    namespace: Option<&str>,
    files: &[(String, String)],
) -> Result<Manifests, BadManifest> {
    let mut objects = Vec::new();
    for path in paths {
        for mut object in parsed(path, files)? {
            if object["kind"].as_str().is_none() || object["metadata"]["name"].as_str().is_none() {
                return Err(bad(path, None, "an object has no `kind` or no `metadata.name`"));
            }
            if let Some(namespace) = namespace.filter(|_| object["kind"] != "Namespace") {
                object["metadata"]["namespace"] = json!(namespace);
            }
            objects.push(object);
        }
    }
    // A namespace before what is in it.
    objects.sort_by_key(|object| object["kind"] != "Namespace");
    let hash: String =
        Sha256::digest(Value::from(objects.clone()).to_string()).iter().map(|byte| format!("{byte:02x}")).collect();
    let hash = hash[..HASH_CHARACTERS].to_owned();
    Ok(Manifests { component: name.to_owned(), hash, objects, secret: secret(name, files)? })
}

/// The secret that `secret.yaml.example` describes, and its keys.
fn secret(component: &str, files: &[(String, String)]) -> Result<Option<(String, Vec<String>)>, BadManifest> {
    let path = format!("shared/{component}/secret.yaml.example");
    if !files.iter().any(|(found, _)| *found == path) {
        return Ok(None);
    }
    let example = parsed(&path, files)?.into_iter().next().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let metadata = &example["metadata"];
    let keys = example["stringData"].as_object().into_iter().flat_map(Map::keys).cloned().collect();
    Ok(Some((format!("{}/{}", text(&metadata["namespace"]), text(&metadata["name"])), keys)))
}

fn parsed(path: &str, files: &[(String, String)]) -> Result<Vec<Value>, BadManifest> {
    let (_, text) =
        files.iter().find(|(found, _)| found == path).ok_or_else(|| bad(path, None, "the file is missing"))?;
    objects(path, text)
}

/// The documents of a YAML text, as Kubernetes reads them.
///
/// # Errors
/// It is no YAML.
pub fn objects(path: &str, text: &str) -> Result<Vec<Value>, BadManifest> {
    let (documents, problems) = yaml::documents(text);
    match problems.first() {
        Some(problem) => Err(bad(path, Some(problem.place.line), problem.cause.to_string())),
        None => Ok(documents.iter().map(json_of).filter(|value| !value.is_null()).collect()),
    }
}

fn bad(path: &str, line: Option<u32>, reason: impl Into<String>) -> BadManifest {
    BadManifest { path: path.to_owned(), line, reason: reason.into() }
}

/// A YAML value as Kubernetes makes JSON of it.
fn json_of(node: &Node) -> Value {
    match &node.value {
        yaml::Value::Scalar(scalar) => match scalar.meaning {
            Meaning::Null => Value::Null,
            Meaning::Bool(is_true) => json!(is_true),
            Meaning::Integer(number) => json!(number),
            Meaning::Float(number) => json!(number),
            Meaning::Text => json!(scalar.text),
        },
        yaml::Value::Sequence(items) => items.iter().map(json_of).collect(),
        yaml::Value::Mapping(mapping) => {
            mapping.fields().iter().map(|field| (field.key.text.clone(), json_of(&field.value))).collect()
        }
    }
}
