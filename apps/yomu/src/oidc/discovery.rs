//! What an issuer says of itself (OpenID Connect Discovery 1.0).

use serde::Deserialize;
use url::{Host, Url};

use super::problem::OidcError;

/// Where an issuer does what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Endpoints {
    /// Where people sign in.
    pub(super) authorization: Url,
    /// Where codes become tokens.
    pub(super) token: Url,
    /// Where its public keys are.
    pub(super) keys: Url,
    /// Whether the client's secret goes into the form; otherwise into the header (HTTP Basic).
    pub(super) secret_in_form: bool,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

/// Where an issuer's document is.
pub(super) fn document_url(issuer: &Url) -> Url {
    let mut url = issuer.clone();
    let path = format!("{}/.well-known/openid-configuration", issuer.path().trim_end_matches('/'));
    url.set_path(&path);
    url
}

/// Reads an issuer's document.
///
/// The issuer in it must be the one that was asked, to the letter, or tokens of another could be passed off as its own.
pub(super) fn read(bytes: &[u8], issuer: &str) -> Result<Endpoints, OidcError> {
    let wrong = |problem| OidcError::Document { document: "description of itself", problem };
    let document: Document = serde_json::from_slice(bytes).map_err(|_| wrong("cannot be read"))?;
    if document.issuer != issuer {
        return Err(wrong("names another issuer; `OIDC_ISSUER` must be exactly what it says"));
    }
    let endpoint = |text: &str| {
        let url = Url::parse(text).map_err(|_| wrong("has an address that cannot be read"))?;
        if is_safe(&url) { Ok(url) } else { Err(wrong("has an address without `https`")) }
    };
    let methods = document.token_endpoint_auth_methods_supported;
    Ok(Endpoints {
        authorization: endpoint(&document.authorization_endpoint)?,
        token: endpoint(&document.token_endpoint)?,
        keys: endpoint(&document.jwks_uri)?,
        // Unsaid, it is the header.
        secret_in_form: methods.is_some_and(|methods| methods.iter().any(|method| method == "client_secret_post")),
    })
}

/// Whether nobody on the way can read along: `https`, or a server on this very machine.
pub(crate) fn is_safe(url: &Url) -> bool {
    match url.scheme() {
        "https" => url.has_host(),
        "http" => match url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(issuer: &str, token: &str, methods: &str) -> String {
        format!(
            r#"{{"issuer": "{issuer}", "authorization_endpoint": "https://id.example/auth", "token_endpoint": "{token}",
                "jwks_uri": "https://id.example/keys", "claims_supported": ["sub"]{methods}}}"#
        )
    }

    #[test]
    fn the_document_of_an_issuer_is_read() {
        let text = document("https://id.example", "https://id.example/token", "");
        let endpoints = read(text.as_bytes(), "https://id.example").unwrap();
        assert_eq!(endpoints.token.as_str(), "https://id.example/token");
        assert!(!endpoints.secret_in_form);
        let methods = r#", "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"]"#;
        let text = document("https://id.example", "https://id.example/token", methods);
        assert!(read(text.as_bytes(), "https://id.example").unwrap().secret_in_form);
    }

    #[test]
    fn another_issuer_and_unsafe_addresses_are_refused() {
        for (text, says) in [
            (document("https://evil.example", "https://id.example/token", ""), "another issuer"),
            (document("https://id.example/", "https://id.example/token", ""), "another issuer"),
            (document("https://id.example", "http://id.example/token", ""), "without `https`"),
            (document("https://id.example", "javascript:alert(1)", ""), "without `https`"),
            (document("https://id.example", "token", ""), "cannot be read"),
            ("<html>".to_owned(), "cannot be read"),
            ("{}".to_owned(), "cannot be read"),
        ] {
            let error = read(text.as_bytes(), "https://id.example").unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn the_document_is_below_the_issuers_path() {
        for (issuer, document) in [
            ("https://accounts.google.com", "https://accounts.google.com/.well-known/openid-configuration"),
            ("https://id.example/realms/home/", "https://id.example/realms/home/.well-known/openid-configuration"),
        ] {
            assert_eq!(document_url(&Url::parse(issuer).unwrap()).as_str(), document);
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_alone() {
        for (url, safe) in [
            ("https://id.example", true),
            ("http://127.0.0.1:8080", true),
            ("http://localhost/x", true),
            ("http://[::1]:1", true),
            ("http://id.example", false),
            ("http://localhost.example", false),
            ("ftp://localhost", false),
        ] {
            assert_eq!(is_safe(&Url::parse(url).unwrap()), safe, "{url}");
        }
    }
}
