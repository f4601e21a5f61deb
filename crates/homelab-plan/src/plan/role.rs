//! The smallest role that a login without root's password needs.

use super::desired::Desired;

/// Privileges at one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Where; what is below it inherits.
    pub path: String,
    /// What.
    pub privileges: &'static [&'static str],
}

/// What a login needs for containers without `keyctl`. From the checks in `src/PVE/API2/LXC.pm` and `src/PVE/LXC.pm` of
/// pve-container, `PVE/API2/APT.pm` of pve-manager, and `src/PVE/GuestHelpers.pm` of pve-guest-common.
pub fn role(desired: &Desired) -> Vec<Grant> {
    let home = &desired.home;
    let grant = |path: String, privileges| Grant { path, privileges };
    let storage = |name: &str| format!("/storage/{name}");
    vec![
        grant(
            "/vms".to_owned(),
            &[
                "VM.Allocate",
                "VM.Audit",
                "VM.PowerMgmt",
                "VM.Config.CPU",
                "VM.Config.Memory",
                "VM.Config.Disk",
                "VM.Config.Network",
                "VM.Config.Options",
            ],
        ),
        grant(storage(home.container.storage.as_str()), &["Datastore.AllocateSpace", "Datastore.Audit"]),
        grant(storage(home.container.template_storage.as_str()), &["Datastore.AllocateTemplate", "Datastore.Audit"]),
        grant(format!("/sdn/zones/localnetwork/{}", home.network.bridge.as_str()), &["SDN.Use"]),
        grant(format!("/nodes/{}", home.proxmox.node.as_str()), &["Sys.Audit"]),
    ]
}
