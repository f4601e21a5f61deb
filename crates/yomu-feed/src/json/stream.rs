//! The document, item by item: each becomes an entry at once, so that memory holds one item's JSON at a time and a
//! broken end costs only itself.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use url::Url;

use super::item;
use super::value::Fields;
use crate::feed::Entry;
use crate::work::steps;

/// What could be read.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The feed's own fields; `items` is there as an empty mark.
    pub(super) fields: Fields,
    /// The entries, each with a date that is none.
    pub(super) entries: Vec<(Entry, Option<String>)>,
    pub(super) too_many: bool,
    pub(super) error: Option<serde_json::Error>,
}

pub(super) fn read(text: &str, url: Option<&Url>, entries_max: usize) -> Document {
    let document = attempt(text, url, entries_max);
    let is_syntax = document.error.as_ref().is_some_and(serde_json::Error::is_syntax);
    if !is_syntax || !text.contains(['\n', '\t', '\r']) {
        return document;
    }
    // Line ends within strings are the most frequent slip; as spaces they are harmless everywhere.
    let mut second = attempt(&text.replace(['\n', '\t', '\r'], " "), url, entries_max);
    let better = second.entries.len() > document.entries.len() || second.error.is_none();
    if better {
        second.error = document.error;
        second
    } else {
        document
    }
}

fn attempt(text: &str, url: Option<&Url>, entries_max: usize) -> Document {
    steps(text.len());
    let mut document = Document::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let reading = Reading { document: &mut document, url, entries_max };
    if let Err(error) = deserializer.deserialize_any(reading) {
        document.error = Some(error);
    }
    document
}

struct Reading<'d, 'u> {
    document: &'d mut Document,
    url: Option<&'u Url>,
    entries_max: usize,
}

impl<'de> Visitor<'de> for Reading<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if name == "items" {
                let items = Items { document: self.document, url: self.url, entries_max: self.entries_max };
                map.next_value_seed(items)?;
                self.document.fields.set(name, Value::Null);
            } else {
                let value = map.next_value()?;
                self.document.fields.set(name, value);
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

struct Items<'d, 'u> {
    document: &'d mut Document,
    url: Option<&'u Url>,
    entries_max: usize,
}

impl<'de> DeserializeSeed<'de> for Items<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while self.document.entries.len() < self.entries_max {
            let Some(value) = list.next_element::<Value>()? else { return Ok(()) };
            if value.is_object() {
                self.document.entries.push(item::entry(Fields::of(value), self.url));
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {
            self.document.too_many = true;
        }
        Ok(())
    }
}
