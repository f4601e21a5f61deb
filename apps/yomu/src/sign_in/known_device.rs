//! A browser in which somebody has signed in before. It has tries of its own, so that strangers who share its address cannot
//! use them up. It opens nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::keys::{is_keyed, keyed};
use crate::random::random_bytes;

/// What the hash is for, so that nothing else that the key makes passes for one.
const PURPOSE: &[u8] = b"known device";

/// A number that we gave to a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KnownDevice(pub(crate) [u8; 16]);

impl KnownDevice {
    pub(crate) fn random() -> Self {
        Self(random_bytes())
    }

    /// For the browser: the number and a keyed hash of it.
    pub(super) fn to_cookie(self, key: &[u8; 32]) -> String {
        let hash = keyed(key, &[PURPOSE, &self.0].concat());
        URL_SAFE_NO_PAD.encode([&self.0[..], &hash].concat())
    }

    /// From the browser; none unless we made it.
    pub(super) fn from_cookie(cookie: &str, key: &[u8; 32]) -> Option<Self> {
        // 48 bytes are 64 characters.
        let bytes = (cookie.len() == 64).then(|| URL_SAFE_NO_PAD.decode(cookie).ok())??;
        let (number, hash) = bytes.split_at_checked(16)?;
        is_keyed(key, &[PURPOSE, number].concat(), hash).then(|| number.try_into().ok().map(Self))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_numbers_are_known() {
        let device = KnownDevice::random();
        let cookie = device.to_cookie(&[1; 32]);
        assert_eq!(KnownDevice::from_cookie(&cookie, &[1; 32]), Some(device));
        assert_eq!(KnownDevice::from_cookie(&cookie, &[2; 32]), None);
        for forged in ["", "x", &cookie[1..], &"A".repeat(64), &"A".repeat(8_000), &"\u{732b}".repeat(16)] {
            assert_eq!(KnownDevice::from_cookie(forged, &[1; 32]), None, "{forged:.20}");
        }
    }
}
