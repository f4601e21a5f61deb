//! What can go wrong with a fetch: situations, their sentences and their codes.
//!
//! Every sentence names the host it is about, which after a redirect is not the one that was asked for. None contains
//! a path or query: those of private feeds are secrets.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use super::Reserved;
use super::spoken::{Size, Time};

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the sentence of each situation is its documentation, and names every field")]
pub enum FetchError {
    // The address.
    #[error("{problem}")]
    BadUrl { problem: UrlProblem },
    #[error("port {port} of `{host}` belongs to another service than the web, so it is not asked")]
    ForeignPort { host: String, port: u16 },
    #[error(
        "`{host}` is at {address}, which is not a public address ({reserved}); name its network in `YOMU_ALLOW_NETWORKS` to fetch from it"
    )]
    PrivateAddress { host: String, address: IpAddr, reserved: Reserved },

    // The name.
    #[error("no host is named `{host}`; check the spelling, or the site is gone")]
    NameNotFound { host: String },
    #[error("the DNS server did not say in time where `{host}` is")]
    NameTimeout { host: String },
    #[error("looking up `{host}` failed: {cause}")]
    NameFailed { host: String, cause: String },

    // The connection.
    #[error("`{host}` refuses connections on port {port}; its server is not running")]
    Refused { host: String, port: u16 },
    #[error("there is no route to `{host}`")]
    Unreachable { host: String },
    #[error("`{host}` could not be reached within {}", Time(*after))]
    ConnectTimeout { host: String, after: Duration },
    #[error("no secure connection to `{host}`: {problem}")]
    Tls { host: String, problem: TlsProblem },
    #[error("`{host}` closed the connection without an answer")]
    Reset { host: String },

    // The exchange.
    #[error("`{host}` did not begin to answer within {}", Time(*after))]
    AnswerTimeout { host: String, after: Duration },
    #[error("the answer of `{host}` was not complete within {}", Time(*after))]
    TimeUp { host: String, after: Duration },
    #[error("`{host}` sends too slowly: {} in {}", Size(*bytes), Time(*after))]
    TooSlow { host: String, bytes: usize, after: Duration },
    #[error("the answer of `{host}` is larger than {}", Size(*bytes_max))]
    TooLarge { host: String, bytes_max: usize },
    #[error("the answer of `{host}` grows from {} to more than {} when decompressed", Size(*bytes), Size(*bytes_max))]
    Bomb { host: String, bytes: usize, bytes_max: usize },
    #[error("the answer of `{host}` has more headers than any reader accepts")]
    HeadersTooLarge { host: String },
    #[error("what `{host}` answers is not HTTP; check the port and whether it should be https")]
    NotHttp { host: String },
    #[error("the answer of `{host}` is compressed as `{encoding}`, which was not asked for")]
    UnknownEncoding { host: String, encoding: String },
    #[error("the answer of `{host}` is damaged: it is not valid `{encoding}`")]
    DamagedEncoding { host: String, encoding: &'static str },
    #[error("the answer of `{host}` broke off after {}", Size(*bytes))]
    CutOff { host: String, bytes: usize },
    #[error("the answer of `{host}` is empty")]
    Empty { host: String },

    // Redirects.
    #[error("`{host}` redirects in a circle")]
    RedirectLoop { host: String },
    #[error("`{host}` was reached after {hops_max} redirects and redirects once more")]
    TooManyRedirects { host: String, hops_max: usize },
    #[error("`{host}` redirects without saying where to")]
    RedirectNowhere { host: String },

    // The server's word.
    #[error("`{host}` asks for a user and password; set them for this address")]
    Unauthorized { host: String },
    #[error("`{host}` does not accept the user and password that are set")]
    CredentialsRefused { host: String },
    #[error("`{host}` does not let us read this (403); it may refuse feed readers")]
    Forbidden { host: String },
    #[error("`{host}` has nothing at this address (404)")]
    NotFound { host: String },
    #[error("`{host}` says that this is gone for good (410)")]
    Gone { host: String },
    #[error("`{host}` finds that we ask too often (429)")]
    RateLimited { host: String, retry_after: Option<Duration> },
    #[error("the server of `{host}` has a problem ({status})")]
    ServerError { host: String, status: u16, retry_after: Option<Duration> },
    #[error("`{host}` answers with the unexpected status {status}")]
    Status { host: String, status: u16 },

    // Ours.
    #[error("`{host}` asked to be left alone; we ask again in {}", Time(*retry_after))]
    Resting { host: String, retry_after: Duration },
    #[error("too many requests to `{host}` are waiting; this one comes later")]
    Busy { host: String },
    #[error("fetching from `{host}` failed: {cause}")]
    Other { host: String, cause: String },
}

impl FetchError {
    /// A code that stays the same when the wording changes: for storing, counting and translating.
    pub fn kind(&self) -> &'static str {
        match self {
            FetchError::BadUrl { .. } => "bad_url",
            FetchError::ForeignPort { .. } => "foreign_port",
            FetchError::PrivateAddress { .. } => "private_address",
            FetchError::NameNotFound { .. } => "dns",
            FetchError::NameTimeout { .. } => "dns_timeout",
            FetchError::NameFailed { .. } => "dns_failed",
            FetchError::Refused { .. } => "refused",
            FetchError::Unreachable { .. } => "unreachable",
            FetchError::ConnectTimeout { .. } => "connect_timeout",
            FetchError::Tls { .. } => "tls",
            FetchError::Reset { .. } => "reset",
            FetchError::AnswerTimeout { .. } | FetchError::TimeUp { .. } => "timeout",
            FetchError::TooSlow { .. } => "slow",
            FetchError::TooLarge { .. } => "too_large",
            FetchError::Bomb { .. } => "bomb",
            FetchError::HeadersTooLarge { .. } => "headers_too_large",
            FetchError::NotHttp { .. } => "not_http",
            FetchError::UnknownEncoding { .. } | FetchError::DamagedEncoding { .. } => "bad_encoding",
            FetchError::CutOff { .. } => "cut_off",
            FetchError::Empty { .. } => "empty",
            FetchError::RedirectLoop { .. } => "redirect_loop",
            FetchError::TooManyRedirects { .. } => "too_many_redirects",
            FetchError::RedirectNowhere { .. } => "redirect_nowhere",
            FetchError::Unauthorized { .. } => "unauthorized",
            FetchError::CredentialsRefused { .. } => "credentials_refused",
            FetchError::Forbidden { .. } => "forbidden",
            FetchError::NotFound { .. } => "not_found",
            FetchError::Gone { .. } => "gone",
            FetchError::RateLimited { .. } => "rate_limited",
            FetchError::ServerError { .. } => "server_error",
            FetchError::Status { .. } => "status",
            FetchError::Resting { .. } => "resting",
            FetchError::Busy { .. } => "busy",
            FetchError::Other { .. } => "other",
        }
    }

    /// How long the server wants us to wait before asking again.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            FetchError::RateLimited { retry_after, .. } | FetchError::ServerError { retry_after, .. } => *retry_after,
            FetchError::Resting { retry_after, .. } => Some(*retry_after),
            _ => None,
        }
    }
}

/// Why a URL cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlProblem {
    /// Neither http nor https.
    Scheme {
        /// The scheme it has.
        scheme: String,
    },
    /// There is no host in it, or none that could exist.
    Host,
    /// Longer than any server accepts.
    TooLong {
        /// The bound.
        bytes_max: usize,
    },
}

impl fmt::Display for UrlProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UrlProblem::Scheme { scheme } => {
                write!(f, "an address that begins with `{scheme}:` cannot be fetched, only http and https")
            }
            UrlProblem::Host => f.write_str("the address names no host"),
            UrlProblem::TooLong { bytes_max } => write!(f, "the address is longer than {bytes_max} bytes"),
        }
    }
}

/// Why there is no secure connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TlsProblem {
    /// The certificate has run out.
    Expired,
    /// The certificate is for the future; or the clock here is wrong.
    NotYetValid,
    /// The certificate is for another host.
    WrongName {
        /// Whom it is for, as far as it says.
        names: Vec<String>,
    },
    /// The certificate was signed by nobody we know, such as the server itself.
    UnknownIssuer,
    /// The server speaks something else on this port, most often plain http.
    NotTls,
    /// The server closed the connection or refused ours before it was secure.
    Refused,
    /// Anything else, in the words of the TLS library.
    Other {
        /// Those words.
        cause: String,
    },
}

impl fmt::Display for TlsProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TlsProblem::Expired => f.write_str("its certificate has expired"),
            TlsProblem::NotYetValid => f.write_str("its certificate is not valid yet; check the clock of this machine"),
            TlsProblem::WrongName { names } if names.is_empty() => f.write_str("its certificate is for another host"),
            TlsProblem::WrongName { names } => write!(f, "its certificate is for {}", names.join(", ")),
            TlsProblem::UnknownIssuer => f.write_str("its certificate is from an unknown authority"),
            TlsProblem::NotTls => f.write_str("the server does not speak TLS on this port; try http"),
            TlsProblem::Refused => f.write_str("the server broke off the handshake"),
            TlsProblem::Other { cause } => f.write_str(cause),
        }
    }
}
