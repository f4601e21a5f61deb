//! Values to and from SQLite's own types.

use std::fmt::Write as _;

use rusqlite::types::{Value as Parameter, ValueRef};

use crate::value::Value;

pub(crate) fn parameters(values: Vec<Value>) -> rusqlite::ParamsFromIter<impl Iterator<Item = Parameter>> {
    rusqlite::params_from_iter(values.into_iter().map(to_parameter))
}

/// A list travels as JSON text, which `json_each` unfolds.
fn to_parameter(value: Value) -> Parameter {
    match value {
        Value::Null => Parameter::Null,
        Value::Int(number) => Parameter::Integer(number),
        Value::Bool(flag) => Parameter::Integer(flag.into()),
        Value::Text(text) => Parameter::Text(text),
        Value::Bytes(bytes) => Parameter::Blob(bytes),
        Value::Ints(numbers) => Parameter::Text(json_list(&numbers)),
        Value::Texts(texts) => Parameter::Text(json_texts(&texts)),
    }
}

/// Text that is not UTF-8 can only come from another program; it is shown with replacement characters.
pub(crate) fn from_column(column: ValueRef<'_>) -> Value {
    match column {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Text(number.to_string()),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

fn json_list(numbers: &[i64]) -> String {
    let mut out = String::with_capacity(numbers.len() * 7 + 2);
    out.push('[');
    for (index, number) in numbers.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        let _ = write!(out, "{number}");
    }
    out.push(']');
    out
}

fn json_texts(texts: &[String]) -> String {
    let mut out = String::with_capacity(texts.iter().map(|text| text.len() + 3).sum::<usize>() + 2);
    out.push('[');
    for (index, text) in texts.iter().enumerate() {
        out.push_str(if index > 0 { ",\"" } else { "\"" });
        for character in text.chars() {
            match character {
                '"' | '\\' => out.extend(['\\', character]),
                // The rest of the characters that JSON does not let stand in a string.
                '\0'..='\u{1f}' => _ = write!(out, "\\u{:04x}", u32::from(character)),
                _ => out.push(character),
            }
        }
        out.push('"');
    }
    out.push(']');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_become_json() {
        assert_eq!(json_list(&[]), "[]");
        assert_eq!(json_list(&[3, -1, 20]), "[3,-1,20]");
        assert_eq!(json_texts(&[]), "[]");
        let texts = ["Ann", "", "鳥 \"B\" \\", "a\nb\u{1}"].map(str::to_owned);
        assert_eq!(json_texts(&texts), r#"["Ann","","鳥 \"B\" \\","a\u000ab\u0001"]"#);
    }
}
