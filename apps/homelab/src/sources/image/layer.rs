//! One layer: a tar archive, compressed or not, of which nothing is believed.

use std::io::Read as IoRead;

use homelab_guard::image::{Layer, LayerFile};
use homelab_guard::{Guard, Source};
use indicatif::ProgressBar;

use super::compression::unpacked;
use super::digest::{self, Digesting};
use super::tar_entries::{TarEntries, TarKind};
use super::trouble::ArchiveTrouble;
use crate::limits::LAYER_FILES_MAX;
use crate::sources::Looked;
use crate::sources::scan::scan;

/// What reading a layer needs, and where what was found goes.
pub(super) struct Read<'a> {
    pub(super) guard: &'a Guard,
    pub(super) progress: &'a ProgressBar,
    pub(super) layer: &'a str,
    pub(super) looked: &'a mut Looked,
}

impl Read<'_> {
    /// Every file, in the order of the archive. `part` is the name of the layer's blob and `plain` the digest of its unpacked
    /// content, where the configuration has one: what has other content is not what was built.
    pub(super) fn all(
        &mut self,
        stream: impl IoRead,
        part: &str,
        plain: Option<&str>,
    ) -> Result<Layer, ArchiveTrouble> {
        let mut packed = Digesting::new(stream);
        let (layer, unpacked_digest) = {
            let mut entries = TarEntries::new(Digesting::new(unpacked(&mut packed)?));
            let layer = self.files(&mut entries)?;
            (layer, entries.into_inner().finish()?)
        };
        let packed_digest = packed.finish()?;
        let is_promised = digest::promised(part).is_none_or(|promised| promised == packed_digest);
        let is_plain = plain.is_none_or(|plain| plain == unpacked_digest);
        if is_promised && is_plain { Ok(layer) } else { Err(ArchiveTrouble::WrongDigest) }
    }

    fn files(&mut self, entries: &mut TarEntries<impl IoRead>) -> Result<Layer, ArchiveTrouble> {
        let source = Source::Layer { layer: self.layer.to_string(), deleted_later: false };
        let mut layer = Layer::new(self.layer);
        let mut buffer = Vec::new();
        let mut count = 0;
        while let Some(entry) = entries.next_entry()? {
            count += 1;
            if count > LAYER_FILES_MAX {
                return Err(ArchiveTrouble::TooMuch { limit: LAYER_FILES_MAX as u64, unit: "files" });
            }
            let size = match entry.kind {
                TarKind::File => entry.size,
                // What it leads to is not known here; it has at least a byte.
                TarKind::HardLink => 1,
                // A link hides what a layer below has at its place, and holds nothing itself.
                TarKind::SymbolicLink => 0,
                TarKind::Other => continue,
            };
            let Some(path) = layer.insert(&entry.name, LayerFile { size }) else { continue };
            if entry.kind == TarKind::File {
                let (findings, bytes) = scan(self.guard, &source, &path, size, &mut entries.content(), &mut buffer)?;
                self.looked.absorb(Looked { findings, files: 1, bytes, ..Looked::default() });
                self.progress.inc(1);
            }
        }
        Ok(layer)
    }
}
