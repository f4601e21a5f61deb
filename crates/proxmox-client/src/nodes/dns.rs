//! `/nodes/{node}/dns`: what containers inherit if they name no server.

use serde::Deserialize;

use crate::id::NodeName;
use crate::request::Request;

/// How a host resolves names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Dns {
    /// The domain that is searched.
    pub search: Option<String>,
    /// The first server.
    pub dns1: Option<String>,
    /// The second.
    pub dns2: Option<String>,
    /// The third.
    pub dns3: Option<String>,
}

/// How a host resolves names. Needs `Sys.Audit` on `/nodes/{node}`.
pub fn get(node: &NodeName) -> Request<Dns> {
    Request::get(format!("/nodes/{node}/dns"))
}

impl Dns {
    /// The servers there are.
    pub fn servers(&self) -> impl Iterator<Item = &str> {
        [&self.dns1, &self.dns2, &self.dns3].into_iter().flatten().map(String::as_str)
    }
}
