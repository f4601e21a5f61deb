//! Signing in with OpenID Connect: the code flow with PKCE, as one relying party of one issuer.
//!
//! ```text
//! authorize.rs  where to send the browser         pure
//! discovery.rs  what the issuer says of itself    pure
//! jwk.rs        its public keys                   pure
//! jws.rs        the signature of an ID token      pure
//! claims.rs     what the token says, and checks   pure
//! provider.rs   asks the issuer, remembers answers
//! ```
//!
//! Only RS256 and ES256 are known: the first is what every issuer must be able to do (OpenID Connect Core, section 15.1), the
//! second what newer ones prefer. Not in here: who of those that prove who they are may have an account.

mod authorize;
mod claims;
mod discovery;
mod encoding;
mod jwk;
mod jws;
mod limits;
mod problem;
mod provider;

pub(crate) use authorize::{Challenge, random_token};
pub(crate) use claims::{GOOGLE, Person};
pub(crate) use discovery::is_safe;
pub(crate) use problem::OidcError;
pub(crate) use provider::{Client, Provider};
