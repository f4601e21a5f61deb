//! One connection: TCP, TLS where it is asked for, and the first words.

use std::io::{Error, ErrorKind};

use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::ValkeyAddress;
use super::resp::{Reply, command, read_reply};
use crate::cache::limits::CONNECT_TIME;

/// Bytes both ways, encrypted or not.
pub(super) trait Bytes: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Bytes for T {}

/// A connection that has answered.
pub(super) type Connection = BufReader<Box<dyn Bytes>>;

/// Connects, says who we are, and waits for an answer: a server that accepts and says nothing is away.
pub(super) async fn connect(address: &ValkeyAddress) -> Result<Connection, Error> {
    timeout(CONNECT_TIME, greet(address)).await.map_err(|_| Error::from(ErrorKind::TimedOut))?
}

async fn greet(address: &ValkeyAddress) -> Result<Connection, Error> {
    let mut connection = BufReader::new(open(address).await?);
    let mut words = Vec::new();
    let mut answers = 1;
    if let Some(password) = &address.password {
        let user = address.username.as_deref().unwrap_or("default");
        command(&mut words, &[b"AUTH", user.as_bytes(), password.expose().as_bytes()]);
        answers += 1;
    }
    if address.database > 0 {
        command(&mut words, &[b"SELECT", address.database.to_string().as_bytes()]);
        answers += 1;
    }
    command(&mut words, &[b"PING"]);
    connection.write_all(&words).await?;
    connection.flush().await?;
    for _ in 0..answers {
        if let Reply::Refused(reason) = read_reply(&mut connection).await? {
            return Err(Error::new(ErrorKind::PermissionDenied, first_word(&reason)));
        }
    }
    Ok(connection)
}

async fn open(address: &ValkeyAddress) -> Result<Box<dyn Bytes>, Error> {
    let tcp = TcpStream::connect((address.host.as_str(), address.port)).await?;
    tcp.set_nodelay(true)?;
    let Some(tls) = &address.tls else { return Ok(Box::new(tcp)) };
    let name = ServerName::try_from(address.host.clone())
        .map_err(|_| Error::new(ErrorKind::InvalidInput, "the host's name cannot stand in a certificate"))?;
    Ok(Box::new(TlsConnector::from(tls.clone()).connect(name, tcp).await?))
}

/// `WRONGPASS`, `NOAUTH`, `LOADING`: enough to know why. What follows repeats user names.
fn first_word(reason: &str) -> String {
    reason.split(' ').next().unwrap_or_default().to_owned()
}
