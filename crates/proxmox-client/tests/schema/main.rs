//! Every request that can be built, against the schema that Proxmox publishes: the path exists, every parameter is known and
//! has a value of its type, nothing required is missing, and answers of the published form are understood.

mod calls;
mod check;
mod sample;
mod schema;

use std::collections::BTreeSet;

use calls::{all, empty};
use check::problems;
use schema::Schema;

#[test]
fn every_call_fits_the_published_schema() {
    let schema = Schema::read();
    let found: Vec<String> = all().iter().chain(&empty()).flat_map(|call| problems(&schema, call)).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn answers_of_the_published_form_are_understood() {
    let schema = Schema::read();
    for call in all() {
        let (template, endpoint) = schema.find(&call.method, &call.path).unwrap();
        for sample in sample::answers(template, &endpoint["returns"]) {
            if let Err(cause) = (call.decode)(&sample) {
                panic!("{} {} does not understand {sample}: {cause}", call.method, call.path);
            }
        }
    }
}

/// What the platform's commands need. A call that is dropped by accident is missed here.
const NEEDED: &[&str] = &[
    "GET /version",
    "POST /access/ticket",
    "GET /access/permissions",
    "GET /access/roles",
    "GET /cluster/nextid",
    "GET /cluster/resources",
    "GET /cluster/status",
    "GET /nodes",
    "GET /nodes/{node}/status",
    "GET /nodes/{node}/apt/versions",
    "GET /nodes/{node}/network",
    "GET /nodes/{node}/dns",
    "GET /nodes/{node}/time",
    "GET /nodes/{node}/storage",
    "GET /nodes/{node}/storage/{storage}/content",
    "DELETE /nodes/{node}/storage/{storage}/content/{volume}",
    "GET /nodes/{node}/aplinfo",
    "POST /nodes/{node}/aplinfo",
    "POST /nodes/{node}/storage/{storage}/download-url",
    "GET /nodes/{node}/query-url-metadata",
    "GET /nodes/{node}/lxc",
    "POST /nodes/{node}/lxc",
    "DELETE /nodes/{node}/lxc/{vmid}",
    "GET /nodes/{node}/lxc/{vmid}/config",
    "PUT /nodes/{node}/lxc/{vmid}/config",
    "GET /nodes/{node}/lxc/{vmid}/pending",
    "POST /nodes/{node}/lxc/{vmid}/status/start",
    "POST /nodes/{node}/lxc/{vmid}/status/stop",
    "POST /nodes/{node}/lxc/{vmid}/status/shutdown",
    "POST /nodes/{node}/lxc/{vmid}/status/reboot",
    "GET /nodes/{node}/lxc/{vmid}/status/current",
    "PUT /nodes/{node}/lxc/{vmid}/resize",
    "GET /nodes/{node}/lxc/{vmid}/interfaces",
    "GET /nodes/{node}/lxc/{vmid}/feature",
    "GET /nodes/{node}/lxc/{vmid}/snapshot",
    "POST /nodes/{node}/lxc/{vmid}/snapshot",
    "DELETE /nodes/{node}/lxc/{vmid}/snapshot/{snapname}",
    "POST /nodes/{node}/lxc/{vmid}/snapshot/{snapname}/rollback",
    "POST /nodes/{node}/vzdump",
    "GET /nodes/{node}/tasks",
    "DELETE /nodes/{node}/tasks/{upid}",
    "GET /nodes/{node}/tasks/{upid}/status",
    "GET /nodes/{node}/tasks/{upid}/log",
    "GET /pools",
    "POST /pools",
    "PUT /pools",
    "DELETE /pools",
];

#[test]
fn every_call_that_is_needed_can_be_built() {
    let schema = Schema::read();
    let built: BTreeSet<String> = all()
        .iter()
        .filter_map(|call| Some(format!("{} {}", call.method, schema.find(&call.method, &call.path)?.0)))
        .collect();
    let missing: Vec<&&str> = NEEDED.iter().filter(|needed| !built.contains(**needed)).collect();
    assert_eq!(missing, Vec::<&&str>::new());
}
