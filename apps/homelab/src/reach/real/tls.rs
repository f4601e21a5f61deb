//! TLS for the internet and for API servers. One provider of cryptography, `ring`.

use std::sync::Arc;

use base64::Engine as _;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};

use crate::kubernetes::Access;

/// Believes the public authorities.
pub(super) fn public() -> Result<ClientConfig, String> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    Ok(builder()?.with_root_certificates(roots).with_no_client_auth())
}

/// Believes the authority of one cluster, and shows its administrator's certificate.
pub(super) fn cluster(access: &Access) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(&access.authority, "certificate-authority-data")? {
        roots.add(certificate).map_err(|error| format!("its authority is no certificate: {error}"))?;
    }
    let key = PrivateKeyDer::from_pem_slice(&decoded(&access.key, "client-key-data")?)
        .map_err(|error| format!("`client-key-data` is no key: {error}"))?;
    let chain = certificates(&access.certificate, "client-certificate-data")?;
    let config = builder()?.with_root_certificates(roots).with_client_auth_cert(chain, key);
    config.map_err(|error| format!("its key and certificate do not belong together: {error}"))
}

fn builder() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, String> {
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    builder.with_safe_default_protocol_versions().map_err(|error| error.to_string())
}

fn certificates(base64: &str, field: &str) -> Result<Vec<CertificateDer<'static>>, String> {
    let pem = decoded(base64, field)?;
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    all.map_err(|error| format!("`{field}` is no certificate: {error}"))
}

fn decoded(base64: &str, field: &str) -> Result<Vec<u8>, String> {
    base64::engine::general_purpose::STANDARD.decode(base64).map_err(|_| format!("`{field}` is not base64"))
}
