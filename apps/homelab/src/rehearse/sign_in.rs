//! Who somebody is to a simulated home.

use homelab_plan::config::Homelab;
use proxmox_client::{Credentials, Secret};

/// Who the file says that we are.
pub(super) fn credentials(homelab: &Homelab) -> Credentials {
    let proxmox = &homelab.proxmox;
    match &proxmox.token {
        Some(token) => Credentials::Token {
            id: format!("{}!{}", proxmox.user.as_str(), token.as_str()),
            secret: Secret::new(homelab_sim::home::TOKEN.1),
        },
        None => Credentials::Password {
            username: proxmox.user.as_str().to_owned(),
            password: Secret::new(homelab_sim::home::ROOT_PASSWORD),
            second_factor: None,
        },
    }
}
