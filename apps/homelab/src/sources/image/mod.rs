//! Container images as files: an OCI layout (a folder or an archive of one) or what `docker save` writes. Nothing is unpacked:
//! each file goes through the guard as it comes out of its layer.

mod archive;
mod compression;
mod digest;
mod layer;
mod layout;
mod store;
mod tar_entries;
#[cfg(test)]
mod tests;
mod trouble;

use std::path::Path;

use homelab_guard::image::{Config, Image, attested_arguments};
use homelab_guard::{Guard, Source};
use indicatif::ProgressBar;

use super::{Looked, Unread};
use crate::trouble::Trouble;
use layout::{ImageBlobs, LayerBlob};
use store::Store;

/// Searches every image that a file or folder holds.
///
/// # Errors
/// It is no image.
pub fn look(path: &Path, guard: &Guard, progress: &ProgressBar) -> Result<Looked, Trouble> {
    let bad = |reason: String| Trouble::BadImage { path: path.to_path_buf(), reason };
    let mut store = Store::open(path)?;
    let images = layout::images(&mut store).map_err(bad)?;
    if images.is_empty() {
        return Err(bad("it names no image".to_string()));
    }
    let mut looked = Looked::default();
    for image in images {
        looked.absorb(one(&mut store, &image, guard, progress).map_err(bad)?);
    }
    Ok(looked)
}

fn one(store: &mut Store, blobs: &ImageBlobs, guard: &Guard, progress: &ProgressBar) -> Result<Looked, String> {
    let json = store.small(&blobs.config)?;
    let config = Config::parse(&json).map_err(|problem| format!("its configuration: {problem}"))?;
    let mut image = Image { config, ..Image::default() };
    for attestation in &blobs.attestations {
        image.attested_arguments.extend(attested_arguments(&store.small(attestation)?));
    }
    let mut looked = Looked::default();
    for (number, blob) in blobs.layers.iter().enumerate() {
        let LayerBlob { name, entry } = blob;
        let plain = image.config.layer_digests.get(number).map(String::as_str);
        let mut read = layer::Read { guard, progress, layer: name, looked: &mut looked };
        let read = store
            .open_blob(entry)
            .and_then(|stream| read.all(stream, entry, plain).map_err(|trouble| trouble.to_string()));
        match read {
            Ok(layer) => image.layers.push(layer),
            // The other layers are looked at all the same: one broken layer must not hide what is in them.
            Err(reason) => looked.unread.push(Unread { path: format!("layer {name}"), reason }),
        }
    }
    mark_deleted(&image, &mut looked);
    looked.findings.extend(guard.image(&image));
    Ok(looked)
}

/// A secret that a later layer deletes is still in the layer below, for everybody who pulls the image. The report says so.
fn mark_deleted(image: &Image, looked: &mut Looked) {
    let deleted: std::collections::HashSet<(&str, &str)> = image
        .files()
        .into_iter()
        .filter(|file| file.is_deleted_later)
        .map(|file| (image.layers[file.layer].name.as_str(), file.path))
        .collect();
    for finding in &mut looked.findings {
        let path = finding.location.path.clone();
        if let Source::Layer { layer, deleted_later } = &mut finding.location.source {
            *deleted_later = *deleted_later || deleted.contains(&(layer.as_str(), path.as_str()));
        }
    }
}
