//! What the host's own check would find: `check_object` and `check_prop` in `PVE/JSONSchema.pm`.

use std::collections::BTreeMap;

use regex::Regex;
use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::calls::Call;
use crate::schema::{Schema, names};

/// Everything that the host would refuse in a call.
pub(crate) fn problems(schema: &Schema, call: &Call) -> Vec<String> {
    let Some((template, endpoint)) = schema.find(&call.method, &call.path) else {
        return vec![format!("{} {} is not in the schema", call.method, call.path)];
    };
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    let mut found = Vec::new();
    for (name, value) in form_urlencoded::parse(call.form.as_bytes()).into_owned() {
        if values.insert(name.clone(), value).is_some() {
            found.push(format!("`{name}` is sent twice"));
        }
    }
    for (name, value) in names(template, &call.path) {
        let decoded = form_urlencoded::parse(format!("v={value}").as_bytes()).next().unwrap().1.into_owned();
        values.insert(name.to_owned(), decoded);
    }
    let nothing = Map::new();
    let properties = endpoint["parameters"]["properties"].as_object().unwrap_or(&nothing);
    found.extend(object(properties, &values));
    found.into_iter().map(|problem| format!("{} {}: {problem}", call.method, call.path)).collect()
}

fn object(properties: &Map<String, Value>, values: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    for (name, property) in properties {
        if !is_set(property, "optional") && !values.contains_key(name) {
            found.push(format!("`{name}` is missing"));
        }
    }
    for (name, value) in values {
        let Some(property) = properties.get(name).or_else(|| properties.get(&numbered(name))) else {
            found.push(format!("`{name}` is not in the schema"));
            continue;
        };
        if let Some(required) = property["requires"].as_str().filter(|required| !values.contains_key(*required)) {
            found.push(format!("`{name}` requires `{required}`"));
        }
        found.extend(one(property, value).into_iter().map(|problem| format!("`{name}` = `{value}`: {problem}")));
    }
    found
}

/// `net0` stands as `net[n]` in the schema.
fn numbered(name: &str) -> String {
    format!("{}[n]", name.trim_end_matches(|digit: char| digit.is_ascii_digit()))
}

fn one(property: &Value, value: &str) -> Vec<String> {
    let mut found = Vec::new();
    let number: Option<f64> = value.parse().ok();
    match property["type"].as_str() {
        Some("boolean") if !matches!(value, "0" | "1") => found.push("is no boolean".to_owned()),
        Some("integer") if value.parse::<i64>().is_err() => found.push("is no integer".to_owned()),
        Some("number") if number.is_none() => found.push("is no number".to_owned()),
        _ => {}
    }
    let bound = |name: &str| property[name].as_f64().or_else(|| property[name].as_str()?.parse().ok());
    if bound("minimum").is_some_and(|least| number.is_none_or(|number| number < least)) {
        found.push("is too small".to_owned());
    }
    if bound("maximum").is_some_and(|most| number.is_none_or(|number| number > most)) {
        found.push("is too large".to_owned());
    }
    let length = value.chars().count() as f64;
    if bound("maxLength").is_some_and(|most| length > most) || bound("minLength").is_some_and(|least| length < least) {
        found.push("has a wrong length".to_owned());
    }
    if property["enum"].as_array().is_some_and(|words| words.iter().all(|word| word != value)) {
        found.push("is not in the enumeration".to_owned());
    }
    if property["pattern"].as_str().is_some_and(|pattern| !perl(pattern).is_match(value)) {
        found.push("does not match the pattern".to_owned());
    }
    match &property["format"] {
        Value::Object(keys) => found.extend(property_string(keys, value)),
        Value::String(format) if !has_format(format, value) => found.push(format!("has not the format {format}")),
        _ => {}
    }
    found
}

fn property_string(keys: &Map<String, Value>, value: &str) -> Vec<String> {
    let default_key = keys.iter().find(|(_, key)| is_set(key, "default_key")).map(|(name, _)| name.as_str());
    let mut values = BTreeMap::new();
    for part in value.split(',') {
        let (key, value) = part.split_once('=').or(default_key.map(|key| (key, part))).unwrap_or((part, ""));
        if values.insert(key.to_owned(), value.to_owned()).is_some() {
            return vec![format!("`{key}` stands there twice")];
        }
    }
    object(keys, &values)
}

/// The named formats of our calls, from `PVE/JSONSchema.pm` and its likes. One that is not here fails, so that it is added.
fn has_format(format: &str, value: &str) -> bool {
    if let Some(item) = format.strip_suffix("-list") {
        return value.split([',', ';', ' ', '\0']).all(|value| has_format(item, value));
    }
    let pattern = match format {
        "pve-node" => r"[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?",
        "pve-vmid" => r"[1-9][0-9]{2,8}",
        "pve-storage-id" => r"(?i)[a-z][a-z0-9\-_.]*[a-z0-9]",
        "pve-configid" => r"(?i)[a-z][a-z0-9_-]+",
        "pve-poolid" => r"[A-Za-z0-9.\-_]+(/[A-Za-z0-9.\-_]+){0,2}",
        "pve-roleid" => r"[A-Za-z0-9.\-_]+",
        "pve-priv" => r"(VM|Datastore|Sys|SDN|Pool)\.[A-Za-z.]+",
        "pve-tag" => r"(?i)[a-z0-9_][a-z0-9_\-+.]*",
        "pve-startup-order" => r"((order=)?\d+|up=\d+|down=\d+)(,((order=)?\d+|up=\d+|down=\d+))*",
        "pve-storage-content" => r"vztmpl|rootdir|backup|images|iso|snippets|import",
        "pve-ct-timezone" => r"host|[A-Z][A-Za-z_]+(/[A-Za-z_]+)*",
        "pve-lxc-mp-string" => r"/\S*|[a-z][a-z0-9.-]*:\S+",
        "pve-ipv4-config" => r"dhcp|manual|\d+(\.\d+){3}/\d+",
        "pve-ipv6-config" => r"auto|dhcp|manual|[0-9a-f:]+/\d+",
        "ipv4" => r"\d+(\.\d+){3}",
        "ipv6" => r"[0-9a-f:]+",
        "lxc-ip-with-ll-iface" => r"\d+(\.\d+){3}|[0-9a-f:]+(%\w+)?",
        "mac-addr" => r"(?i)[a-f0-9][02468ace](:[a-f0-9]{2}){5}",
        "disk-size" => r"\d+(\.\d+)?[KMGT]?",
        "dns-name" => r"(?i)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*",
        _ => return false,
    };
    perl(pattern).is_match(value)
}

/// A pattern of the schema, which means the whole value. `(?^:` is Perl's way to reset flags.
fn perl(pattern: &str) -> Regex {
    Regex::new(&format!("^(?:{})$", pattern.replace("(?^:", "(?:"))).unwrap()
}

fn is_set(property: &Value, key: &str) -> bool {
    property[key] == 1
}

mod made_up {
    use super::*;

    fn check(method: &str, path: &str, form: &str) -> Vec<String> {
        let call = Call { method: method.to_owned(), path: path.to_owned(), form: form.to_owned(), decode: |_| Ok(()) };
        problems(&Schema::read(), &call)
    }

    #[test]
    fn what_the_host_would_refuse_is_found() {
        for (form, words) in [
            ("ostemplate=a&unprivileged=true", "`unprivileged` = `true`: is no boolean"),
            ("ostemplate=a", "`vmid` is missing"),
            ("vmid=99&ostemplate=a", "is too small"),
            ("vmid=101&ostemplate=a&hostnames=b", "`hostnames` is not in the schema"),
            ("vmid=101&ostemplate=a&net0=bridge=vmbr0", "`name` is missing"),
            ("vmid=101&ostemplate=a&net0=name=eth0,bridges=vmbr0", "`bridges` is not in the schema"),
            ("vmid=101&ostemplate=a&net0=name=eth0,tag=5000", "is too large"),
            ("vmid=101&ostemplate=a&features=nesting=yes", "is no boolean"),
            ("vmid=101&ostemplate=a&tags=a%20b%2F", "has not the format pve-tag-list"),
            ("vmid=101&vmid=102&ostemplate=a", "`vmid` is sent twice"),
        ] {
            let found = check("POST", "/nodes/pve/lxc", form);
            assert!(found.iter().any(|problem| problem.contains(words)), "{form}: {found:?}");
        }
        assert_eq!(check("PATCH", "/nodes/pve/lxc", "").len(), 1);
        assert_eq!(check("GET", "/nodes/pve/exec", "").len(), 1);
        let download = "content=vztmpl&url=https%3A%2F%2Fa&filename=a.tar&checksum=1";
        let found = check("POST", "/nodes/pve/storage/local/download-url", download);
        assert_eq!(found, ["POST /nodes/pve/storage/local/download-url: `checksum` requires `checksum-algorithm`"]);
    }

    #[test]
    fn what_the_host_would_take_is_quiet() {
        assert_eq!(check("POST", "/nodes/pve/lxc", "vmid=101&ostemplate=a&net12=name=eth0&tags=a%3Bb"), [""; 0]);
    }
}
