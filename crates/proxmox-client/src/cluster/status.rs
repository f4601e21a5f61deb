//! `/cluster/status`: which hosts are there, and whether they are a majority.

use serde::Deserialize;

use crate::lenient;
use crate::request::Request;

/// The cluster, or one of its hosts. A single host has no entry of the kind `cluster`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Entry {
    /// `cluster` or `node`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Whether the cluster has a majority; without one nothing can be changed.
    #[serde(default, deserialize_with = "lenient::maybe_flag")]
    pub quorate: Option<bool>,
    /// Whether a host is there.
    #[serde(default, deserialize_with = "lenient::maybe_flag")]
    pub online: Option<bool>,
    /// A host's address.
    #[serde(default, deserialize_with = "lenient::text")]
    pub ip: Option<String>,
    /// Whether it is the host that answers.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub local: bool,
}

/// The cluster and its hosts. Needs `Sys.Audit` on `/`.
pub fn get() -> Request<Vec<Entry>> {
    Request::get("/cluster/status")
}

/// Whether changes are possible: a majority is there, or there is no cluster.
pub fn is_quorate(entries: &[Entry]) -> bool {
    entries.iter().all(|entry| entry.quorate != Some(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_host_is_its_own_majority() {
        let read = |json: &str| serde_json::from_str::<Vec<Entry>>(json).unwrap();
        let single = read(r#"[{"type":"node","name":"pve","online":1,"local":1,"ip":"192.168.0.10","id":"node/pve"}]"#);
        assert!(is_quorate(&single) && single[0].local);
        assert!(is_quorate(&read(r#"[{"type":"cluster","name":"home","quorate":1,"nodes":3}]"#)));
        assert!(!is_quorate(&read(r#"[{"type":"cluster","name":"home","quorate":0}]"#)));
    }
}
