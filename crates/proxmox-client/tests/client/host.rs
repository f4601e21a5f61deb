//! A host in memory: it answers from a list and remembers what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use proxmox_client::{Client, Credentials, HttpAnswer, HttpRequest, Pending, Secret, Transport, TransportError};

/// What the host does next.
pub(crate) type Reply = Result<HttpAnswer, TransportError>;

/// A host in memory.
#[derive(Default)]
pub(crate) struct Host {
    replies: Mutex<VecDeque<Reply>>,
    seen: Mutex<Vec<HttpRequest>>,
}

impl Host {
    /// A host that will answer this, in this order.
    pub(crate) fn answering(replies: impl IntoIterator<Item = Reply>) -> Arc<Self> {
        Arc::new(Self { replies: Mutex::new(replies.into_iter().collect()), seen: Mutex::default() })
    }

    /// Methods and paths that were asked for, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|request| format!("{} {}", request.method.as_str(), request.path_and_query)).collect()
    }

    /// The body of one of the requests.
    pub(crate) fn body(&self, number: usize) -> String {
        String::from_utf8(self.seen.lock().unwrap()[number].body.clone()).unwrap()
    }

    /// A header of one of the requests.
    pub(crate) fn header(&self, number: usize, name: &str) -> Option<String> {
        let seen = self.seen.lock().unwrap();
        seen[number].headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
    }

    /// Whether everything that was prepared was asked for.
    pub(crate) fn is_done(&self) -> bool {
        self.replies.lock().unwrap().is_empty()
    }
}

impl Transport for Host {
    fn send(&self, request: HttpRequest) -> Pending<'_, Reply> {
        let asked = format!("{request:?}");
        self.seen.lock().unwrap().push(request);
        let reply = self.replies.lock().unwrap().pop_front();
        Box::pin(async move { reply.unwrap_or_else(|| panic!("nobody expected {asked}")) })
    }

    fn host(&self) -> &str {
        "pve.home:8006"
    }
}

/// Data in its envelope.
pub(crate) fn data(json: &str) -> Reply {
    answer(200, "OK", &format!(r#"{{"data":{json}}}"#))
}

/// An error as a host of today answers it.
pub(crate) fn failure(status: u16, message: &str) -> Reply {
    answer(status, message, &serde_json::json!({"data": null, "message": format!("{message}\n")}).to_string())
}

/// Any answer.
pub(crate) fn answer(status: u16, reason: &str, body: &str) -> Reply {
    Ok(HttpAnswer { status, reason: reason.to_owned(), headers: Vec::new(), body: body.as_bytes().to_vec() })
}

/// A connection that breaks after the request went out.
pub(crate) fn lost() -> Reply {
    Err(TransportError::Lost { cause: "connection reset".to_owned() })
}

/// A connection that is not made.
pub(crate) fn unreachable() -> Reply {
    Err(TransportError::Unreachable { cause: "connection refused".to_owned() })
}

/// A login's answer.
pub(crate) fn ticket(number: u32) -> Reply {
    data(&format!(r#"{{"ticket":"PVE:T{number}","CSRFPreventionToken":"C{number}","username":"root@pam"}}"#))
}

/// A client with a token.
pub(crate) fn with_token(host: &Arc<Host>) -> Client {
    let credentials = Credentials::Token { id: "homelab@pve!up".to_owned(), secret: Secret::new("hunter2") };
    Client::new(host.clone(), credentials)
}

/// A client with a password.
pub(crate) fn with_password(host: &Arc<Host>) -> Client {
    let credentials = Credentials::Password {
        username: "root@pam".to_owned(),
        password: Secret::new("hunter2"),
        second_factor: None,
    };
    Client::new(host.clone(), credentials)
}
