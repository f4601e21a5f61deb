//! Privileges, and the checks that the published description asks for (`check_api2_permissions` in
//! `src/PVE/RPCEnvironment.pm` of pve-access-control).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Failure;
use super::caller::Caller;
use crate::world::State;

/// Privileges that exist on PVE 9 and that something here asks for. Root has them all.
const PRIVILEGES: &[&str] = &[
    "Datastore.Allocate",
    "Datastore.AllocateSpace",
    "Datastore.AllocateTemplate",
    "Datastore.Audit",
    "Permissions.Modify",
    "Pool.Allocate",
    "Pool.Audit",
    "SDN.Audit",
    "SDN.Use",
    "Sys.AccessNetwork",
    "Sys.Audit",
    "Sys.Modify",
    "Sys.PowerMgmt",
    "VM.Allocate",
    "VM.Audit",
    "VM.Backup",
    "VM.Clone",
    "VM.Config.CPU",
    "VM.Config.Disk",
    "VM.Config.Memory",
    "VM.Config.Network",
    "VM.Config.Options",
    "VM.PowerMgmt",
    "VM.Snapshot",
    "VM.Snapshot.Rollback",
];

/// The caller's privileges by the path they were given at.
pub(super) fn of(state: &State, caller: &Caller) -> BTreeMap<String, Vec<String>> {
    // A token of root without separated privileges may do what root may; ours are of that kind.
    if caller.user() == "root@pam" {
        return BTreeMap::from([("/".to_owned(), PRIVILEGES.iter().map(|name| (*name).to_owned()).collect())]);
    }
    let user = state.proxmox.users.iter().find(|user| user.name == caller.user());
    user.map(|user| user.privileges.iter().cloned().collect()).unwrap_or_default()
}

/// What the caller may do at `path`: what was given there, or above it and inherited.
pub(super) fn held_at(state: &State, caller: &Caller, path: &str) -> BTreeSet<String> {
    let is_above = |above: &str| above == "/" || path == above || path.starts_with(&format!("{above}/"));
    of(state, caller).into_iter().filter(|(above, _)| is_above(above)).flat_map(|(_, names)| names).collect()
}

/// Refuses a call whose description asks for more than the caller has.
pub(super) fn check(
    state: &State,
    caller: &Caller,
    endpoint: &Value,
    parameters: &BTreeMap<String, String>,
) -> Result<(), Failure> {
    let permissions = &endpoint["permissions"];
    match (&permissions["user"], &permissions["check"]) {
        (Value::String(_), _) => Ok(()),
        (_, Value::Array(check)) => holds(state, caller, check, parameters),
        // Nothing is said: then it is for root alone.
        _ if caller.is_root() => Ok(()),
        _ => Err(Failure::forbidden("user != root@pam")),
    }
}

/// Refuses a caller who lacks `privilege` at `path`.
pub(super) fn demand(state: &State, caller: &Caller, path: &str, privilege: &str) -> Result<(), Failure> {
    if held_at(state, caller, path).contains(privilege) {
        return Ok(());
    }
    Err(Failure::forbidden(&format!("{path}, {privilege}")))
}

fn holds(
    state: &State,
    caller: &Caller,
    check: &[Value],
    parameters: &BTreeMap<String, String>,
) -> Result<(), Failure> {
    let inner = |check: &Value| match check.as_array() {
        Some(check) => holds(state, caller, check, parameters),
        None => Ok(()),
    };
    match check {
        [kind, all @ ..] if kind == "and" => all.iter().try_for_each(inner),
        [kind, either @ ..] if kind == "or" => {
            let outcomes: Vec<_> = either.iter().map(inner).collect();
            match outcomes.iter().any(Result::is_ok) {
                true => Ok(()),
                false => outcomes.into_iter().next().unwrap_or(Ok(())),
            }
        }
        [kind, path, privileges, options @ ..] if kind == "perm" => {
            let path = filled(path.as_str().unwrap_or("/"), parameters);
            let names: Vec<&str> = privileges.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let held = held_at(state, caller, &path);
            let any_is_enough = options.first().is_some_and(|option| option == "any");
            let is_enough = match any_is_enough {
                true => names.iter().any(|name| held.contains(*name)),
                false => names.iter().all(|name| held.contains(*name)),
            };
            let separator = if any_is_enough { "|" } else { ", " };
            match is_enough {
                true => Ok(()),
                false => Err(Failure::forbidden(&format!("{path}, {}", names.join(separator)))),
            }
        }
        // Managing users and access lists: nobody but root does that here.
        _ if caller.user() == "root@pam" => Ok(()),
        _ => Err(Failure::forbidden("/access, User.Modify")),
    }
}

fn filled(path: &str, parameters: &BTreeMap<String, String>) -> String {
    let mut filled = path.to_owned();
    for (name, value) in parameters {
        filled = filled.replace(&format!("{{{name}}}"), value);
    }
    filled
}
