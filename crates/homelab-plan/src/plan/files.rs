//! The files that are written to machines, word for word.

use std::fmt::Write;

use super::desired::Desired;
use crate::bytes::Bytes;
use crate::config::Node;
use crate::config::{Role, Snapshotter};

/// Where the configuration of K3s lies.
pub const CONFIG_PATH: &str = "/etc/rancher/k3s/config.yaml";

/// Where the binary of K3s lies.
pub const BINARY_PATH: &str = "/usr/local/bin/k3s";

/// Where a server writes the token with which others join.
pub const SERVER_TOKEN_PATH: &str = "/var/lib/rancher/k3s/server/token";

/// Where a server writes the way in for administrators.
pub const KUBECONFIG_PATH: &str = "/etc/rancher/k3s/k3s.yaml";

/// The unit that shares `/` with pods, without its ending.
pub const SHARED_MOUNT_UNIT: &str = "homelab-shared-mount";

/// In a container `/` is a private mount, and pods that ask for mount propagation would not start.
pub const SHARED_MOUNT: &str = "\
[Unit]
Description=Shares mounts with pods
DefaultDependencies=no
Before=k3s.service k3s-agent.service
After=local-fs.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/mount --make-rshared /

[Install]
WantedBy=multi-user.target
";

/// The path of a unit.
pub fn unit_path(unit: &str) -> String {
    format!("/etc/systemd/system/{unit}.service")
}

/// The name of K3s's unit, as its installer has it.
pub fn unit_name(role: Role) -> &'static str {
    match role {
        Role::Server => "k3s",
        Role::Agent => "k3s-agent",
    }
}

/// K3s's unit: what its installer writes, as far as a container needs it. Modules are the host's, so nothing is probed.
pub fn unit(role: Role) -> String {
    let (kind, verb) = match role {
        Role::Server => ("notify", "server"),
        Role::Agent => ("exec", "agent"),
    };
    format!(
        "\
[Unit]
Description=Lightweight Kubernetes
Documentation=https://k3s.io
Wants=network-online.target
After=network-online.target {SHARED_MOUNT_UNIT}.service

[Service]
Type={kind}
KillMode=process
Delegate=yes
User=root
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
TimeoutStartSec=0
Restart=always
RestartSec=5s
ExecStart={BINARY_PATH} {verb}

[Install]
WantedBy=multi-user.target
"
    )
}

/// How image layers are put together: as the file says, or as the trial on the machine says.
pub fn snapshotter(desired: &Desired, can_overlay: bool) -> Snapshotter {
    match desired.home.k3s.snapshotter {
        Snapshotter::Auto if can_overlay => Snapshotter::Overlayfs,
        Snapshotter::Auto => Snapshotter::Native,
        chosen => chosen,
    }
}

/// The line that holds the token. It stands apart, so that everything else can be compared and shown.
pub fn token_line(token: &str) -> String {
    format!("token: \"{token}\"\n")
}

/// The configuration of K3s on `node`, without the token.
pub fn config(desired: &Desired, node: &Node, snapshotter: Snapshotter) -> String {
    let home = &desired.home;
    let mut text = String::from("# Written by homelab. Changes made here are undone by the next `homelab up`.\n");
    let mut line = |key: &str, value: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{key}: {value}");
    };
    line("node-name", node.name.as_str());
    line("node-ip", &node.address.to_string());
    line("snapshotter", snapshotter_name(snapshotter));
    let is_first = desired.first_server().is_some_and(|first| first.name == node.name);
    if let (false, Some(first)) = (is_first, desired.first_server()) {
        line("server", &format!("https://{}:6443", first.address));
    }
    if node.role == Role::Server {
        line("secrets-encryption", "true");
        line("cluster-cidr", &home.k3s.pod_network.to_string());
        line("service-cidr", &home.k3s.service_network.to_string());
        line("write-kubeconfig-mode", "\"0600\"");
        if is_first && desired.has_etcd() {
            line("cluster-init", "true");
        }
        text.push_str("tls-san:\n");
        for server in home.nodes.iter().filter(|node| node.role == Role::Server) {
            let _ = writeln!(text, "  - {}\n  - {}", server.name.as_str(), server.address);
        }
    }
    text.push_str("kubelet-arg:\n");
    for argument in kubelet_arguments(desired, node.role) {
        let _ = writeln!(text, "  - {argument}");
    }
    text
}

fn snapshotter_name(snapshotter: Snapshotter) -> &'static str {
    match snapshotter {
        Snapshotter::Native => "native",
        Snapshotter::Auto | Snapshotter::Overlayfs => "overlayfs",
    }
}

/// The gate is needed in every unprivileged container: K3s sets it under `--rootless` only (`createRootlessConfig` in
/// `pkg/daemons/agent/agent_linux.go` of k3s-io/k3s). The reservations give the kubelet what K3s alone does not: a bound on
/// what pods may take, and an orderly eviction before the kernel kills somebody.
fn kubelet_arguments(desired: &Desired, role: Role) -> [String; 4] {
    let reserved = &desired.home.reserved;
    let k3s = match role {
        Role::Server => reserved.server,
        Role::Agent => reserved.agent,
    };
    let mebibytes = |bytes: Bytes| bytes.to_kubernetes();
    [
        "feature-gates=KubeletInUserNamespace=true".to_owned(),
        format!("kube-reserved=memory={}", mebibytes(k3s)),
        format!("system-reserved=memory={}", mebibytes(reserved.system)),
        format!(
            "eviction-hard=memory.available<{},nodefs.available<5%,imagefs.available<5%",
            mebibytes(reserved.eviction)
        ),
    ]
}
