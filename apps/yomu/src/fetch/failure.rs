//! From the libraries' errors to situations.
//!
//! The HTTP client wraps what happened several times over; the innermost error that means something decides.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::iter::successors;
use std::time::Duration;

use rustls::CertificateError;

use super::resolver::ResolveError;
use super::target::Target;
use super::{FetchError, TlsProblem, UrlProblem};

/// Why a request got no answer. `connect_time` is the bound that was set on connecting.
pub(super) fn before_answer(error: &reqwest::Error, target: &Target, connect_time: Duration) -> FetchError {
    let host = target.host.clone();
    if error.is_builder() {
        return FetchError::BadUrl { problem: UrlProblem::Host };
    }
    for cause in causes(error) {
        if let Some(cause) = cause.downcast_ref::<ResolveError>() {
            return unresolved(cause.clone(), host);
        }
        if let Some(cause) = cause.downcast_ref::<rustls::Error>() {
            return FetchError::Tls { host, problem: tls_problem(cause) };
        }
        let Some(cause) = cause.downcast_ref::<io::Error>() else { continue };
        return match cause.kind() {
            ErrorKind::ConnectionRefused => FetchError::Refused { host, port: target.port },
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable => {
                FetchError::Unreachable { host }
            }
            ErrorKind::TimedOut => FetchError::ConnectTimeout { host, after: connect_time },
            kind if is_lost(kind) && error.is_connect() => FetchError::Tls { host, problem: TlsProblem::Refused },
            kind if is_lost(kind) => FetchError::Reset { host },
            // Most others only carry what is inside them.
            _ => continue,
        };
    }
    if error.is_timeout() {
        return FetchError::ConnectTimeout { host, after: connect_time };
    }
    in_http(error, host)
}

/// Whether a body ended because the server closed the connection, perhaps without the good-bye that TLS wants.
pub(super) fn is_end(error: &reqwest::Error) -> bool {
    causes(error)
        .filter_map(<dyn Error>::downcast_ref::<io::Error>)
        .any(|cause| cause.kind() == ErrorKind::UnexpectedEof)
}

/// The chain of causes. Unlike [`Error::source`], it also looks into what an I/O error carries.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(Some(error), |&error| match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner as &(dyn Error + 'static)),
        None => error.source(),
    })
}

fn is_lost(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof
    )
}

fn unresolved(cause: ResolveError, host: String) -> FetchError {
    match cause {
        ResolveError::NotFound => FetchError::NameNotFound { host },
        ResolveError::Timeout => FetchError::NameTimeout { host },
        ResolveError::Private { address, reserved } => FetchError::PrivateAddress { host, address, reserved },
        ResolveError::Failed { cause } => FetchError::NameFailed { host, cause },
    }
}

fn tls_problem(error: &rustls::Error) -> TlsProblem {
    use rustls::Error::{AlertReceived, InvalidCertificate, InvalidMessage};
    match error {
        InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => TlsProblem::Expired,
        InvalidCertificate(CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. }) => {
            TlsProblem::NotYetValid
        }
        InvalidCertificate(CertificateError::NotValidForName) => TlsProblem::WrongName { names: Vec::new() },
        InvalidCertificate(CertificateError::NotValidForNameContext { presented, .. }) => {
            TlsProblem::WrongName { names: presented.iter().take(3).map(|name| readable(name)).collect() }
        }
        InvalidCertificate(CertificateError::UnknownIssuer) => TlsProblem::UnknownIssuer,
        InvalidMessage(_) => TlsProblem::NotTls,
        AlertReceived(_) => TlsProblem::Refused,
        other => TlsProblem::Other { cause: other.to_string() },
    }
}

/// The library spells the names in a certificate as `DnsName("example.com")`.
fn readable(name: &str) -> String {
    let inner = name.split_once('(').map_or(name, |(_, inner)| inner.trim_end_matches(')'));
    format!("`{}`", inner.trim_matches('"'))
}

/// What happened to the HTTP itself. The client wraps one error of hyper's into another, so all of them are looked at.
fn in_http(error: &reqwest::Error, host: String) -> FetchError {
    let is = |what: fn(&hyper::Error) -> bool| causes(error).filter_map(<dyn Error>::downcast_ref).any(what);
    if is(hyper::Error::is_parse_too_large) {
        return FetchError::HeadersTooLarge { host };
    }
    if is(hyper::Error::is_parse) || is(is_unexpected) {
        return FetchError::NotHttp { host };
    }
    if is(hyper::Error::is_incomplete_message) || is(hyper::Error::is_canceled) || is(hyper::Error::is_closed) {
        return FetchError::Reset { host };
    }
    let innermost = causes(error).last().map(ToString::to_string).unwrap_or_default();
    FetchError::Other { host, cause: innermost }
}

/// Whether the server spoke before it was asked, as mail and SSH servers do. Of this situation alone hyper gives away
/// nothing but its words; the test with an impatient server holds it to them.
fn is_unexpected(error: &hyper::Error) -> bool {
    error.to_string() == "received unexpected message from connection"
}
