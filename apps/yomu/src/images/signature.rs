//! Addresses of pictures that only we can have made, and only for one reader.
//!
//! Without a signature the program would fetch whatever anybody asks for; with one that is good for everybody, a reader
//! could hand its use to strangers.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;
use yomu_model::ids::UserId;

use super::limits::ADDRESS_BYTES_MAX;
use crate::keys::{is_keyed, keyed};

/// The path under which a reader gets the picture of an address; none for one that is too long.
pub(super) fn path(key: &[u8; 32], user: UserId, address: &str) -> Option<String> {
    (address.len() <= ADDRESS_BYTES_MAX).then(|| {
        let signature = URL_SAFE_NO_PAD.encode(keyed(key, &message(user, address)));
        format!("/image/{signature}/{}", URL_SAFE_NO_PAD.encode(address))
    })
}

/// The address in a path, if the signature is good for this reader.
pub(super) fn address(key: &[u8; 32], user: UserId, signature: &str, address: &str) -> Option<Url> {
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    let address = String::from_utf8(URL_SAFE_NO_PAD.decode(address).ok()?).ok()?;
    is_keyed(key, &message(user, &address), &signature).then(|| Url::parse(&address).ok())?
}

/// The user's number has a fixed length, so no other user and address make the same bytes.
fn message(user: UserId, address: &str) -> Vec<u8> {
    [&user.get().to_be_bytes()[..], address.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [3; 32];
    const PICTURE: &str = "https://a.example/読む.png?a=1&b=2";

    fn parts(user: i64) -> (String, String) {
        let path = path(&KEY, UserId::new(user), PICTURE).unwrap();
        let (signature, address) = path.strip_prefix("/image/").unwrap().split_once('/').unwrap();
        (signature.to_owned(), address.to_owned())
    }

    #[test]
    fn an_address_comes_back_for_its_reader() {
        let (signature, path) = parts(1);
        let url = address(&KEY, UserId::new(1), &signature, &path).unwrap();
        assert_eq!(url, Url::parse(PICTURE).unwrap());
    }

    #[test]
    fn for_nobody_else_and_with_no_other_key_or_address() {
        let (signature, path) = parts(1);
        let ann = UserId::new(1);
        assert!(address(&KEY, UserId::new(2), &signature, &path).is_none(), "another reader");
        assert!(address(&[4; 32], ann, &signature, &path).is_none(), "another key");
        let other = URL_SAFE_NO_PAD.encode("http://169.254.169.254/");
        assert!(address(&KEY, ann, &signature, &other).is_none(), "another address");
        let forged = ["", "A", &"A".repeat(43), &signature[1..], "%2e%2e", &"A".repeat(10_000)];
        for forged in forged {
            assert!(address(&KEY, ann, forged, &path).is_none(), "{forged:.30}");
        }
        for broken in ["", "/", "?", "\u{732b}", "_w"] {
            assert!(address(&KEY, ann, &signature, broken).is_none(), "{broken}");
        }
    }

    #[test]
    fn an_endless_address_is_left_alone() {
        let long = format!("https://a.example/{}", "x".repeat(ADDRESS_BYTES_MAX));
        assert_eq!(path(&KEY, UserId::new(1), &long), None);
    }
}
