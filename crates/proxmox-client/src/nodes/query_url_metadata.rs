//! `/nodes/{node}/query-url-metadata`: can the host reach an address?

use serde::Deserialize;

use crate::id::NodeName;
use crate::lenient;
use crate::request::Request;

/// What a server says about a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Metadata {
    /// Its name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub filename: Option<String>,
    /// Its size in bytes.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub size: Option<u64>,
    /// Its type.
    #[serde(default, deserialize_with = "lenient::text")]
    pub mimetype: Option<String>,
}

/// Lets the host ask for a file's head.
pub fn get(node: &NodeName, url: &str) -> Request<Metadata> {
    Request::get(format!("/nodes/{node}/query-url-metadata")).with("url", url)
}
