//! Parameters out of a request: query, form or JSON body.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Failure;
use crate::http::{Request, percent_decoded};

/// All parameters; the query wins over the body (`extract_params` in `AnyEvent.pm`).
pub(super) fn parameters(request: &Request) -> Result<BTreeMap<String, String>, Failure> {
    let body = String::from_utf8_lossy(&request.body);
    let kind = request.header_value("content-type").unwrap_or("application/x-www-form-urlencoded");
    let mut parameters = match kind.split(';').next().unwrap_or_default().trim() {
        _ if body.is_empty() => BTreeMap::new(),
        "application/x-www-form-urlencoded" => decoded(&body),
        "application/json" => from_json(&body)?,
        other => return Err(Failure::new(506, format!("upload '{other}' not implemented"))),
    };
    parameters.extend(decoded(request.query()));
    Ok(parameters)
}

/// Splits on `&` and on `;`: a semicolon in a value must be encoded (`decode_urlencoded` in `AnyEvent.pm`).
fn decoded(text: &str) -> BTreeMap<String, String> {
    let mut parameters: BTreeMap<String, String> = BTreeMap::new();
    for pair in text.split(['&', ';']).filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = percent_decoded(value);
        parameters
            .entry(percent_decoded(name))
            // Repeated keys become a list, and a list becomes text with commas.
            .and_modify(|values| *values = format!("{values},{value}"))
            .or_insert(value);
    }
    parameters
}

fn from_json(body: &str) -> Result<BTreeMap<String, String>, Failure> {
    let Ok(Value::Object(object)) = serde_json::from_str(body) else {
        return Err(Failure::new(500, "malformed JSON string"));
    };
    let text = |value: Value| match value {
        Value::String(text) => text,
        Value::Bool(is_true) => u8::from(is_true).to_string(),
        Value::Array(values) => {
            values.iter().map(|value| value.as_str().unwrap_or_default()).collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    };
    Ok(object.into_iter().map(|(name, value)| (name, text(value))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_semicolon_ends_a_value_and_an_encoded_one_does_not() {
        assert_eq!(decoded("tags=a;b").get("tags").map(String::as_str), Some("a"));
        assert_eq!(decoded("tags=a%3Bb").get("tags").map(String::as_str), Some("a;b"));
    }

    #[test]
    fn the_query_wins_over_the_body() {
        let request = Request::new("POST", "/x?a=1").content("application/x-www-form-urlencoded", "a=2&b=3+4");
        let parameters = parameters(&request).unwrap();
        assert_eq!(parameters["a"], "1");
        assert_eq!(parameters["b"], "3 4");
    }

    #[test]
    fn json_bodies_are_taken_and_others_refused() {
        let request = Request::new("POST", "/x").content("application/json", r#"{"cores":2,"unprivileged":true}"#);
        assert_eq!(parameters(&request).unwrap()["unprivileged"], "1");
        assert!(parameters(&Request::new("POST", "/x").content("text/plain", "a")).is_err());
    }
}
