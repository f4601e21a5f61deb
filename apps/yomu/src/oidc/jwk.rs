//! An issuer's public keys (JSON Web Key, RFC 7517 and RFC 7518, section 6).

use serde::Deserialize;
use serde_json::Value;

use super::encoding::decode;
use super::limits::{KEYS_MAX, RSA_BYTES};
use super::problem::OidcError;

/// A public key that can check signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    /// Its name.
    pub(super) id: Option<String>,
    pub(super) public: PublicKey,
}

/// The key itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PublicKey {
    /// For RS256: modulus and exponent, big-endian.
    Rsa { n: Vec<u8>, e: Vec<u8> },
    /// For ES256: a point on P-256, uncompressed.
    P256(Vec<u8>),
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

#[derive(Deserialize)]
struct Fields {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

/// The keys that we can use; keys of other kinds and for other purposes are passed over.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Key>, OidcError> {
    let wrong = |problem| OidcError::Document { document: "list of keys", problem };
    let document: Document = serde_json::from_slice(bytes).map_err(|_| wrong("cannot be read"))?;
    let keys: Vec<Key> = document.keys.into_iter().take(KEYS_MAX).filter_map(key).collect();
    if keys.is_empty() { Err(wrong("has no key for RS256 or ES256")) } else { Ok(keys) }
}

fn key(value: Value) -> Option<Key> {
    let fields: Fields = serde_json::from_value(value).ok()?;
    if fields.purpose.as_deref().is_some_and(|purpose| purpose != "sig") {
        return None;
    }
    let is_for = |algorithm: &str| fields.alg.as_deref().is_none_or(|named| named == algorithm);
    let public = match fields.kty.as_str() {
        "RSA" if is_for("RS256") => {
            let n = trimmed(decode(fields.n.as_deref()?)?);
            RSA_BYTES.contains(&n.len()).then_some(PublicKey::Rsa { n, e: trimmed(decode(fields.e.as_deref()?)?) })?
        }
        "EC" if is_for("ES256") && fields.crv.as_deref() == Some("P-256") => {
            let (x, y) = (decode(fields.x.as_deref()?)?, decode(fields.y.as_deref()?)?);
            (x.len() == 32 && y.len() == 32).then(|| PublicKey::P256([&[4][..], &x, &y].concat()))?
        }
        _ => return None,
    };
    Some(Key { id: fields.kid, public })
}

/// Without leading zeros, which some issuers put before numbers and ring refuses.
fn trimmed(bytes: Vec<u8>) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes[zeros..].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oidc::encoding::encode;

    fn rsa(bytes: usize, more: &str) -> String {
        format!(r#"{{"kty": "RSA", "kid": "one", "n": "{}", "e": "AQAB"{more}}}"#, encode(&vec![0xc1; bytes]))
    }

    fn list(keys: &[&str]) -> Result<Vec<Key>, OidcError> {
        read(format!(r#"{{"keys": [{}]}}"#, keys.join(",")).as_bytes())
    }

    #[test]
    fn keys_of_both_kinds_are_read() {
        let point = encode(&[7; 32]);
        let ec = format!(r#"{{"kty": "EC", "crv": "P-256", "alg": "ES256", "x": "{point}", "y": "{point}"}}"#);
        let keys = list(&[&rsa(256, r#", "use": "sig", "alg": "RS256""#), &ec]).unwrap();
        assert_eq!(keys[0].id.as_deref(), Some("one"));
        assert!(matches!(&keys[0].public, PublicKey::Rsa { n, e } if n.len() == 256 && e == &[1, 0, 1]));
        assert!(matches!(&keys[1].public, PublicKey::P256(point) if point.len() == 65 && point[0] == 4));
    }

    #[test]
    fn other_keys_are_passed_over() {
        let good = rsa(256, "");
        for other in [
            rsa(256, r#", "use": "enc""#).as_str(),
            &rsa(256, r#", "alg": "PS256""#),
            &rsa(128, ""),
            &rsa(1024, ""),
            r#"{"kty": "oct", "k": "c2VjcmV0"}"#,
            r#"{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}"#,
            r#"{"kty": "EC", "crv": "P-521"}"#,
            r#"{"kty": "RSA", "n": "%%%", "e": "AQAB"}"#,
            r#"{"kid": 7}"#,
            "null",
        ] {
            assert_eq!(list(&[other, &good]).unwrap().len(), 1, "{other}");
            assert!(list(&[other]).is_err(), "{other}");
        }
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for text in ["", "[]", "{}", r#"{"keys": {}}"#, r#"{"keys": []}"#] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
    }
}
