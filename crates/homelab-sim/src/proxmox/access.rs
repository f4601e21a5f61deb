//! `/access`: signing in, and what one may do.

use std::time::Duration;

use serde_json::{Value, json};

use super::caller::{Caller, csrf_token};
use super::{Failure, Parameters, permission};
use crate::world::State;

/// `$ticket_lifetime` in `src/PVE/AccessControl.pm` of pve-access-control.
pub(super) const TICKET_LIFETIME: Duration = Duration::from_secs(2 * 3600);

/// `POST /access/ticket`: a password, a ticket that still holds, or the answer to a second factor's question.
pub(super) fn ticket(state: &mut State, parameters: &Parameters) -> Result<Value, Failure> {
    let refused = || Failure::unauthorized("authentication failure");
    let name = match parameters.get("realm") {
        Some(realm) => format!("{}@{realm}", parameters.required("username")),
        None => parameters.required("username").to_owned(),
    };
    let password = parameters.required("password");
    let user = state.proxmox.users.iter().find(|user| user.name == name).cloned().ok_or_else(refused)?;
    let holds = |ticket: &str| {
        state.proxmox.tickets.get(ticket).is_some_and(|(owner, ends)| *owner == name && *ends > state.now)
    };
    if let Some(question) = parameters.get("tfa-challenge") {
        let answer = password.strip_prefix("totp:");
        if question != challenge(&name) || answer.is_none() || answer != user.totp.as_deref() {
            return Err(refused());
        }
    } else if !holds(password) {
        if user.password.as_deref() != Some(password) {
            return Err(refused());
        }
        if user.totp.is_some() {
            return Ok(json!({ "username": name, "NeedTFA": 1, "ticket": challenge(&name) }));
        }
    }
    let ticket = format!("PVE:{name}:{:08X}::{:016x}", super::task::unix_time(state.now), state.random.next());
    state.proxmox.tickets.insert(ticket.clone(), (name.clone(), state.now + TICKET_LIFETIME));
    Ok(json!({ "username": name, "CSRFPreventionToken": csrf_token(&ticket), "ticket": ticket, "cap": {} }))
}

fn challenge(name: &str) -> String {
    format!("PVE:!tfa!{name}")
}

/// `GET /access/permissions`: what the caller may do, by path. This is what a preflight asks.
pub(super) fn permissions(state: &State, caller: &Caller, parameters: &Parameters) -> Result<Value, Failure> {
    let whole = permission::of(state, caller);
    let mut paths = serde_json::Map::new();
    for (path, privileges) in whole {
        let privileges: serde_json::Map<String, Value> =
            privileges.iter().map(|privilege| (privilege.clone(), json!(1))).collect();
        paths.insert(path, Value::Object(privileges));
    }
    if let Some(path) = parameters.get("path") {
        let held: serde_json::Map<String, Value> =
            permission::held_at(state, caller, path).into_iter().map(|privilege| (privilege, json!(1))).collect();
        return Ok(json!({ path: held }));
    }
    Ok(Value::Object(paths))
}
