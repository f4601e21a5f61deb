//! Looking into JSON that may be anything

use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::Value;

/// Calls `each` for the objects of a list, one after the other, so that a large file is never in memory twice; it may
/// stop. An object around the list (`{"items": […]}`) is looked through. Says whether the file was whole.
pub(crate) fn for_each(bytes: &[u8], mut each: impl FnMut(Value) -> bool) -> bool {
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if first != Some(&b'{') {
        let mut stopped = false;
        let visitor = Objects(|value| {
            stopped = !each(value);
            !stopped
        });
        let read = serde_json::Deserializer::from_slice(bytes).deserialize_seq(visitor);
        return read.is_ok() || stopped;
    }
    let Ok(Value::Object(outer)) = serde_json::from_slice(bytes) else { return false };
    for list in outer.into_iter().filter_map(|(_, value)| match value {
        Value::Array(list) => Some(list),
        _ => None,
    }) {
        for value in list {
            if !each(value) {
                return true;
            }
        }
    }
    true
}

struct Objects<F>(F);

impl<'de, F: FnMut(Value) -> bool> Visitor<'de> for Objects<F> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element()? {
            if !(self.0)(value) {
                break;
            }
        }
        Ok(())
    }
}

/// A text; empty where there is none.
pub(crate) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A text or a number as a moment.
pub(crate) fn moment(value: &Value, name: &str) -> Option<jiff::Timestamp> {
    match value.get(name)? {
        Value::String(text) => crate::dates::moment(text),
        Value::Number(number) => crate::dates::of_number(number.as_i64()?),
        _ => None,
    }
}

/// `true`, `1` or `"1"`.
pub(crate) fn is_set(value: &Value, name: &str) -> bool {
    match value.get(name) {
        Some(Value::Bool(is_set)) => *is_set,
        Some(Value::Number(number)) => number.as_i64() == Some(1),
        Some(Value::String(text)) => text == "1" || text == "true",
        _ => false,
    }
}

/// A list of texts, or of objects that have one of some names.
pub(crate) fn names(value: &Value, name: &str) -> Vec<String> {
    let Some(Value::Array(list)) = value.get(name) else { return Vec::new() };
    let name_of = |one: &Value| match one {
        Value::String(text) => Some(text.clone()),
        Value::Object(_) => {
            ["label", "name"].into_iter().map(|key| text(one, key)).find(|text| !text.is_empty()).map(str::to_owned)
        }
        _ => None,
    };
    list.iter().filter_map(name_of).collect()
}

/// The objects of a list.
pub(crate) fn objects<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
