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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_become_json() {
        assert_eq!(json_list(&[]), "[]");
        assert_eq!(json_list(&[3, -1, 20]), "[3,-1,20]");
    }
}
