//! Why signing in failed at the issuer, or why its word is not believed.

use crate::fetch::FetchError;

/// A failure between us and the issuer.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum OidcError {
    /// It cannot be asked.
    #[error("the sign-in service cannot be reached: {0}")]
    Unreachable(FetchError),
    /// It answers, but not as the specification has it.
    #[error("the sign-in service's {document} {problem}")]
    Document {
        /// Which answer.
        document: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The code was used before, or is too old.
    #[error("the sign-in service does not know this sign-in any more")]
    CodeRefused,
    /// It refuses for another reason: mostly a wrong client or secret.
    #[error("the sign-in service refuses: `{code}`")]
    Refused {
        /// Its code, such as `invalid_client`.
        code: String,
    },
    /// The ID token is not to be believed.
    #[error("the identity token {0}")]
    Token(#[from] TokenProblem),
}

/// Why an ID token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenProblem {
    /// Not three parts of Base64 with JSON in them, or far too long.
    #[error("cannot be read")]
    Malformed,
    /// Signed in a way that is not accepted, or not signed at all.
    #[error("is signed with a method that is not accepted")]
    Algorithm,
    /// No key of the issuer has its key's name.
    #[error("is signed with a key that the issuer does not show")]
    UnknownKey,
    /// The signature is wrong.
    #[error("has a wrong signature")]
    Signature,
    /// Made by another issuer.
    #[error("comes from another issuer")]
    Issuer,
    /// Made for somebody else.
    #[error("is meant for another program")]
    Audience,
    /// Too old.
    #[error("has expired")]
    Expired,
    /// From the future, by more than clocks differ.
    #[error("is not valid yet; compare the clocks of both machines")]
    NotYet,
    /// Made for another sign-in.
    #[error("belongs to another sign-in")]
    Nonce,
    /// No name for the person.
    #[error("does not say who signed in")]
    Subject,
    /// No mail address.
    #[error("has no mail address; the sign-in service must give it to this program")]
    NoEmail,
    /// The issuer does not vouch for the address.
    #[error("has a mail address that was never verified")]
    UnverifiedEmail,
}
