//! Where the browser is sent to sign in.

use ring::digest::{SHA256, digest};
use url::Url;

use super::encoding::encode;
use crate::random::random_bytes;

/// What ties the answer to the question, and the code to whoever asked for it.
pub(crate) struct Challenge<'a> {
    /// Comes back with the answer, and must be the one in the browser's cookie.
    pub(crate) state: &'a str,
    /// Comes back inside the signed token.
    pub(crate) nonce: &'a str,
    /// Only its hash goes to the issuer now; the code is worth nothing without it (PKCE, RFC 7636).
    pub(crate) verifier: &'a str,
}

/// A value that nobody can guess: 256 bits, 43 characters.
pub(crate) fn random_token() -> String {
    encode(&random_bytes::<32>())
}

/// The address of the issuer's sign-in page for one sign-in.
pub(super) fn authorization_url(
    endpoint: &Url,
    client_id: &str,
    redirect_uri: &str,
    challenge: &Challenge<'_>,
    hosted_domain: Option<&str>,
) -> Url {
    let mut url = endpoint.clone();
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", client_id)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("scope", "openid email")
        .append_pair("state", challenge.state)
        .append_pair("nonce", challenge.nonce)
        .append_pair("code_challenge", &code_challenge(challenge.verifier))
        .append_pair("code_challenge_method", "S256");
    // Google then offers the accounts of that domain first. It proves nothing: the token's own claim is checked.
    if let Some(domain) = hosted_domain {
        url.query_pairs_mut().append_pair("hd", domain);
    }
    url
}

fn code_challenge(verifier: &str) -> String {
    encode(digest(&SHA256, verifier.as_bytes()).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_rfc_7636() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(code_challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn the_address_says_everything_once_and_keeps_what_the_endpoint_had() {
        let endpoint = Url::parse("https://id.example/auth?tenant=home").unwrap();
        let challenge = Challenge { state: "s", nonce: "n", verifier: "v" };
        let url = authorization_url(&endpoint, "client", "https://yomu.example/cb", &challenge, None);
        assert_eq!(
            url.as_str(),
            "https://id.example/auth?tenant=home&response_type=code&client_id=client\
             &redirect_uri=https%3A%2F%2Fyomu.example%2Fcb&scope=openid+email&state=s&nonce=n\
             &code_challenge=TJRIXgwhrmxBzh3-e2v6zupato5AokdvUCCOUm9QYIA&code_challenge_method=S256"
        );
    }

    #[test]
    fn tokens_are_long_and_never_the_same() {
        assert_eq!(random_token().len(), 43);
        assert_ne!(random_token(), random_token());
    }
}
