//! The objects of a cluster, and what happened to them. Each change has a number, from which whoever watches goes on.
//!
//! Nothing else can change an object, so that no change is forgotten.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};

use super::limits::CHANGES_MAX;
use super::store::{Key, Object};

/// All objects.
#[derive(Debug)]
pub(super) struct Objects {
    objects: BTreeMap<Key, Object>,
    /// The number of the last change. The first one of etcd is 1, and 0 means something else to those who ask.
    revision: u64,
    /// The last changes, in their order.
    changes: VecDeque<Change>,
    /// The number of the last change that is not in there any more.
    forgotten: u64,
}

/// What happened to one object.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) revision: u64,
    pub(super) key: Key,
    /// None for one that is new.
    pub(super) before: Option<Value>,
    /// None for one that is gone.
    pub(super) after: Option<Value>,
}

/// What happened since then is not known any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Forgotten {
    /// The earliest number to go on from.
    pub(super) oldest: u64,
}

impl Default for Objects {
    fn default() -> Self {
        Self::restored(BTreeMap::new(), 1)
    }
}

impl Objects {
    /// Objects as they were at a change, of which nothing else is known.
    pub(super) fn restored(objects: BTreeMap<Key, Object>, revision: u64) -> Self {
        Self { objects, revision, changes: VecDeque::new(), forgotten: revision }
    }

    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Object> {
        self.objects.get(key)
    }

    pub(super) fn contains_key(&self, key: &Key) -> bool {
        self.objects.contains_key(key)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Key, &Object)> {
        self.objects.iter()
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        self.objects.keys()
    }

    /// What happened after the change of this number.
    pub(super) fn since(&self, revision: u64) -> Result<impl Iterator<Item = &Change>, Forgotten> {
        if revision < self.forgotten {
            return Err(Forgotten { oldest: self.forgotten });
        }
        let first = self.changes.partition_point(|change| change.revision <= revision);
        Ok(self.changes.range(first..))
    }

    /// Stores an object in its new form and gives it with its version. One that stays the same keeps its version.
    pub(super) fn put(&mut self, key: Key, mut object: Object) -> Value {
        let before = self.objects.remove(&key).map(|known| known.value);
        if let Some(before) = &before {
            object.value["metadata"]["resourceVersion"] = before["metadata"]["resourceVersion"].clone();
        }
        if before.as_ref() != Some(&object.value) {
            object.value["metadata"]["resourceVersion"] = json!((self.revision + 1).to_string());
            self.remember(key.clone(), before, Some(object.value.clone()));
        }
        let value = object.value.clone();
        self.objects.insert(key, object);
        value
    }

    /// Changes an object that is there, whoever owns its fields.
    pub(super) fn change(&mut self, key: &Key, change: impl FnOnce(&mut Value)) {
        let Some(mut object) = self.objects.get(key).cloned() else { return };
        change(&mut object.value);
        self.put(key.clone(), object);
    }

    /// Sets the status of an object that is there.
    pub(super) fn set_status(&mut self, key: &Key, status: Value) {
        // Most looks find nothing new.
        if self.objects.get(key).is_some_and(|object| object.value["status"] != status) {
            self.change(key, |value| value["status"] = status);
        }
    }

    pub(super) fn remove(&mut self, key: &Key) -> Option<Object> {
        let object = self.objects.remove(key)?;
        self.remember(key.clone(), Some(object.value.clone()), None);
        Some(object)
    }

    pub(super) fn remove_all(&mut self, is_meant: impl Fn(&Key, &Value) -> bool) {
        let meant = self.objects.iter().filter(|(key, object)| is_meant(key, &object.value));
        let meant: Vec<Key> = meant.map(|(key, _)| key.clone()).collect();
        for key in meant {
            self.remove(&key);
        }
    }

    fn remember(&mut self, key: Key, before: Option<Value>, after: Option<Value>) {
        self.revision += 1;
        if self.changes.len() == CHANGES_MAX
            && let Some(oldest) = self.changes.pop_front()
        {
            self.forgotten = oldest.revision;
        }
        self.changes.push_back(Change { revision: self.revision, key, before, after });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        Key { kind: "ConfigMap".to_owned(), name: name.to_owned(), ..Key::default() }
    }

    fn object(words: &str) -> Object {
        Object { value: json!({ "metadata": {}, "data": { "words": words } }), managers: BTreeMap::new() }
    }

    #[test]
    fn each_change_has_a_number_and_what_stays_the_same_is_none() {
        let mut objects = Objects::default();
        assert_eq!(objects.put(key("a"), object("hello"))["metadata"]["resourceVersion"], "2");
        assert_eq!(objects.put(key("a"), object("hello"))["metadata"]["resourceVersion"], "2");
        assert_eq!(objects.put(key("a"), object("good day"))["metadata"]["resourceVersion"], "3");
        objects.set_status(&key("a"), json!({ "is": "well" }));
        objects.set_status(&key("a"), json!({ "is": "well" }));
        assert!(objects.remove(&key("a")).is_some());
        assert!(objects.remove(&key("a")).is_none());
        let seen: Vec<_> = objects.since(1).unwrap().map(|it| (it.revision, it.after.is_some())).collect();
        assert_eq!(seen, [(2, true), (3, true), (4, true), (5, false)]);
        assert_eq!(objects.since(4).unwrap().count(), 1);
        assert_eq!(objects.since(5).unwrap().count(), 0);
    }

    #[test]
    fn changes_long_ago_are_forgotten_and_never_in_silence() {
        let mut objects = Objects::default();
        for number in 0..CHANGES_MAX + 2 {
            objects.put(key("a"), object(&number.to_string()));
        }
        assert_eq!(objects.since(2).err(), Some(Forgotten { oldest: 3 }));
        assert_eq!(objects.since(3).unwrap().count(), CHANGES_MAX);
        let restored = Objects::restored(BTreeMap::new(), 40);
        assert_eq!(restored.since(39).err(), Some(Forgotten { oldest: 40 }));
        assert_eq!(restored.since(40).unwrap().count(), 0);
    }
}
