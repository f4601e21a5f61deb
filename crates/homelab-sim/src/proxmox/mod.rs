//! The door to Proxmox VE: `https://host:8006/api2/json`.
//!
//! A request goes the way it goes there: transport rules, who it is, which call it is, the published schema, the privileges,
//! and then what the call does. Sources: `src/PVE/APIServer/AnyEvent.pm` of pve-http-server, `src/PVE/RESTHandler.pm` of
//! pve-common, `PVE/HTTPServer.pm` of pve-manager.

mod access;
mod caller;
mod container;
mod failure;
mod form;
mod lxc;
mod node;
mod permission;
mod property;
mod schema;
mod storage;
mod task;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

pub(crate) use container::Container;
use failure::Failure;
use storage::Storage;
use task::Task;
pub(crate) use task::unix_time;

use crate::fault::Fault;
use crate::home::{Home, User};
use crate::http::{Request, Response};
use crate::latency;
use crate::world::{Lost, State, World};

/// The largest body: `$limit_max_post` of pve-http-server 5.2.1 and later.
const BODY_BYTES_MAX: usize = 512 * 1024;

/// The host.
#[derive(Debug)]
pub(crate) struct Proxmox {
    pub(crate) node: String,
    pub(crate) version: String,
    pub(crate) packages: BTreeMap<String, String>,
    pub(crate) modules: Vec<String>,
    memory: u64,
    cpus: u32,
    bridges: Vec<String>,
    users: Vec<User>,
    templates: Vec<String>,
    storages: Vec<Storage>,
    /// Numbers of virtual machines: they are in no list of containers.
    virtual_machines: Vec<u32>,
    pub(crate) containers: BTreeMap<u32, Container>,
    tasks: BTreeMap<String, Task>,
    /// Tickets that were given out, with their user and the time of their end.
    tickets: BTreeMap<String, (String, Duration)>,
    /// The process number of the next task.
    next_pid: u32,
}

impl Proxmox {
    pub(crate) fn new(home: &Home) -> Self {
        Self {
            node: home.node.clone(),
            version: home.version.clone(),
            packages: home.packages.clone(),
            modules: home.modules.clone(),
            memory: home.memory,
            cpus: home.cpus,
            bridges: home.bridges.clone(),
            users: home.users.clone(),
            templates: home.templates.clone(),
            storages: home.storages.iter().map(Storage::new).collect(),
            virtual_machines: home.virtual_machines.clone(),
            containers: home.guests.iter().map(|guest| (guest.vmid, Container::foreign(guest))).collect(),
            tasks: BTreeMap::new(),
            tickets: BTreeMap::new(),
            next_pid: 0x0003_0d40,
        }
    }

    /// Becomes as `home` says; what is on it stays.
    pub(crate) fn change(&mut self, home: &Home) {
        let storages = std::mem::take(&mut self.storages);
        let volumes = |name: &str| storages.iter().find(|storage| storage.name == name);
        *self = Self {
            storages: home.storages.iter().map(|storage| Storage::new(storage).with(volumes(&storage.name))).collect(),
            containers: std::mem::take(&mut self.containers),
            tasks: std::mem::take(&mut self.tasks),
            tickets: std::mem::take(&mut self.tickets),
            next_pid: self.next_pid,
            ..Self::new(home)
        };
    }

    /// Nobody is signed in any more.
    pub(crate) fn end_tickets(&mut self) {
        self.tickets.clear();
    }

    /// Removes what is stored under this name.
    pub(crate) fn remove_volume(&mut self, volume: &str) {
        self.storages.iter_mut().for_each(|storage| storage.remove(volume));
    }

    /// Whether what lies on this storage lies on ZFS.
    pub(crate) fn is_zfs(&self, storage: &str) -> bool {
        self.storages.iter().any(|found| found.name == storage && found.kind == "zfspool")
    }
}

impl World {
    /// One request to the host's port 8006.
    ///
    /// # Errors
    /// [`Lost`] when the connection broke: the call may have been carried out or not.
    pub async fn proxmox(&self, request: Request) -> Result<Response, Lost> {
        let response = self.call("pve", latency::PROXMOX_WAY, |state| answer(state, &request)).await?;
        if response.status == 401 {
            self.pass(latency::REFUSED_LOGIN).await;
        }
        Ok(response)
    }
}

fn answer(state: &mut State, request: &Request) -> Response {
    if state.fault("pve", Fault::ProxmoxError, 1) {
        let (status, reason) = [(500, "got timeout"), (596, "Connection refused"), (599, "Too many redirections")]
            [state.faults.below(3) as usize];
        return Response::empty(status, reason);
    }
    if state.fault_if("pve", Fault::TicketEnds, |state| caller::has_old_ticket(state, request)) {
        caller::end_ticket(state, request);
    }
    match handle(state, request) {
        Ok(data) => Response::json(200, "OK", &json!({ "data": data })),
        Err(failure) => failure.response(),
    }
}

fn handle(state: &mut State, request: &Request) -> Result<Value, Failure> {
    check_transport(request)?;
    let Some(path) = request.path().strip_prefix("/api2/json") else {
        return Err(Failure::new(501, format!("no such uri {}", request.path())));
    };
    let call = schema::find(&request.method, path)
        .ok_or_else(|| Failure::new(501, format!("Method '{} {path}' not implemented", request.method)))?;
    let caller = caller::identify(state, request, call.endpoint)?;
    let mut parameters = form::parameters(request)?;
    parameters.extend(call.path_parameters.clone());
    schema::validate(call.endpoint, &parameters)?;
    permission::check(state, &caller, call.endpoint, &parameters)?;
    dispatch(state, &caller, &request.method, call.template, &Parameters(parameters))
}

/// What the web server refuses before it looks at the call.
fn check_transport(request: &Request) -> Result<(), Failure> {
    match request.method.as_str() {
        "GET" | "DELETE" if !request.body.is_empty() => {
            Err(Failure::new(501, format!("Unexpected content for method '{}'", request.method)))
        }
        "GET" | "DELETE" | "POST" | "PUT" if request.body.len() > BODY_BYTES_MAX => {
            Err(Failure::new(501, "for data too large"))
        }
        "GET" | "DELETE" | "POST" | "PUT" => Ok(()),
        method => Err(Failure::new(501, format!("method '{method}' not available"))),
    }
}

/// The calls that the simulation carries out. One that the schema knows and this table does not is refused.
fn dispatch(
    state: &mut State,
    caller: &caller::Caller,
    method: &str,
    template: &str,
    parameters: &Parameters,
) -> Result<Value, Failure> {
    match (method, template) {
        ("POST", "/access/ticket") => access::ticket(state, parameters),
        ("GET", "/access/permissions") => access::permissions(state, caller, parameters),
        ("GET", "/version") => Ok(node::version(state)),
        ("GET", "/cluster/nextid") => lxc::next_id(state, parameters),
        ("GET", "/cluster/resources") => node::resources(state, caller, parameters),
        ("GET", "/cluster/status") => Ok(node::cluster_status(state)),
        ("GET", "/nodes") => Ok(node::list(state)),
        ("GET", "/nodes/{node}/status") => Ok(node::status(state)),
        ("GET", "/nodes/{node}/apt/versions") => Ok(node::package_versions(state)),
        ("GET", "/nodes/{node}/network") => Ok(node::network(state)),
        ("GET", "/nodes/{node}/dns") => Ok(json!({ "search": "home.arpa", "dns1": "192.168.0.1" })),
        ("GET", "/nodes/{node}/time") => Ok(node::time(state)),
        ("GET", "/nodes/{node}/aplinfo") => Ok(storage::appliances(state)),
        ("POST", "/nodes/{node}/aplinfo") => storage::download_appliance(state, caller, parameters),
        ("GET", "/nodes/{node}/storage") => Ok(storage::list(state, parameters)),
        ("GET", "/nodes/{node}/storage/{storage}/content") => storage::content(state, parameters),
        ("DELETE", "/nodes/{node}/storage/{storage}/content/{volume}") => storage::delete(state, caller, parameters),
        ("POST", "/nodes/{node}/storage/{storage}/download-url") => storage::download_url(state, caller, parameters),
        ("GET", "/nodes/{node}/tasks/{upid}/status") => task::status(state, parameters),
        ("GET", "/nodes/{node}/tasks/{upid}/log") => task::log(state, parameters),
        ("POST", "/nodes/{node}/vzdump") => lxc::backup(state, caller, parameters),
        ("GET", "/nodes/{node}/lxc") => Ok(lxc::list(state, caller)),
        ("POST", "/nodes/{node}/lxc") => lxc::create(state, caller, parameters),
        ("DELETE", "/nodes/{node}/lxc/{vmid}") => lxc::destroy(state, caller, parameters),
        ("GET", "/nodes/{node}/lxc/{vmid}/config") => lxc::config(state, parameters),
        ("PUT", "/nodes/{node}/lxc/{vmid}/config") => lxc::configure(state, caller, parameters),
        ("GET", "/nodes/{node}/lxc/{vmid}/pending") => lxc::pending(state, parameters),
        ("PUT", "/nodes/{node}/lxc/{vmid}/resize") => lxc::resize(state, caller, parameters),
        ("GET", "/nodes/{node}/lxc/{vmid}/interfaces") => lxc::interfaces(state, parameters),
        ("GET", "/nodes/{node}/lxc/{vmid}/status/current") => lxc::current(state, parameters),
        ("POST", "/nodes/{node}/lxc/{vmid}/status/start") => lxc::start(state, caller, parameters),
        ("POST", "/nodes/{node}/lxc/{vmid}/status/stop") => lxc::stop(state, caller, parameters, "vzstop"),
        ("POST", "/nodes/{node}/lxc/{vmid}/status/shutdown") => lxc::stop(state, caller, parameters, "vzshutdown"),
        ("POST", "/nodes/{node}/lxc/{vmid}/status/reboot") => lxc::reboot(state, caller, parameters),
        _ => Err(Failure::new(501, format!("the simulation does not carry out {method} {template}"))),
    }
}

/// The parameters of one call, by name; those of the path among them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parameters(BTreeMap<String, String>);

impl Parameters {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// One that the schema demands, so that it is there.
    fn required(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }

    fn is_set(&self, name: &str) -> bool {
        self.get(name) == Some("1")
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
