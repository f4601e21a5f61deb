//! Secrets do not belong in the file. This notices them, and covers them before anything is shown.

use std::ops::Range;

/// Parts of names that hold secrets.
const SECRET_PARTS: &[&str] = &[
    "password",
    "passwords",
    "passwd",
    "passphrase",
    "secret",
    "secrets",
    "private",
    "credential",
    "credentials",
    "apikey",
    "otp",
    "totp",
];

/// Whether a key by its name holds a secret: `password`, `token_secret`, `apiKey`. Names of files and of variables that
/// hold one (`password_file`, `secret_env`) are fine.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let parts: Vec<&str> = name.split(['_', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let is_reference = matches!(parts.last(), Some(&("file" | "env" | "path" | "name" | "id")));
    let has = |part: &str| parts.contains(&part);
    let is_secret = SECRET_PARTS.iter().any(|secret| has(secret) || name.replace(['_', '-'], "") == *secret)
        || (has("key") && (has("api") || has("ssh") || has("access")) && !has("public"))
        || (has("token") && parts.len() > 1);
    is_secret && !is_reference
}

/// Whether a text has the shape of the secret of a Proxmox API token: a UUID.
pub(crate) fn looks_like_uuid(text: &str) -> bool {
    let groups = [8, 4, 4, 4, 12];
    let mut parts = text.split('-');
    groups.iter().all(|length| {
        parts.next().is_some_and(|part| part.len() == *length && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }) && parts.next().is_none()
}

/// The text with these places, and the values of all lines that by their name hold a secret, covered by `*`: each byte by
/// one, so that all other places stay where they are. Works on broken TOML too, since that is shown as well.
pub(crate) fn covered(text: &str, secrets: &[Range<usize>]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut cover = |place: Range<usize>| {
        let end = place.end.min(bytes.len());
        for byte in bytes.get_mut(place.start.min(end)..end).into_iter().flatten() {
            if *byte != b'\n' && *byte != b'\r' {
                *byte = b'*';
            }
        }
    };
    for secret in secrets {
        cover(widened(text, secret));
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some((name, value)) = line.split_once('=')
            && is_secret_name(name.trim().trim_matches(['"', '\'']))
        {
            let value_start = start + line.len() - value.trim_start().len();
            cover(value_start..value_start + value.trim().len());
        }
        start += line.len();
    }
    // Covered are whole characters, so what is left is still text.
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A place that begins and ends between characters.
fn widened(text: &str, place: &Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (place.start.min(text.len()), place.end.min(text.len()));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known() {
        for name in
            ["password", "root_password", "token_secret", "api_key", "apiKey", "ssh_private_key", "api_token", "otp"]
        {
            assert!(is_secret_name(name), "{name}");
        }
        for name in
            ["token", "user", "ssh_public_key", "password_file", "secret_name", "key", "monkey", "tokens", "name"]
        {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn secrets_are_covered_and_everything_else_stays_in_place() {
        let text = "a = 1\npassword = \"読む\" \nurl = \"x@y\"\n";
        let url = text.find("\"x@y\"").unwrap();
        let covered = covered(text, std::slice::from_ref(&(url..url + 5)));
        assert_eq!(covered, "a = 1\npassword = ******** \nurl = *****\n");
        assert_eq!(covered.len(), text.len());
    }

    #[test]
    fn a_place_in_the_middle_of_a_character_covers_all_of_it() {
        assert_eq!(covered("読む", std::slice::from_ref(&(1..2))), "***む");
        assert_eq!(covered("ab", std::slice::from_ref(&(1..900))), "a*");
    }

    #[test]
    fn the_secret_of_a_token_has_the_shape_of_a_uuid() {
        assert!(looks_like_uuid("00000000-0000-0000-0000-000000000000"));
        assert!(!looks_like_uuid("00000000-0000-0000-0000-00000000000"));
        assert!(!looks_like_uuid("homelab"));
    }
}
