//! An HTTP server of the test's own: a table of paths, and a record of what was asked.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A server that runs until its runtime ends.
pub(crate) struct Server {
    address: String,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    answers: Mutex<HashMap<String, Vec<u8>>>,
    asked: Mutex<Vec<String>>,
    arrived: AtomicUsize,
    /// While it holds, requests are taken and not answered.
    holds: watch::Sender<bool>,
    delay: Duration,
}

impl Server {
    /// A server that knows no path yet, and so answers 404.
    pub(crate) async fn start() -> Self {
        Self::slow(Duration::ZERO).await
    }

    /// A server that waits before each answer.
    pub(crate) async fn slow(delay: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let shared = Arc::new(Shared { delay, ..Shared::default() });
        let state = shared.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, state.clone()));
            }
        });
        Self { address, shared }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Answers a path with this document.
    pub(crate) fn put(&self, path: &str, media_type: &str, body: impl AsRef<[u8]>) {
        self.put_with(path, "200 OK", &format!("Content-Type: {media_type}\r\n"), body);
    }

    /// Answers a path with this status and these header lines. With an `ETag` among them, whoever has that version
    /// already is answered 304.
    pub(crate) fn put_with(&self, path: &str, status: &str, headers: &str, body: impl AsRef<[u8]>) {
        let body = body.as_ref();
        let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        let answer = [head.as_bytes(), body].concat();
        self.shared.answers.lock().expect("no panic while locked").insert(path.to_owned(), answer);
    }

    /// The heads of the requests for a path so far.
    pub(crate) fn asked(&self, path: &str) -> Vec<String> {
        let asked = self.shared.asked.lock().expect("no panic while locked");
        asked.iter().filter(|head| head.split(' ').nth(1) == Some(path)).cloned().collect()
    }

    /// Answers nobody until [`Server::release`].
    pub(crate) fn hold(&self) {
        self.shared.holds.send_replace(true);
    }

    /// Answers everybody who waits, and who comes from now on.
    pub(crate) fn release(&self) {
        self.shared.holds.send_replace(false);
    }

    /// How many requests came, answered or not.
    pub(crate) fn arrived(&self) -> usize {
        self.shared.arrived.load(Ordering::SeqCst)
    }

    /// How many requests were answered.
    pub(crate) fn asked_in_all(&self) -> usize {
        self.shared.asked.lock().expect("no panic while locked").len()
    }
}

async fn answer(mut stream: TcpStream, shared: Arc<Shared>) {
    let Some(head) = read_head(&mut stream).await else { return };
    shared.arrived.fetch_add(1, Ordering::SeqCst);
    tokio::time::sleep(shared.delay).await;
    // Its sender is in `shared`, and so lives as long as this.
    let _ = shared.holds.subscribe().wait_for(|holds| !holds).await;
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let answer = shared.answers.lock().expect("no panic while locked").get(&path).cloned();
    let answer = match answer {
        None => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
        Some(answer) if is_known(&head, &answer) => {
            b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
        }
        Some(answer) => answer,
    };
    shared.asked.lock().expect("no panic while locked").push(head);
    // The client may have gone, or may have heard enough.
    let _ = stream.write_all(&answer).await;
    let _ = stream.shutdown().await;
}

async fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut chunk = [0; 2048];
        match stream.read(&mut chunk).await {
            Ok(length @ 1..) => head.extend_from_slice(&chunk[..length]),
            _ => return None,
        }
    }
    String::from_utf8(head).ok()
}

fn is_known(request: &str, answer: &[u8]) -> bool {
    let validator = |text: &str, name: &str| {
        let mut lines = text.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    };
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(answer.len());
    let tag = validator(&String::from_utf8_lossy(&answer[..end]), "etag");
    tag.is_some() && tag == validator(request, "if-none-match")
}
