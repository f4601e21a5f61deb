//! Property strings: `volume,key=value,key=value` (`parse_property_string` in `src/PVE/JSONSchema.pm` of pve-common).

use std::collections::BTreeMap;

/// The parts of a property string; a bare first part belongs to `default_key`.
///
/// # Errors
/// What Proxmox would say about it.
pub(super) fn parse(text: &str, default_key: Option<&str>) -> Result<BTreeMap<String, String>, String> {
    let mut parts = BTreeMap::new();
    for part in text.split(',').filter(|part| !part.is_empty()) {
        let (key, value) = match (part.split_once('='), default_key) {
            (Some(pair), _) => pair,
            (None, Some(key)) => (key, part),
            (None, None) => return Err("value without key, but schema does not define a default key".to_owned()),
        };
        if parts.insert(key.to_owned(), value.to_owned()).is_some() {
            return Err(format!("duplicate key in comma-separated list property: {key}"));
        }
    }
    Ok(parts)
}

/// Prints it as Proxmox saves it: the default key bare and first, the others by name.
pub(super) fn print(parts: &BTreeMap<String, String>, default_key: Option<&str>) -> String {
    let first = default_key.and_then(|key| parts.get(key)).cloned();
    let others = parts.iter().filter(|(key, _)| Some(key.as_str()) != default_key);
    first.into_iter().chain(others.map(|(key, value)| format!("{key}={value}"))).collect::<Vec<_>>().join(",")
}

/// Inside property strings all spellings of yes and no are taken.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "on" | "yes" | "true" => Some(true),
        "0" | "off" | "no" | "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_volume_is_the_bare_first_part_and_comes_first_again() {
        let parts = parse("size=50G,local-lvm:vm-141-disk-0", Some("volume")).unwrap();
        assert_eq!(print(&parts, Some("volume")), "local-lvm:vm-141-disk-0,size=50G");
    }

    #[test]
    fn a_key_twice_is_refused() {
        assert!(parse("nesting=1,nesting=0", None).unwrap_err().starts_with("duplicate key"));
        assert!(parse("bare", None).is_err());
    }
}
