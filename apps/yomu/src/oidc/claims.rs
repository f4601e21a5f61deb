//! What an ID token says, and whether it may be believed (OpenID Connect Core, section 3.1.3.7).

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::limits::{CLOCK_SKEW, EMAIL_BYTES_MAX, SUBJECT_BYTES_MAX};
use super::problem::TokenProblem;

/// Google's issuer, which has a rule and a quirk of its own.
pub(crate) const GOOGLE: &str = "https://accounts.google.com";

/// What a token must say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) nonce: &'a str,
    pub(super) now: Timestamp,
}

/// Somebody whom the issuer vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// The issuer.
    pub(crate) issuer: String,
    /// The name by which the issuer knows the person, for ever.
    pub(crate) subject: String,
    /// The verified address, in small letters.
    pub(crate) email: String,
    /// The domain that vouches for the address, if any does.
    pub(crate) domain: Option<String>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    #[serde(default)]
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: f64,
    iat: f64,
    nbf: Option<f64>,
    nonce: Option<String>,
    email: Option<String>,
    #[serde(default)]
    email_verified: Value,
    hd: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// Reads the payload of a token whose signature is good.
pub(super) fn check(payload: &[u8], expected: &Expected<'_>) -> Result<Person, TokenProblem> {
    let claims: Claims = serde_json::from_slice(payload).map_err(|_| TokenProblem::Malformed)?;
    if !is_issuer(&claims.iss, expected.issuer) {
        return Err(TokenProblem::Issuer);
    }
    if !is_audience(&claims, expected.client_id) {
        return Err(TokenProblem::Audience);
    }
    check_times(&claims, expected.now)?;
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(TokenProblem::Nonce);
    }
    if claims.sub.is_empty() || claims.sub.len() > SUBJECT_BYTES_MAX {
        return Err(TokenProblem::Subject);
    }
    let email = claims.email.as_deref().and_then(email_address).ok_or(TokenProblem::NoEmail)?;
    if !is_yes(&claims.email_verified) {
        return Err(TokenProblem::UnverifiedEmail);
    }
    let domain = domain(expected.issuer, &email, claims.hd);
    Ok(Person { issuer: expected.issuer.to_owned(), subject: claims.sub, email, domain })
}

/// Google's documentation allows its tokens to leave out `https://`.
fn is_issuer(said: &str, issuer: &str) -> bool {
    said == issuer || (issuer == GOOGLE && said == "accounts.google.com")
}

/// The token is for us alone: we know of no other program that it might be for as well.
fn is_audience(claims: &Claims, client_id: &str) -> bool {
    let is_ours = match &claims.aud {
        Audience::One(one) => one == client_id,
        Audience::Many(all) => all.len() == 1 && all[0] == client_id,
    };
    is_ours && claims.azp.as_deref().is_none_or(|party| party == client_id)
}

fn check_times(claims: &Claims, now: Timestamp) -> Result<(), TokenProblem> {
    let now = now.as_second() as f64;
    let skew = CLOCK_SKEW.as_secs() as f64;
    // What is not a number passes no check: JSON has none, but 1e999 becomes one that is infinite.
    let is_number = |time: f64| time.is_finite();
    if !is_number(claims.exp) || claims.exp + skew <= now {
        return Err(TokenProblem::Expired);
    }
    let is_past = |time: f64| is_number(time) && time - skew <= now;
    if !is_past(claims.iat) || claims.nbf.is_some_and(|nbf| !is_past(nbf)) {
        return Err(TokenProblem::NotYet);
    }
    Ok(())
}

/// An address in small letters: one `@` with something on both sides, nothing that cannot be seen.
fn email_address(text: &str) -> Option<String> {
    let (name, domain) = text.split_once('@')?;
    let is_sound = !name.is_empty()
        && domain.contains(|character: char| character.is_alphanumeric())
        && !domain.contains('@')
        && text.len() <= EMAIL_BYTES_MAX
        && !text.contains(|character: char| character.is_whitespace() || character.is_control());
    is_sound.then(|| text.to_lowercase())
}

/// Some issuers write yes as a text.
fn is_yes(value: &Value) -> bool {
    value == &Value::Bool(true) || value.as_str() == Some("true")
}

/// Google has accounts with addresses of any domain, verified once; only `hd` says that the domain's owner runs the account.
fn domain(issuer: &str, email: &str, hosted: Option<String>) -> Option<String> {
    if issuer == GOOGLE {
        return hosted.map(|domain| domain.to_lowercase());
    }
    email.split_once('@').map(|(_, domain)| domain.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn good() -> Value {
        json!({
            "iss": "https://id.example", "sub": "4711", "aud": "client", "exp": NOW + 3600, "iat": NOW, "nonce": "n",
            "email": "Ann@Example.org", "email_verified": true,
        })
    }

    fn with(change: Value) -> Value {
        let mut claims = good();
        for (name, value) in change.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
    }

    fn checked(claims: &Value, issuer: &str) -> Result<Person, TokenProblem> {
        let now = Timestamp::from_second(NOW).unwrap();
        check(claims.to_string().as_bytes(), &Expected { issuer, client_id: "client", nonce: "n", now })
    }

    #[test]
    fn a_good_token_says_who_it_is() {
        let person = checked(&good(), "https://id.example").unwrap();
        assert_eq!((person.subject.as_str(), person.email.as_str()), ("4711", "ann@example.org"));
        assert_eq!(person.domain.as_deref(), Some("example.org"));
    }

    #[test]
    fn small_liberties_are_understood() {
        for change in [
            json!({"aud": ["client"]}),
            json!({"azp": "client"}),
            json!({"email_verified": "true"}),
            json!({"exp": NOW - 119}),
            json!({"iat": NOW + 120, "nbf": NOW + 120}),
            json!({"exp": 1_800_003_600.5}),
            json!({"something": {"else": []}}),
        ] {
            assert!(checked(&with(change.clone()), "https://id.example").is_ok(), "{change}");
        }
    }

    #[test]
    fn every_false_claim_is_refused() {
        for (change, problem) in [
            (json!({"iss": "https://evil.example"}), TokenProblem::Issuer),
            (json!({"iss": "https://id.example/"}), TokenProblem::Issuer),
            (json!({"iss": "id.example"}), TokenProblem::Issuer),
            (json!({"aud": "another"}), TokenProblem::Audience),
            (json!({"aud": []}), TokenProblem::Audience),
            (json!({"aud": ["client", "another"]}), TokenProblem::Audience),
            (json!({"azp": "another"}), TokenProblem::Audience),
            (json!({"exp": NOW - 120}), TokenProblem::Expired),
            (json!({"exp": -1e300}), TokenProblem::Expired),
            (json!({"iat": NOW + 121}), TokenProblem::NotYet),
            (json!({"nbf": NOW + 121}), TokenProblem::NotYet),
            (json!({"nonce": "other"}), TokenProblem::Nonce),
            (json!({"nonce": null}), TokenProblem::Nonce),
            (json!({"sub": ""}), TokenProblem::Subject),
            (json!({"sub": "s".repeat(256)}), TokenProblem::Subject),
            (json!({"email": null}), TokenProblem::NoEmail),
            (json!({"email": "ann"}), TokenProblem::NoEmail),
            (json!({"email": "@example.org"}), TokenProblem::NoEmail),
            (json!({"email": "a@b@example.org"}), TokenProblem::NoEmail),
            (json!({"email": "ann@example.org\n"}), TokenProblem::NoEmail),
            (json!({"email": format!("{}@example.org", "a".repeat(250))}), TokenProblem::NoEmail),
            (json!({"email_verified": false}), TokenProblem::UnverifiedEmail),
            (json!({"email_verified": null}), TokenProblem::UnverifiedEmail),
            (json!({"email_verified": 1}), TokenProblem::UnverifiedEmail),
            (json!({"exp": "tomorrow"}), TokenProblem::Malformed),
            (json!({"exp": null}), TokenProblem::Malformed),
            (json!({"aud": 7}), TokenProblem::Malformed),
        ] {
            assert_eq!(checked(&with(change.clone()), "https://id.example"), Err(problem), "{change}");
        }
    }

    #[test]
    fn only_google_vouches_for_a_domain_by_its_own_claim() {
        let google = with(json!({"iss": "accounts.google.com"}));
        assert_eq!(checked(&google, GOOGLE).unwrap().domain, None);
        let hosted = with(json!({"iss": GOOGLE, "hd": "Example.org"}));
        assert_eq!(checked(&hosted, GOOGLE).unwrap().domain.as_deref(), Some("example.org"));
        let elsewhere = with(json!({"hd": "evil.example"}));
        assert_eq!(checked(&elsewhere, "https://id.example").unwrap().domain.as_deref(), Some("example.org"));
    }

    #[test]
    fn what_is_no_claim_is_refused() {
        let now = Timestamp::from_second(NOW).unwrap();
        let expected = Expected { issuer: "i", client_id: "c", nonce: "n", now };
        for payload in ["", "{}", "[]", "null", "{\"iss\": \"i\", \"iss\": \"j\"}", "\u{732b}"] {
            assert_eq!(check(payload.as_bytes(), &expected), Err(TokenProblem::Malformed), "{payload}");
        }
    }
}
