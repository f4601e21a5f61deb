//! Hashes of passwords: with one, anybody may guess at home and without being noticed.

use super::candidate::Candidate;
use super::charset::{BASE64, Charset, DIGITS, HEX};
use super::cursor::Cursor;
use super::randomness::looks_made_up;
use crate::rules::secrets::password_hash;

/// The alphabet of crypt(3).
static CRYPT: fn(u8) -> bool = |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/');

/// The hash that begins at `at`, where one does.
pub(crate) fn find(text: &[u8], at: usize) -> Option<Candidate> {
    let mut cursor = Cursor::new(text, at);
    let what = scheme(&mut cursor)?;
    let hash = &text[at..cursor.at];
    let ended = !text.get(cursor.at).is_some_and(u8::is_ascii_alphanumeric);
    (ended && !looks_made_up(&hash[hash.len() / 2..])).then(|| Candidate {
        rule: &password_hash::RULE,
        range: at..cursor.at,
        message: format!("the {what} hash of a password stands here"),
    })
}

/// Moves over a hash and says which kind it is.
fn scheme(cursor: &mut Cursor<'_>) -> Option<&'static str> {
    let rest = cursor.rest();
    if rest.starts_with(b"{SSHA") || rest.starts_with(b"{SHA}") {
        cursor.until(b"}");
        cursor.eat(b"}");
        return run(cursor, &BASE64, 28).then_some("SHA-1");
    }
    if cursor.eat(b"SCRAM-SHA-256$") {
        let whole = run(cursor, &DIGITS, 4)
            && cursor.eat(b":")
            && run(cursor, &BASE64, 16)
            && dollar(cursor)
            && run(cursor, &BASE64, 40)
            && cursor.eat(b":");
        return (whole && run(cursor, &BASE64, 40)).then_some("SCRAM");
    }
    if cursor.eat(b"pbkdf2_sha256$") {
        let whole = run(cursor, &DIGITS, 4) && dollar(cursor) && crypt(cursor, 8) && dollar(cursor);
        return (whole && run(cursor, &BASE64, 40)).then_some("PBKDF2");
    }
    if !dollar(cursor) {
        return None;
    }
    let kinds: [(&[u8], &'static str); 9] = [
        (b"2a", "bcrypt"),
        (b"2b", "bcrypt"),
        (b"2y", "bcrypt"),
        (b"apr1", "Apache MD5"),
        (b"argon2", "Argon2"),
        (b"6", "SHA-512 crypt"),
        (b"5", "SHA-256 crypt"),
        (b"y", "yescrypt"),
        (b"1", "MD5 crypt"),
    ];
    let (_, what) = kinds.into_iter().find(|(word, _)| cursor.eat(word))?;
    let whole = match what {
        "bcrypt" => dollar(cursor) && run(cursor, &DIGITS, 2) && dollar(cursor) && crypt(cursor, 53),
        "Argon2" => argon2(cursor),
        "yescrypt" => {
            dollar(cursor)
                && crypt(cursor, 2)
                && dollar(cursor)
                && crypt(cursor, 8)
                && dollar(cursor)
                && crypt(cursor, 43)
        }
        _ => {
            let shortest = if what.contains("MD5") { 22 } else { 43 };
            cursor.eat(b"$rounds=");
            dollar(cursor) && crypt(cursor, 2) && dollar(cursor) && crypt(cursor, shortest)
        }
    };
    whole.then_some(what)
}

/// `$argon2id$v=19$m=65540,t=3,p=4$salt$hash`, with the kind's number already read.
fn argon2(cursor: &mut Cursor<'_>) -> bool {
    cursor.skip(b"id", 2);
    for _ in 0..2 {
        let mut ahead = *cursor;
        if dollar(&mut ahead) && ahead.skip(b"vmtp=,0123456789", 40) > 3 && ahead.peek() == b'$' {
            *cursor = ahead;
        }
    }
    dollar(cursor) && run(cursor, &BASE64, 8) && dollar(cursor) && run(cursor, &BASE64, 20)
}

/// A dollar sign, which compose files and shells want doubled or with a backslash.
fn dollar(cursor: &mut Cursor<'_>) -> bool {
    cursor.eat(b"$$") || cursor.eat(b"\\$") || cursor.eat(b"$")
}

fn run(cursor: &mut Cursor<'_>, set: &Charset, min: usize) -> bool {
    let length = set.run(cursor.rest(), 256);
    cursor.at += length;
    length >= min.min(256)
}

fn crypt(cursor: &mut Cursor<'_>, min: usize) -> bool {
    let length = cursor.rest().iter().take(128).take_while(|byte| CRYPT(**byte)).count();
    cursor.at += length;
    length >= min
}

/// PostgreSQL's older hash: `md5` and 32 hexadecimal digits, behind the word that makes it one.
pub(crate) fn is_postgres_md5(value: &[u8]) -> bool {
    value.strip_prefix(b"md5").is_some_and(|digits| digits.len() == 32 && HEX.holds_all(digits))
}
