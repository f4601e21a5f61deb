//! `/nodes/{node}/apt/versions`: is `lxc-pve` new enough?

use serde::Deserialize;

use crate::id::NodeName;
use crate::lenient;
use crate::request::Request;

/// A package of Proxmox' own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Package {
    /// Its name.
    #[serde(rename = "Package")]
    pub package: String,
    /// `Installed` and others; absent on hosts that list only what is installed.
    #[serde(default, rename = "CurrentState", deserialize_with = "lenient::text")]
    pub current_state: Option<String>,
    /// The version that is installed.
    #[serde(default, rename = "OldVersion", deserialize_with = "lenient::text")]
    pub old_version: Option<String>,
    /// The version that could be installed.
    #[serde(default, rename = "Version", deserialize_with = "lenient::text")]
    pub version: Option<String>,
    /// The running kernel, on the package of kernels.
    #[serde(default, rename = "RunningKernel", deserialize_with = "lenient::text")]
    pub running_kernel: Option<String>,
}

/// Versions of the packages that matter. Needs `Sys.Audit` on `/nodes/{node}`.
pub fn versions(node: &NodeName) -> Request<Vec<Package>> {
    Request::get(format!("/nodes/{node}/apt/versions"))
}

impl Package {
    /// The version that is installed, if any is. `OldVersion` is that one, and `Version` the newest known
    /// (`PVE/API2/APT.pm` in `pve-manager`).
    pub fn installed(&self) -> Option<&str> {
        let is_installed = self.current_state.as_deref().is_none_or(|state| state == "Installed");
        self.old_version.as_deref().filter(|version| is_installed && !version.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_installed_version_is_the_old_one() {
        let packages: Vec<Package> = serde_json::from_str(
            r#"[{"Package":"lxc-pve","CurrentState":"Installed","OldVersion":"6.0.5-1","Version":"6.0.5-3"},
                {"Package":"zfsutils-linux","CurrentState":"NotInstalled","OldVersion":"2.2","Version":"2.3"},
                {"Package":"lxcfs","Version":"6.0"}]"#,
        )
        .unwrap();
        let installed: Vec<Option<&str>> = packages.iter().map(Package::installed).collect();
        assert_eq!(installed, [Some("6.0.5-1"), None, None]);
    }
}
