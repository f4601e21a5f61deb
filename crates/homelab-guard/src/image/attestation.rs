//! Attestations that BuildKit pushes beside an image: how it was built, with which arguments.

use serde_json::Value;

/// How deep a statement is searched. SLSA's provenance keeps the arguments at level five.
const DEPTH_MAX: usize = 12;

/// The build arguments in an in-toto statement, from whichever version of the provenance format: fields whose names begin with
/// `build-arg:`. Nothing, where the text is no statement.
pub fn attested_arguments(json: &[u8]) -> Vec<(String, String)> {
    let mut arguments = Vec::new();
    if let Ok(statement) = serde_json::from_slice::<Value>(json) {
        collect(&statement, DEPTH_MAX, &mut arguments);
    }
    arguments
}

fn collect(value: &Value, depth: usize, arguments: &mut Vec<(String, String)>) {
    if depth == 0 {
        return;
    }
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                match (name.strip_prefix("build-arg:"), inner.as_str()) {
                    (Some(argument), Some(text)) => arguments.push((argument.to_owned(), text.to_owned())),
                    _ => collect(inner, depth - 1, arguments),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, depth - 1, arguments)),
        _ => {}
    }
}
