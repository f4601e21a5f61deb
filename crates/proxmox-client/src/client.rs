//! The one who makes calls: logs in, repeats what may be repeated, waits for locks and tasks.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep};

use crate::answer::{self, Asked};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::limits::{
    ANSWER_BYTES_MAX, ATTEMPTS_MAX, LOCK_POLL_FIRST, LOCK_POLL_MAX, LOCK_TIME, RETRY_PAUSE, TASK_SILENCE, TASK_TIME,
};
use crate::nodes::tasks::wait;
use crate::request::{Call, Method, Request};
use crate::session::Session;
use crate::situation::Situation;
use crate::transport::{HttpAnswer, HttpRequest, Transport, TransportError};
use crate::upid::Upid;

/// Makes calls to one host. Cloning it shares the login.
#[derive(Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
    session: Arc<Session>,
    patience: Patience,
}

/// How long to wait for what others decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a lock that somebody else holds.
    pub lock: Duration,
    /// For a task to end.
    pub task: Duration,
    /// For a silent host while its task runs.
    pub silence: Duration,
}

/// A task that ended well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// The task.
    pub upid: Upid,
    /// How many warnings it gave.
    pub warnings: u32,
    /// The last lines of its log, if it gave warnings.
    pub log: Vec<String>,
}

/// Whether a request whose answer was lost may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// It changes nothing, or the same again.
    Freely,
    /// Only if it certainly was not sent.
    WhileUnsent,
}

impl Default for Patience {
    fn default() -> Self {
        Self { lock: LOCK_TIME, task: TASK_TIME, silence: TASK_SILENCE }
    }
}

impl Client {
    /// A client that logs in at its first call.
    pub fn new(transport: Arc<dyn Transport>, credentials: Credentials) -> Self {
        Self { transport, session: Arc::new(Session::new(credentials)), patience: Patience::default() }
    }

    /// With another patience.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// Who makes the calls.
    pub fn credentials(&self) -> &Credentials {
        self.session.credentials()
    }

    /// What the host is called in messages.
    pub fn host(&self) -> &str {
        self.transport.host()
    }

    /// Makes a call once, as far as the host can tell: what was certainly not sent is repeated, and so are calls that only look.
    pub async fn send<T: DeserializeOwned>(&self, request: &Request<T>) -> Result<T, Error> {
        let call = request.call();
        let repeat = if call.method == Method::Get { Repeat::Freely } else { Repeat::WhileUnsent };
        let mut has_logged_in_again = false;
        loop {
            let pass = self.session.pass(self.transport.as_ref()).await?;
            let mut http = request.to_http();
            pass.authorize(&mut http);
            let answer = deliver(self.transport.as_ref(), call, http, repeat).await?;
            // A call that was not accepted was not carried out, so it may be sent again with a new ticket.
            if answer.status == 401 && !has_logged_in_again && self.session.forget(&pass).await {
                has_logged_in_again = true;
                continue;
            }
            let username = self.credentials().username();
            let asked = Asked { host: self.host(), username, call, secrets: &request.secrets() };
            return answer::read(asked, &answer);
        }
    }

    /// Makes a change that takes effect at once, and waits for locks.
    pub async fn change<T: DeserializeOwned>(&self, request: &Request<T>) -> Result<T, Error> {
        self.through_locks(request.call(), || self.send(request)).await
    }

    /// Starts a task, waits for locks and for its end.
    pub async fn run(&self, request: &Request<Upid>) -> Result<Finished, Error> {
        self.through_locks(request.call(), async || {
            let upid = self.send(request).await?;
            self.wait(&upid).await
        })
        .await
    }

    /// Waits for a task's end. A success is `OK` or `WARNINGS: n`; all else is the message of a failure.
    pub async fn wait(&self, upid: &Upid) -> Result<Finished, Error> {
        wait::until_finished(self, upid, self.patience).await
    }

    /// Repeats what met a lock, which is refused before anything is done.
    async fn through_locks<T>(&self, call: &Call, attempt: impl AsyncFn() -> Result<T, Error>) -> Result<T, Error> {
        let began = Instant::now();
        let mut pause = LOCK_POLL_FIRST;
        loop {
            let error = match attempt().await {
                Err(error) => error,
                done => return done,
            };
            let Some(Situation::Locked { holder }) = error.situation() else { return Err(error) };
            let waited = began.elapsed();
            if waited + pause > self.patience.lock {
                return Err(Error::LockHeld { call: call.clone(), holder: holder.clone(), waited });
            }
            sleep(pause).await;
            pause = (pause * 2).min(LOCK_POLL_MAX);
        }
    }
}

/// Sends a request until it is answered, as often as is safe.
pub(crate) async fn deliver(
    transport: &dyn Transport,
    call: &Call,
    request: HttpRequest,
    repeat: Repeat,
) -> Result<HttpAnswer, Error> {
    let mut pause = RETRY_PAUSE;
    let mut attempt = 1;
    loop {
        let failure = match transport.send(request.clone()).await {
            Ok(answer) => return Ok(answer),
            Err(failure) => failure,
        };
        let may_repeat = match failure {
            TransportError::Unreachable { .. } => true,
            TransportError::Lost { .. } => repeat == Repeat::Freely,
            _ => false,
        };
        if !may_repeat || attempt == ATTEMPTS_MAX {
            return Err(undelivered(transport.host(), call, repeat, failure));
        }
        sleep(pause).await;
        pause *= 2;
        attempt += 1;
    }
}

fn undelivered(host: &str, call: &Call, repeat: Repeat, failure: TransportError) -> Error {
    let (host, call) = (host.to_owned(), call.clone());
    match failure {
        TransportError::Unreachable { cause } => Error::Unreachable { host, cause },
        TransportError::CertificateChanged { expected, seen } => Error::CertificateChanged { host, expected, seen },
        TransportError::CertificateUntrusted { cause } => Error::CertificateUntrusted { host, cause },
        TransportError::Lost { cause } if repeat == Repeat::Freely => Error::Unreachable { host, cause },
        TransportError::Lost { cause } => Error::OutcomeUnknown { call, cause },
        TransportError::AnswerTooLarge if repeat == Repeat::Freely => {
            Error::AnswerTooLarge { call, limit: ANSWER_BYTES_MAX }
        }
        TransportError::AnswerTooLarge => {
            Error::OutcomeUnknown { call, cause: format!("the answer is longer than {ANSWER_BYTES_MAX} bytes") }
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} with the {:?}", self.host(), self.credentials())
    }
}
