//! `/access/ticket`: logging in with a password. `src/PVE/API2/AccessControl.pm` in `pve-access-control`.

use serde::Deserialize;

use crate::lenient;
use crate::request::Request;
use crate::secret::Secret;

/// What a login gives.
#[derive(Clone, Debug, Deserialize)]
pub struct Ticket {
    /// The ticket itself, valid for two hours; or, if a second factor is needed, the challenge to answer. The schema allows none.
    pub ticket: Option<Secret>,
    /// What every call but GET must carry besides.
    #[serde(rename = "CSRFPreventionToken")]
    pub csrf_prevention_token: Option<Secret>,
    /// Who logged in, with the realm.
    pub username: String,
    /// Whether a second factor is needed first.
    #[serde(default, rename = "NeedTFA", deserialize_with = "lenient::flag")]
    pub needs_second_factor: bool,
    /// The cluster's name, for those who may see it.
    pub clustername: Option<String>,
}

/// Logs in. The name bears its realm: `root@pam`.
pub fn create(username: &str, password: Secret) -> Request<Ticket> {
    Request::post("/access/ticket").with("username", username).with("password", password)
}

/// Exchanges a ticket that is still valid for a new one; no second factor is asked for again (`create_ticket_do`).
pub fn renew(username: &str, ticket: Secret) -> Request<Ticket> {
    create(username, ticket)
}

/// Answers the challenge of a second factor with a time-based code.
pub fn answer_totp(username: &str, challenge: Secret, code: &Secret) -> Request<Ticket> {
    create(username, Secret::new(format!("totp:{}", code.expose().trim()))).with("tfa-challenge", challenge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_a_form() {
        let request = create("root@pam", Secret::new("a&b;c"));
        assert_eq!(request.call().to_string(), "POST /access/ticket");
        assert_eq!(request.to_http().body, b"username=root%40pam&password=a%26b%3Bc");
    }

    #[test]
    fn a_code_answers_the_challenge() {
        let request = answer_totp("root@pam", Secret::new("PVE:!tfa!x"), &Secret::new(" 123456\n"));
        let body = String::from_utf8(request.to_http().body).unwrap();
        assert_eq!(body, "username=root%40pam&password=totp%3A123456&tfa-challenge=PVE%3A%21tfa%21x");
    }

    #[test]
    fn a_ticket_prints_no_secret() {
        let json =
            r#"{"ticket":"PVE:root@pam:SEEN","CSRFPreventionToken":"SEEN","username":"root@pam","NeedTFA":1,"cap":{}}"#;
        let ticket: Ticket = serde_json::from_str(json).unwrap();
        assert!(ticket.needs_second_factor);
        assert!(!format!("{ticket:?}").contains("SEEN"), "{ticket:?}");
    }
}
