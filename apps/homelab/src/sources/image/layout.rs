//! Which parts belong to which image: `index.json` of an OCI layout, or `manifest.json` of `docker save`.

use std::collections::HashSet;

use serde_json::Value;

use super::store::Store;
use crate::limits::{IMAGE_INDEX_DEPTH_MAX, IMAGE_LAYERS_MAX};

/// The names of the parts of one image.
#[derive(Debug, Default)]
pub(super) struct ImageBlobs {
    pub(super) config: String,
    pub(super) layers: Vec<LayerBlob>,
    pub(super) attestations: Vec<String>,
}

/// A layer: what to call it, and the name of its part.
#[derive(Debug)]
pub(super) struct LayerBlob {
    pub(super) name: String,
    pub(super) entry: String,
}

/// Digests, abbreviated as Docker does.
const ABBREVIATED: usize = 12;

/// Every image, of every architecture.
pub(super) fn images(store: &mut Store) -> Result<Vec<ImageBlobs>, String> {
    // An archive of a newer Docker has both; the index says more.
    if store.has("index.json") {
        let index = json(store, "index.json")?;
        let mut reader = Reader { store, images: Vec::new(), attestations: Vec::new(), seen: HashSet::new() };
        reader.index(&index, 0)?;
        let Reader { mut images, attestations, .. } = reader;
        if let Some(first) = images.first_mut() {
            first.attestations = attestations;
        }
        Ok(images)
    } else if store.has("manifest.json") {
        docker(&json(store, "manifest.json")?)
    } else {
        Err("it has neither `index.json` nor `manifest.json`".to_string())
    }
}

fn json(store: &mut Store, name: &str) -> Result<Value, String> {
    serde_json::from_slice(&store.small(name)?).map_err(|error| format!("`{name}` is no JSON: {error}"))
}

struct Reader<'a> {
    store: &'a mut Store,
    images: Vec<ImageBlobs>,
    attestations: Vec<String>,
    seen: HashSet<String>,
}

impl Reader<'_> {
    /// An index lists manifests, and other indexes for other architectures.
    fn index(&mut self, index: &Value, depth: usize) -> Result<(), String> {
        if depth > IMAGE_INDEX_DEPTH_MAX {
            return Err("its indexes are nested too deeply".to_string());
        }
        for descriptor in index["manifests"].as_array().into_iter().flatten() {
            let (name, digest) = blob(descriptor)?;
            if !self.seen.insert(digest) || !self.store.has(&name) {
                continue; // Another architecture that was not pulled.
            }
            let document = json(self.store, &name)?;
            if document["manifests"].is_array() {
                self.index(&document, depth + 1)?;
            } else {
                self.manifest(&document)?;
            }
        }
        Ok(())
    }

    fn manifest(&mut self, manifest: &Value) -> Result<(), String> {
        let layers: Vec<&Value> = manifest["layers"].as_array().into_iter().flatten().collect();
        let is_attestation = |layer: &&Value| {
            layer["mediaType"].as_str().is_some_and(|kind| kind.starts_with("application/vnd.in-toto"))
        };
        if layers.iter().any(is_attestation) {
            for layer in layers {
                self.attestations.push(blob(layer)?.0);
            }
            return Ok(());
        }
        if layers.len() > IMAGE_LAYERS_MAX {
            return Err(format!("it has more than {IMAGE_LAYERS_MAX} layers"));
        }
        let mut image = ImageBlobs { config: blob(&manifest["config"])?.0, ..ImageBlobs::default() };
        for layer in layers {
            let (entry, digest) = blob(layer)?;
            image.layers.push(LayerBlob { name: digest.chars().take(ABBREVIATED).collect(), entry });
        }
        self.images.push(image);
        Ok(())
    }
}

/// The name of the part behind a descriptor, and the digest without its algorithm.
fn blob(descriptor: &Value) -> Result<(String, String), String> {
    let digest = descriptor["digest"].as_str().unwrap_or_default();
    match digest.split_once(':') {
        Some((algorithm, hash)) if is_word(algorithm) && is_word(hash) => {
            Ok((format!("blobs/{algorithm}/{hash}"), hash.to_string()))
        }
        _ => Err(format!("`{digest}` is no digest")),
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// `manifest.json` is a list of images with the names of their parts.
fn docker(manifest: &Value) -> Result<Vec<ImageBlobs>, String> {
    let text = |value: &Value| value.as_str().map(|name| name.trim_start_matches("./").to_string());
    let images = manifest.as_array().ok_or("`manifest.json` is no list")?;
    images
        .iter()
        .map(|image| {
            let layers: Vec<String> = image["Layers"].as_array().into_iter().flatten().filter_map(text).collect();
            if layers.len() > IMAGE_LAYERS_MAX {
                return Err(format!("it has more than {IMAGE_LAYERS_MAX} layers"));
            }
            Ok(ImageBlobs {
                config: text(&image["Config"]).ok_or("`manifest.json` names no configuration")?,
                layers: layers.into_iter().map(|entry| LayerBlob { name: short(&entry), entry }).collect(),
                attestations: Vec::new(),
            })
        })
        .collect()
}

/// The digest in `<digest>/layer.tar`, `<digest>.tar` or `blobs/sha256/<digest>`, abbreviated.
fn short(entry: &str) -> String {
    let stem = entry.strip_suffix(".tar").unwrap_or(entry);
    let stem = stem.strip_suffix("/layer").unwrap_or(stem);
    stem.rsplit('/').next().unwrap_or(stem).chars().take(ABBREVIATED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_called_by_their_digest_in_every_form_of_archive() {
        for (entry, name) in [
            ("blobs/sha256/0123456789abcdef", "0123456789ab"),
            ("0123456789abcdef/layer.tar", "0123456789ab"),
            ("0123456789abcdef.tar", "0123456789ab"),
            ("1/layer.tar", "1"),
        ] {
            assert_eq!(short(entry), name, "{entry}");
        }
    }
}
