//! `/openapi.json`: the API described by OpenAPI 3.1, made from the list of routes and the shapes in `schemas.json`.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value, json};

use super::route::Route;
use super::routes::routes;

/// Shapes of bodies and answers, and the parameters of lists. A test holds real answers to them.
const SHAPES: &str = include_str!("schemas.json");

static DOCUMENT: LazyLock<String> = LazyLock::new(|| document().to_string());

/// The description. Whoever writes an app may read it without signing in.
pub(super) async fn show() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.as_str()).into_response()
}

fn document() -> Value {
    let shapes: Value = serde_json::from_str(SHAPES).unwrap_or_default();
    let mut paths = Map::new();
    for route in routes() {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.method.as_str().to_ascii_lowercase()] = operation(&route, &shapes["parameters"]);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Yomu",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The Miniflux REST API, version 1, and what Yomu adds to it (tagged `yomu`). `feed_id` is a \
                subscription; `category_id` is a folder's number and one, and 1 stands for no folder.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/v1" }],
        "security": [{ "token": [] }, { "basic": [] }],
        "tags": [{ "name": "miniflux" }, { "name": "yomu" }],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": { "type": "apiKey", "in": "header", "name": "X-Auth-Token", "description": "An app password" },
                "basic": { "type": "http", "scheme": "basic", "description": "The user's name and an app password" },
            },
            "schemas": shapes["schemas"],
        },
    })
}

fn operation(route: &Route, known: &Value) -> Value {
    let in_path = in_path(route.path).map(|name| {
        json!({ "name": name, "in": "path", "required": true, "schema": { "type": if name == "user" { "string" } else { "integer" } } })
    });
    let asked = route.parameters.iter().map(|name| json!({ "name": name, "in": "query", "schema": known[*name] }));
    let mut responses = Map::new();
    responses.insert(route.status.to_string(), success(route));
    responses.insert("default".to_owned(), json!({ "description": "A failure", "content": content("Error") }));
    let mut operation = json!({
        "summary": route.summary,
        "operationId": operation_id(route),
        "tags": [if route.is_own { "yomu" } else { "miniflux" }],
        "parameters": in_path.chain(asked).collect::<Vec<_>>(),
        "responses": responses,
    });
    if let Some(body) = route.body {
        operation["requestBody"] = json!({ "required": true, "content": content(body) });
    }
    if route.path == "/openapi.json" {
        operation["security"] = json!([]);
    }
    operation
}

fn success(route: &Route) -> Value {
    match route.answer {
        Some(shape) if route.is_list => {
            let schema = json!({ "type": "array", "items": reference(shape) });
            json!({ "description": "A list", "content": { "application/json": { "schema": schema } } })
        }
        Some(shape) => json!({ "description": shape, "content": content(shape) }),
        None => json!({ "description": "Done" }),
    }
}

fn content(shape: &str) -> Value {
    json!({ "application/json": { "schema": reference(shape) } })
}

fn reference(shape: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{shape}") })
}

/// The names between braces.
fn in_path(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn operation_id(route: &Route) -> String {
    let words = route.path.split('/').filter(|part| !part.is_empty()).map(|part| part.trim_matches(['{', '}']));
    let words: Vec<&str> = std::iter::once(route.method.as_str()).chain(words).collect();
    words.join("_").to_ascii_lowercase().replace(['-', '.'], "_")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_route_is_described_and_every_description_is_a_route() {
        let document = document();
        let mut described = BTreeSet::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for method in methods.as_object().unwrap().keys() {
                described.insert(format!("{} {path}", method.to_ascii_uppercase()));
            }
        }
        let routed: BTreeSet<String> = routes().iter().map(|one| format!("{} {}", one.method, one.path)).collect();
        assert_eq!(described, routed);
        assert_eq!(routed.len(), routes().len(), "no route is listed twice");
    }

    #[test]
    fn every_shape_and_parameter_that_is_named_is_there_and_every_one_there_is_named() {
        let shapes: Value = serde_json::from_str(SHAPES).unwrap();
        let text = document().to_string();
        for name in shapes["schemas"].as_object().unwrap().keys() {
            assert!(text.contains(&format!("#/components/schemas/{name}\"")), "{name} is used by nothing");
        }
        for name in text.split("#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(shapes["schemas"][name].is_object(), "{name} is missing");
        }
        for route in routes() {
            for name in route.parameters {
                assert!(shapes["parameters"][*name].is_object(), "{name} is missing");
            }
        }
    }

    #[test]
    fn operations_have_names_of_their_own() {
        let names: BTreeSet<String> = routes().iter().map(operation_id).collect();
        assert_eq!(names.len(), routes().len());
        assert!(names.contains("put_categories_id_mark_all_as_read"), "{names:?}");
    }
}
