//! A TLS server with a certificate of choice, on a thread of its own.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// All certificates are for this key. It exists for these tests only and protects nothing.
const KEY: &[u8] = include_bytes!("data/server-key.der");

/// Certificates for `localhost`, signed by the authority in `data/authority.pem` unless said otherwise.
pub(super) mod certificate {
    /// Valid until 2120.
    pub(crate) const GOOD: &[u8] = include_bytes!("data/good.der");
    /// Ran out in 2002.
    pub(crate) const EXPIRED: &[u8] = include_bytes!("data/expired.der");
    /// Begins in 2110.
    pub(crate) const FUTURE: &[u8] = include_bytes!("data/future.der");
    /// For `elsewhere.example` only.
    pub(crate) const ELSEWHERE: &[u8] = include_bytes!("data/elsewhere.der");
    /// Signed by itself.
    pub(crate) const SELF_SIGNED: &[u8] = include_bytes!("data/self-signed.der");
}

/// Answers every request with these bytes and then ends the connection, with or without TLS's good-bye.
pub(super) fn start(certificate: &'static [u8], reply: &'static str, good_bye: bool) -> SocketAddr {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(KEY));
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(certificate)], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream.unwrap());
            // A client that does not like the certificate leaves in the middle of this.
            if stream.read(&mut [0; 4096]).is_ok() {
                let _ = stream.write_all(reply.as_bytes());
                if good_bye {
                    stream.conn.send_close_notify();
                }
                let _ = stream.flush();
            }
        }
    });
    address
}
