//! The repository of a service, as far as the cluster is concerned.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use homelab_plan::service::{Source, source};
use serde_json::Value;

use super::ServiceError;
use crate::limits::TREE_FILE_BYTES_MAX;
use crate::manifests::{BadManifest, objects};

/// Where a service keeps its Application.
const APPLICATION: &str = "k8s/argocd/application.yaml";

/// The digest that stands until the first image is built.
const NO_DIGEST: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

/// The repository of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Repository {
    /// Where it lies.
    pub folder: PathBuf,
    /// The Application, as it goes to the cluster.
    pub application: Value,
    /// The name of the service.
    pub name: String,
    /// The namespace that it lives in.
    pub namespace: String,
    /// The address that Argo CD follows.
    pub url: String,
    /// The folder that Argo CD follows.
    pub path: String,
    /// What it runs.
    pub images: Vec<Image>,
    /// The secret that it needs.
    pub secret: Option<SecretWish>,
}

/// An image, and where its digest stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Without tag and digest.
    pub name: String,
    /// None until the first is built.
    pub digest: Option<String>,
    /// The file with the digest, below the repository.
    pub file: PathBuf,
}

/// A secret that a service needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretWish {
    /// What it is called.
    pub name: String,
    /// Where each of its values comes from.
    pub sources: BTreeMap<String, Source>,
}

impl Repository {
    /// Reads the repository that `given` names: a folder, or the name of one beside the folders in `beside`.
    ///
    /// # Errors
    /// There is none, or a file of it says what cannot be.
    pub fn find(given: &str, beside: &[PathBuf]) -> Result<Self, ServiceError> {
        let named = PathBuf::from(given);
        let is_name = !given.contains(['/', '\\', '.']);
        let candidates = beside.iter().filter(|_| is_name).map(|folder| folder.join(given));
        let found = std::iter::once(named).chain(candidates).find(|folder| folder.join(APPLICATION).is_file());
        Self::read(&found.ok_or_else(|| ServiceError::NoRepository { given: given.to_owned() })?)
    }

    fn read(folder: &Path) -> Result<Self, ServiceError> {
        let path = folder.join(APPLICATION);
        let application = document(&path)?;
        let field = |pointer: &str| {
            let text = application.pointer(pointer).and_then(Value::as_str).filter(|text| !text.is_empty());
            text.map(str::to_owned).ok_or_else(|| ServiceError::BadFile {
                path: path.clone(),
                reason: format!("the Application has no `{}`", pointer.trim_start_matches('/').replace('/', ".")),
                hint: "`homelab service new` writes a complete one, to compare with".to_owned(),
            })
        };
        if application["kind"] != "Application" || field("/metadata/namespace")? != "argocd" {
            return Err(ServiceError::BadFile {
                path: path.clone(),
                reason: "it is no Application in the namespace `argocd`".to_owned(),
                hint: "Argo CD looks into its own namespace only: set `metadata.namespace: argocd`".to_owned(),
            });
        }
        let (name, source_path) = (field("/metadata/name")?, field("/spec/source/path")?);
        let place = folder.join(&source_path);
        if source_path.split('/').any(|part| part == "..") || !place.is_dir() {
            return Err(ServiceError::BadFile {
                path,
                reason: format!("`spec.source.path` names `{source_path}`, which is no folder of the repository"),
                hint: format!("write `path: k8s/{name}`"),
            });
        }
        Ok(Self {
            namespace: field("/spec/destination/namespace")?,
            url: field("/spec/source/repoURL")?,
            images: images(folder, &source_path)?,
            secret: secret(&name, &place)?,
            folder: folder.to_path_buf(),
            path: source_path,
            application,
            name,
        })
    }

    /// `namespace/name` of its secret, if it needs one.
    pub fn secret_name(&self) -> Option<String> {
        self.secret.as_ref().map(|secret| format!("{}/{}", self.namespace, secret.name))
    }
}

/// Images with their digests, from the kustomization or, where that has none, from the workloads themselves.
fn images(folder: &Path, path: &str) -> Result<Vec<Image>, ServiceError> {
    let file = PathBuf::from(path).join("kustomization.yaml");
    let mut found = Vec::new();
    if folder.join(&file).is_file() {
        let kustomization = document(&folder.join(&file))?;
        for image in kustomization["images"].as_array().into_iter().flatten() {
            let name = image["newName"].as_str().or(image["name"].as_str()).unwrap_or_default().to_owned();
            let digest = image["digest"].as_str().filter(|digest| *digest != NO_DIGEST).map(str::to_owned);
            found.push(Image { name, digest, file: file.clone() });
        }
    }
    if found.is_empty() {
        let file = PathBuf::from(path).join("deployment.yaml");
        if folder.join(&file).is_file() {
            let deployment = document(&folder.join(&file))?;
            let containers = deployment["spec"]["template"]["spec"]["containers"].as_array().into_iter().flatten();
            for image in containers.filter_map(|container| container["image"].as_str()) {
                let (name, digest) = image.split_once('@').map_or((image, None), |(name, digest)| (name, Some(digest)));
                let digest = digest.filter(|digest| *digest != NO_DIGEST).map(str::to_owned);
                found.push(Image { name: name.to_owned(), digest, file: file.clone() });
            }
        }
    }
    Ok(found)
}

fn secret(service: &str, folder: &Path) -> Result<Option<SecretWish>, ServiceError> {
    let path = folder.join("secret.yaml.example");
    if !path.is_file() {
        return Ok(None);
    }
    let example = document(&path)?;
    let name = example["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    if name.is_empty() {
        return Err(ServiceError::BadFile {
            path,
            reason: "the Secret has no `metadata.name`".to_owned(),
            hint: format!("write `name: {service}-secrets`"),
        });
    }
    let mut sources = BTreeMap::new();
    for (key, value) in example["stringData"].as_object().into_iter().flatten() {
        let found = source(service, key, value.as_str().unwrap_or_default());
        let found = found.map_err(|bad| ServiceError::BadFile {
            path: path.clone(),
            reason: format!("the example of `{key}` cannot be followed: {}", bad.reason),
            hint: bad.hint,
        })?;
        sources.insert(key.clone(), found);
    }
    Ok(Some(SecretWish { name, sources }))
}

/// The first document of a file.
fn document(path: &Path) -> Result<Value, ServiceError> {
    let bad = |reason: String| BadManifest { path: path.display().to_string(), line: None, reason };
    let size = fs::metadata(path).map_err(|error| bad(error.to_string()))?.len();
    if size > TREE_FILE_BYTES_MAX {
        return Err(bad(format!("it has {size} bytes; at most {TREE_FILE_BYTES_MAX} are read")).into());
    }
    let text = fs::read_to_string(path).map_err(|error| bad(error.to_string()))?;
    let mut documents = objects(&path.display().to_string(), &text)?;
    if documents.is_empty() {
        return Err(bad("it is empty".to_owned()).into());
    }
    Ok(documents.swap_remove(0))
}
