//! A DNS server for the tests: it knows a few names and answers as told.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use tokio::net::UdpSocket;

/// What a name server says about a name.
pub(super) enum Says {
    Addresses(Vec<Ipv4Addr>),
    NoSuchName,
    Failure,
    Nothing,
}

pub(super) struct NameServer {
    pub(super) address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl NameServer {
    pub(super) async fn start(answer: impl Fn(&str) -> Says + Send + Sync + 'static) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: socket.local_addr().unwrap(), asked: Arc::default() };
        let asked = Arc::clone(&server.asked);
        tokio::spawn(async move {
            let mut buffer = [0; 1500];
            while let Ok((len, from)) = socket.recv_from(&mut buffer).await {
                let (name, question_end) = question(&buffer[..len]);
                asked.lock().unwrap().push(name.clone());
                if let Some(reply) = reply(&buffer[..question_end], &answer(&name)) {
                    let _ = socket.send_to(&reply, from).await;
                }
            }
        });
        server
    }

    /// The names asked for, each as often as it was.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// The name in the first question (RFC 1035, section 4.1.2), and where the question ends.
fn question(message: &[u8]) -> (String, usize) {
    let mut name = String::new();
    let mut at = 12;
    while message[at] != 0 {
        let len = usize::from(message[at]);
        name.push_str(&String::from_utf8_lossy(&message[at + 1..at + 1 + len]));
        name.push('.');
        at += 1 + len;
    }
    (name, at + 5)
}

fn reply(query: &[u8], says: &Says) -> Option<Vec<u8>> {
    let wants_a = query[query.len() - 4..query.len() - 2] == [0, 1];
    let (code, addresses) = match says {
        Says::Nothing => return None,
        Says::Failure => (2, &[][..]),
        Says::NoSuchName => (3, &[][..]),
        Says::Addresses(addresses) if wants_a => (0, &addresses[..]),
        Says::Addresses(_) => (0, &[][..]),
    };
    let mut message = query[..2].to_vec();
    // A response with recursion, one question, some answers.
    message.extend([0x81, 0x80 | code, 0, 1, 0, addresses.len() as u8, 0, 0, 0, 0]);
    message.extend(&query[12..]);
    for address in addresses {
        // The name of the question; type A, class IN, a TTL of zero, four bytes.
        message.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4]);
        message.extend(address.octets());
    }
    Some(message)
}

/// For readability in the tests.
pub(super) fn at(address: &str) -> Says {
    let IpAddr::V4(address) = address.parse().unwrap() else { panic!("not IPv4: {address}") };
    Says::Addresses(vec![address])
}
