//! The ways into a simulated home that another process serves: the same commands, and nothing real behind them.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use homelab_plan::config::Homelab;
use homelab_sim::serve::practice::{ask, shell_error};
use proxmox_client::{Client, Endpoint, Https, Trust};
use serde_json::{Value, json};

use super::reach::{SSH_KEY, host_error};
use super::sign_in::credentials;
use crate::kubernetes::{Access, ApiError, Clusters, Transport};
use crate::reach::real::{Files, Servers, write_for_owner};
use crate::reach::{
    Desk as _, DeskError, HostError, Hosts, Output, Pending, Reach, Web, WebAnswer, WebError, WebQuestion,
};

/// Names the side door of the served home that commands are to work with, such as `127.0.0.1:41234`.
pub const VARIABLE: &str = "HOMELAB_REHEARSAL";

/// Why there is no way in.
#[derive(Debug, thiserror::Error)]
pub enum PracticeError {
    /// The variable names no address of this computer.
    #[error("`{}` is `{value}`, which is no address of this computer with a port", VARIABLE)]
    NoAddress {
        /// Its value.
        value: String,
    },
    /// Nobody serves a home there.
    #[error("`{}` is set, and no simulated home answers at {address}: {cause}", VARIABLE)]
    Silent {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        cause: String,
    },
    /// A file of the practice cannot be written.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The served host cannot be spoken to.
    #[error(transparent)]
    Proxmox(#[from] proxmox_client::Error),
}

/// A home that another process serves.
#[derive(Clone, Debug)]
struct Served {
    door: SocketAddr,
    /// Where its API server is, and what its administrator shows there.
    access: Option<Access>,
}

/// The address in the variable, if it is set.
///
/// # Errors
/// It is no address of this computer: a practice is never with somebody else's machine.
pub fn address() -> Result<Option<SocketAddr>, PracticeError> {
    let Some(value) = std::env::var(VARIABLE).ok().filter(|value| !value.is_empty()) else { return Ok(None) };
    match value.parse::<SocketAddr>() {
        Ok(address) if address.ip().is_loopback() => Ok(Some(address)),
        _ => Err(PracticeError::NoAddress { value }),
    }
}

/// All ways into the home that is served at `door`, whatever addresses the file names. Host keys and kubeconfig of the practice
/// lie in `.homelab/rehearsal` in `folder`.
///
/// # Errors
/// Nobody serves a home there, or a file cannot be written.
pub async fn reach(door: SocketAddr, homelab: &Homelab, folder: &Path) -> Result<Reach, PracticeError> {
    let silent = |error: io::Error| PracticeError::Silent { address: door, cause: error.to_string() };
    let (place, _) = ask(door, &json!({ "ask": "place" }), &[]).await.map_err(silent)?;
    let text = |name: &str| place[name].as_str().unwrap_or_default();
    let setup = |cause: String| proxmox_client::Error::Setup { cause };
    let endpoint: Endpoint =
        format!("https://{}", text("proxmox")).parse().map_err(|error| setup(format!("{error}")))?;
    let trust = Trust::Pinned(text("fingerprint").parse().map_err(|error| setup(format!("{error}")))?);
    let access = Access::from_k3s(text("kubeconfig"), &format!("https://{}", text("kubernetes")));
    let served = Arc::new(Served { door, access });
    Ok(Reach {
        proxmox: Client::new(Arc::new(Https::new(&endpoint, &trust)?), credentials(homelab)),
        hosts: served.clone(),
        clusters: served.clone(),
        web: served,
        desk: Arc::new(desk(folder, &place)?),
    })
}

/// The files of the practice. Those of another served home are of no use for this one.
fn desk(folder: &Path, place: &Value) -> Result<Files, DeskError> {
    let folder = Files::practice_folder(folder);
    let fingerprint = place["fingerprint"].as_str().unwrap_or_default();
    let mark = folder.join("home");
    let is_new = fs::read_to_string(&mark).ok().as_deref() != Some(fingerprint);
    if is_new {
        // What is not there need not be removed.
        for leftover in ["known_hosts", "kubeconfig"] {
            let _ = fs::remove_file(folder.join(leftover));
        }
        write_for_owner(&folder.join("id.pub"), SSH_KEY)?;
    }
    let files = Files::for_practice(folder);
    // Machines that were there before are met already, once: later ones are met as real ones are.
    for (address, key) in place["host_keys"].as_object().into_iter().flatten().filter(|_| is_new) {
        if let (Ok(address), Some(key)) = (address.parse::<Ipv4Addr>(), key.as_str()) {
            files.remember_host_key(address, key)?;
        }
    }
    if is_new {
        write_for_owner(&mark, fingerprint)?;
    }
    Ok(files)
}

impl Hosts for Served {
    fn host_key(&self, address: Ipv4Addr) -> Pending<'_, Result<String, HostError>> {
        Box::pin(async move {
            let question = json!({ "ask": "host-key", "address": address });
            let (answer, _) = self.ask_machine(address, &question, &[]).await?;
            Ok(answer["key"].as_str().unwrap_or_default().to_owned())
        })
    }

    fn run<'a>(
        &'a self,
        address: Ipv4Addr,
        host_key: &'a str,
        commands: &'a str,
        input: &'a [u8],
    ) -> Pending<'a, Result<Output, HostError>> {
        Box::pin(async move {
            if self.host_key(address).await? != host_key {
                return Err(HostError::Stranger { address });
            }
            let question = json!({ "ask": "shell", "address": address, "key": SSH_KEY, "commands": commands });
            let (answer, stdout) = self.ask_machine(address, &question, input).await?;
            let status = answer["status"].as_i64().and_then(|status| i32::try_from(status).ok()).unwrap_or(-1);
            Ok(Output { status, stdout, stderr: answer["stderr"].as_str().unwrap_or_default().to_owned() })
        })
    }
}

impl Served {
    async fn ask_machine(
        &self,
        address: Ipv4Addr,
        question: &Value,
        input: &[u8],
    ) -> Result<(Value, Vec<u8>), HostError> {
        let silent = |error: io::Error| HostError::Silent { address, cause: error.to_string() };
        let (answer, bytes) = ask(self.door, question, input).await.map_err(silent)?;
        match shell_error(&answer) {
            Some(error) => Err(host_error(error, address)),
            None => Ok((answer, bytes)),
        }
    }
}

impl Web for Served {
    fn ask(&self, question: WebQuestion, bytes_max: u64) -> Pending<'_, Result<WebAnswer, WebError>> {
        Box::pin(async move {
            let WebQuestion { method, url, headers } = question;
            let lost = |cause: String| WebError::Lost { url: url.clone(), cause };
            let asked = json!({ "ask": "web", "method": method, "url": url, "headers": headers });
            let (answer, body) = ask(self.door, &asked, &[]).await.map_err(|error| lost(error.to_string()))?;
            if let Some(cause) = answer["lost"].as_str() {
                return Err(lost(cause.to_owned()));
            }
            if body.len() as u64 > bytes_max {
                return Err(WebError::TooLarge { url, bytes_max });
            }
            let status = answer["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(502);
            Ok(WebAnswer { status, body })
        })
    }
}

impl Clusters for Served {
    /// The served port stands for whichever server answers, and has a certificate of its own.
    fn open(&self, access: &Access) -> Result<Arc<dyn Transport>, ApiError> {
        Servers.open(self.access.as_ref().unwrap_or(access))
    }
}
