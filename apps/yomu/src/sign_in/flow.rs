//! A sign-in that is under way, sealed into the browser's own cookie.
//!
//! So a stranger's clicks cost no row in a database, and any replica can go on where another began. The seal (AES-256-GCM)
//! keeps the verifier and the nonce from being read and the rest from being changed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};

use crate::limits::SIGN_IN_TIME_MAX;
use crate::random::random_bytes;

/// Bytes of a sealed cookie; browsers keep 4,096 with name and attributes.
const COOKIE_BYTES_MAX: usize = 3_800;

/// Bytes of the address to return to, so that the cookie fits. A longer one is forgotten.
const BACK_BYTES_MAX: usize = 2_000;

/// A sign-in that is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Flow {
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
    /// Where to go afterwards; a path of ours.
    pub(crate) back: String,
    /// The token of an invitation.
    pub(crate) invitation: Option<String>,
    /// Seconds since 1970.
    expires_at: i64,
}

impl Flow {
    pub(super) fn new(
        state: String,
        nonce: String,
        verifier: String,
        back: String,
        invitation: Option<String>,
        now: Timestamp,
    ) -> Self {
        let back = if back.len() <= BACK_BYTES_MAX { back } else { "/".to_owned() };
        let expires_at = now.as_second() + SIGN_IN_TIME_MAX.as_secs();
        Self { state, nonce, verifier, back, invitation, expires_at }
    }

    pub(super) fn seal(&self, key: &[u8; 32]) -> String {
        let nonce: [u8; NONCE_LEN] = random_bytes();
        let mut bytes = serde_json::to_vec(self).expect("texts and a number are JSON");
        sealing_key(key)
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut bytes)
            .expect("a cookie is shorter than the method's 64 GiB");
        URL_SAFE_NO_PAD.encode([&nonce[..], &bytes].concat())
    }

    pub(super) fn open(cookie: &str, key: &[u8; 32], now: Timestamp) -> Option<Self> {
        if cookie.len() > COOKIE_BYTES_MAX {
            return None;
        }
        let mut bytes = URL_SAFE_NO_PAD.decode(cookie).ok()?;
        let (nonce, sealed) = bytes.split_at_mut_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let plain = sealing_key(key).open_in_place(nonce, Aad::empty(), sealed).ok()?;
        let flow: Self = serde_json::from_slice(plain).ok()?;
        (now.as_second() < flow.expires_at).then_some(flow)
    }
}

fn sealing_key(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("the key has the method's 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn flow(back: &str) -> Flow {
        let token = || "t".repeat(43);
        Flow::new(token(), token(), token(), back.to_owned(), Some(token()), at(0))
    }

    #[test]
    fn a_flow_survives_its_cookie_for_a_quarter_of_an_hour() {
        let flow = flow("/unread");
        let cookie = flow.seal(&KEY);
        assert!(!cookie.contains('t') || !cookie.contains("ttt"));
        assert_eq!(Flow::open(&cookie, &KEY, at(899)), Some(flow));
        assert_eq!(Flow::open(&cookie, &KEY, at(900)), None);
    }

    #[test]
    fn the_longest_cookie_fits_into_a_browser() {
        assert!(flow(&"/".repeat(BACK_BYTES_MAX)).seal(&KEY).len() <= COOKIE_BYTES_MAX);
        assert_eq!(flow(&"/".repeat(BACK_BYTES_MAX + 1)).back, "/");
    }

    #[test]
    fn a_cookie_of_anybody_else_is_not_opened() {
        let cookie = flow("/").seal(&KEY);
        assert_eq!(Flow::open(&cookie, &[8; 32], at(0)), None);
        for index in 0..cookie.len() {
            let mut bytes = cookie.clone().into_bytes();
            bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
            assert_eq!(Flow::open(std::str::from_utf8(&bytes).unwrap(), &KEY, at(0)), None, "{index}");
        }
        for text in ["", "A", "AAAAAAAAAAAAAAAA", "%", "\u{732b}", &"A".repeat(100_000)] {
            assert_eq!(Flow::open(text, &KEY, at(0)), None);
        }
    }
}
