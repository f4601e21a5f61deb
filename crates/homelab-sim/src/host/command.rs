//! The closed set of commands that a machine knows.

use std::time::Duration;

use super::files::File;
use super::{Output, k3s};
use crate::latency;
use crate::web;
use crate::world::State;

/// Bytes of a root file system, as `df` shows them.
const DISK_BYTES: u64 = 48 << 30;

/// Runs one command; gives what it left and how long it took.
pub(super) fn run(state: &mut State, vmid: u32, words: &[String], input: &[u8]) -> (Output, Duration) {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if !state.machines.contains_key(&vmid) {
        return (failed(255, "connection lost"), latency::COMMAND);
    }
    let output = match words.as_slice() {
        ["true"] => Output::default(),
        ["cat", path] => cat(state, vmid, path),
        ["sha256sum", path] => sha256sum(state, vmid, path),
        ["test", "-e", path] => Output { status: i32::from(!has(state, vmid, path)), ..Output::default() },
        ["test", size, "-eq", number] => is_size(state, vmid, size, number),
        ["install", "-D", "-m", mode, "/dev/stdin", path] => {
            let time = if web::version_of(input).is_some() { latency::K3S_COPY } else { latency::COMMAND };
            return (install(state, vmid, mode, path, input), time);
        }
        ["mv", "-f", from, to] => move_file(state, vmid, from, to),
        ["rm", "-f", paths @ ..] => remove(state, vmid, paths),
        ["rm", "-rf", paths @ ..] => remove(state, vmid, paths),
        ["mkdir", "-p", "-m", "0777", paths @ ..] => make_folders(state, vmid, paths),
        ["mkdir", "-p", ..] => Output::default(),
        ["uname", "-r"] => printed("6.17.2-1-pve\n"),
        ["hostname"] => printed(format!("{}\n", super::machine::name(state, vmid))),
        ["df", "--output=avail", "-B1", _] => df(state, vmid),
        ["mount", "-t", "overlay", "overlay", "-o", _, _] => overlay(state, vmid),
        ["umount", _] => Output::default(),
        ["mount", "--make-rshared", "/"] => share_root(state, vmid),
        ["systemctl", "daemon-reload"] => daemon_reload(state, vmid),
        ["systemctl", "enable", unit] => enable(state, vmid, unit),
        ["systemctl", "disable", unit] => disable(state, vmid, unit),
        ["systemctl", "is-active", unit] => is_active(state, vmid, unit),
        ["systemctl", "is-enabled", unit] => is_enabled(state, vmid, unit),
        ["systemctl", verb @ ("start" | "restart"), unit] => return start(state, vmid, verb, unit),
        ["systemctl", "stop", unit] => stop(state, vmid, unit),
        ["journalctl", "-u", unit, "-n", lines, "--no-pager", "-o", "cat"] => journal(state, vmid, unit, lines),
        ["k3s", rest @ ..] | ["/usr/local/bin/k3s", rest @ ..] => return k3s::command(state, vmid, rest, input),
        [name, ..] => failed(127, &format!("sh: 1: {name}: not found (the simulation knows no `{}`)", words.join(" "))),
        [] => Output::default(),
    };
    (output, latency::COMMAND)
}

pub(super) fn printed(text: impl Into<String>) -> Output {
    Output { stdout: text.into().into_bytes(), ..Output::default() }
}

pub(super) fn failed(status: i32, complaint: &str) -> Output {
    Output { status, stdout: Vec::new(), stderr: format!("{complaint}\n") }
}

fn has(state: &State, vmid: u32, path: &str) -> bool {
    let folder = format!("{path}/");
    state.machines[&vmid].files.keys().any(|file| file == path || file.starts_with(&folder))
}

fn cat(state: &State, vmid: u32, path: &str) -> Output {
    match (path, state.machines[&vmid].files.get(path)) {
        // The kernel's modules are those of the host: a container has no others.
        ("/proc/modules", _) => {
            printed(state.proxmox.modules.iter().map(|name| format!("{name} 16384 0 - Live 0x0\n")).collect::<String>())
        }
        (_, Some(file)) => Output { stdout: file.bytes.clone(), ..Output::default() },
        (_, None) => failed(1, &format!("cat: {path}: No such file or directory")),
    }
}

fn sha256sum(state: &State, vmid: u32, path: &str) -> Output {
    match state.machines[&vmid].files.get(path) {
        Some(file) => printed(format!("{}  {path}\n", web::sha256(&file.bytes))),
        None => failed(1, &format!("sha256sum: {path}: No such file or directory")),
    }
}

/// `$(stat -c %s PATH)`, compared with a number.
fn is_size(state: &State, vmid: u32, size: &str, number: &str) -> Output {
    let Some(path) = size.strip_prefix("$(stat -c %s ").and_then(|rest| rest.strip_suffix(')')) else {
        return failed(2, &format!("sh: 1: test: Illegal number: {size}"));
    };
    let Some(file) = state.machines[&vmid].files.get(path) else {
        return failed(2, &format!("stat: cannot statx '{path}': No such file or directory"));
    };
    Output { status: i32::from(number.parse() != Ok(file.bytes.len())), ..Output::default() }
}

fn install(state: &mut State, vmid: u32, mode: &str, path: &str, input: &[u8]) -> Output {
    let Some(machine) = state.machines.get_mut(&vmid) else { return Output::default() };
    if machine.is_disk_full {
        return failed(1, &format!("install: error writing '{path}': No space left on device"));
    }
    let mode = u32::from_str_radix(mode, 8).unwrap_or(0o644);
    machine.files.insert(path.to_owned(), File::new(mode, input));
    Output::default()
}

fn move_file(state: &mut State, vmid: u32, from: &str, to: &str) -> Output {
    let Some(machine) = state.machines.get_mut(&vmid) else { return Output::default() };
    match machine.files.remove(from) {
        Some(file) => {
            machine.files.insert(to.to_owned(), file);
            Output::default()
        }
        None => failed(1, &format!("mv: cannot stat '{from}': No such file or directory")),
    }
}

fn remove(state: &mut State, vmid: u32, paths: &[&str]) -> Output {
    if let Some(machine) = state.machines.get_mut(&vmid) {
        machine.files.retain(|file, _| !paths.iter().any(|path| file == path || file.starts_with(&format!("{path}/"))));
    }
    Output::default()
}

fn make_folders(state: &mut State, vmid: u32, paths: &[&str]) -> Output {
    if super::is_disk_full(state, vmid) {
        return failed(1, "mkdir: cannot create directory: No space left on device");
    }
    paths.iter().for_each(|path| super::make_folder(state, vmid, path));
    Output::default()
}

fn df(state: &State, vmid: u32) -> Output {
    let free = if state.machines[&vmid].is_disk_full { 0 } else { DISK_BYTES };
    printed(format!("Avail\n{free}\n"))
}

/// Overlay mounts inside a user namespace work on ext4, and on a ZFS dataset they do not everywhere.
fn overlay(state: &State, vmid: u32) -> Output {
    if !state.proxmox.modules.iter().any(|module| module == "overlay") {
        return failed(32, "mount: unknown filesystem type 'overlay'");
    }
    match k3s::is_on_zfs(state, vmid) {
        true => failed(
            32,
            "mount: wrong fs type, bad option, bad superblock on overlay, missing codepage or helper program, or other error",
        ),
        false => Output::default(),
    }
}

fn share_root(state: &mut State, vmid: u32) -> Output {
    if let Some(machine) = state.machines.get_mut(&vmid) {
        machine.is_shared_root = true;
    }
    Output::default()
}

fn unit_path(unit: &str) -> String {
    format!("/etc/systemd/system/{}.service", unit.trim_end_matches(".service"))
}

fn daemon_reload(state: &mut State, vmid: u32) -> Output {
    if let Some(machine) = state.machines.get_mut(&vmid) {
        let units =
            machine.files.keys().filter_map(|path| path.strip_prefix("/etc/systemd/system/")?.strip_suffix(".service"));
        machine.loaded_units = units.map(str::to_owned).collect();
    }
    Output::default()
}

fn enable(state: &mut State, vmid: u32, unit: &str) -> Output {
    let Some(machine) = state.machines.get_mut(&vmid) else { return Output::default() };
    if !machine.files.contains_key(&unit_path(unit)) {
        return failed(1, &format!("Failed to enable unit: Unit file {unit}.service does not exist."));
    }
    machine.enabled.insert(unit.trim_end_matches(".service").to_owned());
    Output::default()
}

fn disable(state: &mut State, vmid: u32, unit: &str) -> Output {
    if let Some(machine) = state.machines.get_mut(&vmid) {
        machine.enabled.remove(unit.trim_end_matches(".service"));
    }
    Output::default()
}

fn is_active(state: &State, vmid: u32, unit: &str) -> Output {
    match state.machines[&vmid].active_units.contains(unit.trim_end_matches(".service")) {
        true => printed("active\n"),
        false => Output { status: 3, ..printed("inactive\n") },
    }
}

fn is_enabled(state: &State, vmid: u32, unit: &str) -> Output {
    match state.machines[&vmid].enabled.contains(unit.trim_end_matches(".service")) {
        true => printed("enabled\n"),
        false => Output { status: 1, ..printed("disabled\n") },
    }
}

fn start(state: &mut State, vmid: u32, verb: &str, unit: &str) -> (Output, Duration) {
    let unit = unit.trim_end_matches(".service");
    let machine = &state.machines[&vmid];
    if !machine.loaded_units.contains(unit) {
        return (
            failed(5, &format!("Failed to {verb} {unit}.service: Unit {unit}.service not found.")),
            latency::COMMAND,
        );
    }
    if verb == "start" && machine.active_units.contains(unit) {
        return (Output::default(), latency::COMMAND);
    }
    k3s::start_unit(state, vmid, unit)
}

fn stop(state: &mut State, vmid: u32, unit: &str) -> Output {
    let unit = unit.trim_end_matches(".service");
    if let Some(machine) = state.machines.get_mut(&vmid) {
        machine.active_units.remove(unit);
    }
    if unit.starts_with("k3s") {
        k3s::stop(state, vmid);
    }
    Output::default()
}

fn journal(state: &State, vmid: u32, unit: &str, lines: &str) -> Output {
    let unit = unit.trim_end_matches(".service");
    let all = state.machines[&vmid].journal.get(unit).cloned().unwrap_or_default();
    let last = all.len().saturating_sub(lines.parse().unwrap_or(10));
    printed(all[last..].iter().map(|line| format!("{line}\n")).collect::<String>())
}
