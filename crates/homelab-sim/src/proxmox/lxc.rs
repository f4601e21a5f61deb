//! `/nodes/{node}/lxc`: containers. Facts from `src/PVE/API2/LXC.pm`, `src/PVE/LXC.pm` and `src/PVE/LXC/Config.pm` of
//! pve-container.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::caller::Caller;
use super::container::Container;
use super::task::{begin, misfortune};
use super::{Failure, Parameters, permission, property, storage};
use crate::fault::Fault;
use crate::host;
use crate::latency;
use crate::world::State;

/// Where `nextid` begins.
const FIRST_ID: u32 = 100;

/// Keys that a running container takes over at once (`$LXC_FASTPLUG_OPTIONS`); the others wait for a reboot.
const LIVE_KEYS: &[&str] = &[
    "cores",
    "cpulimit",
    "cpuunits",
    "memory",
    "swap",
    "hostname",
    "tags",
    "onboot",
    "startup",
    "description",
    "protection",
    "nameserver",
    "searchdomain",
];

/// Parameters that are no part of the configuration.
const NOT_CONFIG: &[&str] = &[
    "node",
    "vmid",
    "ostemplate",
    "storage",
    "password",
    "ssh-public-keys",
    "pool",
    "start",
    "force",
    "delete",
    "digest",
    "revert",
    "restore",
    "unique",
    "bwlimit",
    "ignore-unpack-errors",
];

fn vmid(parameters: &Parameters) -> u32 {
    parameters.number("vmid").and_then(|vmid| vmid.try_into().ok()).unwrap_or_default()
}

fn find<'a>(state: &'a State, parameters: &Parameters) -> Result<&'a Container, Failure> {
    let vmid = vmid(parameters);
    state.proxmox.containers.get(&vmid).ok_or_else(|| missing(state, vmid))
}

fn missing(state: &State, vmid: u32) -> Failure {
    Failure::died(format!("Configuration file 'nodes/{}/lxc/{vmid}.conf' does not exist", state.proxmox.node))
}

/// One that nobody else holds just now.
fn find_unlocked<'a>(state: &'a mut State, parameters: &Parameters) -> Result<&'a mut Container, Failure> {
    let vmid = vmid(parameters);
    if state.fault("pve", Fault::Locked, 1)
        && state.proxmox.containers.get(&vmid).is_some_and(|found| found.lock.is_none())
    {
        hold(state, vmid, "backup", Duration::from_secs(30));
    }
    let absent = missing(state, vmid);
    let container = state.proxmox.containers.get_mut(&vmid).ok_or(absent)?;
    match &container.lock {
        Some(lock) => Err(Failure::died(format!("CT is locked ({lock})"))),
        None => Ok(container),
    }
}

/// Somebody holds the container for a while.
fn hold(state: &mut State, vmid: u32, lock: &str, time: Duration) {
    if let Some(container) = state.proxmox.containers.get_mut(&vmid) {
        container.lock = Some(lock.to_owned());
    }
    state.later(time, move |state| release(state, vmid));
}

fn release(state: &mut State, vmid: u32) {
    if let Some(container) = state.proxmox.containers.get_mut(&vmid) {
        container.lock = None;
    }
}

/// `GET /cluster/nextid`: free now. Nothing is reserved: whoever creates first has it.
pub(super) fn next_id(state: &State, parameters: &Parameters) -> Result<Value, Failure> {
    let taken =
        |vmid: u32| state.proxmox.containers.contains_key(&vmid) || state.proxmox.virtual_machines.contains(&vmid);
    match parameters.number("vmid") {
        Some(wanted) if u32::try_from(wanted).is_ok_and(taken) => {
            Err(Failure::parameter("vmid", format!("VM {wanted} already exists")))
        }
        Some(wanted) => Ok(json!(wanted.to_string())),
        None => Ok(json!((FIRST_ID..).find(|vmid| !taken(*vmid)).unwrap_or(FIRST_ID).to_string())),
    }
}

pub(super) fn summary(container: &Container) -> Value {
    let mut summary = json!({
        "vmid": container.vmid,
        "name": container.get("hostname").unwrap_or_default(),
        "status": if container.is_running { "running" } else { "stopped" },
        "maxmem": container.memory_bytes(),
        "maxdisk": container.root_gib().map_or(0, |gib| (gib * (1_u64 << 30) as f64) as u64),
        "cpus": container.get("cores").and_then(|cores| cores.parse::<u64>().ok()).unwrap_or(1),
    });
    for key in ["tags", "lock"] {
        let value = if key == "lock" { container.lock.as_deref() } else { container.get(key) };
        if let Some(value) = value {
            summary[key] = json!(value);
        }
    }
    summary
}

/// `GET …/lxc`.
pub(super) fn list(state: &State, caller: &Caller) -> Value {
    let visible = state.proxmox.containers.values().filter(|container| {
        permission::held_at(state, caller, &format!("/vms/{}", container.vmid)).contains("VM.Audit")
    });
    visible.map(summary).collect()
}

/// `GET …/status/current`.
pub(super) fn current(state: &State, parameters: &Parameters) -> Result<Value, Failure> {
    Ok(summary(find(state, parameters)?))
}

/// `GET …/config`.
pub(super) fn config(state: &State, parameters: &Parameters) -> Result<Value, Failure> {
    let container = find(state, parameters)?;
    let mut config: serde_json::Map<String, Value> =
        container.config.iter().map(|(key, value)| (key.clone(), typed(value))).collect();
    if !parameters.is_set("current") {
        config.extend(container.pending.iter().map(|(key, value)| (key.clone(), typed(value))));
    }
    config.insert("digest".to_owned(), json!(container.digest()));
    config.insert("arch".to_owned(), json!("amd64"));
    if let Some(lock) = &container.lock {
        config.insert("lock".to_owned(), json!(lock));
    }
    Ok(Value::Object(config))
}

/// Numbers come as numbers.
fn typed(value: &str) -> Value {
    value.parse::<u64>().map_or_else(|_| json!(value), |number| json!(number))
}

/// `GET …/pending`.
pub(super) fn pending(state: &State, parameters: &Parameters) -> Result<Value, Failure> {
    let container = find(state, parameters)?;
    let keys =
        container.config.keys().chain(container.pending.keys().filter(|key| !container.config.contains_key(*key)));
    Ok(keys
        .map(|key| {
            let mut entry = json!({ "key": key });
            if let Some(value) = container.config.get(key) {
                entry["value"] = typed(value);
            }
            if let Some(value) = container.pending.get(key) {
                entry["pending"] = typed(value);
            }
            entry
        })
        .collect())
}

/// `GET …/interfaces`: nothing while it is stopped.
pub(super) fn interfaces(state: &State, parameters: &Parameters) -> Result<Value, Failure> {
    let container = find(state, parameters)?;
    if !container.is_running {
        return Ok(Value::Null);
    }
    let net = property::parse(container.get("net0").unwrap_or_default(), None).unwrap_or_default();
    let address = net.get("ip").cloned().unwrap_or_default();
    Ok(
        json!([{ "name": "lo", "inet": "127.0.0.1/8" }, { "name": "eth0", "hwaddr": net.get("hwaddr"), "inet": address }]),
    )
}

/// `POST …/lxc`.
pub(super) fn create(state: &mut State, caller: &Caller, parameters: &Parameters) -> Result<Value, Failure> {
    let vmid = vmid(parameters);
    permission::demand(state, caller, &format!("/vms/{vmid}"), "VM.Allocate")?;
    check_features(caller, parameters, None)?;
    let template = parameters.required("ostemplate").to_owned();
    if !storage::exists(state, &template) {
        return Err(Failure::parameter("ostemplate", format!("volume '{template}' does not exist")));
    }
    if state.proxmox.containers.contains_key(&vmid) {
        return Err(Failure::died(format!(
            "unable to create CT {vmid} - CT {vmid} already exists on node '{}'",
            state.proxmox.node
        )));
    }
    if state.proxmox.virtual_machines.contains(&vmid) {
        return Err(Failure::died(format!(
            "unable to create CT {vmid} - VM {vmid} already exists on node '{}'",
            state.proxmox.node
        )));
    }
    let (place, gib) = root_request(parameters)?;
    permission::demand(state, caller, &format!("/storage/{place}"), "Datastore.AllocateSpace")?;
    if !storage::find(state, &place)?.holds("rootdir") {
        return Err(Failure::parameter("storage", format!("storage '{place}' does not support container directories")));
    }
    let mut config = config_of(parameters);
    complete_network(state, caller, &mut config)?;
    let volume = format!("{place}:vm-{vmid}-disk-0");
    config.insert("rootfs".to_owned(), format!("{volume},size={gib}G"));
    let keys = parameters.get("ssh-public-keys").map(crate::http::percent_decoded).unwrap_or_default();
    let container = Container {
        vmid,
        config,
        pending: BTreeMap::new(),
        is_running: false,
        lock: Some("create".to_owned()),
        changes: 1,
    };
    state.proxmox.containers.insert(vmid, container);
    let misfortune = misfortune(state, "pve");
    Ok(begin(state, &caller.name, "vzcreate", &vmid.to_string(), latency::CONTAINER_CREATE, move |state| {
        let allocated = storage::allocate(state, &place, &volume, (gib * (1_u64 << 30) as f64) as u64);
        match (misfortune, allocated) {
            (None, Ok(())) => {
                release(state, vmid);
                host::install(state, vmid, &template, &keys);
                Ok(())
            }
            (problem, outcome) => {
                // A failed creation takes its disk and its configuration away again.
                storage::release(state, &volume);
                state.proxmox.containers.remove(&vmid);
                Err(format!("unable to create CT {vmid} - {}", problem.or(outcome.err()).unwrap_or_default()))
            }
        }
    }))
}

/// Storage and GiB: `rootfs=place:50`, or a bare number with `storage`.
fn root_request(parameters: &Parameters) -> Result<(String, f64), Failure> {
    let default = parameters.get("storage").unwrap_or("local").to_owned();
    let parts = property::parse(parameters.get("rootfs").unwrap_or("4"), Some("volume")).map_err(Failure::died)?;
    let volume = parts.get("volume").cloned().unwrap_or_default();
    let (place, size) =
        volume.split_once(':').map_or((default, volume.as_str()), |(place, size)| (place.to_owned(), size));
    // A unit makes it the name of a volume that does not exist.
    let gib = size.parse::<f64>().map_err(|_| Failure::died(format!("unable to parse volume ID '{volume}'")))?;
    Ok((place, gib))
}

/// `check_ct_modify_config_perm`: everything but nesting is for the password login of root.
fn check_features(caller: &Caller, parameters: &Parameters, old: Option<&str>) -> Result<(), Failure> {
    let Some(features) = parameters.get("features") else { return Ok(()) };
    if caller.is_root() {
        return Ok(());
    }
    let new = property::parse(features, None).unwrap_or_default();
    let old = old.and_then(|text| property::parse(text, None).ok()).unwrap_or_default();
    let is_changed = |key: &String| new.get(key) != old.get(key);
    match new.keys().chain(old.keys()).any(|key| key != "nesting" && is_changed(key)) {
        true => Err(Failure::new(
            403,
            "Permission check failed (changing feature flags (except nesting) is only allowed for root@pam)",
        )),
        false => Ok(()),
    }
}

fn config_of(parameters: &Parameters) -> BTreeMap<String, String> {
    let given = parameters.iter().filter(|(key, _)| !NOT_CONFIG.contains(key));
    given.map(|(key, value)| (key.to_owned(), saved(key, value))).collect()
}

/// As it is saved: tags in lower case, each once, sorted; property strings in their own order.
fn saved(key: &str, value: &str) -> String {
    match key {
        "tags" => {
            let mut tags: Vec<String> =
                value.split([',', ';', ' ']).filter(|tag| !tag.is_empty()).map(str::to_ascii_lowercase).collect();
            tags.sort();
            tags.dedup();
            tags.join(";")
        }
        "features" => {
            property::parse(value, None).map_or_else(|_| value.to_owned(), |parts| property::print(&parts, None))
        }
        _ => value.to_owned(),
    }
}

/// Checks the bridge, and gives each network a hardware address of Proxmox's own range.
fn complete_network(state: &mut State, caller: &Caller, config: &mut BTreeMap<String, String>) -> Result<(), Failure> {
    for (_, text) in config.iter_mut().filter(|(key, _)| key.starts_with("net")) {
        let mut net = property::parse(text, None).map_err(Failure::died)?;
        if let Some(bridge) = net.get("bridge") {
            if !state.proxmox.bridges.contains(bridge) {
                return Err(Failure::died(format!("bridge '{bridge}' does not exist")));
            }
            permission::demand(state, caller, &format!("/sdn/zones/localnetwork/{bridge}"), "SDN.Use")?;
        }
        net.entry("type".to_owned()).or_insert_with(|| "veth".to_owned());
        let [.., a, b, c] = state.random.next().to_be_bytes();
        net.entry("hwaddr".to_owned()).or_insert_with(|| format!("BC:24:11:{a:02X}:{b:02X}:{c:02X}"));
        // `name` is required, so it comes first; the rest by name.
        let name = net.remove("name").unwrap_or_default();
        *text = format!("name={name},{}", property::print(&net, None));
    }
    Ok(())
}

/// `PUT …/config`: at once where a running container can, at its next start otherwise.
pub(super) fn configure(state: &mut State, caller: &Caller, parameters: &Parameters) -> Result<Value, Failure> {
    let container = find_unlocked(state, parameters)?.clone();
    check_features(caller, parameters, container.get("features"))?;
    if parameters.get("unprivileged").is_some() {
        return Err(Failure::died("unable to modify read-only option: 'unprivileged'"));
    }
    if parameters.get("digest").is_some_and(|digest| digest != container.digest()) {
        return Err(Failure::died("detected modified configuration - file changed by other user? Try again."));
    }
    let mut changes = config_of(parameters);
    let deleted: Vec<String> =
        parameters.get("delete").map(|list| list.split([',', ';']).map(str::to_owned).collect()).unwrap_or_default();
    if changes.is_empty() && deleted.is_empty() {
        return Err(Failure::died("no options specified"));
    }
    complete_network(state, caller, &mut changes)?;
    let Some(container) = state.proxmox.containers.get_mut(&vmid(parameters)) else { return Ok(Value::Null) };
    container.changes += 1;
    for (key, value) in changes {
        let is_live = !container.is_running
            || LIVE_KEYS.contains(&key.as_str())
            || key.starts_with("net")
            || key.starts_with("mp");
        match is_live {
            true => container.config.insert(key, value),
            false => container.pending.insert(key, value),
        };
    }
    for key in deleted {
        container.config.remove(&key);
    }
    Ok(Value::Null)
}

/// `PUT …/resize`: only ever larger.
pub(super) fn resize(state: &mut State, caller: &Caller, parameters: &Parameters) -> Result<Value, Failure> {
    let container = find_unlocked(state, parameters)?;
    let (vmid, old) = (container.vmid, container.root_gib().unwrap_or_default());
    if parameters.required("disk") != "rootfs" {
        return Err(Failure::died("the simulation resizes only the root file system"));
    }
    let text = parameters.required("size");
    let number = |text: &str| text.trim_end_matches('G').parse::<f64>().unwrap_or_default();
    let new = text.strip_prefix('+').map_or_else(|| number(text), |more| old + number(more));
    if new < old {
        return Err(Failure::died("unable to shrink disk size"));
    }
    if new == old {
        return Err(Failure::died("disk is already at specified size"));
    }
    Ok(begin(state, &caller.name, "resize", &vmid.to_string(), latency::DISK_GROW, move |state| {
        let Some(container) = state.proxmox.containers.get_mut(&vmid) else { return Err("it is gone".to_owned()) };
        let volume = container.root_volume().unwrap_or_default();
        container.config.insert("rootfs".to_owned(), format!("{volume},size={new}G"));
        container.changes += 1;
        Ok(())
    }))
}

/// `POST …/status/start`.
pub(super) fn start(state: &mut State, caller: &Caller, parameters: &Parameters) -> Result<Value, Failure> {
    let container = find_unlocked(state, parameters)?;
    let vmid = container.vmid;
    if container.is_running {
        return Err(Failure::died(format!("CT {vmid} already running")));
    }
    let misfortune = misfortune(state, "pve");
    Ok(begin(state, &caller.name, "vzstart", &vmid.to_string(), latency::CONTAINER_START, move |state| {
        if let Some(problem) = misfortune {
            return Err(format!("startup for container '{vmid}' failed: {problem}"));
        }
        power_on(state, vmid);
        Ok(())
    }))
}

fn power_on(state: &mut State, vmid: u32) {
    if let Some(container) = state.proxmox.containers.get_mut(&vmid) {
        container.is_running = true;
        let pending = std::mem::take(&mut container.pending);
        container.config.extend(pending);
        host::boot(state, vmid);
    }
}

fn power_off(state: &mut State, vmid: u32) {
    if let Some(container) = state.proxmox.containers.get_mut(&vmid) {
        container.is_running = false;
        host::power_off(state, vmid);
    }
}

/// `POST …/status/stop` and `…/status/shutdown`.
pub(super) fn stop(state: &mut State, caller: &Caller, parameters: &Parameters, kind: &str) -> Result<Value, Failure> {
    let container = find_unlocked(state, parameters)?;
    let vmid = container.vmid;
    if !container.is_running {
        return Err(Failure::died(format!("CT {vmid} not running")));
    }
    let time = if kind == "vzstop" { latency::CONTAINER_STOP } else { latency::CONTAINER_SHUTDOWN };
    Ok(begin(state, &caller.name, kind, &vmid.to_string(), time, move |state| {
        power_off(state, vmid);
        Ok(())
    }))
}

/// `POST …/status/reboot`.
pub(super) fn reboot(state: &mut State, caller: &Caller, parameters: &Parameters) -> Result<Value, Failure> {
    let container = find_unlocked(state, parameters)?;
    let vmid = container.vmid;
    if !container.is_running {
        return Err(Failure::died(format!("CT {vmid} not running")));
    }
    Ok(begin(state, &caller.name, "vzreboot", &vmid.to_string(), latency::CONTAINER_REBOOT, move |state| {
        power_off(state, vmid);
        power_on(state, vmid);
        Ok(())
    }))
}

/// `DELETE …/lxc/{vmid}`.
pub(super) fn destroy(state: &mut State, caller: &Caller, parameters: &Parameters) -> Result<Value, Failure> {
    let is_forced = parameters.is_set("force");
    let container = find_unlocked(state, parameters)?;
    let vmid = container.vmid;
    if container.get("protection") == Some("1") {
        return Err(Failure::died(format!("can't remove CT {vmid} - protection mode enabled")));
    }
    if container.is_running && !is_forced {
        return Err(Failure::died(format!("unable to destroy CT {vmid} - container is running")));
    }
    container.lock = Some("destroyed".to_owned());
    Ok(begin(state, &caller.name, "vzdestroy", &vmid.to_string(), latency::CONTAINER_DESTROY, move |state| {
        power_off(state, vmid);
        if let Some(container) = state.proxmox.containers.remove(&vmid) {
            storage::release(state, &container.root_volume().unwrap_or_default());
        }
        host::remove(state, vmid);
        Ok(())
    }))
}

/// `POST …/vzdump`.
pub(super) fn backup(state: &mut State, caller: &Caller, parameters: &Parameters) -> Result<Value, Failure> {
    let place = parameters.get("storage").unwrap_or("local").to_owned();
    if !storage::find(state, &place)?.holds("backup") {
        return Err(Failure::parameter("storage", format!("storage '{place}' does not support backups")));
    }
    let vmid: u32 =
        parameters.required("vmid").parse().map_err(|_| Failure::died("only one container at a time is simulated"))?;
    permission::demand(state, caller, &format!("/vms/{vmid}"), "VM.Backup")?;
    if !state.proxmox.containers.contains_key(&vmid) {
        return Err(missing(state, vmid));
    }
    hold(state, vmid, "backup", latency::CONTAINER_BACKUP);
    let at = super::task::unix_time(state.now);
    Ok(begin(state, &caller.name, "vzdump", &vmid.to_string(), latency::CONTAINER_BACKUP, move |state| {
        storage::allocate(state, &place, &format!("{place}:backup/vzdump-lxc-{vmid}-{at}.tar.zst"), 2 << 30)
    }))
}
