//! Who a request comes from (`auth_handler` in `PVE/HTTPServer.pm` of pve-manager).

use std::time::Duration;

use serde_json::Value;

use super::Failure;
use super::access::TICKET_LIFETIME;
use crate::http::{Request, percent_decoded};
use crate::world::State;

/// A ticket that was just given holds.
const OLD: Duration = Duration::from_secs(60);

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    /// As permission checks and task lists see them: `root@pam`, or `root@pam!token` for a token.
    pub(crate) name: String,
}

impl Caller {
    /// Only the password login of root passes the checks that ask for root: a token of root does not
    /// (`check_ct_modify_config_perm` in `src/PVE/LXC.pm` of pve-container compares the whole text).
    pub(crate) fn is_root(&self) -> bool {
        self.name == "root@pam"
    }

    /// The user, without the token.
    pub(crate) fn user(&self) -> &str {
        self.name.split('!').next().unwrap_or_default()
    }
}

/// Finds out who calls, or refuses.
pub(super) fn identify(state: &State, request: &Request, endpoint: &Value) -> Result<Caller, Failure> {
    if endpoint["permissions"]["user"] == "world" {
        return Ok(Caller { name: String::new() });
    }
    // A cookie beats a token when both are sent.
    match (cookie(request), token(request)) {
        (Some(ticket), _) => by_ticket(state, request, &ticket),
        (None, Some(token)) => by_token(state, &token, endpoint),
        (None, None) => Err(Failure::unauthorized("No ticket")),
    }
}

/// Whether a request comes with a ticket that was given a while ago.
pub(super) fn has_old_ticket(state: &State, request: &Request) -> bool {
    let ends = cookie(request).and_then(|ticket| state.proxmox.tickets.get(&ticket)).map(|(_, ends)| *ends);
    ends.is_some_and(|ends| ends < state.now + TICKET_LIFETIME - OLD)
}

/// The ticket of a request does not hold any more: as after two hours, or when the host has a new key for them.
pub(super) fn end_ticket(state: &mut State, request: &Request) {
    if let Some(ticket) = cookie(request) {
        state.proxmox.tickets.remove(&ticket);
    }
}

fn cookie(request: &Request) -> Option<String> {
    let cookies = request.header_value("cookie")?;
    let ticket = cookies.split(';').find_map(|cookie| cookie.trim().strip_prefix("PVEAuthCookie="))?;
    Some(percent_decoded(ticket))
}

fn token(request: &Request) -> Option<String> {
    Some(request.header_value("authorization")?.strip_prefix("PVEAPIToken=")?.to_owned())
}

fn by_ticket(state: &State, request: &Request, ticket: &str) -> Result<Caller, Failure> {
    let (name, ends) = state
        .proxmox
        .tickets
        .get(ticket)
        .ok_or_else(|| Failure::unauthorized("permission denied - invalid PVE ticket"))?;
    if *ends <= state.now {
        return Err(Failure::unauthorized("permission denied - invalid PVE ticket"));
    }
    let expected = csrf_token(ticket);
    if request.method != "GET" && request.header_value("csrfpreventiontoken") != Some(&expected) {
        return Err(Failure::unauthorized("Permission denied - invalid csrf token"));
    }
    Ok(Caller { name: name.clone() })
}

fn by_token(state: &State, token: &str, endpoint: &Value) -> Result<Caller, Failure> {
    let known = state.proxmox.users.iter().find_map(|user| {
        let (name, secret) = token.split_once('=')?;
        let (owner, id) = name.split_once('!')?;
        let is_known = owner == user.name && user.tokens.iter().any(|(known, value)| known == id && value == secret);
        is_known.then(|| Caller { name: name.to_owned() })
    });
    let caller = known.ok_or_else(|| Failure::unauthorized("no such token"))?;
    if endpoint["allowtoken"].as_u64() != Some(1) {
        return Err(Failure::new(403, "Permission check failed (not available with API token, need proper ticket)"));
    }
    Ok(caller)
}

/// The header that must come with every ticket that changes something. Ours is a name for the ticket, no signature.
pub(super) fn csrf_token(ticket: &str) -> String {
    format!("csrf-of-{ticket}")
}
