//! The published description of the API, and the checks that follow from it (`src/PVE/JSONSchema.pm` of pve-common).

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::{LazyLock, Mutex, PoisonError};

use regex::Regex;
use serde_json::{Map, Value};

use super::{Failure, property};

static DESCRIPTION: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../data/pve-api.min.json");
    serde_json::from_str(text).unwrap_or_else(|error| unreachable!("the embedded description is JSON: {error}"))
});

/// A call that the description knows.
pub(super) struct Call {
    /// Its path with names in braces.
    pub(super) template: &'static str,
    /// Its description.
    pub(super) endpoint: &'static Value,
    /// What stands at the names.
    pub(super) path_parameters: BTreeMap<String, String>,
}

/// The call behind a method and a path.
pub(super) fn find(method: &str, path: &str) -> Option<Call> {
    let endpoints = DESCRIPTION["endpoints"].as_object()?;
    endpoints.iter().find_map(|(template, methods)| {
        let path_parameters = matched(template, path)?;
        Some(Call { template, endpoint: methods.get(method)?, path_parameters })
    })
}

/// The values at the names of `template` in `path`.
fn matched(template: &str, path: &str) -> Option<BTreeMap<String, String>> {
    let mut values = BTreeMap::new();
    let (mut names, mut parts) = (template.split('/'), path.trim_end_matches('/').split('/'));
    loop {
        match (names.next(), parts.next()) {
            (None, None) => return Some(values),
            // A volume's name holds a slash, which comes encoded or not.
            (Some("{volume}"), Some(first)) => {
                let whole = std::iter::once(first).chain(parts).collect::<Vec<_>>().join("/");
                values.insert("volume".to_owned(), crate::http::percent_decoded(&whole));
                return Some(values);
            }
            (Some(name), Some(part)) if name.starts_with('{') && !part.is_empty() => {
                values.insert(name.trim_matches(['{', '}']).to_owned(), crate::http::percent_decoded(part));
            }
            (Some(name), Some(part)) if name == part => {}
            _ => return None,
        }
    }
}

/// Refuses parameters that the description refuses.
pub(super) fn validate(endpoint: &Value, parameters: &BTreeMap<String, String>) -> Result<(), Failure> {
    let empty = Map::new();
    let properties = endpoint["parameters"]["properties"].as_object().unwrap_or(&empty);
    let errors = problems(properties, parameters, Place::Parameters);
    if errors.is_empty() { Ok(()) } else { Err(Failure::parameters(errors)) }
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Parameters,
    PropertyString,
}

fn problems(properties: &Map<String, Value>, values: &BTreeMap<String, String>, place: Place) -> Map<String, Value> {
    let mut errors = Map::new();
    for (name, value) in values {
        let Some(property) = property_of(properties, name) else {
            let text = "property is not defined in schema and the schema does not allow additional properties";
            errors.insert(name.clone(), text.into());
            continue;
        };
        if let Some(problem) = problem(property, value, place) {
            errors.insert(name.clone(), problem.into());
        }
        if let Some(other) = property["requires"].as_str()
            && !values.contains_key(other)
        {
            errors.insert(other.to_owned(), format!("missing property required by '{name}'").into());
        }
    }
    for (name, property) in properties {
        let is_optional = property["optional"].as_u64() == Some(1) || name.ends_with("[n]");
        if !is_optional && !values.contains_key(name) {
            errors.insert(name.clone(), "property is missing and it is not optional".into());
        }
    }
    errors
}

/// `net3` is described as `net[n]`.
fn property_of<'a>(properties: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let stem = name.trim_end_matches(|character: char| character.is_ascii_digit());
    properties.get(name).or_else(|| (stem != name).then(|| properties.get(&format!("{stem}[n]"))).flatten())
}

fn problem(property: &Value, value: &str, place: Place) -> Option<String> {
    type_problem(property, value, place)
        .or_else(|| enumeration_problem(property, value))
        .or_else(|| length_problem(property, value))
        .or_else(|| pattern_problem(property, value))
        .or_else(|| format_problem(&property["format"], value))
}

fn type_problem(property: &Value, value: &str, place: Place) -> Option<String> {
    let kind = property["type"].as_str().unwrap_or("string");
    let failed = || Some(format!("type check ('{kind}') failed - got '{value}'"));
    match kind {
        "boolean" if place == Place::Parameters && !matches!(value, "0" | "1") => failed(),
        "boolean" if property::boolean(value).is_none() => failed(),
        "integer" if value.parse::<i64>().is_err() => failed(),
        "number" if value.parse::<f64>().is_err() => failed(),
        "integer" | "number" => {
            let number = value.parse::<f64>().unwrap_or_default();
            let bound = |name: &str| {
                let bound = &property[name];
                bound.as_f64().or_else(|| bound.as_str()?.parse().ok())
            };
            match (bound("minimum"), bound("maximum")) {
                (Some(minimum), _) if number < minimum => Some(format!("value must have a minimum value of {minimum}")),
                (_, Some(maximum)) if number > maximum => Some(format!("value must have a maximum value of {maximum}")),
                _ => None,
            }
        }
        _ => None,
    }
}

fn enumeration_problem(property: &Value, value: &str) -> Option<String> {
    let allowed: Vec<&str> = property["enum"].as_array()?.iter().filter_map(Value::as_str).collect();
    let is_allowed = allowed.contains(&value);
    (!is_allowed).then(|| format!("value '{value}' does not have a value in the enumeration '{}'", allowed.join(", ")))
}

fn length_problem(property: &Value, value: &str) -> Option<String> {
    let characters = value.chars().count() as u64;
    match (property["minLength"].as_u64(), property["maxLength"].as_u64()) {
        (Some(least), _) if characters < least => Some(format!("value must be at least {least} characters long")),
        (_, Some(most)) if characters > most => Some(format!("value may only be {most} characters long")),
        _ => None,
    }
}

fn pattern_problem(property: &Value, value: &str) -> Option<String> {
    let pattern = property["pattern"].as_str()?;
    // Perl prints its expressions as `(?^:…)`; the caret resets flags that are not set here anyway.
    let pattern = format!("^(?:{})$", pattern.replace("(?^:", "(?:").replace("\\0", "\\x00"));
    let is_match = matches(&pattern, value);
    (!is_match).then(|| "value does not match the regex pattern".to_owned())
}

fn format_problem(format: &Value, value: &str) -> Option<String> {
    match format {
        Value::Object(properties) => property_string_problem(properties, value),
        Value::String(name) => {
            let is_good = match name.strip_suffix("-list") {
                // Lists may be separated by commas, semicolons, blanks or NULs (`split_list` in ParseUtils.pm).
                Some(item) => {
                    value.split([',', ';', ' ', '\0']).filter(|item| !item.is_empty()).all(|part| is_of(item, part))
                }
                None => is_of(name, value),
            };
            (!is_good).then(|| format!("invalid format - value does not look like a valid {name}"))
        }
        _ => None,
    }
}

fn property_string_problem(properties: &Map<String, Value>, value: &str) -> Option<String> {
    let default_key = properties.iter().find(|(_, property)| property["default_key"].as_u64() == Some(1));
    let parts = match property::parse(value, default_key.map(|(name, _)| name.as_str())) {
        Ok(parts) => parts,
        Err(problem) => return Some(format!("invalid format - format error\n{problem}\n")),
    };
    let errors = problems(properties, &parts, Place::PropertyString);
    let lines: Vec<String> =
        errors.iter().map(|(name, text)| format!("{name}: {}", text.as_str().unwrap_or_default())).collect();
    (!lines.is_empty()).then(|| format!("invalid format - format error\n{}\n", lines.join("\n")))
}

/// The formats that our calls use. One that is not in here is taken as it comes: it belongs to a call that nobody makes.
fn is_of(format: &str, value: &str) -> bool {
    let matches = |pattern: &str| matches(&format!("^(?:{pattern})$"), value);
    match format {
        "pve-node" | "dns-name" => {
            matches(r"([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")
        }
        "pve-vmid" => matches("[1-9][0-9]{2,8}"),
        "pve-storage-id" => matches("[A-Za-z][A-Za-z0-9._-]*[A-Za-z0-9]"),
        "pve-volume-id" => value.contains(':'),
        "pve-poolid" => matches("[A-Za-z0-9._/-]+"),
        "pve-userid" => matches(r"[^\s:/]+@[A-Za-z][A-Za-z0-9._-]+"),
        "pve-tag" => matches(r"[a-zA-Z0-9_][a-zA-Z0-9_\-+.]*"),
        "pve-startup-order" => matches(r"(\d+|(order|up|down)=\d+)(,(order|up|down)=\d+)*"),
        "ipv4" => value.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => value.parse::<Ipv6Addr>().is_ok(),
        "ip" | "lxc-ip-with-ll-iface" => value.parse::<std::net::IpAddr>().is_ok(),
        "pve-ipv4-config" => value == "dhcp" || value == "manual" || is_cidr(value),
        "mac-addr" => matches("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}"),
        "disk-size" => matches(r"\d+(\.\d+)?[KMGT]?"),
        _ => true,
    }
}

/// Whether an expression matches. Each is compiled once: a rehearsal asks for the same ones thousands of times.
fn matches(pattern: &str, value: &str) -> bool {
    static COMPILED: LazyLock<Mutex<BTreeMap<String, Option<Regex>>>> = LazyLock::new(Mutex::default);
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    if !compiled.contains_key(pattern) {
        compiled.insert(pattern.to_owned(), Regex::new(pattern).ok());
    }
    compiled.get(pattern).and_then(Option::as_ref).is_some_and(|regex| regex.is_match(value))
}

fn is_cidr(value: &str) -> bool {
    let Some((address, prefix)) = value.split_once('/') else { return false };
    address.parse::<Ipv4Addr>().is_ok() && prefix.parse::<u8>().is_ok_and(|bits| (1..=32).contains(&bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems_of(method: &str, path: &str, parameters: &[(&str, &str)]) -> String {
        let call = find(method, path).unwrap();
        let mut values: BTreeMap<_, _> =
            parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        values.extend(call.path_parameters);
        match validate(call.endpoint, &values) {
            Ok(()) => String::new(),
            Err(failure) => failure.response().value()["errors"].to_string(),
        }
    }

    const CREATE: &[(&str, &str)] = &[
        ("vmid", "141"),
        ("ostemplate", "local:vztmpl/ubuntu-24.04-standard_24.04-2_amd64.tar.zst"),
        ("rootfs", "local-lvm:50"),
        ("net0", "name=eth0,bridge=vmbr0,ip=192.168.0.41/24,gw=192.168.0.1"),
        ("features", "nesting=1,keyctl=1"),
        ("unprivileged", "1"),
        ("tags", "homelab;k3s"),
    ];

    #[test]
    fn a_good_container_is_taken() {
        assert_eq!(problems_of("POST", "/nodes/pve/lxc", CREATE), "");
    }

    #[test]
    fn each_kind_of_mistake_is_named() {
        let with = |name, value| {
            let mut parameters = CREATE.to_vec();
            parameters.retain(|(given, _)| *given != name);
            parameters.push((name, value));
            problems_of("POST", "/nodes/pve/lxc", &parameters)
        };
        assert!(with("unprivileged", "true").contains("type check ('boolean') failed - got 'true'"));
        assert!(with("cores", "many").contains("type check ('integer') failed"));
        assert!(with("memory", "8").contains("minimum value of 16"));
        assert!(with("features", "nesting=1,keyct=1").contains("keyct: property is not defined in schema"));
        assert!(with("net0", "bridge=vmbr0").contains("name: property is missing"));
        assert!(with("hostname", "k 1").contains("dns-name"));
        assert!(with("arch", "sparc").contains("does not have a value in the enumeration"));
        assert!(with("color", "red").contains("not defined in schema"));
        assert!(with("tags", "a b;-c").contains("pve-tag"));
    }

    #[test]
    fn a_missing_parameter_is_named() {
        assert!(problems_of("POST", "/nodes/pve/lxc", &[("vmid", "141")]).contains("ostemplate"));
    }

    #[test]
    fn volumes_with_slashes_are_one_name() {
        let call = find("DELETE", "/nodes/pve/storage/local/content/local:vztmpl/a.tar.zst").unwrap();
        assert_eq!(call.path_parameters["volume"], "local:vztmpl/a.tar.zst");
        assert!(find("GET", "/nodes/pve/nothing").is_none());
    }
}
