//! How requests reach a host, whichever it is.

mod endpoint;
mod fingerprint;
mod first_contact;
mod https;
mod pin;
mod trust;

use std::fmt;
use std::pin::Pin;

pub use endpoint::{Endpoint, InvalidEndpoint};
pub use fingerprint::{Fingerprint, InvalidFingerprint};
pub use first_contact::presented_fingerprint;
pub use https::Https;
pub use trust::Trust;

use crate::request::Method;

/// Something under way.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and brings one answer. No retries, no redirects, no credentials of its own.
pub trait Transport: Send + Sync {
    /// Sends a request.
    fn send(&self, request: HttpRequest) -> Pending<'_, Result<HttpAnswer, TransportError>>;

    /// What the other side is called in messages: `pve.home:8006`.
    fn host(&self) -> &str;
}

/// A request as it goes over the wire.
#[derive(Clone)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// Path and query, percent-encoded, from `/api2/json` on.
    pub path_and_query: String,
    /// Names in lower case, and values. Some are credentials.
    pub headers: Vec<(&'static str, String)>,
    /// The form, or nothing. It may hold passwords.
    pub body: Vec<u8>,
}

/// An answer as it came over the wire.
#[derive(Clone, Debug, Default)]
pub struct HttpAnswer {
    /// The status code.
    pub status: u16,
    /// The reason phrase, where Proxmox puts the first line of its errors.
    pub reason: String,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The content.
    pub body: Vec<u8>,
}

/// Why no answer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// No connection: nothing was sent.
    Unreachable {
        /// What the system says.
        cause: String,
    },
    /// The host shows another certificate than the pinned one: nothing was sent.
    CertificateChanged {
        /// The pinned one.
        expected: Fingerprint,
        /// The one it shows.
        seen: Fingerprint,
    },
    /// The certificate is not signed by an authority we trust: nothing was sent.
    CertificateUntrusted {
        /// What is wrong with it.
        cause: String,
    },
    /// The request went out, and then the connection broke or time ran out: it may have been acted upon.
    Lost {
        /// What happened.
        cause: String,
    },
    /// The answer is longer than we read.
    AnswerTooLarge,
}

impl HttpAnswer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| *name).collect();
        let (method, bytes) = (self.method.as_str(), self.body.len());
        write!(formatter, "{method} {} headers {names:?}, body of {bytes} bytes", self.path_and_query)
    }
}
