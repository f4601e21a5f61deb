//! `/version`.

use serde::Deserialize;

use crate::lenient;
use crate::request::Request;

/// The version of a host.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Version {
    /// `9.1.2`.
    #[serde(default)]
    pub version: String,
    /// `9.1`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub release: Option<String>,
}

/// The version of the host that answers. Any login will do.
pub fn get() -> Request<Version> {
    Request::get("/version")
}

impl Version {
    /// The first number: 8 or 9.
    pub fn major(&self) -> Option<u32> {
        self.version.split(['.', '-']).next()?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        let major = |json: &str| serde_json::from_str::<Version>(json).unwrap().major();
        assert_eq!(major(r#"{"version":"9.1.2","release":"9.1","repoid":"abc"}"#), Some(9));
        assert_eq!(major(r#"{"version":"8.4.14"}"#), Some(8));
        assert_eq!(major("{}"), None);
    }
}
