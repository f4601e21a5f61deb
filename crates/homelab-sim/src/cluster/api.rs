//! The door to the API server: `https://server:6443`.

use serde_json::{Value, json};

use super::kinds::{self, Kind};
use super::store::{Key, Refusal};
use super::{discovery, pods, store};
use crate::fault::Fault;
use crate::http::{Request, Response};
use crate::latency;
use crate::world::{Lost, State, World};

impl World {
    /// One request to the API server at `address`. The certificate that a client would show during the TLS hand-shake comes in
    /// the header `x-client-certificate`.
    ///
    /// # Errors
    /// [`Lost`] when nobody listens there, or the connection broke.
    pub async fn kubernetes(&self, address: &str, request: Request) -> Result<Response, Lost> {
        let answer = self.call("cluster", latency::KUBERNETES_WAY, |state| {
            if !super::is_server_up(state, address) {
                return Err(Lost { reason: "connection refused".to_owned(), was_sent: false });
            }
            Ok(answer(state, &request))
        });
        answer.await?
    }
}

/// What every pod of the simulation has to say.
const LOG: &[u8] = b"the simulation writes no logs\n";

/// What a path names.
struct Target {
    kind: Kind,
    namespace: String,
    /// Empty for a collection.
    name: String,
    subresource: Option<String>,
}

fn answer(state: &mut State, request: &Request) -> Response {
    if request.header_value("x-client-certificate") != Some(&super::client_certificate(&state.cluster)) {
        return status(401, "Unauthorized", "Unauthorized");
    }
    if state.fault("cluster", Fault::KubernetesError, 1) {
        let (code, reason) =
            [(500, "etcdserver: request timed out"), (503, "apiserver not ready"), (429, "too many requests")]
                [state.faults.below(3) as usize];
        return status(code, "ServerError", reason);
    }
    if matches!(request.path(), "/readyz" | "/livez" | "/healthz") {
        return Response { status: 200, reason: "OK".to_owned(), headers: Vec::new(), body: b"ok".to_vec() };
    }
    if request.path() == "/version" {
        let machines = state.cluster.servers.iter().filter_map(|vmid| state.machines.get(vmid));
        let version = machines.map(|machine| machine.k3s.version.clone()).next();
        return Response::json(200, "OK", &json!({ "gitVersion": version, "platform": "linux/amd64" }));
    }
    if let Some(description) = discovery::answer(state, request.path()).filter(|_| request.method == "GET") {
        return Response::json(200, "OK", &description);
    }
    let Some(target) = target(state, request.path()) else {
        return status(404, "NotFound", "the server could not find the requested resource");
    };
    if target.subresource.as_deref() == Some("log") {
        // Logs are the one answer that is no JSON.
        return match store::get(state, &key(&target)) {
            Ok(_) => Response { status: 200, reason: "OK".to_owned(), headers: Vec::new(), body: LOG.to_vec() },
            Err(refusal) => status(refusal.status, refusal.reason, &refusal.message),
        };
    }
    match respond(state, request, &target) {
        Ok(value) => Response::json(if request.method == "POST" { 201 } else { 200 }, "OK", &value),
        Err(refusal) => status(refusal.status, refusal.reason, &refusal.message),
    }
}

/// Errors come as objects of the kind Status.
fn status(code: u16, reason: &str, message: &str) -> Response {
    let body = json!({ "kind": "Status", "apiVersion": "v1", "status": "Failure", "message": message, "reason": reason, "code": code });
    Response::json(code, reason, &body)
}

/// `/api/v1/namespaces/a/pods/b/log`, `/apis/apps/v1/deployments`, …
fn target(state: &State, path: &str) -> Option<Target> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let (api_version, rest) = match parts.as_slice() {
        ["api", version, rest @ ..] => ((*version).to_owned(), rest),
        ["apis", group, version, rest @ ..] => (format!("{group}/{version}"), rest),
        _ => return None,
    };
    let (namespace, rest) = match rest {
        ["namespaces", namespace, rest @ ..] if !rest.is_empty() => ((*namespace).to_owned(), rest),
        rest => (String::new(), rest),
    };
    let kind = kinds::by_plural(state, &api_version, rest.first()?)?;
    let name = rest.get(1).copied().unwrap_or_default().to_owned();
    Some(Target { kind, namespace, name, subresource: rest.get(2).map(|part| (*part).to_owned()) })
}

fn key(target: &Target) -> Key {
    Key {
        api_version: target.kind.api_version.clone(),
        kind: target.kind.kind.clone(),
        namespace: if target.kind.is_namespaced { target.namespace.clone() } else { String::new() },
        name: target.name.clone(),
    }
}

fn respond(state: &mut State, request: &Request, target: &Target) -> Result<Value, Refusal> {
    let key = key(target);
    let body = || {
        serde_json::from_slice::<Value>(&request.body)
            .map_err(|error| Refusal::bad_request(&format!("the body is no JSON: {error}")))
    };
    match (request.method.as_str(), target.name.is_empty(), target.subresource.as_deref()) {
        ("GET", false, None) => store::get(state, &key),
        ("GET", true, None) => Ok(store::list(state, &key, query(request, "fieldSelector").as_deref())),
        ("POST", true, None) => store::create(state, &key, body()?),
        ("PATCH", false, None) => match request.header_value("content-type") {
            Some("application/apply-patch+yaml") => {
                let manager = query(request, "fieldManager").ok_or_else(|| Refusal::bad_request("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch"))?;
                store::apply(state, &key, body()?, &manager, query(request, "force").as_deref() == Some("true"))
            }
            Some("application/merge-patch+json") => store::merge(state, &key, &body()?),
            other => Err(Refusal {
                status: 415,
                reason: "UnsupportedMediaType",
                message: format!("the simulation knows no patch of type {other:?}"),
            }),
        },
        ("DELETE", false, None) => store::delete(state, &key),
        ("POST", false, Some("eviction")) => pods::evict(state, &key),
        (method, ..) => Err(Refusal {
            status: 405,
            reason: "MethodNotAllowed",
            message: format!("the simulation does not carry out {method} here"),
        }),
    }
}

/// A parameter of the query.
fn query(request: &Request, name: &str) -> Option<String> {
    let found = request.query().split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
    found.map(crate::http::percent_decoded)
}
