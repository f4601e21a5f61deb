//! What a user proves to be with.

use std::fmt;
use std::sync::Arc;

use crate::secret::Secret;
use crate::transport::Pending;

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

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Password { .. } => "password",
            Self::Token { .. } => "token",
        };
        write!(formatter, "{kind} of {}", self.username())
    }
}
