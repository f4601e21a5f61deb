//! What steps share during one round.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use homelab_plan::config::Node;
use homelab_plan::plan::{Desired, Plan, Step};
use proxmox_client::{NodeName, Secret};

use super::failure::{Failure, StepError};
use crate::observe::{Blind, Manifests};
use crate::reach::{HostError, Output, Reach};

/// Makes secrets.
pub trait Random: Send + Sync {
    /// So many characters that nobody can guess: letters and digits.
    fn password(&self, characters: usize) -> Secret;
}

/// Hears what happens.
pub trait Listener: Send + Sync {
    /// Something happened.
    fn hear(&self, moment: Moment<'_>);

    /// Whether somebody asked to stop: running steps are finished, no others begin.
    fn wants_to_stop(&self) -> bool {
        false
    }
}

/// Something that happens during a run.
#[derive(Debug)]
pub enum Moment<'a> {
    /// This will be done next.
    Planned(&'a Plan),
    /// A step begins.
    Began(&'a Step),
    /// A step waits for something.
    Waits(&'a Step, String),
    /// A step is done.
    Done(&'a Step),
    /// A step failed.
    Failed(&'a Step, &'a Failure),
    /// The home could not be looked at just now.
    LookFailed(&'a Blind),
}

/// The release of K3s, once it is fetched: for all nodes, and for all rounds of a run.
pub(crate) type Release = tokio::sync::Mutex<Option<Arc<Vec<u8>>>>;

/// What steps share.
pub struct Context<'a> {
    pub(crate) reach: &'a Reach,
    pub(crate) desired: &'a Desired,
    pub(crate) manifests: &'a [Manifests],
    pub(crate) random: &'a dyn Random,
    pub(crate) release: Arc<Release>,
    taken_vmids: Mutex<BTreeSet<u32>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        reach: &'a Reach,
        desired: &'a Desired,
        manifests: &'a [Manifests],
        random: &'a dyn Random,
    ) -> Self {
        let (release, taken_vmids) = Default::default();
        Self { reach, desired, manifests, random, release, taken_vmids }
    }

    /// With what earlier rounds fetched.
    pub(super) fn with_release(self, release: &Arc<Release>) -> Self {
        Self { release: Arc::clone(release), ..self }
    }

    /// Numbers that turned out to be taken.
    pub(crate) fn taken_vmids(&self) -> BTreeSet<u32> {
        self.taken_vmids.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn vmid_is_taken(&self, vmid: u32) {
        self.taken_vmids.lock().unwrap_or_else(PoisonError::into_inner).insert(vmid);
    }

    /// The Proxmox node.
    pub(crate) fn host(&self) -> Result<NodeName, StepError> {
        let name = self.desired.home.proxmox.node.as_str();
        name.parse().map_err(|_| StepError::Final {
            sentence: format!("`{name}` is no name of a Proxmox node"),
            hint: "set `proxmox.node` in homelab.toml".to_owned(),
        })
    }

    /// A node of the file.
    pub(crate) fn node(&self, name: &str) -> Result<&'a Node, StepError> {
        let node = self.desired.home.nodes.iter().find(|node| node.name.as_str() == name);
        node.ok_or_else(|| StepError::Final {
            sentence: format!("`{name}` is no node of homelab.toml"),
            hint: "run `homelab plan` again".to_owned(),
        })
    }

    /// Runs commands on a node and gives what they left, whatever their status.
    pub(crate) async fn ask(&self, node: &Node, commands: &str) -> Result<Output, StepError> {
        let key = self.known_key(node.address.0)?;
        Ok(self.reach.hosts.run(node.address.0, &key, commands, &[]).await?)
    }

    /// Runs commands on a node, which must succeed.
    pub(crate) async fn tell(&self, node: &Node, commands: &str, input: &[u8]) -> Result<Output, StepError> {
        let key = self.known_key(node.address.0)?;
        let output = self.reach.hosts.run(node.address.0, &key, commands, input).await?;
        if output.status == 0 {
            return Ok(output);
        }
        Err(StepError::Command {
            node: node.name.as_str().to_owned(),
            command: commands.to_owned(),
            complaint: output.stderr.lines().last().unwrap_or("no reason given").to_owned(),
        })
    }

    /// Writes a file on a node, whole or not at all.
    ///
    /// To a command on the other side, a connection that breaks looks like the end of its input. So the size is compared
    /// before the file comes to its place.
    pub(crate) async fn write(&self, node: &Node, path: &str, mode: &str, content: &[u8]) -> Result<(), StepError> {
        let (new, bytes) = (format!("{path}.new"), content.len());
        let commands = format!(
            "install -D -m {mode} /dev/stdin {new} && test $(stat -c %s {new}) -eq {bytes} && mv -f {new} {path}"
        );
        match self.tell(node, &commands, content).await {
            Err(StepError::Command { node, complaint, .. }) => {
                // The program's own words name the file for the second time.
                let complaint = complaint.rsplit(": ").next().unwrap_or_default().to_owned();
                Err(StepError::NotWritten { node, path: path.to_owned(), complaint })
            }
            outcome => outcome.map(drop),
        }
    }

    fn known_key(&self, address: Ipv4Addr) -> Result<String, StepError> {
        let key = self.reach.desk.host_key(address)?;
        Ok(key.ok_or(HostError::Silent { address, cause: "its host key was never seen".to_owned() })?)
    }
}
