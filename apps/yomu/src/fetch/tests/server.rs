//! A small HTTP/1.1 server that misbehaves on request.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A server on a free port of loopback; it ends with the test's runtime.
pub(super) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<AtomicUsize>,
}

/// A request that came.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    pub(super) path: String,
    headers: Vec<(String, String)>,
}

/// What goes back, step by step.
#[derive(Default)]
pub(super) struct Reply {
    steps: Vec<Step>,
}

enum Step {
    Send(Vec<u8>),
    Wait(Duration),
    /// The same bytes for ever, with a pause after each.
    Repeat(Vec<u8>, Duration),
    Close,
    /// Closes with a TCP reset.
    Reset,
}

impl Server {
    pub(super) async fn start(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_at("127.0.0.1:0", answer).await
    }

    pub(super) async fn start_at(address: &str, answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let server =
            Self { address: listener.local_addr().unwrap(), seen: Arc::default(), connections: Arc::default() };
        let (answer, seen) = (Arc::new(answer), Arc::clone(&server.seen));
        let connections = Arc::clone(&server.connections);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(serve(stream, Arc::clone(&answer), Arc::clone(&seen)));
            }
        });
        server
    }

    /// A server that gives everyone the same.
    pub(super) async fn always(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Self {
        Self::start(move |_| reply()).await
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(super) fn port(&self) -> u16 {
        self.address.port()
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(super) fn paths(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.path).collect()
    }
}

impl Seen {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Reply {
    /// Bytes as they are, without HTTP.
    pub(super) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { steps: vec![Step::Send(bytes.into())] }
    }

    /// Headers (each line ended) and a body with its length.
    pub(super) fn new(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut bytes =
            format!("HTTP/1.1 {status} Word\r\nContent-Length: {}\r\n{headers}\r\n", body.len()).into_bytes();
        bytes.extend_from_slice(body);
        Self::raw(bytes)
    }

    pub(super) fn ok(body: impl AsRef<[u8]>) -> Self {
        Self::new(200, "", body)
    }

    pub(super) fn status(status: u16) -> Self {
        Self::new(status, "", "")
    }

    pub(super) fn redirect(status: u16, location: &str) -> Self {
        Self::new(status, &format!("Location: {location}\r\n"), "")
    }

    /// Headers of a body that ends with the connection.
    pub(super) fn open_ended(headers: &str) -> Self {
        Self::raw(format!("HTTP/1.1 200 OK\r\n{headers}\r\n"))
    }

    pub(super) fn then(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.steps.push(Step::Send(bytes.into()));
        self
    }

    pub(super) fn wait(mut self, time: Duration) -> Self {
        self.steps.push(Step::Wait(time));
        self
    }

    pub(super) fn repeat(mut self, bytes: impl Into<Vec<u8>>, pause: Duration) -> Self {
        self.steps.push(Step::Repeat(bytes.into(), pause));
        self
    }

    pub(super) fn close(mut self) -> Self {
        self.steps.push(Step::Close);
        self
    }

    pub(super) fn reset(mut self) -> Self {
        self.steps.push(Step::Reset);
        self
    }
}

async fn serve<F: Fn(&Seen) -> Reply>(stream: TcpStream, answer: Arc<F>, seen: Arc<Mutex<Vec<Seen>>>) {
    let mut stream = BufReader::new(stream);
    while let Some(request) = read_request(&mut stream).await {
        seen.lock().unwrap().push(request.clone());
        for step in answer(&request).steps {
            if !perform(step, &mut stream).await {
                return;
            }
        }
    }
}

async fn read_request(stream: &mut BufReader<TcpStream>) -> Option<Seen> {
    let mut request = Seen::default();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        if line.is_empty() {
            return Some(request);
        }
        match line.split_once(": ") {
            Some((name, value)) => request.headers.push((name.to_ascii_lowercase(), value.to_owned())),
            None => request.path = line.split(' ').nth(1)?.to_owned(),
        }
    }
}

/// Says whether the connection goes on.
async fn perform(step: Step, stream: &mut BufReader<TcpStream>) -> bool {
    match step {
        Step::Send(bytes) => stream.write_all(&bytes).await.is_ok(),
        Step::Wait(time) => {
            tokio::time::sleep(time).await;
            true
        }
        Step::Repeat(bytes, pause) => {
            while stream.write_all(&bytes).await.is_ok() {
                if !pause.is_zero() {
                    tokio::time::sleep(pause).await;
                }
            }
            false
        }
        Step::Close => false,
        Step::Reset => {
            let _ = stream.get_ref().set_zero_linger();
            false
        }
    }
}
