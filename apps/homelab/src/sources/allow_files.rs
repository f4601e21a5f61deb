//! The files in which exceptions are written down: from what was looked at up to the top of its repository.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use homelab_guard::{ALLOW_FILE, Standing};

use super::{Looked, Unread};
use crate::limits::ALLOW_FILE_BYTES_MAX;

/// From where the paths of findings count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathsCount {
    /// From the folder that was looked at; a single file has the path that was asked for.
    FromThere,
    /// From the top of the repository, or of an image, whatever folder of it was named.
    FromTheTop,
}

/// One of them.
struct AllowFile {
    place: PathBuf,
    /// What it is called beside the paths of findings.
    name: String,
    standing: Standing,
}

impl Looked {
    /// Reads the exceptions for what was looked at. A folder outside of any repository has its own file alone.
    pub fn read_allow_files(&mut self, path: &Path, count: PathsCount) {
        for file in allow_files(path, count) {
            let mut bytes = Vec::new();
            let read = File::open(&file.place).and_then(|file| file.take(ALLOW_FILE_BYTES_MAX).read_to_end(&mut bytes));
            match read {
                Ok(_) => self.allowances.read_file(&file.name, &String::from_utf8_lossy(&bytes), &file.standing),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => self.unread.push(Unread { path: file.name, reason: error.to_string() }),
            }
        }
    }
}

fn allow_files(path: &Path, count: PathsCount) -> Vec<AllowFile> {
    let (folder, cut) = if path.is_dir() { (path, String::new()) } else { folder_of(path) };
    // What is not there was told of already.
    let Ok(folder) = folder.canonicalize() else { return Vec::new() };
    // A work tree of another repository has a file of this name.
    let to_the_top = folder.ancestors().position(|folder| folder.join(".git").exists()).unwrap_or(0);
    let up = |steps: usize| format!("{}{ALLOW_FILE}", "../".repeat(steps));
    let place = |steps: usize| folder.ancestors().nth(steps).unwrap_or(&folder);
    match count {
        PathsCount::FromTheTop => {
            let place = place(to_the_top).join(ALLOW_FILE);
            vec![AllowFile { place, name: up(to_the_top), standing: Standing::default() }]
        }
        PathsCount::FromThere => (0..=to_the_top)
            .map(|steps| {
                let below = folder.strip_prefix(place(steps)).unwrap_or(Path::new(""));
                let below = below.components().map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect();
                let standing = Standing { cut: cut.clone(), below };
                AllowFile { place: place(steps).join(ALLOW_FILE), name: format!("{cut}{}", up(steps)), standing }
            })
            .collect(),
    }
}

/// The folder of a file, and what stands for it in the path as it was typed, up to its last `/`.
fn folder_of(file: &Path) -> (&Path, String) {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = file.to_string_lossy();
    (folder, name[..name.rfind('/').map_or(0, |slash| slash + 1)].to_owned())
}
