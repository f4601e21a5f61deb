//! Answers of the published form: with everything, and with only what must be there.

use serde_json::{Map, Value, json};

/// What is optional in the schema because it covers several kinds of entries, and always there in the kind that is asked for.
const ALWAYS: &[(&str, &[&str])] = &[("/cluster/resources", &["vmid", "node"])];

/// Answers that a schema allows.
pub(crate) fn answers(template: &str, returns: &Value) -> Vec<Value> {
    let mut returns = returns.clone();
    for (_, names) in ALWAYS.iter().filter(|(path, _)| *path == template) {
        for name in *names {
            returns["items"]["properties"][*name]["optional"] = json!(0);
        }
    }
    [Wordy::Full, Wordy::Texts, Wordy::Sparse].into_iter().map(|wordy| answer(&returns, "", wordy)).collect()
}

/// How much an answer says.
#[derive(Clone, Copy, PartialEq)]
enum Wordy {
    /// Everything, in the published types.
    Full,
    /// Everything, with numbers as texts, as hosts often do.
    Texts,
    /// What is not optional.
    Sparse,
}

fn answer(schema: &Value, name: &str, wordy: Wordy) -> Value {
    // A number that a container could have; the answer of `nextid` has no bounds in the schema.
    let number = schema["minimum"].as_u64().or(schema["maximum"].as_u64()).unwrap_or(101);
    match (schema["type"].as_str(), wordy) {
        (Some("array"), _) => json!([answer(&schema["items"], name, wordy)]),
        (Some("object"), _) => object(schema, wordy),
        (Some("integer"), Wordy::Texts) => json!(number.to_string()),
        (Some("integer"), _) => json!(number),
        (Some("number"), Wordy::Texts) => json!("0.5"),
        (Some("number"), _) => json!(0.5),
        (Some("boolean"), Wordy::Texts) => json!("1"),
        (Some("boolean"), _) => json!(1),
        (Some("string"), _) => text(schema, name),
        _ => Value::Null,
    }
}

fn object(schema: &Value, wordy: Wordy) -> Value {
    let mut object = Map::new();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if wordy != Wordy::Sparse || property["optional"] != 1 {
            object.insert(name.clone(), answer(property, name, wordy));
        }
    }
    Value::Object(object)
}

fn text(schema: &Value, name: &str) -> Value {
    const UPID: &str = "UPID:pve:0003B2F1:02C8A9D4:65A0F3C2:vzcreate:101:root@pam:";
    if let Some(word) = schema["enum"].as_array().and_then(|words| words.first()) {
        return word.clone();
    }
    match name {
        // A call that answers with a text alone names its task.
        "" | "upid" => json!(UPID),
        "node" => json!("pve"),
        "storage" => json!("local"),
        _ => json!("x"),
    }
}
