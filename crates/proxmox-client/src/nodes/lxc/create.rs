//! POST `/nodes/{node}/lxc`: making a container.
//!
//! It is not started by this call: the start would be a second task whose name nobody is told, and its failure would not be
//! seen. Make it, wait, then start it.

use super::Settings;
use crate::id::{NodeName, PoolId, Vmid};
use crate::request::Request;
use crate::secret::Secret;
use crate::upid::Upid;

/// A container to be made.
#[derive(Clone, Debug)]
pub struct Create {
    /// Its number.
    pub vmid: Vmid,
    /// Its template: `local:vztmpl/ubuntu-24.04-standard_24.04-2_amd64.tar.zst`.
    pub ostemplate: String,
    /// Whether its root is nobody on the host. Always sent: Proxmox 8 makes privileged ones if it is not said, 9 unprivileged
    /// ones (`pve-container` 6.0.6).
    pub unprivileged: bool,
    /// The password of its root.
    pub password: Option<Secret>,
    /// Public keys that may log in as its root, in the form of OpenSSH. They can be set here and never again.
    pub ssh_public_keys: Vec<String>,
    /// The pool it belongs to.
    pub pool: Option<PoolId>,
    /// Everything that can be changed later.
    pub settings: Settings,
}

impl Create {
    /// An unprivileged container from a template.
    pub fn new(vmid: Vmid, ostemplate: impl Into<String>) -> Self {
        Self {
            vmid,
            ostemplate: ostemplate.into(),
            unprivileged: true,
            password: None,
            ssh_public_keys: Vec::new(),
            pool: None,
            settings: Settings::default(),
        }
    }
}

/// Makes a container. If the task fails it removes what it made; if the host dies meanwhile, a container with the lock `create`
/// is left.
pub fn create(node: &NodeName, wish: &Create) -> Request<Upid> {
    let keys = (!wish.ssh_public_keys.is_empty()).then(|| wish.ssh_public_keys.join("\n"));
    let request = Request::post(format!("/nodes/{node}/lxc"))
        .with("vmid", wish.vmid)
        .with("ostemplate", wish.ostemplate.as_str())
        .with("unprivileged", wish.unprivileged)
        .with_optional("password", wish.password.clone())
        .with_optional("ssh-public-keys", keys)
        .with_optional("pool", wish.pool.as_ref());
    wish.settings.add_to(request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Size, Tags, Volume};

    fn body(wish: &Create) -> String {
        String::from_utf8(create(&"pve".parse().unwrap(), wish).to_http().body).unwrap()
    }

    fn wish() -> Create {
        Create::new("101".parse().unwrap(), "local:vztmpl/ubuntu.tar.zst")
    }

    #[test]
    fn only_what_was_asked_for_is_sent() {
        assert_eq!(body(&wish()), "vmid=101&ostemplate=local%3Avztmpl%2Fubuntu.tar.zst&unprivileged=1");
    }

    #[test]
    fn the_wishes_of_a_cluster_node_are_sent() {
        let mut wish = wish();
        wish.ssh_public_keys = vec!["ssh-ed25519 AAAA+/ a@b".to_owned(), "ssh-ed25519 BBBB c".to_owned()];
        wish.settings = Settings {
            hostname: Some("k1".to_owned()),
            cores: Some(2),
            memory_mib: Some(6144),
            swap_mib: Some(0),
            rootfs: Some(Volume::new("local-lvm".parse().unwrap(), Size::gib(50))),
            networks: [(0, "name=eth0,bridge=vmbr0,ip=192.168.0.41/24,gw=192.168.0.1".parse().unwrap())].into(),
            features: "nesting=1,keyctl=1".parse().ok(),
            startup: "order=1,up=30".parse().ok(),
            tags: Some(Tags::read("k3s;homelab")),
            onboot: Some(true),
            ..Settings::default()
        };
        let sent = body(&wish);
        let (_, sent) = sent.split_once("&unprivileged=1&").unwrap();
        assert_eq!(
            sent,
            "ssh-public-keys=ssh-ed25519%20AAAA%2B%2F%20a%40b%0Assh-ed25519%20BBBB%20c&hostname=k1&cores=2&memory=6144&swap=0\
             &rootfs=local-lvm%3A50&net0=name%3Deth0%2Cbridge%3Dvmbr0%2Cgw%3D192.168.0.1%2Cip%3D192.168.0.41%2F24\
             &features=keyctl%3D1%2Cnesting%3D1&onboot=1&startup=order%3D1%2Cup%3D30&tags=homelab%3Bk3s"
        );
    }

    #[test]
    fn features_that_are_all_off_are_not_sent() {
        let mut wish = wish();
        wish.settings.features = "keyctl=0".parse().ok();
        assert!(!body(&wish).contains("features"));
    }

    #[test]
    fn a_password_is_sent_and_not_printed() {
        let wish = Create { password: Some(Secret::new("hunter2")), ..wish() };
        assert!(body(&wish).contains("password=hunter2"));
        let printed = format!("{wish:?} {:?}", create(&"pve".parse().unwrap(), &wish));
        assert!(!printed.contains("hunter2"), "{printed}");
    }
}
