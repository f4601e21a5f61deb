//! The ways into a real home.

mod api;
mod files;
mod internet;
mod random;
mod ssh;
mod tls;

use std::path::Path;
use std::sync::Arc;

use homelab_plan::config::Homelab;
use proxmox_client::{Client, Credentials, Endpoint, Https, Trust};

pub(crate) use api::Servers;
pub(crate) use files::write_for_owner;
pub use files::{Files, Lock};
pub use random::SystemRandom;

use super::Reach;

/// All ways into the home of `homelab`; what is kept between runs lies in `folder`.
///
/// # Errors
/// The host's address or certificate is of no use.
pub fn reach(homelab: &Homelab, folder: &Path, credentials: Credentials) -> Result<Reach, proxmox_client::Error> {
    let setup = |cause: String| proxmox_client::Error::Setup { cause };
    let endpoint: Endpoint = homelab.proxmox.url.to_string().parse().map_err(|error| setup(format!("{error}")))?;
    let trust = match &homelab.proxmox.fingerprint {
        Some(fingerprint) => Trust::Pinned(fingerprint.to_string().parse().map_err(|error| setup(format!("{error}")))?),
        None => Trust::System,
    };
    let files = Arc::new(Files::new(folder, &homelab.container.ssh_public_key.to_string()));
    Ok(Reach {
        proxmox: Client::new(Arc::new(Https::new(&endpoint, &trust)?), credentials),
        hosts: Arc::new(ssh::Ssh::new(files.clone())),
        clusters: Arc::new(api::Servers),
        web: Arc::new(internet::Internet),
        desk: files,
    })
}
