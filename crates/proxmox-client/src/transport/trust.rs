//! Which certificates are believed.

use std::path::PathBuf;
use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{Error as PemError, PemObject};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};
use rustls_platform_verifier::Verifier;

use super::Fingerprint;
use super::pin::Pinned;
use crate::error::Error;

/// Which certificates are believed.
#[derive(Clone, Debug)]
pub enum Trust {
    /// One certificate. The way for a host's own, self-signed one: stricter than any authority, and known after one look.
    Pinned(Fingerprint),
    /// Those signed by the authorities in a PEM file: a home's own, or `/etc/pve/pve-root-ca.pem` of the host.
    CaFile(PathBuf),
    /// Those signed by the system's authorities, or by Mozilla's where the system has none.
    System,
}

/// The one provider of cryptography.
pub(super) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// TLS that believes what it should. The host speaks HTTP/1 only, so nothing else is offered.
pub(super) fn client_config(trust: &Trust) -> Result<ClientConfig, Error> {
    let mut config = match trust {
        Trust::Pinned(fingerprint) => with_verifier(Arc::new(Pinned::new(*fingerprint, provider())))?,
        Trust::CaFile(path) => builder()?.with_root_certificates(authorities(path)?).with_no_client_auth(),
        Trust::System => match Verifier::new(provider()) {
            Ok(verifier) => with_verifier(Arc::new(verifier))?,
            Err(_) => {
                let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
                builder()?.with_root_certificates(roots).with_no_client_auth()
            }
        },
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// TLS with certificate checks of our own.
pub(super) fn with_verifier(verifier: Arc<dyn ServerCertVerifier>) -> Result<ClientConfig, Error> {
    Ok(builder()?.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

fn builder() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, Error> {
    ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|cause| Error::Setup { cause: cause.to_string() })
}

fn authorities(path: &std::path::Path) -> Result<RootCertStore, Error> {
    let unreadable = |cause: PemError| {
        let cause = match cause {
            PemError::Io(cause) => cause.to_string(),
            _ => "it is not valid PEM".to_owned(),
        };
        Error::CaFile { path: path.to_owned(), cause }
    };
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(unreadable)? {
        roots.add_parsable_certificates([certificate.map_err(unreadable)?]);
    }
    if roots.is_empty() {
        return Err(Error::CaFile { path: path.to_owned(), cause: "it holds no certificate".to_owned() });
    }
    Ok(roots)
}
