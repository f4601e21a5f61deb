//! How long things take: every time that the virtual clock assumes, in one table, with its reason.
//!
//! None of it was measured at a real home. The figures are those of a small computer with two free cores, an SSD and a line of
//! 100 Mbit/s, reckoned from sizes where there are sizes, and rounded up. A faster home changes the figures and not the order
//! of the steps; what is claimed is that a bring-up takes little longer than its longest chain of steps
//! (`apps/homelab/tests/rehearse/chain.rs`).

use std::time::Duration;

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assumed {
    /// Its name in this file.
    pub name: &'static str,
    /// How long it takes.
    pub time: Duration,
    /// What it is, and why so long.
    pub reason: &'static str,
}

/// Declares the constants, and the table of all of them.
macro_rules! latencies {
    ($(#[doc = $reason:literal] $name:ident: $milliseconds:literal,)+) => {
        $(#[doc = $reason] pub const $name: Duration = Duration::from_millis($milliseconds);)+

        /// All of them, in the order in which a bring-up meets them.
        pub const TABLE: &[Assumed] = &[$(Assumed {
            name: stringify!($name),
            time: $name,
            reason: $reason.trim_ascii(),
        }),+];
    };
}

latencies! {
    /// One way of a call to Proxmox: a kept TLS connection at home, and a Perl worker that answers in some 20 ms.
    PROXMOX_WAY: 15,
    /// Proxmox holds every 401 back, against guessing (`PVE/APIServer/AnyEvent.pm` of pve-http-server).
    REFUSED_LOGIN: 3_000,
    /// One way to a server on the internet, from Japan to its nearest edge and back in twice this.
    INTERNET_WAY: 60,
    /// The host downloads a template: 135 MiB at 100 Mbit/s are 11.3 s, and its checksum.
    TEMPLATE_DOWNLOAD: 12_000,
    /// A release of K3s comes to this computer: 75 MB at 100 Mbit/s.
    K3S_DOWNLOAD: 6_000,
    /// A container is made: a file system of 50 GiB on a thin volume, and 135 MiB of template that unpack to 500 MB.
    CONTAINER_CREATE: 11_000,
    /// A container's start: its volume is mounted, its AppArmor profile compiled, its network set up.
    CONTAINER_START: 4_000,
    /// From a container's start until its SSH server answers: systemd, and at the first time new host keys.
    CONTAINER_BOOT: 6_000,
    /// A container is stopped without being asked.
    CONTAINER_STOP: 2_000,
    /// A container shuts down in good order.
    CONTAINER_SHUTDOWN: 9_000,
    /// A container is stopped and started.
    CONTAINER_REBOOT: 8_000,
    /// A container and its volume are removed.
    CONTAINER_DESTROY: 3_000,
    /// A thin volume and the file system on it grow.
    DISK_GROW: 2_000,
    /// A file is removed from a storage.
    FILE_DELETE: 1_000,
    /// A backup of a container that has just been made: 2 GB at 50 MB/s.
    CONTAINER_BACKUP: 40_000,
    /// One way over SSH, the hand-shake in it: a command and its answer are some 160 ms without a kept connection.
    SSH_WAY: 40,
    /// What a small command takes on a machine.
    COMMAND: 5,
    /// The binary of K3s is copied to a node: 75 MB through one core's worth of encryption onto the host's own disk.
    K3S_COPY: 2_000,
    /// The `k3s` program says something: it unpacks itself the first time.
    K3S_COMMAND: 200,
    /// A unit that runs once and is over.
    UNIT: 50,
    /// A server of K3s until systemd calls it started: certificates, etcd, the API server, the first controllers.
    K3S_SERVER: 22_000,
    /// An agent's unit is called started as soon as it runs.
    K3S_AGENT: 1_000,
    /// From an agent's start until its node is ready: containerd, its images, the network.
    K3S_JOIN: 14_000,
    /// How often an agent knocks at a server that does not answer.
    K3S_KNOCK: 5_000,
    /// Until a K3s that cannot start gives up.
    K3S_FAILS: 8_000,
    /// etcd writes a snapshot of a small cluster.
    ETCD_SNAPSHOT: 3_000,
    /// etcd begins anew from a snapshot, K3s reads its certificates out of it, and ends.
    ETCD_RESET: 25_000,
    /// One way of a call to the API server, on a connection that is kept.
    KUBERNETES_WAY: 4,
    /// Until a controller has seen a new object.
    CONTROLLER: 800,
    /// A chart is installed by a job: the image of the job, 40 MB, and what Helm does.
    CHART_JOB: 25_000,
    /// A pod of Argo CD until it is ready: 190 MB at 100 Mbit/s, the same again to unpack them, and its first probe.
    ARGOCD_POD: 40_000,
    /// PostgreSQL until it takes connections: 160 MB of image, unpacked, and a new database cluster.
    POSTGRES_POD: 30_000,
    /// Any other pod until it is ready: an image of 50 MB, and its first probe.
    POD: 14_000,
    /// How often a pod that cannot start is looked at again.
    POD_RETRY: 5_000,
    /// How long a pod that crashed waits.
    POD_BACK_OFF: 20_000,
    /// A program inside a pod does something with a small database.
    POD_EXEC: 900,
    /// Argo CD looks at a new Application.
    ARGOCD_SYNC: 6_000,
    /// How often Argo CD looks again. The real one takes minutes; nothing here waits for less.
    ARGOCD_REFRESH: 10_000,
    /// Argo CD deletes what an Application brought.
    ARGOCD_CASCADE: 8_000,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_has_a_reason_and_no_time_is_nothing() {
        assert!(TABLE.iter().all(|row| row.reason.len() > 20 && row.reason.ends_with('.') && !row.time.is_zero()));
        assert_eq!(TABLE[0].reason.lines().count(), 1);
    }
}
