//! `/access/permissions`: what the credential may do, the call to make before all others.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::request::Request;

/// The privileges on each path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions {
    paths: BTreeMap<String, BTreeMap<String, bool>>,
}

/// What the caller may do, on all paths with an entry of their own.
pub fn get() -> Request<Permissions> {
    Request::get("/access/permissions")
}

/// What the caller may do on one path, `/vms/101` for instance, inherited privileges included.
pub fn get_path(path: &str) -> Request<Permissions> {
    get().with("path", path)
}

impl Permissions {
    /// Whether there is a privilege on a path. An entry on a path above counts if it is passed on, unless the path has an entry
    /// of its own: entries further down replace those above. The host leaves out paths where nothing is allowed
    /// (`get_effective_permissions` in `PVE/RPCEnvironment.pm`), so for a path below one with an entry, [`get_path`] is exact.
    pub fn allows(&self, path: &str, privilege: &str) -> bool {
        if let Some(own) = self.paths.get(path) {
            return own.contains_key(privilege);
        }
        let above = std::iter::successors(parent(path), |path| parent(path));
        above
            .filter_map(|path| self.paths.get(path))
            .next()
            .is_some_and(|privileges| privileges.get(privilege) == Some(&true))
    }

    /// The paths with an entry, and on each the privileges and whether they are passed on to paths below.
    pub fn paths(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, bool>)> {
        self.paths.iter().map(|(path, privileges)| (path.as_str(), privileges))
    }
}

fn parent(path: &str) -> Option<&str> {
    match path.rsplit_once('/')? {
        ("", "") => None,
        ("", _) => Some("/"),
        (above, _) => Some(above),
    }
}

/// `{"/vms":{"VM.Audit":1}}`: the 1 says that it is passed on, not that it is granted.
impl<'de> Deserialize<'de> for Permissions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::deserialize(deserializer)?;
        let is_passed_on =
            |value: &Value| !matches!(value, Value::Null | Value::Bool(false)) && value != 0 && value != "0";
        let privileges =
            |map: BTreeMap<String, Value>| map.into_iter().map(|(name, value)| (name, is_passed_on(&value)));
        Ok(Self { paths: read.into_iter().map(|(path, map)| (path, privileges(map).collect())).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permissions() -> Permissions {
        serde_json::from_str(
            r#"{"/":{"Sys.Audit":1,"Sys.Modify":0},"/vms":{"VM.Audit":1,"VM.Allocate":"1"},"/storage/local":{"Datastore.Audit":0}}"#,
        )
        .unwrap()
    }

    #[test]
    fn a_privilege_is_inherited_where_it_is_passed_on() {
        let permissions = permissions();
        assert!(permissions.allows("/vms", "VM.Audit"));
        assert!(permissions.allows("/vms/101", "VM.Allocate"));
        assert!(permissions.allows("/nodes/pve", "Sys.Audit"));
        assert!(permissions.allows("/", "Sys.Modify"));
    }

    #[test]
    fn one_that_is_not_passed_on_or_replaced_further_down_is_not() {
        let permissions = permissions();
        assert!(!permissions.allows("/nodes/pve", "Sys.Modify"));
        assert!(!permissions.allows("/vms/101", "Sys.Audit"));
        assert!(permissions.allows("/storage/local", "Datastore.Audit"));
        assert!(!permissions.allows("/storage/local/x", "Datastore.Audit"));
        assert!(!permissions.allows("", "Sys.Audit"));
    }

    #[test]
    fn one_path_can_be_asked_for() {
        assert_eq!(get_path("/vms").to_http().path_and_query, "/api2/json/access/permissions?path=%2Fvms");
        assert_eq!(get().to_http().path_and_query, "/api2/json/access/permissions");
    }
}
