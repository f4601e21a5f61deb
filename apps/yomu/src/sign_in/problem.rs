//! Why somebody is not signed in, in words for them.

use yomu_store::StoreError;

use crate::oidc::OidcError;
use crate::trouble::Trouble;

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignInProblem {
    /// The answer belongs to no sign-in of this browser, or comes too late.
    #[error("this sign-in took too long, or was begun in another browser; please sign in again")]
    Stale,
    /// The person changed their mind.
    #[error("you did not sign in; nothing has changed")]
    Cancelled,
    /// The answer has no code.
    #[error("the sign-in service sent no answer that can be used; please sign in again")]
    NoCode,
    /// Somebody mixed up two issuers, which is an attack.
    #[error("this answer comes from another sign-in service")]
    OtherIssuer,
    /// The person is who they say, but has no account here.
    #[error("`{email}` has no account here; ask for an invitation")]
    NotInvited {
        /// Who it is.
        email: String,
    },
    /// The issuer failed, or is not believed.
    #[error(transparent)]
    Oidc(#[from] OidcError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SignInProblem {
    /// The status of the page that tells it.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::Stale | Self::Cancelled | Self::NoCode | Self::OtherIssuer => 400,
            Self::NotInvited { .. } => 403,
            Self::Oidc(OidcError::CodeRefused) => 400,
            Self::Oidc(OidcError::Token(_)) => 403,
            Self::Oidc(_) => 502,
            Self::Store(_) => 500,
        }
    }

    /// What the person is told. What an operator must look into is said without details.
    pub(crate) fn trouble(&self) -> Trouble {
        let kind = match self {
            Self::Stale | Self::Oidc(OidcError::CodeRefused) => "sign_in_stale",
            Self::Cancelled => "sign_in_cancelled",
            Self::NoCode | Self::OtherIssuer => "sign_in_no_answer",
            Self::NotInvited { .. } => "sign_in_not_invited",
            Self::Oidc(OidcError::Unreachable(_)) => "sign_in_unreachable",
            Self::Oidc(OidcError::Token(_)) => "sign_in_not_believed",
            Self::Oidc(_) => "sign_in_misbehaves",
            Self::Store(_) => "sign_in_store",
        };
        let text = match self {
            Self::Oidc(OidcError::CodeRefused) => Self::Stale.to_string(),
            Self::Store(_) => "something went wrong on our side; the log has the details".to_owned(),
            other => other.to_string(),
        };
        Trouble::new(kind, text)
    }
}
