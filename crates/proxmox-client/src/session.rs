//! Who we are to a host: an API token, or a password and the ticket it gives.

use std::fmt;
use std::sync::Arc;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::access::ticket::{self, Ticket};
use crate::answer::{self, Asked};
use crate::client::{Repeat, deliver};
use crate::encode;
use crate::error::Error;
use crate::limits::{TICKET_RENEWAL, TICKET_TIME};
use crate::request::{Method, Request};
use crate::secret::Secret;
use crate::transport::{HttpRequest, Pending, Transport};

/// What a user proves to be with.
#[derive(Clone)]
pub enum Credentials {
    /// A login by password: all that the user may do, and for `root@pam` what no token may (features other than nesting).
    Password {
        /// The name with its realm: `root@pam`.
        username: String,
        /// The password.
        password: Secret,
        /// Where codes come from if the user has a second factor.
        second_factor: Option<Arc<dyn SecondFactor>>,
    },
    /// An API token.
    Token {
        /// Its full name: `homelab@pve!up`.
        id: String,
        /// Its secret, shown once when it was made.
        secret: Secret,
    },
}

/// Where the codes of a second factor come from: a person, usually.
pub trait SecondFactor: Send + Sync {
    /// The current code, or nothing if none can be had. It is asked for at the first login and again whenever a ticket was lost,
    /// since no code is valid twice.
    fn code(&self, username: &str) -> Pending<'_, Option<Secret>>;
}

/// The credentials and the ticket in use.
pub(crate) struct Session {
    credentials: Credentials,
    held: Mutex<Option<Held>>,
}

struct Held {
    ticket: Ticket,
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

impl Credentials {
    /// Who it is: a user with the realm, or a token's full name.
    pub fn username(&self) -> &str {
        match self {
            Self::Password { username, .. } => username,
            Self::Token { id, .. } => id,
        }
    }

    /// Whether this is the one credential that may set features other than nesting (`check_ct_modify_config_perm` in
    /// `pve-container` `src/PVE/LXC.pm`).
    pub fn is_root_by_password(&self) -> bool {
        matches!(self, Self::Password { username, .. } if username == "root@pam")
    }
}

impl Session {
    pub(crate) fn new(credentials: Credentials) -> Self {
        Self { credentials, held: Mutex::new(None) }
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// What the next call is authorised with; logs in or renews the ticket first if need be. Calls that come in meanwhile wait
    /// for the one login.
    pub(crate) async fn pass(&self, transport: &dyn Transport) -> Result<Pass, Error> {
        let (username, password, second_factor) = match &self.credentials {
            Credentials::Token { id, secret } => {
                let token = Secret::new(format!("PVEAPIToken={id}={}", secret.expose()));
                return Ok(Pass { authorization: Authorization::Token(token), since: None });
            }
            Credentials::Password { username, password, second_factor } => {
                (username, password, second_factor.as_deref())
            }
        };
        let mut held = self.held.lock().await;
        let age = held.as_ref().map(|held| held.since.elapsed());
        if age.is_none_or(|age| age >= TICKET_RENEWAL) {
            let renewable = held.take().filter(|_| age.is_some_and(|age| age < TICKET_TIME));
            let since = Instant::now();
            let ticket = match renewable {
                Some(old) => match post(transport, username, ticket::renew(username, old.ticket.ticket)).await {
                    // The host's key may have been rotated or its clock set: the password still works.
                    Err(Error::Unauthorized { .. }) => login(transport, username, password, second_factor).await?,
                    renewed => renewed?,
                },
                None => login(transport, username, password, second_factor).await?,
            };
            *held = Some(Held { ticket, since });
        }
        let Some(Held { ticket, since }) = held.as_ref() else {
            return Err(login_refused(username, "no ticket was given"));
        };
        let cookie = Secret::new(format!("PVEAuthCookie={}", encode::segment(ticket.ticket.expose())));
        let csrf = ticket.csrf_prevention_token.clone();
        Ok(Pass { authorization: Authorization::Ticket { cookie, csrf }, since: Some(*since) })
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

async fn login(
    transport: &dyn Transport,
    username: &str,
    password: &Secret,
    second_factor: Option<&dyn SecondFactor>,
) -> Result<Ticket, Error> {
    let ticket = match post(transport, username, ticket::create(username, password.clone())).await {
        Err(Error::Unauthorized { detail, .. }) => return Err(login_refused(username, &detail)),
        answered => answered?,
    };
    if !ticket.needs_second_factor {
        return Ok(ticket);
    }
    let needed = || Error::SecondFactorNeeded { username: username.to_owned() };
    let code = second_factor.ok_or_else(needed)?.code(username).await.ok_or_else(needed)?;
    let refused = |detail: String| Error::SecondFactorRefused { username: username.to_owned(), detail };
    match post(transport, username, ticket::answer_totp(username, ticket.ticket, &code)).await {
        Err(Error::Unauthorized { detail, .. }) => Err(refused(detail)),
        Ok(ticket) if ticket.needs_second_factor => Err(refused("it asks for another one".to_owned())),
        answered => answered,
    }
}

async fn post(transport: &dyn Transport, username: &str, request: Request<Ticket>) -> Result<Ticket, Error> {
    // A repeated login only makes a second ticket; a repeated code is refused, which says what to do.
    let answer = deliver(transport, request.call(), request.to_http(), Repeat::Freely).await?;
    answer::read(Asked { host: transport.host(), username, call: request.call() }, &answer)
}

fn login_refused(username: &str, detail: &str) -> Error {
    Error::LoginRefused { username: username.to_owned(), detail: detail.to_owned() }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Password { .. } => "password",
            Self::Token { .. } => "token",
        };
        write!(formatter, "{kind} of {}", self.username())
    }
}
