//! Requests of the whole process over one connection, which is made anew in the background when it breaks.
//!
//! Nobody ever waits for a connection. While there is none, a request fails at once, which costs nothing; that is all
//! that a circuit breaker would do. A connection ends when it breaks or when answers come too late several times in a
//! row; a new one counts only when it has answered.

use std::io::Error;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};

use super::ValkeyAddress;
use super::connection::{Connection, connect};
use super::forgettings::Forgettings;
use super::resp::{Reply, command, read_reply};
use crate::cache::limits::{ANSWER_TIME, LATE_ANSWERS, RECONNECT, REQUESTS_QUEUED};
use crate::metrics;

/// Valkey cannot be asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Away;

/// Asks Valkey.
pub(super) struct Client {
    link: Arc<Link>,
}

struct Link {
    /// The way to the connection, while there is one.
    requests: Mutex<Option<mpsc::Sender<Request>>>,
    /// Answers in a row that came too late.
    late: AtomicU32,
    /// Tells the background task to give the connection up.
    give_up: Notify,
    /// Keys to forget when Valkey is back.
    owed: Forgettings,
}

struct Request {
    bytes: Vec<u8>,
    /// How many replies belong to it.
    answers: usize,
    /// Where they go, if anybody wants them.
    reply: Option<oneshot::Sender<Vec<Reply>>>,
}

impl Client {
    /// Starts the background task, which goes on until its handle ends it.
    pub(super) fn start(address: ValkeyAddress) -> (Self, AbortHandle) {
        let link = Arc::new(Link {
            requests: Mutex::default(),
            late: AtomicU32::new(0),
            give_up: Notify::new(),
            owed: Forgettings::default(),
        });
        let task = tokio::spawn(keep_connected(Arc::clone(&link), address));
        (Self { link }, task.abort_handle())
    }

    pub(super) fn is_there(&self) -> bool {
        self.link.sender().is_some()
    }

    /// Sends commands and waits for their answers, for a short time.
    pub(super) async fn ask(&self, commands: &[&[&[u8]]]) -> Result<Vec<Reply>, Away> {
        let sender = self.link.sender().ok_or(Away)?;
        let started = Instant::now();
        let (reply, answer) = oneshot::channel();
        sender.try_send(Request::new(commands, Some(reply))).map_err(|_| Away)?;
        let result = match timeout(ANSWER_TIME, answer).await {
            Ok(Ok(replies)) => {
                self.link.late.store(0, Ordering::Relaxed);
                Ok(replies)
            }
            Ok(Err(_)) => Err(Away),
            Err(_) => {
                if self.link.late.fetch_add(1, Ordering::Relaxed) + 1 >= LATE_ANSWERS {
                    self.link.give_up.notify_one();
                }
                Err(Away)
            }
        };
        metrics::VALKEY.observe([if result.is_ok() { "answered" } else { "away" }], started.elapsed());
        result
    }

    /// Sends a command without waiting for its answer. Lost when Valkey is away.
    pub(super) fn tell(&self, words: &[&[u8]]) {
        if let Some(sender) = self.link.sender() {
            let _ = sender.try_send(Request::new(&[words], None));
        }
    }

    /// Deletes a key for sure: now, or when Valkey is back.
    pub(super) async fn delete(&self, key: &str) {
        if self.ask(&[&[b"DEL", key.as_bytes()]]).await.is_err() {
            self.link.owed.add(key);
        }
    }
}

async fn keep_connected(link: Arc<Link>, address: ValkeyAddress) {
    let mut wait = RECONNECT.0;
    let mut complained = false;
    loop {
        match connect(&address).await {
            Ok(connection) => {
                tracing::info!(place = address.place(), "Valkey is there");
                (wait, complained) = (RECONNECT.0, false);
                let error = link.serve(connection).await;
                tracing::warn!(%error, place = address.place(), "Valkey is away; going on without it");
            }
            // Said once, not at each attempt.
            Err(error) if !complained => {
                complained = true;
                tracing::warn!(%error, place = address.place(), "Valkey cannot be reached; going on without it");
            }
            Err(_) => {}
        }
        sleep(wait).await;
        wait = (wait * 2).min(RECONNECT.1);
    }
}

impl Request {
    fn new(commands: &[&[&[u8]]], reply: Option<oneshot::Sender<Vec<Reply>>>) -> Self {
        let mut bytes = Vec::with_capacity(128);
        commands.iter().for_each(|words| command(&mut bytes, words));
        Self { bytes, answers: commands.len(), reply }
    }
}

impl Link {
    fn sender(&self) -> Option<mpsc::Sender<Request>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_sender(&self, sender: Option<mpsc::Sender<Request>>) {
        *self.requests.lock().unwrap_or_else(PoisonError::into_inner) = sender;
    }

    /// Lets requests over a connection until it ends, and says why it ended.
    async fn serve(&self, mut connection: Connection) -> Error {
        if let Err(error) = self.pay(&mut connection).await {
            return error;
        }
        let (sender, requests) = mpsc::channel(REQUESTS_QUEUED);
        self.late.store(0, Ordering::Relaxed);
        self.set_sender(Some(sender));
        let error = tokio::select! {
            error = carry(connection, requests) => error,
            () = self.give_up.notified() => std::io::ErrorKind::TimedOut.into(),
        };
        self.set_sender(None);
        error
    }

    /// Forgets what could not be forgotten before, so that nobody reads it again.
    async fn pay(&self, connection: &mut Connection) -> Result<(), Error> {
        if let Some(wait) = self.owed.wait() {
            sleep(wait).await;
        }
        for key in self.owed.take() {
            let mut bytes = Vec::new();
            command(&mut bytes, &[b"DEL", key.as_bytes()]);
            let paid = timeout(Duration::from_secs(1), async {
                connection.write_all(&bytes).await?;
                connection.flush().await?;
                read_reply(connection).await
            });
            if let Err(error) = paid.await.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into())) {
                self.owed.add(&key);
                return Err(error);
            }
        }
        Ok(())
    }
}

/// Sends requests as they come, many at once, and hands replies out in the same order.
async fn carry(connection: Connection, mut requests: mpsc::Receiver<Request>) -> Error {
    let (mut read, mut write) = tokio::io::split(connection);
    let (sent, mut awaiting) = mpsc::channel::<Request>(REQUESTS_QUEUED);
    let sending = async {
        let (mut batch, mut bytes) = (Vec::new(), Vec::new());
        while requests.recv_many(&mut batch, 64).await > 0 {
            bytes.clear();
            for request in batch.drain(..) {
                bytes.extend_from_slice(&request.bytes);
                // The other half lives as long as this one.
                let _ = sent.send(Request { bytes: Vec::new(), ..request }).await;
            }
            write.write_all(&bytes).await?;
            write.flush().await?;
        }
        Ok(())
    };
    let receiving = async {
        let mut read = tokio::io::BufReader::new(&mut read);
        loop {
            let request = tokio::select! {
                // First, so that a reply always finds its request.
                biased;
                request = awaiting.recv() => request,
                // Nothing was asked: this is the end, or not the protocol.
                _ = read.fill_buf() => None,
            };
            let Some(request) = request else { return Ok(()) };
            let mut replies = Vec::with_capacity(request.answers);
            for _ in 0..request.answers {
                replies.push(read_reply(&mut read).await?);
            }
            // Whoever asked may have stopped waiting.
            let _ = request.reply.map(|reply| reply.send(replies));
        }
    };
    let ended: Result<(), Error> = tokio::select! {
        ended = sending => ended,
        ended = receiving => ended,
    };
    ended.err().unwrap_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
}
