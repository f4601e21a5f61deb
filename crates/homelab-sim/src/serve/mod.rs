//! The simulated home on this computer's own ports, for programs that come over the network: Proxmox and the API server of
//! the cluster, each over TLS.
//!
//! Nothing is decided here: what comes over the wire goes through the doors of [`World`] as it is. Certificates are made anew
//! at each start, and no key is ever written anywhere but into the kubeconfig that is asked for.

mod certificate;
mod connection;
mod limits;
pub mod practice;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use serde_json::json;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::World;
use certificate::Certificates;
use connection::Door;

/// The ports, open but not answered yet.
#[derive(Debug)]
pub struct Served {
    world: World,
    proxmox: TcpListener,
    kubernetes: TcpListener,
    practice: TcpListener,
    certificates: Certificates,
}

/// Where somebody finds the served home, and how they know that it is the one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Proxmox.
    pub proxmox: SocketAddr,
    /// SHA-256 of its certificate, as the host's own pages show it: pairs in capitals with colons.
    pub fingerprint: String,
    /// The API server.
    pub kubernetes: SocketAddr,
    /// The file with which `kubectl` comes in as the administrator. It holds a key.
    pub kubeconfig: String,
    /// The side door, for `homelab` itself: see [`practice`].
    pub practice: SocketAddr,
}

impl Served {
    /// Opens the ports on an address of this computer; port 0 takes any that is free.
    ///
    /// # Errors
    /// A port is taken, or the address is one that others can reach: whoever knows the program knows its passwords.
    pub async fn open(world: World, address: IpAddr, proxmox: u16, kubernetes: u16) -> io::Result<Self> {
        if !address.is_loopback() {
            let problem = format!("{address} can be reached by others; a simulated home is served on 127.0.0.1 or ::1");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
        }
        let proxmox = TcpListener::bind((address, proxmox)).await?;
        let kubernetes = TcpListener::bind((address, kubernetes)).await?;
        let practice = TcpListener::bind((address, 0)).await?;
        let certificates = Certificates::new(address).map_err(io::Error::other)?;
        Ok(Self { world, proxmox, kubernetes, practice, certificates })
    }

    /// Where the ports are.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn place(&self) -> io::Result<Place> {
        let kubernetes = self.kubernetes.local_addr()?;
        Ok(Place {
            proxmox: self.proxmox.local_addr()?,
            fingerprint: self.certificates.fingerprint(),
            kubernetes,
            kubeconfig: self.certificates.kubeconfig(kubernetes),
            practice: self.practice.local_addr()?,
        })
    }

    /// Answers until it is dropped.
    ///
    /// # Errors
    /// A port broke down.
    pub async fn run(self) -> io::Result<()> {
        let place = self.place()?;
        // Machines that are there already were met before.
        let place = json!({
            "proxmox": place.proxmox, "fingerprint": place.fingerprint, "kubernetes": place.kubernetes,
            "kubeconfig": place.kubeconfig, "host_keys": self.world.host_keys(),
        });
        let proxmox = TlsAcceptor::from(Arc::new(self.certificates.host().map_err(io::Error::other)?));
        let kubernetes = TlsAcceptor::from(Arc::new(self.certificates.api_server().map_err(io::Error::other)?));
        tokio::try_join!(
            connection::accept(self.proxmox, proxmox, Door::Proxmox, self.world.clone()),
            connection::accept(self.kubernetes, kubernetes, Door::Kubernetes, self.world.clone()),
            practice::accept(self.practice, place, self.world),
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Faults, Home};

    #[tokio::test]
    async fn it_is_served_on_this_computer_alone() {
        let world = World::new(&Home::default(), 1, Faults::None);
        for address in ["0.0.0.0", "192.168.0.10", "::"] {
            let refused = Served::open(world.clone(), address.parse().unwrap(), 0, 0).await.unwrap_err();
            assert!(refused.to_string().contains("can be reached by others"), "{address}: {refused}");
        }
        let place = Served::open(world, IpAddr::from([127, 0, 0, 1]), 0, 0).await.unwrap().place().unwrap();
        assert_ne!(place.proxmox.port(), place.kubernetes.port());
        assert_eq!(place.fingerprint.len(), 32 * 3 - 1);
    }
}
