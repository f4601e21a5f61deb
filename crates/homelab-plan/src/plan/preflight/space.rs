//! Whether there is room for what is to be made.

use crate::bytes::Bytes;
use crate::plan::containers::{Matched, template};
use crate::plan::desired::Desired;
use crate::plan::observed::{Observed, StorageSeen};

/// A template of Debian or Ubuntu has some 130 MiB, and is written twice while it is checked.
const TEMPLATE: Bytes = Bytes::mib(512);

/// What a node writes in its first hour on a disk that takes only what is written: its system, K3s, and the images of the
/// platform are some 6 GiB.
const FIRST_HOUR: Bytes = Bytes::gib(8);

pub(super) fn problems(
    desired: &Desired,
    observed: &Observed,
    matched: &Matched<'_>,
    missing: &mut impl FnMut(String, String),
) {
    let container = &desired.home.container;
    let new = || desired.home.nodes.iter().filter(|node| !matched.nodes.contains_key(node.name.as_str()));
    let count = new().count() as u64;
    if count == 0 {
        return;
    }
    if let Some(storage) = observed.storage(container.storage.as_str()) {
        let promised = Bytes::new(new().map(|node| node.disk.get()).sum());
        let needed = if is_thin(storage) { Bytes::new(FIRST_HOUR.get() * count) } else { promised };
        if storage.free < needed {
            let first = if is_thin(storage) { " at first" } else { "" };
            missing(
                format!(
                    "the storage `{}` has {} free, and the disks of {count} nodes need {}{first}",
                    storage.name,
                    storage.free.to_words(),
                    needed.to_words()
                ),
                "free space on it, name another one in `container.storage`, or make `disk` of the nodes smaller"
                    .to_owned(),
            );
        }
    }
    let templates = observed.storage(container.template_storage.as_str());
    let is_there = |storage: &StorageSeen| {
        let wanted = template(desired, observed).map(|name| format!("{}:vztmpl/{name}", storage.name));
        wanted.is_some_and(|volume| storage.templates.contains(&volume))
    };
    if let Some(storage) = templates.filter(|storage| !is_there(storage) && storage.free < TEMPLATE) {
        missing(
            format!(
                "the storage `{}` has {} free, and the template needs {}",
                storage.name,
                storage.free.to_words(),
                TEMPLATE.to_words()
            ),
            "free space on it, or name another one in `container.template_storage`".to_owned(),
        );
    }
}

/// Whether a volume takes only what is written into it.
fn is_thin(storage: &StorageSeen) -> bool {
    matches!(storage.kind.as_str(), "lvmthin" | "zfspool" | "rbd" | "btrfs")
}
