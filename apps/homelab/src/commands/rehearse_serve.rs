//! `homelab rehearse --serve`: the simulated home on this computer's own ports, until Ctrl-C.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use homelab_plan::plan::Desired;
use homelab_sim::home::{ROOT_PASSWORD, TOKEN};
use homelab_sim::serve::{Place, Served};
use homelab_sim::{Faults, World};
use serde_json::json;
use tokio::runtime::Builder;
use tokio::time::sleep;

use crate::exit::Exit;
use crate::observe::Manifests;
use crate::reach::real;
use crate::rehearse::practice::VARIABLE;
use crate::rehearse::{Ending, bring_up, home_of, publish};
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// The port of Proxmox VE, and the one of K3s that belongs to it.
const USUAL_PORTS: (u16, u16) = (8006, 6443);

/// How long a change in a work tree waits until it is pushed.
const PUSH_TIME: Duration = Duration::from_secs(2);

/// What is to be served, and where.
#[derive(Debug)]
pub(super) struct Serving {
    /// Where Proxmox is served. The API server is at its usual port if this is the usual one, and at any free one otherwise.
    pub(super) address: SocketAddr,
    /// Whether the home is brought up first.
    pub(super) is_up: bool,
    /// How many simulated seconds go by in one.
    pub(super) speed: u32,
    /// Repositories of services, as if they were pushed.
    pub(super) services: Vec<PathBuf>,
    /// Where the kubeconfig goes.
    pub(super) kubeconfig: Option<PathBuf>,
    pub(super) seed: u64,
    pub(super) faults: Faults,
}

impl Serving {
    /// Serves until somebody presses Ctrl-C.
    pub(super) fn run(self, desired: &Desired, manifests: &[Manifests], terminal: &Terminal) -> Result<Exit, Trouble> {
        let runtime = Builder::new_current_thread().enable_all().start_paused(self.is_up).build();
        let runtime = runtime.map_err(|reason| self.trouble(reason))?;
        runtime.block_on(self.serve(desired, manifests, terminal))
    }

    async fn serve(&self, desired: &Desired, manifests: &[Manifests], terminal: &Terminal) -> Result<Exit, Trouble> {
        let world = World::new(&home_of(&desired.home), self.seed, self.faults);
        for folder in &self.services {
            publish(&world, folder)?;
        }
        if self.is_up {
            // The bring-up takes a moment; from there on the clock is the one on the wall.
            let ending = bring_up(&world, desired, manifests).await;
            if ending != Ending::Done {
                let problem = io::Error::other(format!("the home cannot be brought up: {ending:?}"));
                return Err(self.trouble(problem));
            }
            tokio::time::resume();
        }
        let world = world.at_speed(self.speed);
        let pushed = world.clone();
        let kubernetes = if self.address.port() == USUAL_PORTS.0 { USUAL_PORTS.1 } else { 0 };
        let served = Served::open(world, self.address.ip(), self.address.port(), kubernetes).await;
        let served = served.map_err(|reason| self.trouble(reason))?;
        let place = served.place().map_err(|reason| self.trouble(reason))?;
        if let Some(path) = &self.kubeconfig {
            real::write_for_owner(path, &place.kubeconfig)?;
        }
        match terminal.format {
            Format::Human => terminal.data(&words(desired, &place, self.kubeconfig.as_deref())),
            _ => terminal.data(&view(desired, &place, self.kubeconfig.as_deref()).to_string()),
        }
        tokio::select! {
            () = self.follow(&pushed, terminal) => Ok(Exit::Done),
            outcome = served.run() => outcome.map_err(|reason| self.trouble(reason)).map(|()| Exit::Done),
            _ = tokio::signal::ctrl_c() => Ok(Exit::Done),
        }
    }

    /// What changes in a work tree is pushed a moment later. A file that cannot be read is said once, and looked at again.
    async fn follow(&self, world: &World, terminal: &Terminal) {
        let mut said = String::new();
        loop {
            sleep(PUSH_TIME).await;
            let troubles = self.services.iter().filter_map(|folder| publish(world, folder).err());
            let troubles: String = troubles.map(|trouble| format!("not pushed: {trouble}\n")).collect();
            if said != troubles {
                terminal.note(if troubles.is_empty() { "pushed" } else { troubles.trim_end() });
                said = troubles;
            }
        }
    }

    fn trouble(&self, reason: io::Error) -> Trouble {
        Trouble::CannotServe { address: self.address, reason }
    }
}

/// What somebody needs to come in. The password and the token are the simulation's: they open nothing else.
fn words(desired: &Desired, place: &Place, kubeconfig: Option<&Path>) -> String {
    let Place { proxmox, fingerprint, kubernetes, practice, .. } = place;
    let (token, secret) = TOKEN;
    let node = desired.home.proxmox.node.as_str();
    let (host, port) = (proxmox.ip(), proxmox.port());
    let cluster = match kubeconfig {
        Some(path) => format!("  kubectl --kubeconfig '{}' get nodes,pods --all-namespaces", path.display()),
        None => {
            "  `--kubeconfig FILE` writes the administrator's way in; `--up` brings the cluster up first".to_owned()
        }
    };
    format!(
        "\
A simulated home is served until Ctrl-C. Nothing real is behind it, and its passwords open nothing else.

To practise every command with it, in another terminal:

  export {VARIABLE}={practice}
  homelab status

For other programs:

Proxmox VE    https://{proxmox}
fingerprint   {fingerprint}
password      root@pam         {ROOT_PASSWORD}
token         homelab@pve      {token} = {secret}

  curl -k -d username=root@pam --data-urlencode 'password={ROOT_PASSWORD}' https://{proxmox}/api2/json/access/ticket
  curl -k -H 'Authorization: PVEAPIToken=homelab@pve!{token}={secret}' https://{proxmox}/api2/json/nodes/{node}/lxc
  python: proxmoxer.ProxmoxAPI('{host}', port={port}, user='root@pam', password='{ROOT_PASSWORD}', verify_ssl=False)
  homelab.toml: [proxmox] url = \"https://{proxmox}\", fingerprint = \"{fingerprint}\"

Kubernetes    https://{kubernetes}
{cluster}"
    )
}

fn view(desired: &Desired, place: &Place, kubeconfig: Option<&Path>) -> serde_json::Value {
    json!({
        "version": 1,
        "practice": place.practice,
        "proxmox": {
            "url": format!("https://{}", place.proxmox),
            "fingerprint": place.fingerprint,
            "node": desired.home.proxmox.node.as_str(),
            "user": "root@pam",
            "password": ROOT_PASSWORD,
            "token": format!("homelab@pve!{}", TOKEN.0),
            "token_secret": TOKEN.1,
        },
        "kubernetes": {
            "url": format!("https://{}", place.kubernetes),
            "kubeconfig": kubeconfig.map(|path| path.display().to_string()),
        },
    })
}
