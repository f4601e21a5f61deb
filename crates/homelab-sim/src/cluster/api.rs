//! The door to the API server: `https://server:6443`.

use std::time::Duration;

use serde_json::{Value, json};

use super::kinds::{self, Kind};
use super::selector::Selector;
use super::store::{Key, Refusal};
use super::watch::{self, Watch, Wish};
use super::{discovery, nodes, pods, store};
use crate::fault::Fault;
use crate::http::{Request, Response};
use crate::latency;
use crate::world::{Lost, State, World};

/// How an API server answers.
#[derive(Debug)]
pub enum Answer {
    /// At once, and that is all.
    Whole(Response),
    /// With status 200, and a body that goes on.
    Watch(Box<Watch>),
}

impl World {
    /// One request to the API server at `address`. The certificate that a client would show during the TLS hand-shake comes in
    /// the header `x-client-certificate`. A watch is read to its end.
    ///
    /// # Errors
    /// [`Lost`] when nobody listens there, or the connection broke.
    pub async fn kubernetes(&self, address: &str, request: Request) -> Result<Response, Lost> {
        match self.kubernetes_answer(address, request).await? {
            Answer::Whole(response) => Ok(response),
            Answer::Watch(mut watch) => {
                let mut response = watch::head();
                while let Some(lines) = watch.next().await? {
                    response.body.extend(lines);
                }
                Ok(response)
            }
        }
    }

    /// The same, for those who read a body while it comes.
    ///
    /// # Errors
    /// [`Lost`] when nobody listens there, or the connection broke.
    pub async fn kubernetes_answer(&self, address: &str, request: Request) -> Result<Answer, Lost> {
        let answer = self.call("cluster", latency::KUBERNETES_WAY, |state| {
            if !super::is_server_up(state, address) {
                return Err(Lost { reason: "connection refused".to_owned(), was_sent: false });
            }
            Ok(answer(state, &request))
        });
        Ok(match answer.await?? {
            Begun::Whole(response) => Answer::Whole(response),
            Begun::Watch(start) => Answer::Watch(Box::new(Watch::new(self.clone(), address, start))),
        })
    }
}

/// What comes of a request.
enum Begun {
    Whole(Response),
    Watch(watch::Start),
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

fn answer(state: &mut State, request: &Request) -> Begun {
    if let Some(response) = answer_without_objects(state, request) {
        return Begun::Whole(response);
    }
    let outcome = match target(state, request.path()) {
        Some(target) => respond(state, request, &target),
        None => Err(Refusal {
            status: 404,
            reason: "NotFound",
            message: "the server could not find the requested resource".to_owned(),
        }),
    };
    outcome.unwrap_or_else(|refusal| Begun::Whole(status(refusal.status, refusal.reason, &refusal.message)))
}

/// The answer to a request that is about no object, and to one that does not get as far.
fn answer_without_objects(state: &mut State, request: &Request) -> Option<Response> {
    if request.header_value("x-client-certificate") != Some(&super::client_certificate(&state.cluster)) {
        return Some(status(401, "Unauthorized", "Unauthorized"));
    }
    if state.fault("cluster", Fault::KubernetesError, 1) {
        let (code, reason) =
            [(500, "etcdserver: request timed out"), (503, "apiserver not ready"), (429, "too many requests")]
                [state.faults.below(3) as usize];
        return Some(status(code, "ServerError", reason));
    }
    if matches!(request.path(), "/readyz" | "/livez" | "/healthz") {
        return Some(text(b"ok"));
    }
    if request.path() == "/version" {
        let machines = state.cluster.servers.iter().filter_map(|vmid| state.machines.get(vmid));
        let version = machines.map(|machine| machine.k3s.version.clone()).next();
        return Some(Response::json(200, "OK", &json!({ "gitVersion": version, "platform": "linux/amd64" })));
    }
    let description = discovery::answer(state, request.path()).filter(|_| request.method == "GET")?;
    Some(Response::json(200, "OK", &description))
}

fn text(body: &[u8]) -> Response {
    Response { body: body.to_vec(), ..Response::empty(200, "OK") }
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

fn respond(state: &mut State, request: &Request, target: &Target) -> Result<Begun, Refusal> {
    let key = key(target);
    if key.kind == "Node" {
        // A container may have more memory than at the last look.
        nodes::publish(state);
    }
    match (request.method.as_str(), target.name.is_empty(), target.subresource.as_deref()) {
        ("GET", false, Some("log")) => store::get(state, &key).map(|_| Begun::Whole(text(LOG))),
        ("GET", true, None) => {
            let [fields, labels] = ["fieldSelector", "labelSelector"].map(|name| query(request, name));
            let selector = Selector::parse(&key.kind, fields.as_deref(), labels.as_deref())?;
            if flag(request, "watch") {
                return watch::begin(state, key, selector, &wish(request)?).map(Begun::Watch);
            }
            Ok(Begun::Whole(Response::json(200, "OK", &store::list(state, &key, &selector))))
        }
        _ => {
            let value = change(state, request, target, &key)?;
            Ok(Begun::Whole(Response::json(if request.method == "POST" { 201 } else { 200 }, "OK", &value)))
        }
    }
}

/// What is done to one object, or asked of it.
fn change(state: &mut State, request: &Request, target: &Target, key: &Key) -> Result<Value, Refusal> {
    let body = || {
        serde_json::from_slice::<Value>(&request.body)
            .map_err(|error| Refusal::bad_request(&format!("the body is no JSON: {error}")))
    };
    match (request.method.as_str(), target.name.is_empty(), target.subresource.as_deref()) {
        ("GET", false, None) => store::get(state, key),
        ("POST", true, None) => store::create(state, key, body()?),
        ("PATCH", false, None) => match request.header_value("content-type") {
            Some("application/apply-patch+yaml") => {
                let manager = query(request, "fieldManager").ok_or_else(|| Refusal::bad_request("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch"))?;
                store::apply(state, key, body()?, &manager, query(request, "force").as_deref() == Some("true"))
            }
            Some("application/merge-patch+json") => store::merge(state, key, &body()?),
            other => Err(Refusal {
                status: 415,
                reason: "UnsupportedMediaType",
                message: format!("the simulation knows no patch of type {other:?}"),
            }),
        },
        ("DELETE", false, None) => store::delete(state, key),
        ("POST", false, Some("eviction")) => pods::evict(state, key),
        (method, ..) => Err(Refusal {
            status: 405,
            reason: "MethodNotAllowed",
            message: format!("the simulation does not carry out {method} here"),
        }),
    }
}

/// A parameter of the query; one without a value is empty.
fn query(request: &Request, name: &str) -> Option<String> {
    let mut pairs = request.query().split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| crate::http::percent_decoded(value))
}

/// Whether a parameter says yes: whatever is there does, but for these two words (`Convert_Slice_string_To_bool` in
/// `staging/src/k8s.io/apimachinery/pkg/runtime/converter.go` of kubernetes/kubernetes).
fn flag(request: &Request, name: &str) -> bool {
    query(request, name).is_some_and(|value| !value.eq_ignore_ascii_case("false") && value != "0")
}

/// How somebody wants to watch.
fn wish(request: &Request) -> Result<Wish, Refusal> {
    let number = |name: &str| match query(request, name).filter(|value| !value.is_empty()) {
        None => Ok(None),
        Some(value) => value.parse::<u64>().map(Some).map_err(|_| {
            Refusal::bad_request(&format!("{name}: Invalid value: \"{value}\": strconv.ParseUint: invalid syntax"))
        }),
    };
    let sends_what_is_there = query(request, "sendInitialEvents").map(|_| flag(request, "sendInitialEvents"));
    let matching = query(request, "resourceVersionMatch");
    let problem = match (sends_what_is_there, matching.as_deref()) {
        (None, Some(_)) => Some("resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"),
        (Some(_), None) => Some("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"),
        (Some(_), Some(other)) if other != "NotOlderThan" => Some("supported values: \"NotOlderThan\""),
        _ => None,
    };
    if let Some(problem) = problem {
        let message = format!("ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: {problem}");
        return Err(Refusal { status: 422, reason: "Invalid", message });
    }
    Ok(Wish {
        since: number("resourceVersion")?.filter(|revision| *revision > 0),
        sends_what_is_there,
        time: number("timeoutSeconds")?.map(Duration::from_secs),
        wants_bookmarks: flag(request, "allowWatchBookmarks"),
    })
}
