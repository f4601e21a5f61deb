//! Staying logged in: an API token needs nothing, a password gives a ticket for two hours.

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::access::ticket::{self, Ticket};
use crate::answer::{self, Asked};
use crate::client::{Repeat, deliver};
use crate::credentials::{Credentials, SecondFactor};
use crate::encode;
use crate::error::Error;
use crate::limits::{TICKET_RENEWAL, TICKET_TIME};
use crate::request::{Method, Request};
use crate::secret::Secret;
use crate::transport::{HttpRequest, Transport};

/// The credentials and the ticket in use.
pub(crate) struct Session {
    credentials: Credentials,
    held: Mutex<Option<Held>>,
}

/// All that a login takes.
struct Login<'a> {
    transport: &'a dyn Transport,
    username: &'a str,
    password: &'a Secret,
    second_factor: Option<&'a dyn SecondFactor>,
}

/// A ticket and when it was given.
#[derive(Clone)]
struct Held {
    ticket: Secret,
    csrf: Option<Secret>,
    since: Instant,
}

/// What one call is authorised with.
pub(crate) struct Pass {
    authorization: Authorization,
    /// When the ticket was given, to tell it from a later one; a token has no time.
    since: Option<Instant>,
}

enum Authorization {
    Token(Secret),
    Ticket { cookie: Secret, csrf: Option<Secret> },
}

impl Session {
    pub(crate) fn new(credentials: Credentials) -> Self {
        Self { credentials, held: Mutex::new(None) }
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// What the next call is authorised with; logs in or renews the ticket first if need be.
    pub(crate) async fn pass(&self, transport: &dyn Transport) -> Result<Pass, Error> {
        match &self.credentials {
            Credentials::Token { id, secret } => {
                let token = Secret::new(format!("PVEAPIToken={id}={}", secret.expose()));
                Ok(Pass { authorization: Authorization::Token(token), since: None })
            }
            Credentials::Password { username, password, second_factor } => {
                let login = Login { transport, username, password, second_factor: second_factor.as_deref() };
                let held = self.fresh(login).await?;
                let cookie = Secret::new(format!("PVEAuthCookie={}", encode::segment(held.ticket.expose())));
                Ok(Pass { authorization: Authorization::Ticket { cookie, csrf: held.csrf }, since: Some(held.since) })
            }
        }
    }

    /// A ticket that is valid for a while. Calls that come in meanwhile wait for the one login.
    async fn fresh(&self, login: Login<'_>) -> Result<Held, Error> {
        let mut held = self.held.lock().await;
        let renewed = match held.as_ref() {
            Some(held) if held.since.elapsed() < TICKET_RENEWAL => return Ok(held.clone()),
            Some(held) if held.since.elapsed() < TICKET_TIME => login.renew(held.ticket.clone()).await?,
            _ => login.anew().await?,
        };
        *held = Some(renewed.clone());
        Ok(renewed)
    }

    /// Gives up the ticket that was refused, unless somebody else has logged in since. Says whether a new pass is worth a try.
    pub(crate) async fn forget(&self, refused: &Pass) -> bool {
        let Some(since) = refused.since else { return false };
        let mut held = self.held.lock().await;
        if held.as_ref().is_some_and(|held| held.since == since) {
            *held = None;
        }
        true
    }
}

impl Pass {
    /// Adds the credential to a request: every call but GET proves besides that it is no forgery.
    pub(crate) fn authorize(&self, request: &mut HttpRequest) {
        match &self.authorization {
            Authorization::Token(token) => request.headers.push(("authorization", token.expose().to_owned())),
            Authorization::Ticket { cookie, csrf } => {
                request.headers.push(("cookie", cookie.expose().to_owned()));
                if let (Some(csrf), true) = (csrf, request.method != Method::Get) {
                    request.headers.push(("csrfpreventiontoken", csrf.expose().to_owned()));
                }
            }
        }
    }
}

impl Login<'_> {
    async fn renew(&self, old: Secret) -> Result<Held, Error> {
        match self.post(ticket::renew(self.username, old)).await {
            // The host's key may have been rotated or its clock set: the password still works.
            Err(Error::Unauthorized { .. }) => self.anew().await,
            renewed => self.held(renewed?),
        }
    }

    async fn anew(&self) -> Result<Held, Error> {
        let username = self.username.to_owned();
        let mut ticket = match self.post(ticket::create(self.username, self.password.clone())).await {
            Err(Error::Unauthorized { detail, .. }) => return Err(Error::LoginRefused { username, detail }),
            answered => answered?,
        };
        if ticket.needs_second_factor {
            ticket = self.answer(ticket).await?;
        }
        self.held(ticket)
    }

    /// Answers the challenge of a second factor.
    async fn answer(&self, challenge: Ticket) -> Result<Ticket, Error> {
        let needed = || Error::SecondFactorNeeded { username: self.username.to_owned() };
        let refused = |detail| Error::SecondFactorRefused { username: self.username.to_owned(), detail };
        let challenge = challenge.ticket.ok_or_else(|| refused("it gives nothing to answer".to_owned()))?;
        let code = self.second_factor.ok_or_else(needed)?.code(self.username).await.ok_or_else(needed)?;
        match self.post(ticket::answer_totp(self.username, challenge, &code)).await {
            Err(Error::Unauthorized { detail, .. }) => Err(refused(detail)),
            Ok(ticket) if ticket.needs_second_factor => Err(refused("it asks for another one".to_owned())),
            answered => answered,
        }
    }

    async fn post(&self, request: Request<Ticket>) -> Result<Ticket, Error> {
        let (call, host, username) = (request.call(), self.transport.host(), self.username);
        // A repeated login only makes a second ticket; a repeated code is refused, which says what to do.
        let answer = deliver(self.transport, call, request.to_http(), Repeat::Freely).await?;
        answer::read(Asked { host, username, call, secrets: &request.secrets() }, &answer)
    }

    fn held(&self, given: Ticket) -> Result<Held, Error> {
        let (username, detail) = (self.username.to_owned(), "it gives no ticket".to_owned());
        let ticket = given.ticket.ok_or(Error::LoginRefused { username, detail })?;
        Ok(Held { ticket, csrf: given.csrf_prevention_token, since: Instant::now() })
    }
}
