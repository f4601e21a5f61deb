//! `/access/roles`: which privileges this version knows. `VM.Monitor` is gone in 9, and asking for it fails.

use serde::Deserialize;

use crate::lenient;
use crate::request::{Done, Request};

/// A role.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Role {
    /// Its name.
    pub roleid: String,
    /// The privileges in it.
    #[serde(default, deserialize_with = "lenient::texts")]
    pub privs: Vec<String>,
    /// Whether Proxmox brought it and it cannot be changed.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub special: bool,
}

/// All roles. `Administrator` holds every privilege that exists.
pub fn list() -> Request<Vec<Role>> {
    Request::get("/access/roles")
}

/// Makes a role.
pub fn create(roleid: &str, privileges: &[&str]) -> Request<Done> {
    Request::post("/access/roles").with("roleid", roleid).with("privs", privileges.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn privileges_are_a_list() {
        let role: Role =
            serde_json::from_str(r#"{"roleid":"Homelab","privs":"VM.Allocate,VM.Audit","special":"0"}"#).unwrap();
        assert_eq!(role.privs, ["VM.Allocate", "VM.Audit"]);
        assert!(!role.special);
        let request = create("Homelab", &["VM.Allocate", "VM.Audit"]);
        assert_eq!(request.to_http().body, b"roleid=Homelab&privs=VM.Allocate%2CVM.Audit");
    }
}
