//! A container image: its configuration and the files of its layers, by name.
//!
//! Not in here: reading archives, and the contents of files. Whoever unpacks hands each file's bytes to
//! [`Guard::file`](crate::Guard::file) and its name to a [`Layer`].

mod attestation;
mod config;
mod example;
mod layer;
#[cfg(test)]
mod tests;

pub use attestation::attested_arguments;
pub use config::{Config, ConfigProblem, Setting, Step};
pub use layer::{Layer, LayerFile};

use std::collections::HashSet;

/// An image as a registry holds it.
#[derive(Clone, Debug, Default)]
pub struct Image {
    /// How it is run and how it was made.
    pub config: Config,
    /// From the base up.
    pub layers: Vec<Layer>,
    /// Build arguments that the attestations beside it tell.
    pub attested_arguments: Vec<(String, String)>,
}

/// A file of a layer, seen from the whole image.
#[derive(Clone, Copy, Debug)]
pub struct FileInImage<'image> {
    /// Its layer, by number.
    pub layer: usize,
    /// Its path, without a leading `/`.
    pub path: &'image str,
    /// What is known of it.
    pub file: &'image LayerFile,
    /// Whether a layer above deletes it or puts another in its place: it is still there for whoever unpacks the layers.
    pub is_deleted_later: bool,
}

impl Image {
    /// Every file of every layer, from the top layer down.
    pub fn files(&self) -> Vec<FileInImage<'_>> {
        let mut files = Vec::new();
        // What layers above have deleted or replaced; of an opaque folder, everything below it.
        let mut gone: HashSet<&str> = HashSet::new();
        let mut emptied: HashSet<&str> = HashSet::new();
        for (number, layer) in self.layers.iter().enumerate().rev() {
            files.extend(layer.files.iter().map(|(path, file)| {
                let is_gone_with_folder = folders(path).any(|folder| gone.contains(folder) || emptied.contains(folder));
                let is_deleted_later = is_gone_with_folder || gone.contains(path.as_str());
                FileInImage { layer: number, path, file, is_deleted_later }
            }));
            gone.extend(layer.deleted.iter().map(String::as_str));
            gone.extend(layer.files.keys().map(String::as_str));
            emptied.extend(layer.emptied.iter().map(String::as_str));
        }
        files
    }
}

/// The folders above a path, and the top as the empty name.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::once("").chain(path.match_indices('/').map(|(slash, _)| &path[..slash]))
}
