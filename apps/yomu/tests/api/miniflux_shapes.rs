//! The OpenAPI document, and answers held to it: every name in an answer is described, every described one is there.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::world::in_each_world;

#[tokio::test]
async fn answers_are_as_they_are_described() {
    in_each_world(async |world| {
        let id = world.id("One <1>").await;
        let file = world.get(&format!("/entries/{id}")).await["enclosures"][0]["id"].clone();
        let document = world.get("/openapi.json").await;
        for (path, shape) in [
            ("/version".to_owned(), "Version"),
            ("/me".to_owned(), "User"),
            ("/integrations/status".to_owned(), "IntegrationsStatus"),
            ("/categories".to_owned(), "Category"),
            ("/feeds".to_owned(), "Feed"),
            ("/feeds/counters".to_owned(), "Counters"),
            (format!("/feeds/{}", world.second), "Feed"),
            ("/entries?limit=2".to_owned(), "EntryList"),
            ("/entries/ids".to_owned(), "EntryIds"),
            (format!("/entries/{id}"), "Entry"),
            (format!("/enclosures/{file}"), "Enclosure"),
            ("/users".to_owned(), "User"),
            ("/api-keys".to_owned(), "ApiKey"),
        ] {
            let answer = world.get(&path).await;
            let values = answer.as_array().cloned().unwrap_or_else(|| vec![answer.clone()]);
            assert!(!values.is_empty(), "{path}");
            for value in values {
                fits(&document, &value, &json!({ "$ref": format!("#/components/schemas/{shape}") }), &path);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn every_described_address_is_there_and_asks_who_calls() {
    in_each_world(async |world| {
        let document = world.get("/openapi.json").await;
        for (path, methods) in document["paths"].as_object().unwrap() {
            for method in methods.as_object().unwrap().keys() {
                let uri = format!("/v1{}", path.replace("{id}", "1").replace("{entry}", "1").replace("{user}", "1"));
                let request = Request::builder().method(method.to_uppercase().as_str()).uri(&uri).body(Body::empty());
                let status = if path == "/openapi.json" { 200 } else { 401 };
                assert_eq!(world.send(request.unwrap()).await.status.as_u16(), status, "{method} {uri}");
            }
        }
    })
    .await;
}

/// Whether a value has exactly the shape.
#[track_caller]
fn fits(document: &Value, value: &Value, schema: &Value, place: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let found =
            document.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("{reference} is missing"));
        return fits(document, value, found, place);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        if !value.is_null() {
            fits(document, value, &choices[0], place);
        }
        return;
    }
    let is_right = match schema["type"].as_str().unwrap_or_default() {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        _ => value.is_object(),
    };
    assert!(is_right, "{place}: {value} is no {schema}");
    if let Some(names) = schema["enum"].as_array() {
        assert!(names.contains(value), "{place}: {value}");
    }
    for item in value.as_array().into_iter().flatten() {
        fits(document, item, &schema["items"], place);
    }
    let (Some(members), Some(properties)) = (value.as_object(), schema["properties"].as_object()) else { return };
    for (name, member) in members {
        let known = properties.get(name).unwrap_or_else(|| panic!("{place}: `{name}` is not described"));
        fits(document, member, known, &format!("{place} {name}"));
    }
    let has: BTreeSet<&str> = members.keys().map(String::as_str).collect();
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(has.contains(name), "{place}: `{name}` is missing");
    }
}
