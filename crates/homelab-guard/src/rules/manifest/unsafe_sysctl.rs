//! Kernel settings of pods.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/unsafe-sysctl",
    severity: Severity::Error,
    title: "a pod changes a kernel setting that is not its own",
    reason: "Only few settings are kept apart for each pod. The others change the node for everybody, and the kubelet refuses the pod unless it was told to allow them.",
    fix: "Remove the setting, or set it on the node.",
    fires: &[Example {
        files: &[(
            "k8s/web/pod.yaml",
            pod!("  securityContext: {sysctls: [{name: kernel.msgmax, value: \"65536\"}]}\n"),
        )],
    }],
    silent: &[Example {
        files: &[(
            "k8s/web/pod.yaml",
            pod!("  securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: \"1\"}]}\n"),
        )],
    }],
    check: Check::Tree(check),
};

/// What Kubernetes calls safe.
const SAFE: &[&str] = &[
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
];

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for pod in tree.manifests().pods() {
        let settings = pod.spec.get(["securityContext", "sysctls"]).map_or(&[][..], Node::items);
        for setting in settings {
            let Some(name) = setting.child("name").and_then(Node::as_str) else { continue };
            if !SAFE.contains(&name.replace('/', ".").as_str()) {
                let message = format!("{} changes `{name}`, which is not kept apart for each pod", pod.object.title());
                report.add(pod.object.at(setting.place), message);
            }
        }
    }
}
