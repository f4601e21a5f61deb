//! How a call fails: a status, a reason phrase, and for bad parameters what is wrong with each.

use serde_json::{Map, Value, json};

use crate::http::Response;

/// Why a call fails.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    status: u16,
    message: String,
    errors: Map<String, Value>,
    /// Failures before the call is found have no JSON body.
    is_bare: bool,
}

impl Failure {
    pub(crate) fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), errors: Map::new(), is_bare: false }
    }

    /// Whatever merely dies, which is most of what goes wrong.
    pub(crate) fn died(message: impl Into<String>) -> Self {
        Self::new(500, message)
    }

    pub(crate) fn forbidden(detail: &str) -> Self {
        Self::new(403, format!("Permission check failed ({detail})"))
    }

    /// Who it is could not be found out: the body is empty (`authenticate_and_handle_request` in `AnyEvent.pm`).
    pub(crate) fn unauthorized(message: &str) -> Self {
        Self { is_bare: true, ..Self::new(401, message) }
    }

    pub(crate) fn parameter(name: &str, problem: impl Into<String>) -> Self {
        Self::parameters(Map::from_iter([(name.to_owned(), Value::String(problem.into()))]))
    }

    pub(crate) fn parameters(errors: Map<String, Value>) -> Self {
        Self { errors, ..Self::new(400, "Parameter verification failed.") }
    }

    /// The message stands in the reason phrase and, since pve-http-server 5.2.0, in the body
    /// (`src/PVE/APIServer/Formatter/Standard.pm`).
    pub(crate) fn response(self) -> Response {
        let reason = self.message.lines().next().unwrap_or_default();
        if self.is_bare {
            return Response::empty(self.status, reason);
        }
        let mut body = json!({ "data": null, "message": format!("{}\n", self.message) });
        if !self.errors.is_empty() {
            body["errors"] = Value::Object(self.errors);
        }
        Response::json(self.status, reason, &body)
    }
}
