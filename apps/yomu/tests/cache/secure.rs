//! Passwords and TLS.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use yomu::cache::{Cache, Place, ValkeyAddress};

use crate::server::{Server, there};
use crate::story::{found, keep};

#[tokio::test]
async fn a_password_opens_and_a_wrong_one_does_not() {
    let Some(server) = Server::with(&["--requirepass", "p@ss word"]) else { return };
    let address = |password: &str| {
        ValkeyAddress::parse(&format!("redis://:{password}@127.0.0.1:{}/2", server.port())).expect("an address")
    };
    let cache = Cache::in_valkey(address("p%40ss%20word"), "home");
    there(&cache).await;
    keep(&cache, "a", b"value").await;
    assert!(found(&cache, "a").await.is_some());
    for wrong in ["", "wrong"] {
        let cache = Cache::in_valkey(address(wrong), "home");
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(cache.place(), Place::Away, "`{wrong}`");
    }
}

#[tokio::test]
async fn with_tls_the_certificate_has_to_be_known() {
    let folder = tempfile::tempdir().unwrap();
    let authority = certificates(folder.path());
    let file = |name: &str| folder.path().join(name).display().to_string();
    let (certificate, key) = (file("server.pem"), file("server.key"));
    let tls = ["--port", "0", "--tls-cert-file", &certificate, "--tls-key-file", &key, "--tls-auth-clients", "no"];
    let Some(server) = Server::with(&tls) else { return };
    let address = || ValkeyAddress::parse(&format!("rediss://localhost:{}", server.port())).expect("an address");

    let cache = Cache::in_valkey(address().with_tls(trusting(&[&authority])), "home");
    there(&cache).await;
    keep(&cache, "a", b"value").await;
    assert!(found(&cache, "a").await.is_some());

    let stranger = Cache::in_valkey(address().with_tls(trusting(&[])), "home");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(stranger.place(), Place::Away);
}

fn trusting(authorities: &[&rustls::pki_types::CertificateDer<'static>]) -> rustls::ClientConfig {
    let mut roots = rustls::RootCertStore::empty();
    authorities.iter().for_each(|one| roots.add((*one).clone()).expect("a certificate"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    config.expect("versions").with_root_certificates(roots).with_no_client_auth()
}

/// Writes a certificate for `localhost` and its key, and returns the authority that made it.
fn certificates(folder: &Path) -> rustls::pki_types::CertificateDer<'static> {
    let mut authority = CertificateParams::new(Vec::new()).expect("parameters");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().expect("a key")).expect("an authority");
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters");
    let certificate = params.signed_by(&key, &authority).expect("a certificate");
    std::fs::write(folder.join("server.pem"), certificate.pem()).expect("written");
    std::fs::write(folder.join("server.key"), key.serialize_pem()).expect("written");
    authority.der().clone()
}
