//! The first look at a host: which certificate does it show?

use std::sync::Arc;

use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::pin::Remembering;
use super::trust::{provider, with_verifier};
use super::{Endpoint, Fingerprint};
use crate::error::Error;
use crate::limits::CONNECT_TIME;

/// The fingerprint of the certificate that a host shows. It proves nothing yet: a person compares it with the one on the host's
/// own screen (`pvenode cert info`) and pins it. A handshake is made and nothing else; no credential leaves.
pub async fn presented_fingerprint(endpoint: &Endpoint) -> Result<Fingerprint, Error> {
    let unreachable = |cause: String| Error::Unreachable { host: endpoint.to_string(), cause };
    let verifier = Arc::new(Remembering::new(provider()));
    let connector = TlsConnector::from(Arc::new(with_verifier(verifier.clone())?));
    let name = ServerName::try_from(endpoint.name()).map_err(|cause| unreachable(cause.to_string()))?;
    let handshake = async {
        let stream = TcpStream::connect((endpoint.name(), endpoint.port())).await?;
        connector.connect(name, stream).await
    };
    match timeout(CONNECT_TIME, handshake).await {
        Ok(Ok(_)) => verifier.seen().ok_or_else(|| unreachable("it shows no certificate".to_owned())),
        Ok(Err(cause)) => Err(unreachable(cause.to_string())),
        Err(_) => Err(unreachable(format!("no answer within {} s", CONNECT_TIME.as_secs()))),
    }
}
