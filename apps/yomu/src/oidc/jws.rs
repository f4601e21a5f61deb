//! The signature of an ID token (JSON Web Signature, RFC 7515, compact form).

use ring::signature::{ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;
use serde_json::Value;

use super::encoding::decode;
use super::jwk::{Key, PublicKey};
use super::limits::TOKEN_BYTES_MAX;
use super::problem::TokenProblem;

/// A token whose signature was not checked yet.
pub(super) struct Unverified<'t> {
    algorithm: Algorithm,
    key_id: Option<String>,
    signed: &'t str,
    payload: &'t str,
    signature: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Rs256,
    Es256,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    /// Extensions that one must understand; we understand none.
    crit: Option<Value>,
}

impl<'t> Unverified<'t> {
    /// Reads a token as far as its header.
    pub(super) fn parse(token: &'t str) -> Result<Self, TokenProblem> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(TokenProblem::Malformed);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenProblem::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenProblem::Malformed)?;
        let header = decode(header).ok_or(TokenProblem::Malformed)?;
        let header: Header = serde_json::from_slice(&header).map_err(|_| TokenProblem::Malformed)?;
        // `none` and the symmetric methods are not among them: whoever knows the public key could sign with those.
        let algorithm = match header.alg.as_str() {
            "RS256" => Algorithm::Rs256,
            "ES256" => Algorithm::Es256,
            _ => return Err(TokenProblem::Algorithm),
        };
        if header.crit.is_some() {
            return Err(TokenProblem::Algorithm);
        }
        let signature = decode(signature).ok_or(TokenProblem::Malformed)?;
        Ok(Self { algorithm, key_id: header.kid, signed, payload, signature })
    }

    /// The payload, if one of these keys signed it.
    pub(super) fn verify(&self, keys: &[Key]) -> Result<Vec<u8>, TokenProblem> {
        let mut candidates = keys.iter().filter(|key| self.may_be_signed_with(key)).peekable();
        if candidates.peek().is_none() {
            return Err(TokenProblem::UnknownKey);
        }
        if candidates.any(|key| self.is_signed_with(&key.public)) {
            decode(self.payload).ok_or(TokenProblem::Malformed)
        } else {
            Err(TokenProblem::Signature)
        }
    }

    fn may_be_signed_with(&self, key: &Key) -> bool {
        let fits = matches!(
            (self.algorithm, &key.public),
            (Algorithm::Rs256, PublicKey::Rsa { .. }) | (Algorithm::Es256, PublicKey::P256(_))
        );
        // A token need not name its key while the issuer has one.
        fits && self.key_id.as_ref().is_none_or(|id| key.id.as_ref() == Some(id))
    }

    fn is_signed_with(&self, key: &PublicKey) -> bool {
        let (text, signature) = (self.signed.as_bytes(), self.signature.as_slice());
        let checked = match key {
            PublicKey::Rsa { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, text, signature)
            }
            PublicKey::P256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(text, signature),
        };
        checked.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};

    use super::*;
    use crate::oidc::encoding::encode;

    fn key_pair() -> EcdsaKeyPair {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap()
    }

    fn public(pair: &EcdsaKeyPair, id: &str) -> Key {
        Key { id: Some(id.to_owned()), public: PublicKey::P256(pair.public_key().as_ref().to_vec()) }
    }

    fn sign(pair: &EcdsaKeyPair, header: &str, payload: &str) -> String {
        let signed = format!("{}.{}", encode(header.as_bytes()), encode(payload.as_bytes()));
        let signature = pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", encode(signature.as_ref()))
    }

    fn verify(token: &str, keys: &[Key]) -> Result<Vec<u8>, TokenProblem> {
        Unverified::parse(token)?.verify(keys)
    }

    #[test]
    fn a_token_is_good_with_its_own_key_alone() {
        let (ours, other) = (key_pair(), key_pair());
        let token = sign(&ours, r#"{"alg":"ES256","kid":"a"}"#, r#"{"sub":"1"}"#);
        let keys = [public(&ours, "a"), public(&other, "b")];
        assert_eq!(verify(&token, &keys).unwrap(), br#"{"sub":"1"}"#);
        assert_eq!(verify(&token, &[public(&other, "a")]), Err(TokenProblem::Signature));
        assert_eq!(verify(&token, &[public(&ours, "b")]), Err(TokenProblem::UnknownKey));
        let unnamed = sign(&ours, r#"{"alg":"ES256"}"#, "{}");
        assert!(verify(&unnamed, &keys).is_ok());
    }

    #[test]
    fn the_example_of_rfc_7515_is_signed_with_rs256() {
        let n = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZ\
            S-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2\
            CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9g\
            b54h4FRWyuXpoQ";
        // homelab:allow secrets/named-value until 2036-01-01: the example of RFC 7515
        let token = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb2\
            90Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbd\
            s9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383\
            LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtV\
            rBp0igcN_IoypGlUPQGe77Rw";
        let key = Key { id: None, public: PublicKey::Rsa { n: decode(n).unwrap(), e: vec![1, 0, 1] } };
        assert!(verify(token, std::slice::from_ref(&key)).unwrap().starts_with(b"{\"iss\":\"joe\""));
        let changed = token.replace(".cC4h", ".cC5h");
        assert_eq!(verify(&changed, &[key]), Err(TokenProblem::Signature));
    }

    #[test]
    fn one_changed_character_is_noticed() {
        let pair = key_pair();
        let token = sign(&pair, r#"{"alg":"ES256","kid":"a"}"#, r#"{"sub":"1"}"#);
        for index in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(verify(&changed, &[public(&pair, "a")]).is_err(), "{index}: {changed}");
        }
    }

    #[test]
    fn methods_that_prove_nothing_are_refused() {
        let pair = key_pair();
        for header in [
            r#"{"alg":"none"}"#,
            r#"{"alg":"HS256","kid":"a"}"#,
            r#"{"alg":"es256","kid":"a"}"#,
            r#"{"alg":"ES256","kid":"a","crit":["x"]}"#,
        ] {
            let token = sign(&pair, header, "{}");
            assert_eq!(verify(&token, &[public(&pair, "a")]), Err(TokenProblem::Algorithm), "{header}");
        }
        let as_rsa = sign(&pair, r#"{"alg":"RS256","kid":"a"}"#, "{}");
        assert_eq!(verify(&as_rsa, &[public(&pair, "a")]), Err(TokenProblem::UnknownKey));
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let long = format!("{}.e30.AA", "A".repeat(TOKEN_BYTES_MAX));
        for token in [
            "",
            ".",
            "..",
            "a.b",
            "e30.e30.AA",
            "!.e30.AA",
            "eyJhbGciOiJFUzI1NiJ9.e30.!",
            &long,
            "\u{732b}.\u{732b}.\u{732b}",
        ] {
            assert!(verify(token, &[]).is_err(), "{token:.20}");
        }
    }
}
