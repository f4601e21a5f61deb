//! Fields of a JSON object, taken as what they can be taken for.

use serde_json::{Map, Value};

/// An object's fields.
#[derive(Debug, Default)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    /// The fields of an object; other values have none.
    pub(super) fn of(value: Value) -> Self {
        match value {
            Value::Object(map) => Fields(map),
            _ => Fields::default(),
        }
    }

    pub(super) fn set(&mut self, name: String, value: Value) {
        self.0.insert(name, value);
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A text that is not empty. Numbers are texts too: many write `"id": 42`.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let text = match self.0.get(name)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// A text, moved out instead of copied: contents are long.
    pub(super) fn take_text(&mut self, name: &str) -> Option<String> {
        match self.0.get_mut(name).map(Value::take) {
            Some(Value::String(text)) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    /// A number that is not negative, or a text that holds one.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        match self.0.get(name)? {
            Value::Number(number) => {
                number.as_u64().or_else(|| number.as_f64().filter(|n| *n >= 0.0).map(|n| n as u64))
            }
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// A list; one value that should have been in a list is a list of one.
    pub(super) fn list(&self, name: &str) -> &[Value] {
        match self.0.get(name) {
            Some(Value::Array(values)) => values,
            Some(Value::Null) | None => &[],
            Some(value) => std::slice::from_ref(value),
        }
    }
}
