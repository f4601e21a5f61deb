//! Tasks: what the host does after it has answered. Success is the exit status, never the answer (`PVE/API2/Tasks.pm` of
//! pve-manager, `src/PVE/UPID.pm` of pve-common).

use std::time::Duration;

use serde_json::{Value, json};

use super::{Failure, Parameters};
use crate::fault::Fault;
use crate::world::State;

/// The first second of the simulated home: 2026-01-01T00:00:00Z.
const EPOCH: u64 = 1_767_225_600;

/// A task.
#[derive(Clone, Debug)]
pub(super) struct Task {
    kind: String,
    id: String,
    user: String,
    log: Vec<String>,
    /// None while it runs.
    exit_status: Option<String>,
}

/// Seconds since 1970 in the simulated home.
pub(crate) fn unix_time(now: Duration) -> u64 {
    EPOCH + now.as_secs()
}

/// Begins a task that takes `duration` and then does `effect`, which says how it ended.
pub(super) fn begin(
    state: &mut State,
    user: &str,
    kind: &str,
    id: &str,
    duration: Duration,
    effect: impl FnOnce(&mut State) -> Result<(), String> + Send + 'static,
) -> Value {
    let proxmox = &mut state.proxmox;
    proxmox.next_pid += 1;
    let upid = format!(
        "UPID:{}:{:08X}:{:08X}:{:08X}:{kind}:{id}:{user}:",
        proxmox.node,
        proxmox.next_pid,
        proxmox.next_pid * 7,
        unix_time(state.now)
    );
    let task =
        Task { kind: kind.to_owned(), id: id.to_owned(), user: user.to_owned(), log: Vec::new(), exit_status: None };
    proxmox.tasks.insert(upid.clone(), task);
    state.tell("pve", format!("{kind} {id} begins"));
    let ended = upid.clone();
    state.later(duration, move |state| {
        let outcome = effect(state);
        let text = match &outcome {
            Ok(()) => "OK".to_owned(),
            Err(problem) => problem.clone(),
        };
        let Some(task) = state.proxmox.tasks.get_mut(&ended) else { return };
        task.log.push(match outcome {
            Ok(()) => "TASK OK".to_owned(),
            Err(problem) => format!("TASK ERROR: {problem}"),
        });
        let line = format!("{} {}: {text}", task.kind, task.id);
        task.exit_status = Some(text);
        state.tell("pve", line);
    });
    Value::String(upid)
}

/// Whether the task that begins now is one that fails, and what it will say.
pub(super) fn misfortune(state: &mut State, place: &str) -> Option<String> {
    let texts = ["command 'lvcreate' failed: exit code 5", "got timeout", "unable to open file - Input/output error"];
    state.fault(place, Fault::TaskFails, 1).then(|| texts[state.faults.below(texts.len() as u64) as usize].to_owned())
}

fn find<'a>(state: &'a State, parameters: &Parameters) -> Result<&'a Task, Failure> {
    let upid = parameters.required("upid");
    state.proxmox.tasks.get(upid).ok_or_else(|| Failure::parameter("upid", "unable to parse worker upid"))
}

/// `GET …/tasks/{upid}/status`.
pub(super) fn status(state: &State, parameters: &Parameters) -> Result<Value, Failure> {
    let task = find(state, parameters)?;
    let mut status = json!({
        "upid": parameters.required("upid"),
        "node": state.proxmox.node,
        "type": task.kind,
        "id": task.id,
        "user": task.user,
        "status": if task.exit_status.is_some() { "stopped" } else { "running" },
    });
    if let Some(exit_status) = &task.exit_status {
        status["exitstatus"] = json!(exit_status);
    }
    Ok(status)
}

/// `GET …/tasks/{upid}/log`.
pub(super) fn log(state: &State, parameters: &Parameters) -> Result<Value, Failure> {
    let task = find(state, parameters)?;
    let start = parameters.number("start").unwrap_or(0) as usize;
    let limit = match parameters.number("limit") {
        Some(0) => usize::MAX,
        Some(limit) => limit as usize,
        None => 50,
    };
    if task.log.is_empty() {
        return Ok(json!([{ "n": 1, "t": "no content" }]));
    }
    let lines = task.log.iter().enumerate().skip(start).take(limit);
    Ok(lines.map(|(number, line)| json!({ "n": number + 1, "t": line })).collect())
}
