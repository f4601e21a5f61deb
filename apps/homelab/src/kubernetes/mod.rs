//! The Kubernetes API, as much of it as a home needs: read, apply, delete.
//!
//! Objects are JSON values: the manifests of a home hold what their authors like, and nothing here has to understand it.
//!
//! Nothing here watches: whoever waits asks again (`docs/decisions/0007-waiting-is-looking-again.md`).

mod access;
mod kubeconfig;
mod path;

use std::sync::Arc;

use serde_json::Value;

pub use access::Access;
pub use kubeconfig::{Merged, is_foreign, merge, points_to};
pub use path::Reference;

use crate::reach::Pending;

/// Who we are to the API server when fields are owned by somebody.
pub const FIELD_MANAGER: &str = "homelab";

/// Opens ways to clusters.
pub trait Clusters: Send + Sync {
    /// A way to the cluster that `access` leads to.
    fn open(&self, access: &Access) -> Result<Arc<dyn Transport>, ApiError>;
}

/// Sends one request to an API server and brings one answer.
pub trait Transport: Send + Sync {
    /// Sends a request.
    fn send(&self, request: ApiRequest) -> Pending<'_, Result<ApiAnswer, ApiError>>;
}

/// A request to an API server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiRequest {
    /// In capitals.
    pub method: &'static str,
    /// Path and query.
    pub target: String,
    /// The type of the body, if there is one.
    pub content_type: Option<&'static str>,
    /// The body.
    pub body: Vec<u8>,
}

/// An answer of an API server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiAnswer {
    /// The status code.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// Why a call did not do what it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// Nothing came back.
    #[error("the API server at {server} does not answer: {cause}")]
    Silent {
        /// The server.
        server: String,
        /// What the system says.
        cause: String,
    },
    /// The server refuses.
    #[error("the API server refuses `{call}` with status {status}: {message}")]
    Refused {
        /// What was asked.
        call: String,
        /// The status code.
        status: u16,
        /// Its words.
        message: String,
    },
    /// The way in is of no use.
    #[error("the kubeconfig cannot be used: {cause}")]
    BadAccess {
        /// Why.
        cause: String,
    },
}

impl ApiError {
    /// Whether the object is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Refused { status: 404, .. })
    }
}

/// One cluster.
#[derive(Clone)]
pub struct Kubernetes {
    transport: Arc<dyn Transport>,
}

impl Kubernetes {
    /// The cluster at the end of `transport`.
    pub fn new(transport: Arc<dyn Transport>) -> Self {
        Self { transport }
    }

    /// Whether the server says that it is ready.
    ///
    /// # Errors
    /// It does not answer.
    pub async fn is_ready(&self) -> Result<bool, ApiError> {
        let answer =
            self.send(ApiRequest { method: "GET", target: "/readyz".to_owned(), ..ApiRequest::default() }).await?;
        Ok(answer.status == 200)
    }

    /// One object; none if it is not there.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn get(&self, reference: &Reference) -> Result<Option<Value>, ApiError> {
        let answer = self.call("GET", reference.path(), None, Vec::new()).await?;
        if answer.status == 404 {
            return Ok(None);
        }
        value(&answer, "GET", &reference.path()).map(Some)
    }

    /// All objects of a kind, in one namespace or in all.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn list(&self, collection: &Reference) -> Result<Vec<Value>, ApiError> {
        let path = collection.collection_path();
        let answer = self.call("GET", path.clone(), None, Vec::new()).await?;
        if answer.status == 404 {
            return Ok(Vec::new());
        }
        let mut list = value(&answer, "GET", &path)?;
        Ok(list["items"].as_array_mut().map(std::mem::take).unwrap_or_default())
    }

    /// Applies an object on the server's side. Fields that somebody else owns stay theirs: then this is refused, unless
    /// `takes_over` says that they are ours.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn apply(&self, object: &Value, takes_over: bool) -> Result<Value, ApiError> {
        let reference = Reference::of(object).ok_or_else(unnamed)?;
        let target = format!("{}?fieldManager={FIELD_MANAGER}&force={takes_over}", reference.path());
        // JSON is YAML too.
        let answer = self
            .call("PATCH", target.clone(), Some("application/apply-patch+yaml"), object.to_string().into_bytes())
            .await?;
        value(&answer, "PATCH", &target)
    }

    /// Creates an object. One that is there stays as it is.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn create(&self, object: &Value) -> Result<(), ApiError> {
        let reference = Reference::of(object).ok_or_else(unnamed)?;
        let target = format!("{}?fieldManager={FIELD_MANAGER}", reference.collection_path());
        let answer =
            self.call("POST", target.clone(), Some("application/json"), object.to_string().into_bytes()).await?;
        match answer.status {
            409 => Ok(()),
            _ => value(&answer, "POST", &target).map(|_| ()),
        }
    }

    /// Changes a few fields of an object.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn patch(&self, reference: &Reference, patch: &Value) -> Result<Value, ApiError> {
        let body = patch.to_string().into_bytes();
        let answer = self.call("PATCH", reference.path(), Some("application/merge-patch+json"), body).await?;
        value(&answer, "PATCH", &reference.path())
    }

    /// Deletes an object; one that is not there is deleted already.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn delete(&self, reference: &Reference) -> Result<(), ApiError> {
        let answer = self.call("DELETE", reference.path(), None, Vec::new()).await?;
        match answer.status {
            404 => Ok(()),
            _ => value(&answer, "DELETE", &reference.path()).map(|_| ()),
        }
    }

    /// Asks a pod to leave its node. One that is gone has left. Refused with 429 while a disruption budget forbids it.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn evict(&self, namespace: &str, pod: &str) -> Result<(), ApiError> {
        let target = format!("/api/v1/namespaces/{namespace}/pods/{pod}/eviction");
        let metadata = serde_json::json!({ "name": pod, "namespace": namespace });
        let body = serde_json::json!({ "apiVersion": "policy/v1", "kind": "Eviction", "metadata": metadata });
        let answer = self.call("POST", target.clone(), Some("application/json"), body.to_string().into_bytes()).await?;
        match answer.status {
            404 => Ok(()),
            _ => value(&answer, "POST", &target).map(|_| ()),
        }
    }

    /// The last lines of a pod's log.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn logs(&self, namespace: &str, pod: &str, lines: u32) -> Result<String, ApiError> {
        let target = format!("/api/v1/namespaces/{namespace}/pods/{pod}/log?tailLines={lines}");
        let answer = self.call("GET", target.clone(), None, Vec::new()).await?;
        match answer.status {
            200 => Ok(String::from_utf8_lossy(&answer.body).into_owned()),
            _ => value(&answer, "GET", &target).map(|_| String::new()),
        }
    }

    async fn call(
        &self,
        method: &'static str,
        target: String,
        content_type: Option<&'static str>,
        body: Vec<u8>,
    ) -> Result<ApiAnswer, ApiError> {
        self.send(ApiRequest { method, target, content_type, body }).await
    }

    /// Sends, and again a few times when the server is busy or the connection breaks: every call here may be repeated.
    async fn send(&self, request: ApiRequest) -> Result<ApiAnswer, ApiError> {
        let mut pauses = RETRY_PAUSES.iter();
        loop {
            let outcome = self.transport.send(request.clone()).await;
            let is_busy = match &outcome {
                Ok(answer) => matches!(answer.status, 429 | 500 | 502 | 503 | 504),
                Err(error) => matches!(error, ApiError::Silent { .. }),
            };
            match pauses.next().filter(|_| is_busy) {
                Some(seconds) => tokio::time::sleep(std::time::Duration::from_secs(*seconds)).await,
                None => return outcome,
            }
        }
    }
}

/// Pauses before another attempt, seconds.
const RETRY_PAUSES: [u64; 4] = [1, 2, 4, 8];

fn unnamed() -> ApiError {
    ApiError::BadAccess { cause: "an object has no kind or no name".to_owned() }
}

fn value(answer: &ApiAnswer, method: &str, target: &str) -> Result<Value, ApiError> {
    let value: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if (200..300).contains(&answer.status) {
        return Ok(value);
    }
    let message = value["message"].as_str().unwrap_or("no reason given").to_owned();
    Err(ApiError::Refused { call: format!("{method} {target}"), status: answer.status, message })
}

impl std::fmt::Debug for Kubernetes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Kubernetes")
    }
}
