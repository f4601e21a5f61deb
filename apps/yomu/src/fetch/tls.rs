//! TLS, set up once for all requests.

use std::path::Path;
use std::sync::Arc;

use rustls::client::Resumption;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{Error as PemError, PemObject};
use rustls::{ClientConfig, RootCertStore};

use super::FetchSetupError;
use super::limits::TLS_SESSIONS_MAX;

/// TLS with the authorities in the binary (Mozilla's) and those in a file of the operator. The system's store is not
/// read: a container image has none, and a reader should not need one.
pub(crate) fn client_config(ca_file: Option<&Path>) -> Result<ClientConfig, FetchSetupError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = ca_file {
        add_authorities(&mut roots, path)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|cause| FetchSetupError::Tls { cause: cause.to_string() })?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config.resumption = Resumption::in_memory_sessions(TLS_SESSIONS_MAX);
    Ok(config)
}

fn add_authorities(roots: &mut RootCertStore, path: &Path) -> Result<(), FetchSetupError> {
    let unreadable = |cause: PemError| FetchSetupError::CaFile { path: path.to_owned(), cause: spoken(&cause) };
    let mut added = 0;
    for certificate in CertificateDer::pem_file_iter(path).map_err(unreadable)? {
        let (usable, _) = roots.add_parsable_certificates([certificate.map_err(unreadable)?]);
        added += usable;
    }
    if added == 0 { Err(FetchSetupError::CaFileEmpty { path: path.to_owned() }) } else { Ok(()) }
}

/// The library prints its errors as Rust values; a missing file should read as one.
fn spoken(cause: &PemError) -> String {
    match cause {
        PemError::Io(cause) => cause.to_string(),
        _ => "it is not valid PEM".to_owned(),
    }
}
