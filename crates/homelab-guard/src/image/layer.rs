//! One layer: the files it adds and those it takes away.

use std::collections::{BTreeMap, BTreeSet};

/// The files of one layer by name.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// Its digest, abbreviated, or its number.
    pub name: String,
    pub(super) files: BTreeMap<String, LayerFile>,
    pub(super) deleted: BTreeSet<String>,
    pub(super) emptied: BTreeSet<String>,
}

/// What is known of a file without its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LayerFile {
    /// Bytes.
    pub size: u64,
}

/// What begins the name of a file that stands for a deletion.
const WHITEOUT: &str = ".wh.";

/// The file that empties its folder of everything below.
const OPAQUE: &str = ".wh..wh..opq";

impl Layer {
    /// An empty one.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Takes in the name of a file as the archive has it, and says what path it has in the image; `None` for a name that stands
    /// for a deletion. A `/` in front and `..` lead nowhere else, since nothing is unpacked.
    pub fn insert(&mut self, name: &str, file: LayerFile) -> Option<String> {
        let path = cleaned(name);
        let (folder, base) = path.rsplit_once('/').unwrap_or(("", &path));
        if base == OPAQUE {
            self.emptied.insert(folder.to_owned());
            return None;
        }
        if let Some(deleted) = base.strip_prefix(WHITEOUT) {
            let separator = if folder.is_empty() { "" } else { "/" };
            self.deleted.insert(format!("{folder}{separator}{deleted}"));
            return None;
        }
        if path.is_empty() {
            return None;
        }
        self.files.insert(path.clone(), file);
        Some(path)
    }
}

fn cleaned(name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
