//! Reading what Proxmox writes: numbers as texts, booleans as 1, 0, text or not at all. Nothing checks answers against the
//! schema on the host (`handle` in `PVE/RESTHandler.pm`), so neither may we count on it.
//!
//! Each function is for `#[serde(default, deserialize_with = "…")]`. What cannot be understood counts as absent where the field
//! is optional: an odd figure must not hide a container.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A whole number, from a number or a text; fractions are cut.
pub(crate) fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(whole_of(&Value::deserialize(deserializer)?))
}

/// A number, from a number or a text.
pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    })
}

/// A switch: set by `true`, any number but 0, and the texts that property strings accept.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(maybe_flag(deserializer)?.unwrap_or(false))
}

/// A switch that may be absent.
pub(crate) fn maybe_flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Bool(set) => Some(set),
        Value::Number(number) => Some(number.as_f64() != Some(0.0)),
        Value::String(text) => boolean(&text),
        _ => None,
    })
}

/// A text, from a text, a number or a boolean.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(text_of(Value::deserialize(deserializer)?))
}

/// A list of texts, from a list or from one text as `split_list` in `PVE/ParseUtils.pm` reads it.
pub(crate) fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(items) => items.into_iter().filter_map(text_of).collect(),
        Value::String(text) => split_list(&text).map(ToOwned::to_owned).collect(),
        _ => Vec::new(),
    })
}

/// Something that counts as absent when it has another form than expected.
pub(crate) fn maybe<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(deserializer)?).ok())
}

/// The switches inside property strings: `parse_boolean` in `PVE/JSONSchema.pm`.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "on" | "yes" | "true" => Some(true),
        "0" | "off" | "no" | "false" => Some(false),
        _ => None,
    }
}

/// The items of a list in one text.
pub(crate) fn split_list(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| matches!(character, ',' | ';' | '\0') || character.is_ascii_whitespace())
        .filter(|item| !item.is_empty())
}

/// A scalar as text.
pub(crate) fn text_of(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(set) => Some(if set { "1" } else { "0" }.to_owned()),
        _ => None,
    }
}

fn whole_of(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64().or_else(|| number.as_f64().and_then(cut)),
        Value::String(text) => {
            let text = text.trim();
            text.parse().ok().or_else(|| text.parse().ok().and_then(cut))
        }
        _ => None,
    }
}

/// The whole part, where a `u64` can hold it.
fn cut(number: f64) -> Option<u64> {
    (number >= 0.0 && number < u64::MAX as f64).then_some(number as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Read {
        #[serde(default, deserialize_with = "whole")]
        whole: Option<u64>,
        #[serde(default, deserialize_with = "number")]
        number: Option<f64>,
        #[serde(default, deserialize_with = "flag")]
        flag: bool,
        #[serde(default, deserialize_with = "text")]
        text: Option<String>,
        #[serde(default, deserialize_with = "texts")]
        texts: Vec<String>,
    }

    fn read(json: &str) -> Read {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn numbers_and_switches_are_read_in_every_form() {
        let plain = read(r#"{"whole":6144,"number":0.5,"flag":1,"text":"a","texts":["a","b"]}"#);
        let odd = read(r#"{"whole":"6144","number":"0.5","flag":"yes","text":"a","texts":"a;b"}"#);
        assert_eq!(plain, odd);
        assert_eq!(plain.whole, Some(6144));
        assert!(plain.flag);
        assert_eq!(read(r#"{"whole":6144.7,"text":7,"flag":true}"#).whole, Some(6144));
    }

    #[test]
    fn what_makes_no_sense_is_absent() {
        let odd = read(r#"{"whole":-1,"number":"NaN","flag":[],"text":{},"texts":7}"#);
        assert_eq!(odd, Read::default());
        assert_eq!(read(r#"{"whole":1e300,"number":null,"flag":null,"text":null,"texts":null}"#), Read::default());
        assert_eq!(read("{}"), Read::default());
    }

    #[test]
    fn lists_are_split_as_on_the_host() {
        assert_eq!(split_list("a, b;c\0d  e,,").collect::<Vec<_>>(), ["a", "b", "c", "d", "e"]);
        assert_eq!(split_list(" ,;").count(), 0);
    }
}
