//! What a container can be told when it is made and later.

use std::collections::BTreeMap;

use crate::request::Request;
use crate::value::{Features, Network, Startup, Tags, Volume};

/// The settings of a container. What is absent is not sent, so Proxmox' own default or the present value stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Its name, a DNS label.
    pub hostname: Option<String>,
    /// Notes, in Markdown.
    pub description: Option<String>,
    /// Processors it sees: that many of the host's, chosen at its start.
    pub cores: Option<u32>,
    /// Processor time it gets at most, in processors.
    pub cpulimit: Option<f64>,
    /// Its weight against others.
    pub cpuunits: Option<u32>,
    /// Memory in MiB, at least 16; 512 if not said.
    pub memory_mib: Option<u32>,
    /// Swap in MiB; 512 if not said.
    pub swap_mib: Option<u32>,
    /// Its root file system.
    pub rootfs: Option<Volume>,
    /// Its mount points by number, 0 to 255.
    pub mount_points: BTreeMap<u8, Volume>,
    /// Its interfaces by number, 0 to 31.
    pub networks: BTreeMap<u8, Network>,
    /// What it may do beyond the ordinary.
    pub features: Option<Features>,
    /// Its DNS servers; the host's if neither this nor the domain is said.
    pub nameserver: Option<String>,
    /// The domain it searches.
    pub searchdomain: Option<String>,
    /// Its time zone: `Asia/Tokyo`, or `host`.
    pub timezone: Option<String>,
    /// Whether it starts with its host.
    pub onboot: Option<bool>,
    /// When it starts with its host.
    pub startup: Option<Startup>,
    /// Its tags.
    pub tags: Option<Tags>,
    /// Whether it is protected against removal.
    pub protection: Option<bool>,
}

impl Settings {
    /// Adds what was said to a request.
    pub(super) fn add_to<T>(&self, request: Request<T>) -> Request<T> {
        let mut request = request
            .with_optional("hostname", self.hostname.as_deref())
            .with_optional("description", self.description.as_deref())
            .with_optional("cores", self.cores)
            .with_optional("cpulimit", self.cpulimit)
            .with_optional("cpuunits", self.cpuunits)
            .with_optional("memory", self.memory_mib)
            .with_optional("swap", self.swap_mib)
            .with_optional("rootfs", self.rootfs.as_ref().map(ToString::to_string));
        for (number, volume) in &self.mount_points {
            request = request.with(format!("mp{number}"), volume.to_string());
        }
        for (number, network) in &self.networks {
            request = request.with(format!("net{number}"), network.to_string());
        }
        // Features that are all off are none: even `keyctl=0` takes root's password (`check_ct_modify_config_perm`).
        let features = self.features.as_ref().map(ToString::to_string).filter(|features| !features.is_empty());
        request
            .with_optional("features", features)
            .with_optional("nameserver", self.nameserver.as_deref())
            .with_optional("searchdomain", self.searchdomain.as_deref())
            .with_optional("timezone", self.timezone.as_deref())
            .with_optional("onboot", self.onboot)
            .with_optional("startup", self.startup.map(|startup| startup.to_string()))
            .with_optional("tags", self.tags.as_ref().map(ToString::to_string))
            .with_optional("protection", self.protection)
    }
}
