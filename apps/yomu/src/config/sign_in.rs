//! Signing in: who vouches for people, and which people may come in.

use std::collections::BTreeSet;
use std::net::IpAddr;

use url::Url;
use yomu_model::secret::Secret;

use super::{ConfigError, malformed};
use crate::oidc::{GOOGLE, is_safe};

/// Characters of a `SESSION_SECRET`: 32 of Base64 are 192 bits.
const SECRET_CHARS_MIN: usize = 32;

/// Different characters in it. Random Base64 of that length has about 25; repeated words and keys have fewer than this.
const SECRET_DISTINCT_MIN: usize = 12;

/// Who vouches for people, and which people may come in.
#[derive(Debug, Clone)]
pub struct SignInConfig {
    /// The issuer of identity tokens (`OIDC_ISSUER`), exactly as it names itself.
    pub issuer: String,
    /// Our name there (`GOOGLE_CLIENT_ID`).
    pub client_id: String,
    /// Our password there (`GOOGLE_CLIENT_SECRET`).
    pub client_secret: Secret,
    /// Who may have an account without an invitation.
    pub allowed: AllowedPeople,
}

/// Who may have an account without an invitation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowedPeople {
    /// Addresses (`YOMU_ALLOWED_EMAILS`), in small letters.
    pub emails: BTreeSet<String>,
    /// Domains (`YOMU_ALLOWED_DOMAINS`), in small letters.
    pub domains: BTreeSet<String>,
}

impl AllowedPeople {
    /// Whether nobody is named at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.emails.is_empty() && self.domains.is_empty()
    }

    /// Whether somebody is named: by address, or by the domain that vouches for the address.
    #[must_use]
    pub fn names(&self, email: &str, domain: Option<&str>) -> bool {
        self.emails.contains(email) || domain.is_some_and(|domain| self.domains.contains(domain))
    }
}

/// Reads the settings; none when nobody can sign in.
pub(super) fn sign_in(variable: &impl Fn(&str) -> Option<String>) -> Result<Option<SignInConfig>, ConfigError> {
    let needs = |variable, other| ConfigError::Missing { variable, because: other };
    let (client_id, client_secret) = match (variable("GOOGLE_CLIENT_ID"), variable("GOOGLE_CLIENT_SECRET")) {
        (None, None) => return Ok(None),
        (Some(_), None) => {
            return Err(needs(
                "GOOGLE_CLIENT_SECRET",
                "`GOOGLE_CLIENT_ID` is set, and one is nothing without the other",
            ));
        }
        (None, Some(_)) => {
            return Err(needs(
                "GOOGLE_CLIENT_ID",
                "`GOOGLE_CLIENT_SECRET` is set, and one is nothing without the other",
            ));
        }
        (Some(id), Some(secret)) => (id.trim().to_owned(), Secret::new(secret.trim())),
    };
    Ok(Some(SignInConfig { issuer: issuer(variable)?, client_id, client_secret, allowed: allowed(variable)? }))
}

/// The secret behind all keys; needed as soon as anybody can sign in.
pub(super) fn session_secret(
    variable: &impl Fn(&str) -> Option<String>,
    is_needed: bool,
) -> Result<Option<Secret>, ConfigError> {
    let because = "whoever signs in relies on it; `openssl rand -base64 32` prints a good one";
    match variable("SESSION_SECRET") {
        None if is_needed => Err(ConfigError::Missing { variable: "SESSION_SECRET", because }),
        None => Ok(None),
        Some(text) if is_strong(text.trim()) => Ok(Some(Secret::new(text.trim()))),
        Some(_) => Err(malformed(
            "SESSION_SECRET",
            "hard to guess; it needs at least 32 random characters, such as `openssl rand -base64 32` prints",
        )),
    }
}

/// The address under which people come back from the issuer. On this machine alone it need not be set.
pub(super) fn base_url(base_url: Option<Url>, bind: IpAddr, port: u16) -> Result<Url, ConfigError> {
    let because = "people are sent back to it after signing in; it is an address such as `https://yomu.example.org`";
    let missing = ConfigError::Missing { variable: "BASE_URL", because };
    match base_url {
        Some(url) if is_safe(&url) => Ok(url),
        Some(_) => Err(malformed("BASE_URL", "an `https` address, which signing in needs")),
        None if bind.is_loopback() => Url::parse(&format!("http://localhost:{port}")).map_err(|_| missing),
        None => Err(missing),
    }
}

fn is_strong(secret: &str) -> bool {
    secret.len() >= SECRET_CHARS_MIN && secret.bytes().collect::<BTreeSet<_>>().len() >= SECRET_DISTINCT_MIN
}

fn issuer(variable: &impl Fn(&str) -> Option<String>) -> Result<String, ConfigError> {
    let Some(text) = variable("OIDC_ISSUER") else { return Ok(GOOGLE.to_owned()) };
    let text = text.trim();
    match Url::parse(text) {
        Ok(url) if is_safe(&url) && url.query().is_none() && url.fragment().is_none() => Ok(text.to_owned()),
        _ => Err(malformed("OIDC_ISSUER", "an `https` address such as `https://accounts.google.com`")),
    }
}

fn allowed(variable: &impl Fn(&str) -> Option<String>) -> Result<AllowedPeople, ConfigError> {
    let emails = list(variable, "YOMU_ALLOWED_EMAILS");
    if emails.iter().any(|email| email.split('@').count() != 2 || email.starts_with('@') || email.ends_with('@')) {
        return Err(malformed("YOMU_ALLOWED_EMAILS", "a list of addresses such as `ann@example.org,bob@example.org`"));
    }
    let domains = list(variable, "YOMU_ALLOWED_DOMAINS");
    if domains.iter().any(|domain| domain.contains('@') || !domain.contains('.')) {
        return Err(malformed("YOMU_ALLOWED_DOMAINS", "a list of domains such as `example.org,example.com`"));
    }
    Ok(AllowedPeople { emails, domains })
}

fn list(variable: &impl Fn(&str) -> Option<String>, name: &str) -> BTreeSet<String> {
    let text = variable(name).unwrap_or_default();
    text.split([',', ' ', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}
