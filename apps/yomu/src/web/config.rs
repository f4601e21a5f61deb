//! What the pages need to know of the program's settings.

use std::sync::Arc;

use ipnet::IpNet;
use url::Url;
use yomu_model::ids::UserId;

use crate::sign_in::SignIn;

/// The settings of the pages.
#[derive(Clone)]
pub struct WebConfig {
    /// Who may come in, and how.
    pub access: Access,
    /// The address under which people reach the program. Its host is answered besides `localhost`, `127.0.0.1` and
    /// `[::1]`, and forms sent from it are accepted.
    pub base_url: Option<Url>,
    /// Proxies whose word about the address of a client is believed.
    pub trusted_proxies: Vec<IpNet>,
}

/// Who may come in, and how.
#[derive(Clone)]
pub enum Access {
    /// The one local user, signed in from the start because only this machine can reach the program.
    Local(UserId),
    /// Whoever has an account.
    SignIn(Arc<SignIn>),
}
