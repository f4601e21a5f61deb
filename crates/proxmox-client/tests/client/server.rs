//! A TLS server on loopback that answers each connection with bytes prepared for it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use proxmox_client::{Endpoint, Fingerprint, HttpRequest, Method};
use rcgen::{CertificateParams, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A server on loopback.
pub(crate) struct Server {
    address: SocketAddr,
    certificate: CertificateDer<'static>,
    seen: Arc<Mutex<Vec<String>>>,
}

/// A certificate for `localhost` and its key, made for this run.
pub(crate) struct Identity {
    pub(crate) certificate: CertificateDer<'static>,
    key: KeyPair,
}

impl Identity {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        Self { certificate: params.self_signed(&key).unwrap().der().clone(), key }
    }

    fn private_key(&self) -> PrivateKeyDer<'static> {
        PrivatePkcs8KeyDer::from(self.key.serialize_der()).into()
    }
}

impl Server {
    /// A server that answers every connection with these bytes, and then closes it.
    pub(crate) async fn answering(bytes: impl Into<Vec<u8>>) -> Self {
        let identity = Identity::new();
        let config = builder().with_single_cert(vec![identity.certificate.clone()], identity.private_key()).unwrap();
        Self::serve(config, identity.certificate, bytes.into()).await
    }

    /// A server that shows a certificate whose key it does not have.
    pub(crate) async fn with_copied_certificate(bytes: impl Into<Vec<u8>>) -> Self {
        let (copied, own) = (Identity::new(), Identity::new());
        let signer = rustls::crypto::ring::sign::any_supported_type(&own.private_key()).unwrap();
        let key = Arc::new(CertifiedKey::new(vec![copied.certificate.clone()], signer));
        let config = builder().with_cert_resolver(Arc::new(Always(key)));
        Self::serve(config, copied.certificate, bytes.into()).await
    }

    async fn serve(config: ServerConfig, certificate: CertificateDer<'static>, bytes: Vec<u8>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let remembered = seen.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let request = read_request(&mut stream).await;
                if request.is_empty() {
                    continue;
                }
                remembered.lock().unwrap().push(request);
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
            }
        });
        Self { address, certificate, seen }
    }

    pub(crate) fn endpoint(&self) -> Endpoint {
        format!("localhost:{}", self.address.port()).parse().unwrap()
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.certificate)
    }

    /// The certificate as a file for people.
    pub(crate) fn pem(&self) -> String {
        let mut text = "-----BEGIN CERTIFICATE-----\n".to_owned();
        text.push_str(&base64(&self.certificate));
        text + "\n-----END CERTIFICATE-----\n"
    }

    /// The requests that came, as they came.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

/// A look at the version.
pub(crate) fn look() -> HttpRequest {
    proxmox_client::version::get().to_http()
}

/// A change with a body.
pub(crate) fn change() -> HttpRequest {
    HttpRequest {
        method: Method::Post,
        path_and_query: "/api2/json/nodes/pve/lxc".to_owned(),
        headers: vec![("authorization", "PVEAPIToken=a@pve!b=c".to_owned())],
        body: b"vmid=101".to_vec(),
    }
}

#[derive(Debug)]
struct Always(Arc<CertifiedKey>);

impl ResolvesServerCert for Always {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.clone())
    }
}

fn builder() -> rustls::ConfigBuilder<ServerConfig, rustls::server::WantsServerCert> {
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
}

/// Reads a head, and as much body as it announces.
async fn read_request(stream: &mut (impl AsyncReadExt + Unpin)) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        match stream.read(&mut buffer).await {
            Ok(read @ 1..) => bytes.extend_from_slice(&buffer[..read]),
            _ => return text,
        }
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = char::from(LETTERS[(bits >> (18 - 6 * place)) as usize & 63]);
            text.push(if place <= chunk.len() { letter } else { '=' });
        }
    }
    text
}
