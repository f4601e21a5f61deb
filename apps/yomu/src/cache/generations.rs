//! A map of bounded size that lets go of what was not used for longest, roughly.
//!
//! New things and things that are used are in the young half. When that is full it becomes the old half, and the old half
//! is let go. Every step costs the same, whatever the size.

use std::collections::HashMap;

use super::Key;

/// A map with at most as many things as it was made for.
pub(super) struct Generations<V> {
    young: HashMap<Key, V>,
    old: HashMap<Key, V>,
    half: usize,
}

impl<V> Generations<V> {
    pub(super) fn new(size: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), half: (size / 2).max(1) }
    }

    /// What is there, which is used by this.
    pub(super) fn get_mut(&mut self, key: &Key) -> Option<&mut V> {
        if let Some((key, value)) = self.old.remove_entry(key) {
            self.insert(key, value);
        }
        self.young.get_mut(key)
    }

    pub(super) fn insert(&mut self, key: Key, value: V) {
        self.old.remove(&key);
        if self.young.len() >= self.half && !self.young.contains_key(&key) {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }

    pub(super) fn remove(&mut self, key: &Key) {
        self.young.remove(key);
        self.old.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: usize) -> Key {
        Key::new("k", number)
    }

    #[test]
    fn the_size_is_bounded_and_what_is_used_stays() {
        let mut map = Generations::new(10);
        map.insert(key(0), 0);
        for number in 1..1000 {
            map.insert(key(number), number);
            assert!(map.get_mut(&key(0)).is_some(), "used each time");
            assert!(map.young.len() + map.old.len() <= 10);
        }
        assert!(map.get_mut(&key(1)).is_none(), "not used for long");
        assert_eq!(map.get_mut(&key(999)), Some(&mut 999));
    }

    #[test]
    fn what_was_removed_or_replaced_does_not_come_back() {
        let mut map = Generations::new(4);
        map.insert(key(1), "old");
        map.insert(key(2), "");
        map.insert(key(3), "");
        map.insert(key(1), "new");
        assert_eq!(map.get_mut(&key(1)), Some(&mut "new"));
        map.remove(&key(1));
        assert_eq!(map.get_mut(&key(1)), None);
    }
}
