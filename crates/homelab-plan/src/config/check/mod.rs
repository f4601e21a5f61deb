//! What does not go together, though each value by itself is fine.
//!
//! A check speaks only of values that stand in the file and were understood: one mistake is told once.

mod addresses;
mod cluster;
mod memory;
pub(crate) mod names;

use super::homelab::Homelab;
use super::read::Places;
use crate::diagnostic::Diagnostic;

/// What a check looks at.
pub(crate) struct Checked<'a> {
    pub(crate) home: &'a Homelab,
    pub(crate) places: &'a Places,
    /// Where the file ends, for what is missing from it.
    pub(crate) end: usize,
}

/// Everything that does not go together.
pub(crate) fn all(home: &Homelab, places: &Places, end: usize, found: &mut Vec<Diagnostic>) {
    let checked = Checked { home, places, end };
    // Sums over values of which some were refused would be about placeholders.
    let is_understood = found.is_empty();
    names::check(&checked, found);
    addresses::check(&checked, found);
    cluster::check(&checked, found);
    memory::check_each(&checked, found);
    if is_understood && found.is_empty() {
        memory::check_sums(&checked, found);
    }
}
