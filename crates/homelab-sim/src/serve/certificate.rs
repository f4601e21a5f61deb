//! Certificates: one that the host signed itself, as each Proxmox host does, and an authority for the cluster.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use sha2::{Digest as _, Sha256};

/// Anything that keeps certificates from being made.
type Problem = Box<dyn std::error::Error + Send + Sync>;

/// All certificates of one served home.
#[derive(Debug)]
pub(super) struct Certificates {
    host: Identity,
    authority: CertificateDer<'static>,
    server: Identity,
    administrator: Identity,
}

/// A certificate and its key.
#[derive(Debug)]
struct Identity {
    certificate: CertificateDer<'static>,
    key: KeyPair,
}

impl Certificates {
    pub(super) fn new(address: IpAddr) -> Result<Self, Problem> {
        let names = vec!["localhost".to_owned(), address.to_string()];
        let key = KeyPair::generate()?;
        let host = Identity { certificate: CertificateParams::new(names.clone())?.self_signed(&key)?.into(), key };
        let mut parameters = CertificateParams::new(Vec::new())?;
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.distinguished_name.push(DnType::CommonName, "k3s-server-ca of the simulation");
        let key = KeyPair::generate()?;
        let authority = parameters.self_signed(&key)?.into();
        let issuer = Issuer::new(parameters, key);
        let server = issued(&issuer, names, "k3s", ExtendedKeyUsagePurpose::ServerAuth)?;
        // The name by which K3s calls its administrator.
        let administrator = issued(&issuer, Vec::new(), "system:admin", ExtendedKeyUsagePurpose::ClientAuth)?;
        Ok(Self { host, authority, server, administrator })
    }

    pub(super) fn fingerprint(&self) -> String {
        let digest = Sha256::digest(&self.host.certificate);
        digest.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
    }

    /// TLS of the Proxmox host.
    pub(super) fn host(&self) -> Result<ServerConfig, Problem> {
        let config = ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions()?;
        Ok(config.with_no_client_auth().with_single_cert(vec![self.host.certificate.clone()], self.host.secret())?)
    }

    /// TLS of the API server, which asks for a client's certificate and takes callers without one: they get a 401.
    pub(super) fn api_server(&self) -> Result<ServerConfig, Problem> {
        let mut roots = RootCertStore::empty();
        roots.add(self.authority.clone())?;
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider());
        let verifier = verifier.allow_unauthenticated().build()?;
        let config = ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions()?;
        let chain = vec![self.server.certificate.clone(), self.authority.clone()];
        Ok(config.with_client_cert_verifier(verifier).with_single_cert(chain, self.server.secret())?)
    }

    /// As K3s writes it, for the administrator.
    pub(super) fn kubeconfig(&self, server: SocketAddr) -> String {
        let authority = STANDARD.encode(pem("CERTIFICATE", &self.authority));
        let certificate = STANDARD.encode(pem("CERTIFICATE", &self.administrator.certificate));
        let key = STANDARD.encode(pem("PRIVATE KEY", self.administrator.key.serialized_der()));
        format!(
            "apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: {authority}\n    server: https://{server}\n  name: default\ncontexts:\n- context:\n    cluster: default\n    user: default\n  name: default\ncurrent-context: default\nkind: Config\nusers:\n- name: default\n  user:\n    client-certificate-data: {certificate}\n    client-key-data: {key}\n"
        )
    }
}

impl Identity {
    fn secret(&self) -> PrivateKeyDer<'static> {
        PrivateKeyDer::Pkcs8(self.key.serialized_der().to_vec().into())
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn issued(
    issuer: &Issuer<'_, KeyPair>,
    names: Vec<String>,
    name: &str,
    purpose: ExtendedKeyUsagePurpose,
) -> Result<Identity, Problem> {
    let mut parameters = CertificateParams::new(names)?;
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.extended_key_usages.push(purpose);
    let key = KeyPair::generate()?;
    Ok(Identity { certificate: parameters.signed_by(&key, issuer)?.into(), key })
}

/// RFC 7468: base64 in lines of 64 characters between two marks.
fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines = text.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into_owned());
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.collect::<Vec<_>>().join("\n"))
}
