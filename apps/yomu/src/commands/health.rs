//! `yomu health`: whether the reader that runs here with the same settings is ready. For what can only run a command, as the
//! health check of a container without a shell.

use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use crate::commands::Exit;
use crate::config::Config;

/// As long as the answer to `/readyz` may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// The first bytes of an answer: its status, and the reason of a reader that is not ready.
const ANSWER_BYTES_MAX: u64 = 4 << 10;

/// Asks, and says what is the matter.
pub(super) fn health(config: &Config) -> Exit {
    // A worker answers nowhere else.
    let address = local(config.metrics.unwrap_or(config.listen));
    match ask(address) {
        Ok(answer) if answer.starts_with("HTTP/1.0 200") || answer.starts_with("HTTP/1.1 200") => Exit::Done,
        Ok(answer) => {
            let reason = answer.split_once("\r\n\r\n").map_or(answer.as_str(), |(_, body)| body);
            eprintln!("not ready: {}", reason.trim_end());
            Exit::Failed
        }
        Err(error) => {
            eprintln!("nobody answers at {address}: {error}; is yomu running with the same settings?");
            Exit::Failed
        }
    }
}

/// Where a listener at `address` is reached from here.
fn local(mut address: SocketAddr) -> SocketAddr {
    address.set_ip(match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    });
    address
}

fn ask(address: SocketAddr) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(format!("GET /readyz HTTP/1.0\r\nHost: {address}\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_listens_everywhere_is_asked_here() {
        for (listens, asked) in [
            ("0.0.0.0:1", "127.0.0.1:1"),
            ("[::]:2", "[::1]:2"),
            ("192.0.2.7:3", "192.0.2.7:3"),
            ("127.0.0.1:4", "127.0.0.1:4"),
        ] {
            assert_eq!(local(listens.parse().unwrap()).to_string(), asked);
        }
    }
}
