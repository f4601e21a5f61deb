//! The ways into a simulated home. Nothing here decides anything: bytes go in, bytes come out.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use homelab_sim::host::{Login, ShellError};
use homelab_sim::{World, http};
use proxmox_client::{Client, Credentials, HttpAnswer, HttpRequest, TransportError};

use crate::kubernetes::{Access, ApiAnswer, ApiError, ApiRequest, Clusters, Transport};
use crate::reach::{Desk, DeskError, HostError, Hosts, Output, Pending, Reach, Web, WebAnswer, WebError, WebQuestion};

/// The key that the simulated desk proves to have.
pub(super) const SSH_KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIrehearsal rehearsal";

/// A simulated home, and a desk to work at.
#[derive(Clone)]
pub struct Simulated {
    world: World,
    desk: Arc<Mutex<DeskFiles>>,
}

#[derive(Debug, Default)]
struct DeskFiles {
    host_keys: BTreeMap<Ipv4Addr, String>,
    kubeconfig: String,
}

/// All ways into `world`, for somebody with these credentials. The desk is as it was left by earlier ways from `simulated`.
pub fn reach(simulated: &Simulated, credentials: Credentials) -> Reach {
    let way = Arc::new(simulated.clone());
    Reach {
        proxmox: Client::new(way.clone(), credentials),
        hosts: way.clone(),
        clusters: way.clone(),
        web: way.clone(),
        desk: way,
    }
}

impl Simulated {
    /// A desk in the home of `world`.
    pub fn new(world: World) -> Self {
        Self { world, desk: Arc::default() }
    }

    /// The home.
    pub fn world(&self) -> &World {
        &self.world
    }

    fn files(&self) -> MutexGuard<'_, DeskFiles> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn login(&self, address: Ipv4Addr) -> Login {
        Login { address: address.to_string(), key: SSH_KEY.to_owned() }
    }
}

impl proxmox_client::Transport for Simulated {
    fn send(&self, request: HttpRequest) -> proxmox_client::Pending<'_, Result<HttpAnswer, TransportError>> {
        Box::pin(async move {
            let headers = request.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            let sent = http::Request {
                method: request.method.as_str().to_owned(),
                target: request.path_and_query,
                headers,
                body: request.body,
            };
            let answer = self.world.proxmox(sent).await.map_err(|lost| match lost.was_sent {
                true => TransportError::Lost { cause: lost.reason },
                false => TransportError::Unreachable { cause: lost.reason },
            })?;
            Ok(HttpAnswer { status: answer.status, reason: answer.reason, headers: answer.headers, body: answer.body })
        })
    }

    fn host(&self) -> &str {
        "the simulated host"
    }
}

impl Hosts for Simulated {
    fn host_key(&self, address: Ipv4Addr) -> Pending<'_, Result<String, HostError>> {
        Box::pin(
            async move { self.world.host_key(&address.to_string()).await.map_err(|error| host_error(error, address)) },
        )
    }

    fn run<'a>(
        &'a self,
        address: Ipv4Addr,
        host_key: &'a str,
        commands: &'a str,
        input: &'a [u8],
    ) -> Pending<'a, Result<Output, HostError>> {
        Box::pin(async move {
            let login = self.login(address);
            let shown = self.world.host_key(&login.address).await.map_err(|error| host_error(error, address))?;
            if shown != host_key {
                return Err(HostError::Stranger { address });
            }
            let output = self.world.shell(&login, commands, input).await.map_err(|error| host_error(error, address))?;
            Ok(Output { status: output.status, stdout: output.stdout, stderr: output.stderr })
        })
    }
}

pub(super) fn host_error(error: ShellError, address: Ipv4Addr) -> HostError {
    match error {
        ShellError::NoRoute => HostError::Silent { address, cause: "no route to host".to_owned() },
        ShellError::Refused => HostError::Silent { address, cause: "connection refused".to_owned() },
        ShellError::Denied => HostError::Denied { address },
        ShellError::Dropped => HostError::Dropped { address },
    }
}

impl Web for Simulated {
    fn ask(&self, question: WebQuestion, bytes_max: u64) -> Pending<'_, Result<WebAnswer, WebError>> {
        Box::pin(async move {
            let url = question.url;
            let mut request = http::Request::new(question.method, url.as_str());
            for (name, value) in question.headers {
                request = request.header(name, value);
            }
            let answer = self.world.web(request).await;
            let answer = answer.map_err(|lost| WebError::Lost { url: url.clone(), cause: lost.reason })?;
            if answer.body.len() as u64 > bytes_max {
                return Err(WebError::TooLarge { url, bytes_max });
            }
            Ok(WebAnswer { status: answer.status, body: answer.body })
        })
    }
}

impl Clusters for Simulated {
    fn open(&self, access: &Access) -> Result<Arc<dyn Transport>, ApiError> {
        Ok(Arc::new(Cluster { world: self.world.clone(), access: access.clone() }))
    }
}

/// A way into the simulated cluster. The client's certificate travels as a header: there is no TLS in here.
struct Cluster {
    world: World,
    access: Access,
}

impl Transport for Cluster {
    fn send(&self, request: ApiRequest) -> Pending<'_, Result<ApiAnswer, ApiError>> {
        Box::pin(async move {
            let mut sent = http::Request::new(request.method, request.target)
                .header("x-client-certificate", self.access.certificate.clone());
            if let Some(content_type) = request.content_type {
                sent = sent.header("content-type", content_type);
            }
            sent.body = request.body;
            let address = self.access.server.trim_start_matches("https://").trim_end_matches(":6443").to_owned();
            let answer = self.world.kubernetes(&address, sent).await;
            let answer =
                answer.map_err(|lost| ApiError::Silent { server: self.access.server.clone(), cause: lost.reason })?;
            Ok(ApiAnswer { status: answer.status, body: answer.body })
        })
    }
}

impl Desk for Simulated {
    fn host_key(&self, address: Ipv4Addr) -> Result<Option<String>, DeskError> {
        Ok(self.files().host_keys.get(&address).cloned())
    }

    fn remember_host_key(&self, address: Ipv4Addr, key: &str) -> Result<(), DeskError> {
        self.files().host_keys.insert(address, key.to_owned());
        Ok(())
    }

    fn forget_host_key(&self, address: Ipv4Addr) -> Result<(), DeskError> {
        self.files().host_keys.remove(&address);
        Ok(())
    }

    fn kubeconfig(&self) -> Result<String, DeskError> {
        Ok(self.files().kubeconfig.clone())
    }

    fn write_kubeconfig(&self, text: &str) -> Result<(), DeskError> {
        self.files().kubeconfig = text.to_owned();
        Ok(())
    }

    fn ssh_public_key(&self) -> Result<String, DeskError> {
        Ok(SSH_KEY.to_owned())
    }
}
