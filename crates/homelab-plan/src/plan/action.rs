//! One thing to do, as data: what it is, how much it disturbs, and how it is taken back.

use serde::Serialize;

use super::desired::ContainerSpec;
use crate::bytes::Bytes;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The host downloads a template, and checks it.
    DownloadTemplate {
        /// The storage for it.
        storage: String,
        /// The file's name.
        template: String,
    },
    /// A container is made, and not started.
    CreateContainer {
        /// Its number.
        vmid: u32,
        /// The template, as a volume.
        template: String,
        /// What it should be like.
        spec: Box<ContainerSpec>,
    },
    /// Settings of a container are brought back to the file's.
    ConfigureContainer {
        /// The node.
        node: String,
        /// Its number.
        vmid: u32,
        /// What it should be like.
        spec: Box<ContainerSpec>,
        /// What differs.
        changes: Vec<Change>,
        /// Whether it must be started again for that.
        needs_restart: bool,
    },
    /// A container's disk grows.
    GrowDisk {
        /// The node.
        node: String,
        /// Its number.
        vmid: u32,
        /// From this size.
        from: Bytes,
        /// To this size.
        to: Bytes,
    },
    /// A container is started.
    StartContainer {
        /// The node.
        node: String,
        /// Its number.
        vmid: u32,
    },
    /// A container's SSH server answers, and its host key is remembered.
    MeetMachine {
        /// The node.
        node: String,
        /// Whether the container is made in this very plan, so that a key from before is of another machine.
        is_new: bool,
    },
    /// What K3s needs around it.
    PrepareMachine {
        /// The node.
        node: String,
    },
    /// The release of K3s comes to this computer, once for all nodes.
    FetchK3s {
        /// The release.
        version: String,
    },
    /// The binary of K3s goes to a node.
    InstallK3s {
        /// The node.
        node: String,
        /// The release.
        version: String,
    },
    /// The configuration and the unit of K3s go to a node.
    ConfigureK3s {
        /// The node.
        node: String,
    },
    /// K3s starts on a node, or starts again with its new configuration.
    StartK3s {
        /// The node.
        node: String,
        /// Whether it runs already.
        is_restart: bool,
    },
    /// The cluster forgets a node whose machine is gone, so that a new machine may have its name.
    ForgetNode {
        /// The node.
        node: String,
    },
    /// The cluster counts the node as ready.
    AwaitNode {
        /// The node.
        node: String,
    },
    /// The way into the cluster is written into the kubeconfig of this computer.
    SaveKubeconfig {
        /// The context.
        context: String,
    },
    /// A password is made and put into a Secret, straight.
    MakeSecret {
        /// `namespace/name`.
        secret: String,
    },
    /// Manifests go to the cluster.
    ApplyComponent {
        /// What it is called.
        component: String,
        /// Whether an earlier version of it is there.
        is_update: bool,
    },
    /// It is waited for until it works.
    AwaitComponent {
        /// What it is called.
        component: String,
    },
}

/// A setting that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its name in Proxmox.
    pub setting: &'static str,
    /// As it is.
    pub from: String,
    /// As it should be.
    pub to: String,
}

/// How much a step disturbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Nothing changes: something is waited for, or brought to this computer.
    Look,
    /// Something new comes.
    Create,
    /// Something changes while it runs on.
    InPlace,
    /// Something stops for a moment.
    Restart,
}

impl Action {
    /// A name for it that stays the same from plan to plan.
    pub fn id(&self) -> String {
        match self {
            Self::DownloadTemplate { .. } => "download-template".to_owned(),
            Self::CreateContainer { spec, .. } => format!("create-{}", spec.name),
            Self::ConfigureContainer { node, .. } => format!("configure-{node}"),
            Self::GrowDisk { node, .. } => format!("grow-disk-{node}"),
            Self::StartContainer { node, .. } => format!("start-{node}"),
            Self::MeetMachine { node, .. } => format!("meet-{node}"),
            Self::PrepareMachine { node } => format!("prepare-{node}"),
            Self::FetchK3s { .. } => "fetch-k3s".to_owned(),
            Self::InstallK3s { node, .. } => format!("install-k3s-{node}"),
            Self::ConfigureK3s { node } => format!("configure-k3s-{node}"),
            Self::StartK3s { node, .. } => format!("start-k3s-{node}"),
            Self::ForgetNode { node } => format!("forget-{node}"),
            Self::AwaitNode { node } => format!("await-{node}"),
            Self::SaveKubeconfig { .. } => "save-kubeconfig".to_owned(),
            Self::MakeSecret { secret } => format!("secret-{}", secret.replace('/', "-")),
            Self::ApplyComponent { component, .. } => format!("apply-{component}"),
            Self::AwaitComponent { component } => format!("await-{component}"),
        }
    }

    /// How much it disturbs.
    pub fn class(&self) -> Class {
        match self {
            Self::MeetMachine { .. } | Self::FetchK3s { .. } | Self::AwaitNode { .. } | Self::AwaitComponent { .. } => {
                Class::Look
            }
            Self::DownloadTemplate { .. }
            | Self::CreateContainer { .. }
            | Self::MakeSecret { .. }
            | Self::InstallK3s { .. }
            | Self::StartContainer { .. }
            | Self::SaveKubeconfig { .. }
            | Self::StartK3s { is_restart: false, .. }
            | Self::ApplyComponent { is_update: false, .. } => Class::Create,
            Self::GrowDisk { .. }
            | Self::PrepareMachine { .. }
            | Self::ConfigureK3s { .. }
            | Self::ApplyComponent { .. }
            | Self::ForgetNode { .. }
            | Self::ConfigureContainer { needs_restart: false, .. } => Class::InPlace,
            Self::ConfigureContainer { .. } | Self::StartK3s { .. } => Class::Restart,
        }
    }

    /// What it is about: a node, the host, the cluster or this computer.
    pub fn place(&self) -> &str {
        match self {
            Self::DownloadTemplate { .. } => "host",
            Self::CreateContainer { spec, .. } => &spec.name,
            Self::ConfigureContainer { node, .. }
            | Self::GrowDisk { node, .. }
            | Self::StartContainer { node, .. }
            | Self::MeetMachine { node, .. }
            | Self::PrepareMachine { node }
            | Self::InstallK3s { node, .. }
            | Self::ConfigureK3s { node }
            | Self::StartK3s { node, .. }
            | Self::AwaitNode { node } => node,
            Self::FetchK3s { .. } | Self::SaveKubeconfig { .. } => "here",
            Self::ForgetNode { .. }
            | Self::MakeSecret { .. }
            | Self::ApplyComponent { .. }
            | Self::AwaitComponent { .. } => "cluster",
        }
    }

    /// What it does, for a person.
    pub fn sentence(&self) -> String {
        match self {
            Self::DownloadTemplate { storage, template } => format!("download `{template}` to `{storage}`"),
            Self::CreateContainer { vmid, spec, .. } => format!(
                "create container {vmid}: {} cores, {} memory, {} disk on `{}`, {}/{}, {}",
                spec.cores,
                spec.memory,
                spec.disk,
                spec.storage,
                spec.address,
                spec.prefix,
                features(spec),
            ),
            Self::ConfigureContainer { vmid, changes, .. } => {
                let changes =
                    changes.iter().map(|change| format!("{} {} -> {}", change.setting, change.from, change.to));
                format!("configure container {vmid}: {}", changes.collect::<Vec<_>>().join(", "))
            }
            Self::GrowDisk { vmid, from, to, .. } => format!("grow the disk of container {vmid}: {from} -> {to}"),
            Self::StartContainer { vmid, .. } => format!("start container {vmid}"),
            Self::MeetMachine { is_new: true, .. } => "wait for SSH, remember the host key".to_owned(),
            Self::MeetMachine { .. } => "wait for SSH, compare the host key".to_owned(),
            Self::PrepareMachine { .. } => {
                "share mounts with pods, try how image layers can be put together".to_owned()
            }
            Self::FetchK3s { version } => format!("download K3s {version}, check its checksum"),
            Self::InstallK3s { version, .. } => format!("copy K3s {version} to the node"),
            Self::ConfigureK3s { .. } => "write the configuration and the unit of K3s".to_owned(),
            Self::StartK3s { is_restart: false, .. } => "start K3s".to_owned(),
            Self::StartK3s { .. } => "restart K3s with its new configuration".to_owned(),
            Self::ForgetNode { node } => {
                format!("forget the `{node}` that is gone, so that a new one may have its name")
            }
            Self::AwaitNode { .. } => "wait until the node is ready".to_owned(),
            Self::SaveKubeconfig { context } => format!("write the context `{context}` into your kubeconfig"),
            Self::MakeSecret { secret } => format!("generate a password into the Secret `{secret}`"),
            Self::ApplyComponent { component, is_update: false } => format!("apply {}", titled(component)),
            Self::ApplyComponent { component, .. } => format!("apply the changes of {}", titled(component)),
            Self::AwaitComponent { component } => format!("wait until {} is ready", titled(component)),
        }
    }

    /// How it is taken back.
    pub fn undo(&self) -> &'static str {
        match self {
            Self::DownloadTemplate { .. } => "remove the template from the storage",
            Self::CreateContainer { .. } | Self::StartContainer { .. } => "`homelab down`, or `homelab node remove`",
            Self::ConfigureContainer { .. } => "write the old values into `homelab.toml`, run again",
            Self::GrowDisk { .. } => "no way back: disks only grow",
            Self::MeetMachine { .. } => "remove the line from `.homelab/known_hosts`",
            Self::PrepareMachine { .. }
            | Self::InstallK3s { .. }
            | Self::ConfigureK3s { .. }
            | Self::StartK3s { .. } => "`homelab node remove`",
            Self::ForgetNode { .. } => "no way back: a node that comes again makes itself known anew",
            Self::FetchK3s { .. } => "empty the cache",
            Self::AwaitNode { .. } | Self::AwaitComponent { .. } => "nothing is changed",
            Self::SaveKubeconfig { .. } => "`kubectl config delete-context`",
            Self::MakeSecret { .. } => "no way back once something uses it: rotate it instead",
            Self::ApplyComponent { .. } => "git revert, and run again",
        }
    }
}

fn features(spec: &ContainerSpec) -> String {
    let names: Vec<&str> = spec.features.iter().map(String::as_str).collect();
    if names.is_empty() { "unprivileged".to_owned() } else { format!("unprivileged, {}", names.join(" and ")) }
}

fn titled(component: &str) -> &str {
    match component {
        "argocd" => "Argo CD",
        "postgres" => "PostgreSQL",
        "valkey" => "Valkey",
        other => other,
    }
}
