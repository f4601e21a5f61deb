//! Secrets that nobody can guess.

use proxmox_client::Secret;

use crate::apply::Random;

/// The system's own randomness.
#[derive(Clone, Copy, Debug)]
pub struct SystemRandom;

const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

impl Random for SystemRandom {
    fn password(&self, characters: usize) -> Secret {
        let mut text = String::with_capacity(characters);
        let mut bytes = [0_u8; 64];
        while text.len() < characters {
            // Without randomness there is no secret to be made, and nothing sensible to go on with.
            getrandom::fill(&mut bytes).unwrap_or_else(|error| panic!("the system gives no random bytes: {error}"));
            // 248 is four times 62: what lies above would make some letters likelier.
            let letters =
                bytes.iter().filter(|byte| **byte < 248).map(|byte| char::from(ALPHABET[usize::from(byte % 62)]));
            text.extend(letters.take(characters - text.len()));
        }
        Secret::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_have_their_length_and_differ() {
        let [first, second] = [SystemRandom.password(48), SystemRandom.password(48)];
        assert_eq!(first.expose().len(), 48);
        assert!(first.expose().bytes().all(|byte| byte.is_ascii_alphanumeric()));
        assert_ne!(first.expose(), second.expose());
    }
}
