//! K3s on a machine: what it needs to start, and what it does then. Sources are named where a fact is not obvious; the rest
//! is `install.sh` of k3s-io/k3s and its documentation.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Output;
use super::command::{failed, printed};
use super::files::File;
use super::machine::name;
use crate::cluster;
use crate::latency;
use crate::web;
use crate::world::State;

/// The option that names a snapshot.
const RESTORE_PATH: &str = "--cluster-reset-restore-path=";

/// What K3s is on this machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct K3s {
    /// What runs now.
    pub(crate) role: Option<Role>,
    /// The version that runs.
    pub(crate) version: String,
    /// Counts starts, so that what an earlier start planned does not happen any more.
    generation: u64,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It holds the cluster's state.
    Server,
    /// It runs pods.
    Agent,
}

/// The configuration file, as far as it matters here: values by key, lists as several.
type Config = BTreeMap<String, Vec<String>>;

/// Starts a unit, and says how long `systemctl` waits for it.
pub(super) fn start_unit(state: &mut State, vmid: u32, unit: &str) -> (Output, Duration) {
    let Some(machine) = state.machines.get_mut(&vmid) else { return (Output::default(), Duration::ZERO) };
    let text = machine.text(&format!("/etc/systemd/system/{unit}.service")).unwrap_or_default();
    let role = match () {
        () if text.contains("k3s server") => Role::Server,
        () if text.contains("k3s agent") => Role::Agent,
        () => {
            if text.contains("--make-rshared /") {
                machine.is_shared_root = true;
            }
            machine.active_units.insert(unit.to_owned());
            return (Output::default(), latency::UNIT);
        }
    };
    match check(state, vmid, role) {
        Ok((version, config)) => run(state, vmid, unit, role, &version, &config),
        Err(problem) => {
            if let Some(machine) = state.machines.get_mut(&vmid) {
                machine.log(unit, problem);
            }
            let text = format!(
                "Job for {unit}.service failed because the control process exited with error code.\nSee \"systemctl status {unit}.service\" and \"journalctl -xeu {unit}.service\" for details."
            );
            (failed(1, &text), latency::K3S_FAILS)
        }
    }
}

/// What K3s finds missing at its start, in its own words.
fn check(state: &State, vmid: u32, role: Role) -> Result<(String, Config), String> {
    let machine = &state.machines[&vmid];
    let binary = machine
        .files
        .get("/usr/local/bin/k3s")
        .ok_or("k3s.service: Unable to locate executable '/usr/local/bin/k3s': No such file or directory")?;
    let version = web::version_of(&binary.bytes)
        .ok_or("k3s.service: Failed at step EXEC spawning /usr/local/bin/k3s: Exec format error")?;
    if binary.mode & 0o111 == 0 {
        return Err("k3s.service: Failed at step EXEC spawning /usr/local/bin/k3s: Permission denied".to_owned());
    }
    let config = parse(&machine.text("/etc/rancher/k3s/config.yaml").unwrap_or_default());
    // K3s adds the gate under `--rootless` only, not where it merely finds itself in a user namespace
    // (`createRootlessConfig` in pkg/daemons/agent/agent_linux.go).
    let has_gate =
        values(&config, "kubelet-arg").iter().any(|argument| argument.contains("KubeletInUserNamespace=true"));
    if !has_gate {
        return Err("level=fatal msg=\"Failed to start ContainerManager\" err=\"open /proc/sys/kernel/panic: permission denied (hint: enable KubeletInUserNamespace feature flag to ignore the error)\"".to_owned());
    }
    let snapshotter = config.get("snapshotter").and_then(|list| list.first()).map_or("overlayfs", String::as_str);
    if snapshotter == "overlayfs" && is_on_zfs(state, vmid) {
        return Err("level=fatal msg=\"\\\"overlayfs\\\" snapshotter cannot be enabled for \\\"/var/lib/rancher/k3s/agent/containerd\\\", try using \\\"fuse-overlayfs\\\" or \\\"native\\\": failed to mount overlay: permission denied\"".to_owned());
    }
    if role == Role::Server && values(&config, "server").is_empty() {
        cluster::fits_its_state(state, vmid, values(&config, "token").first().map(String::as_str))?;
    }
    if role == Role::Agent && (values(&config, "server").is_empty() || values(&config, "token").is_empty()) {
        return Err("level=fatal msg=\"--server and --token are required\"".to_owned());
    }
    Ok((version, config))
}

fn run(state: &mut State, vmid: u32, unit: &str, role: Role, version: &str, config: &Config) -> (Output, Duration) {
    let Some(machine) = state.machines.get_mut(&vmid) else { return (Output::default(), Duration::ZERO) };
    machine.active_units.insert(unit.to_owned());
    let generation = machine.k3s.generation + 1;
    machine.k3s = K3s { role: Some(role), version: version.to_owned(), generation };
    let place = name(state, vmid);
    state.tell(&place, format!("{unit} {version} starts"));
    match role {
        // The unit is of type `notify`.
        Role::Server if values(config, "server").is_empty() => {
            cluster::server_is_down(state, vmid);
            let config = config.clone();
            state.later(latency::K3S_SERVER, move |state| serve(state, vmid, generation, &config));
            (Output::default(), latency::K3S_SERVER)
        }
        // A server that joins others is not ready before it has.
        Role::Server | Role::Agent => {
            let config = config.clone();
            state.later(latency::K3S_JOIN, move |state| join(state, vmid, generation, role, &config));
            (Output::default(), if role == Role::Server { latency::K3S_SERVER } else { latency::K3S_AGENT })
        }
    }
}

/// Whether the start of this number is still the one that runs.
fn is_current(state: &State, vmid: u32, generation: u64) -> bool {
    state.machines.get(&vmid).is_some_and(|machine| machine.k3s.generation == generation && machine.k3s.role.is_some())
}

/// The server is ready: its files are there, and its port answers.
fn serve(state: &mut State, vmid: u32, generation: u64, config: &Config) {
    if !is_current(state, vmid, generation) {
        return;
    }
    let given = values(config, "token").first().cloned();
    let token = cluster::server_is_up(state, vmid, given);
    let address =
        state.proxmox.containers.get(&vmid).and_then(super::super::proxmox::Container::address).unwrap_or_default();
    let kubeconfig = cluster::kubeconfig(state);
    let Some(machine) = state.machines.get_mut(&vmid) else { return };
    // The full form pins the certificate authority of the cluster.
    machine
        .files
        .insert("/var/lib/rancher/k3s/server/token".to_owned(), File::new(0o600, format!("{token}\n").as_bytes()));
    machine.files.insert("/etc/rancher/k3s/k3s.yaml".to_owned(), File::new(0o600, kubeconfig.as_bytes()));
    machine.log("k3s", format!("level=info msg=\"k3s is up and running\" address={address}"));
    register(state, vmid, generation, Role::Server);
}

/// A node knocks until a server answers.
fn join(state: &mut State, vmid: u32, generation: u64, role: Role, config: &Config) {
    if !is_current(state, vmid, generation) {
        return;
    }
    let server = values(config, "server").first().cloned().unwrap_or_default();
    let token = values(config, "token").first().cloned().unwrap_or_default();
    match cluster::admits(state, &server, &token) {
        Ok(()) => register(state, vmid, generation, role),
        Err(problem) => {
            if let Some(machine) = state.machines.get_mut(&vmid) {
                machine.log(unit_of(role), format!("level=error msg=\"failed to get CA certs: {problem}\""));
            }
            let config = config.clone();
            state.later(latency::K3S_KNOCK, move |state| join(state, vmid, generation, role, &config));
        }
    }
}

/// The kubelet registers its node, again and again until it is taken.
fn register(state: &mut State, vmid: u32, generation: u64, role: Role) {
    if !is_current(state, vmid, generation) {
        return;
    }
    let version = state.machines.get(&vmid).map(|machine| machine.k3s.version.clone()).unwrap_or_default();
    if let Err(problem) = cluster::node_registers(state, vmid, role, &version) {
        if let Some(machine) = state.machines.get_mut(&vmid) {
            machine.log(unit_of(role), format!("level=error msg=\"{problem}\""));
        }
        state.later(latency::K3S_KNOCK, move |state| register(state, vmid, generation, role));
    }
}

fn unit_of(role: Role) -> &'static str {
    match role {
        Role::Server => "k3s",
        Role::Agent => "k3s-agent",
    }
}

/// K3s was stopped.
pub(super) fn stop(state: &mut State, vmid: u32) {
    if let Some(machine) = state.machines.get_mut(&vmid) {
        let generation = machine.k3s.generation + 1;
        machine.k3s = K3s { generation, ..K3s::default() };
    }
    cluster::node_is_away(state, vmid);
}

/// Whether the root file system is a dataset of ZFS.
pub(super) fn is_on_zfs(state: &State, vmid: u32) -> bool {
    let volume = state.proxmox.containers.get(&vmid).and_then(super::super::proxmox::Container::root_volume);
    volume.is_some_and(|volume| state.proxmox.is_zfs(volume.split(':').next().unwrap_or_default()))
}

/// `k3s …` on the command line.
pub(super) fn command(state: &mut State, vmid: u32, words: &[&str], input: &[u8]) -> (Output, Duration) {
    let moment = latency::K3S_COMMAND;
    let machine = &state.machines[&vmid];
    let Some(binary) = machine.files.get("/usr/local/bin/k3s") else {
        return (failed(127, "sh: 1: k3s: not found"), moment);
    };
    let Some(version) = web::version_of(&binary.bytes) else {
        return (failed(126, "sh: 1: k3s: Exec format error"), moment);
    };
    match words {
        ["--version"] => (printed(format!("k3s version {version} (0123abcd)\ngo version go1.25.4\n")), moment),
        ["etcd-snapshot", "save", "--name", name] => cluster::save_snapshot(state, vmid, name),
        ["etcd-snapshot", "delete", name] => (cluster::delete_snapshot(state, vmid, name), moment),
        ["etcd-snapshot", "ls"] => (cluster::list_snapshots(state, vmid), moment),
        ["server", "--cluster-reset", path] if path.starts_with(RESTORE_PATH) => {
            let config = parse(&machine.text("/etc/rancher/k3s/config.yaml").unwrap_or_default());
            let token = values(&config, "token").first().cloned().unwrap_or_default();
            cluster::reset(state, vmid, path.trim_start_matches(RESTORE_PATH), &token)
        }
        ["kubectl", "exec", "--stdin", "--namespace", namespace, pod, "--", program @ ..] => {
            if machine.k3s.role != Some(Role::Server) {
                return (
                    failed(
                        1,
                        "The connection to the server localhost:8080 was refused - did you specify the right host or port?",
                    ),
                    moment,
                );
            }
            (cluster::exec(state, namespace, pod, program, input), latency::POD_EXEC)
        }
        _ => (failed(1, &format!("the simulation knows no `k3s {}`", words.join(" "))), moment),
    }
}

fn values(config: &Config, key: &str) -> Vec<String> {
    config.get(key).cloned().unwrap_or_default()
}

/// Reads the YAML that configuration files of K3s are: keys with one value or a list of values.
fn parse(text: &str) -> Config {
    let mut config = Config::new();
    let mut key = String::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#') && !line.trim().is_empty()) {
        let plain = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            config.entry(key.clone()).or_default().push(plain(item));
        } else if let Some((name, value)) = line.split_once(':') {
            key = plain(name);
            let list = config.entry(key.clone()).or_default();
            if !value.trim().is_empty() {
                list.push(plain(value));
            }
        }
    }
    config
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configuration_is_read_with_lists_and_quotes() {
        let config = parse(
            "# a comment\ncluster-init: true\ntoken: \"a:b\"\nkubelet-arg:\n  - feature-gates=KubeletInUserNamespace=true\n  - 'x=1'\n",
        );
        assert_eq!(values(&config, "cluster-init"), ["true"]);
        assert_eq!(values(&config, "token"), ["a:b"]);
        assert_eq!(values(&config, "kubelet-arg"), ["feature-gates=KubeletInUserNamespace=true", "x=1"]);
    }
}
