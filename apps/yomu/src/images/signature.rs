//! Addresses of pictures that only we can have made, and only for one reader or one public link.
//!
//! Without a signature the program would fetch whatever anybody asks for; with one that is good for everybody, a reader
//! could hand its use to strangers.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;
use yomu_model::ids::UserId;

use super::limits::ADDRESS_BYTES_MAX;
use crate::keys::{is_keyed, keyed};
use crate::sessions::Token;

/// Whom a picture is for.
#[derive(Clone, Copy)]
pub(crate) enum Audience<'a> {
    /// A reader.
    Reader(UserId),
    /// Whoever has a public link to the article.
    Link(&'a Token),
}

impl Audience<'_> {
    /// What stands before the signature in a path.
    fn folder(self) -> String {
        match self {
            Self::Reader(_) => "/image".to_owned(),
            Self::Link(token) => format!("/shared/{}/image", token.to_text()),
        }
    }

    /// What is signed. The part before the address has a length of its own for each kind, after a byte that names the
    /// kind, so no other audience and address make the same bytes.
    fn message(self, address: &str) -> Vec<u8> {
        match self {
            Self::Reader(user) => [&[0], &user.get().to_be_bytes()[..], address.as_bytes()].concat(),
            Self::Link(token) => [&[1], &token.hash()[..], address.as_bytes()].concat(),
        }
    }
}

/// The path under which its audience gets the picture of an address; none for one that is too long.
pub(super) fn path(key: &[u8; 32], audience: Audience<'_>, address: &str) -> Option<String> {
    (address.len() <= ADDRESS_BYTES_MAX).then(|| {
        let signature = URL_SAFE_NO_PAD.encode(keyed(key, &audience.message(address)));
        format!("{}/{signature}/{}", audience.folder(), URL_SAFE_NO_PAD.encode(address))
    })
}

/// The address in a path, if the signature is good for this audience.
pub(super) fn address(key: &[u8; 32], audience: Audience<'_>, signature: &str, address: &str) -> Option<Url> {
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    let address = String::from_utf8(URL_SAFE_NO_PAD.decode(address).ok()?).ok()?;
    is_keyed(key, &audience.message(&address), &signature).then(|| Url::parse(&address).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [3; 32];
    const PICTURE: &str = "https://a.example/読む.png?a=1&b=2";

    const ANN: Audience<'_> = Audience::Reader(UserId::new(1));

    fn parts(audience: Audience<'_>) -> (String, String) {
        let path = path(&KEY, audience, PICTURE).unwrap();
        let (_, rest) = path.split_once("/image/").unwrap();
        let (signature, address) = rest.split_once('/').unwrap();
        (signature.to_owned(), address.to_owned())
    }

    #[test]
    fn an_address_comes_back_for_its_reader() {
        let (signature, path) = parts(ANN);
        let url = address(&KEY, ANN, &signature, &path).unwrap();
        assert_eq!(url, Url::parse(PICTURE).unwrap());
    }

    #[test]
    fn for_nobody_else_and_with_no_other_key_or_address() {
        let (signature, path) = parts(ANN);
        let bob = Audience::Reader(UserId::new(2));
        assert!(address(&KEY, bob, &signature, &path).is_none(), "another reader");
        assert!(address(&[4; 32], ANN, &signature, &path).is_none(), "another key");
        let other = URL_SAFE_NO_PAD.encode("http://169.254.169.254/");
        assert!(address(&KEY, ANN, &signature, &other).is_none(), "another address");
        let forged = ["", "A", &"A".repeat(43), &signature[1..], "%2e%2e", &"A".repeat(10_000)];
        for forged in forged {
            assert!(address(&KEY, ANN, forged, &path).is_none(), "{forged:.30}");
        }
        for broken in ["", "/", "?", "\u{732b}", "_w"] {
            assert!(address(&KEY, ANN, &signature, broken).is_none(), "{broken}");
        }
    }

    #[test]
    fn a_link_has_its_own_and_below_itself() {
        let (link, other) = (Token::random(), Token::random());
        let (signature, picture) = parts(Audience::Link(&link));
        assert!(address(&KEY, Audience::Link(&link), &signature, &picture).is_some());
        assert!(address(&KEY, Audience::Link(&other), &signature, &picture).is_none(), "another link");
        assert!(address(&KEY, ANN, &signature, &picture).is_none(), "a reader has a session instead");
        let (signature, picture) = parts(ANN);
        assert!(address(&KEY, Audience::Link(&link), &signature, &picture).is_none());
        let whole = path(&KEY, Audience::Link(&link), PICTURE).unwrap();
        assert!(whole.starts_with(&format!("/shared/{}/image/", link.to_text())), "{whole}");
    }

    #[test]
    fn an_endless_address_is_left_alone() {
        let long = format!("https://a.example/{}", "x".repeat(ADDRESS_BYTES_MAX));
        assert_eq!(path(&KEY, ANN, &long), None);
    }
}
