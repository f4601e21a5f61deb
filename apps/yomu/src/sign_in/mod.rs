//! Signing in: from the first click to an account.
//!
//! ```text
//! begin   random state, nonce and verifier -> sealed into a cookie (flow.rs) -> the issuer's page
//! finish  the cookie and the answer belong together -> the code becomes a person (oidc/) -> the person's account
//! ```

mod device;
mod flow;
mod known_device;
mod problem;

use jiff::Timestamp;
use url::Url;
use yomu_store::{Admission, Identity, User};

pub(crate) use device::device_name;
pub(crate) use flow::Flow;
pub(crate) use known_device::KnownDevice;
pub(crate) use problem::SignInProblem;

use crate::App;
use crate::config::{AllowedPeople, SignInConfig};
use crate::fetch::{FetchConfig, FetchSetupError, Fetcher};
use crate::oidc::{Challenge, Client, GOOGLE, OidcError, Person, Provider, random_token};
use crate::sessions::Token;

/// Where the issuer sends people back to.
pub(crate) const CALLBACK: &str = "/sign-in/callback";

/// What the sealing key is derived for.
const PURPOSE: &str = "sign-in";

/// How people sign in.
pub struct SignIn {
    provider: Provider,
    allowed: AllowedPeople,
    /// What people call the issuer.
    name: String,
    key: [u8; 32],
}

/// What the issuer sent the browser back with.
#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct Answer {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    /// RFC 9207.
    iss: Option<String>,
}

impl SignIn {
    /// Sets up signing in.
    ///
    /// The issuer is asked by a fetcher of its own, under the same address rules: whoever signs in does not wait behind a
    /// thousand feeds.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn new(app: &App, config: SignInConfig, fetch: FetchConfig, base_url: &Url) -> Result<Self, FetchSetupError> {
        let fetcher = Fetcher::new(FetchConfig {
            embedded: None,
            host_gap: std::time::Duration::ZERO,
            per_host_max: 8,
            ..fetch
        })?;
        let redirect_uri = format!("{}{CALLBACK}", base_url.origin().ascii_serialization());
        let name = provider_name(&config.issuer);
        let SignInConfig { issuer, client_id: id, client_secret: secret, allowed } = config;
        // Without a secret, which the configuration asks for, sign-ins do not survive a restart.
        let key = app.keys.derived(PURPOSE).unwrap_or_else(crate::random::random_bytes);
        let provider = Provider::new(Client { issuer, id, secret, redirect_uri }, fetcher);
        Ok(Self { provider, allowed, name, key })
    }

    /// What people call the issuer: `Google`, or its host.
    pub(crate) fn provider_name(&self) -> &str {
        &self.name
    }

    /// Whether the first stranger may take over the reader.
    pub(crate) fn is_open_to_the_first(&self) -> bool {
        self.allowed.is_empty()
    }

    /// Begins a sign-in: where to send the browser, and what to seal into its cookie.
    pub(crate) async fn begin(
        &self,
        back: String,
        invitation: Option<String>,
        now: Timestamp,
    ) -> Result<(Url, String), OidcError> {
        let flow = Flow::new(random_token(), random_token(), random_token(), back, invitation, now);
        let only_domain = match (self.allowed.emails.is_empty(), self.allowed.domains.len()) {
            (true, 1) if flow.invitation.is_none() => self.allowed.domains.first().map(String::as_str),
            _ => None,
        };
        let url = self.provider.sign_in_url(&challenge(&flow), only_domain).await?;
        Ok((url, flow.seal(&self.key)))
    }

    /// Opens the cookie of a sign-in that is under way.
    pub(crate) fn flow(&self, cookie: &str, now: Timestamp) -> Option<Flow> {
        Flow::open(cookie, &self.key, now)
    }

    /// The number of a browser in which somebody has signed in before.
    pub(crate) fn known_device(&self, cookie: &str) -> Option<KnownDevice> {
        KnownDevice::from_cookie(cookie, &self.key)
    }

    /// What a known browser keeps.
    pub(crate) fn device_cookie(&self, device: KnownDevice) -> String {
        device.to_cookie(&self.key)
    }

    /// Ends a sign-in: the account of the person who came back.
    pub(crate) async fn finish(&self, app: &App, flow: &Flow, answer: Answer) -> Result<User, SignInProblem> {
        if answer.state.as_deref() != Some(flow.state.as_str()) {
            return Err(SignInProblem::Stale);
        }
        if answer.iss.is_some_and(|issuer| !self.provider.is_issuer(&issuer)) {
            return Err(SignInProblem::OtherIssuer);
        }
        let code = match (answer.code, answer.error) {
            (Some(code), None) => code,
            (_, Some(error)) if error == "access_denied" => return Err(SignInProblem::Cancelled),
            _ => return Err(SignInProblem::NoCode),
        };
        let now = app.now();
        let person = self.provider.person(&code, &challenge(flow), now).await?;
        let Person { issuer, subject, email, .. } = &person;
        let identity = Identity { issuer, subject, email };
        let user = app.store.sign_in(identity, self.admission(&person, flow), now).await?;
        if let Some(user) = &user {
            // The account may have got its name by this.
            app.changing_account(user.id, std::future::ready(Ok(()))).await?;
        }
        user.ok_or_else(|| SignInProblem::NotInvited { email: email.clone() })
    }

    fn admission(&self, person: &Person, flow: &Flow) -> Admission {
        let is_allowed = self.allowed.names(&person.email, person.domain.as_deref());
        let invitation = flow.invitation.as_deref().and_then(Token::parse).map(|token| token.hash());
        Admission { is_allowed, may_be_first: is_allowed || self.allowed.is_empty(), invitation }
    }
}

fn challenge(flow: &Flow) -> Challenge<'_> {
    Challenge { state: &flow.state, nonce: &flow.nonce, verifier: &flow.verifier }
}

fn provider_name(issuer: &str) -> String {
    if issuer == GOOGLE {
        return "Google".to_owned();
    }
    Url::parse(issuer).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}
