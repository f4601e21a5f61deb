//! "Did you mean": the nearest known word to an unknown one.

use crate::limits::SUGGESTION_BYTES_MAX;

/// What people call things elsewhere, and what they are called here.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("cidr", "subnet"),
    ("control_plane", "server"),
    ("control-plane", "server"),
    ("cpu", "cores"),
    ("cpus", "cores"),
    ("gw", "gateway"),
    ("hostname", "name"),
    ("host", "url"),
    ("id", "vmid"),
    ("ip", "address"),
    ("ipv4", "address"),
    ("limits", "reserved"),
    ("lxc", "container"),
    ("master", "server"),
    ("mem", "memory"),
    ("nameserver", "dns"),
    ("nameservers", "dns"),
    ("owner", "github_owner"),
    ("postgresql", "postgres"),
    ("ram", "memory"),
    ("redis", "valkey"),
    ("rootfs", "disk"),
    ("size", "storage"),
    ("type", "role"),
    ("worker", "agent"),
];

/// The known word that was most likely meant.
pub(crate) fn nearest<'a>(unknown: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    if unknown.len() > SUGGESTION_BYTES_MAX {
        return None;
    }
    let unknown = unknown.to_lowercase();
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == unknown).map(|(_, here)| *here);
    if let Some(here) = known.clone().find(|word| Some(*word) == other) {
        return Some(here);
    }
    let unknown = unknown.replace('-', "_");
    // A third of the letters may differ; beyond that, a suggestion is a guess.
    let close_enough = |word: &&str| distance(&unknown, word) <= (word.len().max(unknown.len()) / 3).max(1);
    let nearest = known.clone().filter(close_enough).min_by_key(|word| distance(&unknown, word));
    nearest.or_else(|| known.clone().find(|word| unknown.len() >= 4 && word.split('_').any(|part| part == unknown)))
}

/// How many letters must be changed, added, removed or swapped with a neighbour (optimal string alignment).
fn distance(left: &str, right: &str) -> usize {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut before_last = vec![0; right.len() + 1];
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, from) in left.iter().enumerate() {
        let mut this = vec![row + 1; right.len() + 1];
        for (column, to) in right.iter().enumerate() {
            let changed = last[column] + usize::from(from != to);
            this[column + 1] = changed.min(last[column + 1] + 1).min(this[column] + 1);
            let swapped = row > 0 && column > 0 && *from == right[column - 1] && left[row - 1] == *to;
            if swapped {
                this[column + 1] = this[column + 1].min(before_last[column - 1] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, this);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &[&str] = &["name", "role", "address", "vmid", "cores", "memory", "disk", "yen_per_kwh"];

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        for (unknown, meant) in [
            ("memry", "memory"),
            ("Memory", "memory"),
            ("adress", "address"),
            ("vmdi", "vmid"),
            ("yen-per-kwh", "yen_per_kwh"),
        ] {
            assert_eq!(nearest(unknown, KEYS.iter().copied()), Some(meant));
        }
    }

    #[test]
    fn other_tools_words_are_understood() {
        for (unknown, meant) in [("ram", "memory"), ("ip", "address"), ("cpus", "cores"), ("type", "role")] {
            assert_eq!(nearest(unknown, KEYS.iter().copied()), Some(meant));
        }
    }

    #[test]
    fn nothing_near_is_no_guess() {
        for unknown in ["", "colour", "x", "storage_class", &"memory".repeat(100)] {
            assert_eq!(nearest(unknown, KEYS.iter().copied()), None, "{unknown}");
        }
    }

    #[test]
    fn distances_are_those_of_the_books() {
        for (left, right, steps) in [("kitten", "sitting", 3), ("", "abc", 3), ("ab", "ba", 1), ("same", "same", 0)] {
            assert_eq!(distance(left, right), steps, "{left} {right}");
        }
    }
}
