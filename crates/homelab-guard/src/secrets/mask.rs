//! What may be shown of a secret: enough to recognise it, too little to use it.

/// How much of a long secret is shown. Prefixes of tokens have up to eleven characters, and are public.
const SHOWN_MAX: usize = 4;

/// From this length on a few characters do not help to guess the rest.
const SHOWN_FROM: usize = 20;

/// The secret with nearly all of it hidden. The stars say nothing about its length.
pub(crate) fn masked(secret: &[u8]) -> String {
    if secret.starts_with(b"-----BEGIN") || secret.starts_with(b"PuTTY") {
        let line = secret.split(|byte| matches!(byte, b'\n' | b'\r' | b'\\')).next().unwrap_or(secret);
        return format!("{} ********", String::from_utf8_lossy(&line[..line.len().min(48)]));
    }
    let shown = if secret.len() >= SHOWN_FROM && secret.is_ascii() { SHOWN_MAX } else { 0 };
    let printable = |byte: &u8| if byte.is_ascii_graphic() { char::from(*byte) } else { '?' };
    secret[..shown].iter().map(printable).chain("********".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_shown_of_long_secrets_and_nothing_of_short_ones() {
        assert_eq!(masked(b"hunter2"), "********");
        assert_eq!(masked(b"nineteen-characters"), "********");
        assert_eq!(masked(b"zkQm2vR9xLp4Ws7Tzkqm"), "zkQm********");
        assert_eq!(masked("さくら2024midori-long".as_bytes()), "********");
    }
}
