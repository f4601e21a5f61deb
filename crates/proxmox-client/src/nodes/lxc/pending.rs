//! `/nodes/{node}/lxc/{vmid}/pending`: what waits for the next start.

use serde::Deserialize;

use crate::id::{NodeName, Vmid};
use crate::lenient;
use crate::request::Request;

/// A key of the configuration, as it is and as it will be.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Pending {
    /// The key.
    pub key: String,
    /// Its present value.
    #[serde(default, deserialize_with = "lenient::text")]
    pub value: Option<String>,
    /// Its coming value.
    #[serde(default, deserialize_with = "lenient::text")]
    pub pending: Option<String>,
    /// Whether it will be removed: 1, or 2 if by force.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub delete: bool,
}

/// All keys of the configuration, as they are and as they will be.
pub fn get(node: &NodeName, vmid: Vmid) -> Request<Vec<Pending>> {
    Request::get(format!("{}/pending", super::path(node, vmid)))
}

impl Pending {
    /// Whether it takes a restart to come into force.
    pub fn is_waiting(&self) -> bool {
        self.pending.is_some() || self.delete
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_told_from_what_is() {
        let keys: Vec<Pending> = serde_json::from_str(
            r#"[{"key":"memory","value":6144},{"key":"features","value":"nesting=1","pending":"nesting=1,keyctl=1"},
                {"key":"timezone","value":"host","delete":2},{"key":"cores","value":"2","delete":0}]"#,
        )
        .unwrap();
        let waiting: Vec<&str> = keys.iter().filter(|key| key.is_waiting()).map(|key| key.key.as_str()).collect();
        assert_eq!(waiting, ["features", "timezone"]);
        assert_eq!(keys[0].value.as_deref(), Some("6144"));
    }
}
