//! Fetching documents from other people's servers, politely and suspiciously.
//!
//! [`Fetcher::get`] is the door. It asks with validators, follows redirects itself, decodes bodies within bounds,
//! refuses addresses that are not public, and answers with an [`Answer`] or with one sentence about what went wrong
//! ([`FetchError`]). [`Fetcher::open`] is the same for what is passed on piece by piece and not kept, [`Fetcher::post`] a
//! smaller one, for the one form that the program sends. Not in here: when to fetch (schedules), what the bytes mean
//! (parsing), and where they are kept.
//!
//! ```text
//! get -> target (URL rules) -> politeness (turn at the host) -> client (resolver: address rules; TLS) -> status
//!     -> redirect: next hop | body (bounds, decode) -> Document
//! ```

mod address;
mod answer;
mod body;
mod client;
mod config;
mod decode;
mod error;
mod failure;
mod fetcher;
mod form;
mod freshness;
mod http_date;
mod intake;
mod limits;
mod politeness;
mod port;
mod redirect;
mod request;
mod resolver;
mod sample;
mod spoken;
mod status;
mod stream;
mod target;
mod tls;

#[cfg(test)]
mod tests;

pub use address::{AddressRules, Reserved};
pub use answer::{Answer, Document, NotModified};
pub use config::{FetchConfig, FetchSetupError};
pub use error::{FetchError, TlsProblem, UrlProblem};
pub use fetcher::Fetcher;
pub use form::{FormAnswer, FormRequest};
pub use freshness::Freshness;
pub use limits::{BodyLimits, Limits};
pub(crate) use request::percent_decoded;
pub use request::{Credentials, Kind, Request};
pub use sample::{Embedded, SAMPLE_HOST};
pub use stream::{Opened, Stream};
pub(crate) use tls::client_config as tls_config;
