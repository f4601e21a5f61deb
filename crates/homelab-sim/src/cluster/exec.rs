//! `k3s kubectl exec`: a program in a pod.

use super::store::{self, Key};
use super::volumes;
use crate::host::{self, Output};
use crate::postgres::{self, DatabaseServer};
use crate::world::State;

/// Runs a program in a pod. The simulation knows what is in PostgreSQL's.
pub(crate) fn exec(state: &mut State, namespace: &str, pod: &str, words: &[&str], input: &[u8]) -> Output {
    let key = Key {
        api_version: "v1".to_owned(),
        kind: "Pod".to_owned(),
        namespace: namespace.to_owned(),
        name: pod.to_owned(),
    };
    let Ok(found) = store::get(state, &key) else {
        return failed(&format!("Error from server (NotFound): pods \"{pod}\" not found"));
    };
    let node = found["spec"]["nodeName"].as_str().unwrap_or_default();
    if !state.cluster.nodes.get(node).is_some_and(|node| node.is_ready) {
        return failed(
            "error: Internal error occurred: error dialing backend: proxy error from 127.0.0.1:6443 while dialing, code 502: 502 Bad Gateway",
        );
    }
    let Some((vmid, path)) = volumes::first_of(state, &found, &key) else {
        return failed("error: Internal error occurred: the simulation knows no such pod");
    };
    if words.first().is_none_or(|program| !program.starts_with("pg_") && *program != "psql") {
        return failed(&format!(
            "error: Internal error occurred: the simulation knows no `{}` in a pod",
            words.join(" ")
        ));
    }
    let mut server = open(state, vmid, &path);
    let before = server.clone();
    let output = postgres::run(&mut server, words, input);
    if server != before {
        if host::is_disk_full(state, vmid) {
            return failed("ERROR:  could not extend file \"base/5/2608\": No space left on device");
        }
        host::put_file(state, vmid, &data(&path), &server.bytes());
    }
    output
}

/// The data of a server, or those that `initdb` makes with the password of the Secret.
fn open(state: &State, vmid: u32, path: &str) -> DatabaseServer {
    let there = host::bytes_of(state, vmid, &data(path)).and_then(|bytes| DatabaseServer::read(&bytes));
    there.unwrap_or_else(|| DatabaseServer::new(&superuser_password(state)))
}

fn superuser_password(state: &State) -> String {
    let key = Key {
        api_version: "v1".to_owned(),
        kind: "Secret".to_owned(),
        namespace: "postgres".to_owned(),
        name: "postgres-secrets".to_owned(),
    };
    let secret = store::get(state, &key).unwrap_or_default();
    store::decoded(&secret["data"]["POSTGRES_PASSWORD"]).unwrap_or_default()
}

fn data(path: &str) -> String {
    format!("{path}/pgdata/data")
}

fn failed(complaint: &str) -> Output {
    Output { status: 1, stdout: Vec::new(), stderr: format!("{complaint}\n") }
}

impl crate::World {
    /// Whether somebody may sign in to the shared database with what stands in an address: `postgres://role:password@…/name`.
    pub fn database_admits(&self, url: &str) -> bool {
        let parts = url.strip_prefix("postgres://").and_then(|rest| rest.split_once('@'));
        let Some(((role, password), (_, database))) =
            parts.and_then(|(user, place)| user.split_once(':').zip(place.rsplit_once('/')))
        else {
            return false;
        };
        self.with_database(|server| server.admits(role, password, database)).unwrap_or(false)
    }

    /// A service writes a row into its database.
    pub fn database_write(&self, database: &str, row: &str) {
        self.with_database(|server| server.write(database, row));
    }

    /// The rows that services wrote.
    pub fn database_rows(&self, database: &str) -> Vec<String> {
        self.with_database(|server| server.rows(database)).unwrap_or_default()
    }

    fn with_database<T>(&self, look: impl FnOnce(&mut DatabaseServer) -> T) -> Option<T> {
        let mut state = self.state();
        let key = Key {
            api_version: "v1".to_owned(),
            kind: "Pod".to_owned(),
            namespace: "postgres".to_owned(),
            name: "postgres-0".to_owned(),
        };
        let pod = store::get(&state, &key).ok()?;
        let (vmid, path) = volumes::first_of(&state, &pod, &key)?;
        let mut server = open(&state, vmid, &path);
        let outcome = look(&mut server);
        host::put_file(&mut state, vmid, &data(&path), &server.bytes());
        Some(outcome)
    }
}
