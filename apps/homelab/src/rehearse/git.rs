//! Services in a simulated home: the work tree of a repository stands for what was pushed, and for the image that was built.

use std::fs;
use std::path::Path;

use homelab_sim::World;
use serde_json::{Value, json};

use crate::manifests::{BadManifest, objects};
use crate::services::{Repository, ServiceError};

/// Shows the repository in `folder` to Argo CD and to the nodes, as it is now. Everybody may pull its images.
///
/// # Errors
/// It is no repository of a service, or a manifest cannot be read.
pub fn publish(world: &World, folder: &Path) -> Result<(), ServiceError> {
    let repository = Repository::find(&folder.display().to_string(), &[])?;
    for image in &repository.images {
        if let (Some(name), Some(digest)) = (image.name.strip_prefix("ghcr.io/"), &image.digest) {
            world.push_image(name, digest, true);
        }
    }
    world.publish(&repository.url, &repository.path, rendered(&repository)?);
    Ok(())
}

/// What Argo CD makes of its kustomization: all resources, and digests in the place of tags.
fn rendered(repository: &Repository) -> Result<Vec<Value>, BadManifest> {
    let place = repository.folder.join(&repository.path);
    let read = |name: &str| {
        let path = place.join(name).display().to_string();
        let bad = |reason: std::io::Error| BadManifest { path: path.clone(), line: None, reason: reason.to_string() };
        objects(&path, &fs::read_to_string(&path).map_err(bad)?)
    };
    let kustomization = read("kustomization.yaml")?.into_iter().next().unwrap_or_default();
    let mut all = Vec::new();
    for name in kustomization["resources"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        all.extend(read(name)?);
    }
    for object in &mut all {
        let containers = object.pointer_mut("/spec/template/spec/containers").and_then(Value::as_array_mut);
        for container in containers.into_iter().flatten() {
            let name = container["image"].as_str().unwrap_or_default().to_owned();
            // A name without its tag: a port of a registry has a slash after it.
            let bare =
                name.rsplit_once(':').filter(|(_, tag)| !tag.contains('/')).map_or(name.as_str(), |(bare, _)| bare);
            let image = repository.images.iter().find(|image| image.name == bare);
            if let Some(digest) = image.and_then(|image| image.digest.as_ref()) {
                container["image"] = json!(format!("{bare}@{digest}"));
            }
        }
    }
    Ok(all)
}
