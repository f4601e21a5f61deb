//! Where the parts of an image archive lie.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read as _, Seek as _};

use crate::limits::IMAGE_PARTS_MAX;

/// The first byte and the length of each file, by name. Links lead from one name to another: `docker save` writes a layer that
/// two images share once.
pub(super) fn index(mut file: &File) -> Result<HashMap<String, (u64, u64)>, String> {
    if is_compressed(file) {
        return Err("it is compressed as a whole; unpack it first".to_string());
    }
    file.rewind().map_err(|error| error.to_string())?;
    let mut parts = HashMap::new();
    let mut links = Vec::new();
    let mut archive = tar::Archive::new(file);
    let entries = archive.entries_with_seek().map_err(|_| "it is no tar archive".to_string())?;
    for entry in entries {
        // What the reader says of a broken header repeats its bytes, whatever they are.
        let entry = entry.map_err(|_| "it is no tar archive, or a broken one".to_string())?;
        let name = clean(&entry.path_bytes());
        let kind = entry.header().entry_type();
        if kind.is_file() {
            parts.insert(name, (entry.raw_file_position(), entry.size()));
        } else if let (true, Some(target)) = (kind.is_symlink() || kind.is_hard_link(), entry.link_name_bytes()) {
            links.push((name, clean(&target)));
        }
        if parts.len() + links.len() > IMAGE_PARTS_MAX {
            return Err(format!("it has more than {IMAGE_PARTS_MAX} parts"));
        }
    }
    if parts.is_empty() {
        return Err("it is no tar archive, or an empty one".to_string());
    }
    for (name, target) in links {
        // `../<id>/layer.tar` is seen from the folder of the link, and all folders of such an archive lie side by side.
        if let Some(place) = parts.get(target.trim_start_matches("../")).copied() {
            parts.insert(name, place);
        }
    }
    Ok(parts)
}

/// Whether it begins as gzip, zstd, xz or bzip2 do: parts are read at their places, which compressed archives do not have.
fn is_compressed(file: &File) -> bool {
    const BEGINNINGS: [&[u8]; 4] = [&[0x1f, 0x8b], &[0x28, 0xb5, 0x2f, 0xfd], b"\xfd7zXZ", b"BZh"];
    let mut start = Vec::new();
    let read = file.take(8).read_to_end(&mut start);
    read.is_ok() && BEGINNINGS.iter().any(|beginning| start.starts_with(beginning))
}

fn clean(name: &[u8]) -> String {
    String::from_utf8_lossy(name).trim_start_matches("./").to_string()
}
