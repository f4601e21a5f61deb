//! Files that are nothing but a secret, or lines of them: known by their names.

use std::ops::Range;

use super::candidate::Candidate;
use super::charset::{ANY_HEX, HEX};
use super::cursor::Cursor;
use super::file_kind::FileTraits;
use super::name::{Says, classify};
use super::value::{Circumstances, Setting, Verdict, judge};
use crate::rule::Rule;
use crate::rules::secrets::{credential_file, key_file};

/// The longest file that is one secret: a passphrase of a few words, a key of 512 bits.
const ONE_SECRET_BYTES_MAX: usize = 256;

/// Endings of key stores and password databases.
const KEY_FILES: &[(&str, &str)] = &[
    (".p12", "a PKCS #12 key store"),
    (".pfx", "a PKCS #12 key store"),
    (".jks", "a Java key store"),
    (".keystore", "a Java key store"),
    (".bks", "a Bouncy Castle key store"),
    (".kdbx", "a KeePass database"),
    (".kdb", "a KeePass database"),
    (".agilekeychain", "a 1Password key chain"),
    (".psafe3", "a Password Safe database"),
    (".keytab", "a Kerberos key table"),
    (".ovpn.key", "an OpenVPN key"),
];

/// What the path alone says: a key store is a secret whatever its bytes are.
pub(crate) fn by_path(path: &str) -> Option<(&'static Rule, String)> {
    let name = file_name(path).to_ascii_lowercase();
    let (_, what) = KEY_FILES.iter().find(|(ending, _)| name.ends_with(ending) && name.len() > ending.len())?;
    Some((&key_file::RULE, format!("`{name}` is {what}")))
}

/// Secrets in files whose format is a list of secrets, or one.
pub(crate) fn find(path: &str, text: &[u8], traits: FileTraits) -> Vec<Candidate> {
    let name = file_name(path).to_ascii_lowercase();
    let fields = |field, separator| by_field(text, field, separator);
    match name.as_str() {
        ".pgpass" | "pgpass.conf" | "pgpass" => fields(4, b':'),
        "sasl_passwd" => last_words(text),
        "userlist.txt" => quoted_pairs(text),
        "identity.secret" => fields(3, b':'),
        _ if name.ends_with(".csv") => by_column(text),
        _ if is_hexadecimal_key(&name) => {
            whole(text, |value| (value.len() >= 32 && HEX.holds_all(value)).then_some("a master key"))
        }
        _ if is_named_secret(path, &name, traits) => whole(text, |value| {
            (is_password(value) && memchr::memmem::find(value, b": ").is_none()).then_some("a secret")
        }),
        _ => Vec::new(),
    }
}

/// Rails' `master.key` and the keys of its environments.
fn is_hexadecimal_key(name: &str) -> bool {
    name == "master.key" || ["production.key", "staging.key", "development.key"].contains(&name)
}

/// `secrets/db_password.txt`, `.vault_pass`, `secret_key`: a file that is one value.
fn is_named_secret(path: &str, name: &str, traits: FileTraits) -> bool {
    let (stem, ending) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).unwrap_or((name, ""));
    let plain = matches!(ending, "" | "txt" | "secret" | "pass" | "password" | "key" | "token");
    let in_secrets = path.to_ascii_lowercase().contains("secrets/");
    let says = classify(stem.as_bytes());
    plain
        && !traits.is_test
        && !traits.is_example
        && (says == Some(Says::Password) || says == Some(Says::Token) || in_secrets && says.is_some())
}

fn whole(text: &[u8], what: impl Fn(&[u8]) -> Option<&'static str>) -> Vec<Candidate> {
    let value = text.trim_ascii();
    let start = text.len() - text.trim_ascii_start().len();
    if value.len() > ONE_SECRET_BYTES_MAX || value.contains(&b'\n') {
        return Vec::new();
    }
    what(value).map(|what| candidate(start..start + value.len(), format!("the file is {what}"))).into_iter().collect()
}

/// One field of each line: `host:port:database:user:password`.
fn by_field(text: &[u8], field: usize, separator: u8) -> Vec<Candidate> {
    lines(text)
        .filter_map(|line| {
            let mut start = line.start;
            for _ in 0..field {
                start += memchr::memchr(separator, &text[start..line.end])? + 1;
            }
            let value = &text[start..line.end];
            let hexadecimal_identity = separator == b':' && field == 3 && !ANY_HEX.holds_all(value);
            let secret = !hexadecimal_identity && is_password(value) && !text[line.clone()].starts_with(b"#");
            secret.then(|| candidate(start..line.end, "a line of the file ends with a password".to_string()))
        })
        .collect()
}

/// `host user:password` on each line.
fn last_words(text: &[u8]) -> Vec<Candidate> {
    lines(text)
        .filter_map(|line| {
            let last = memchr::memrchr2(b' ', b'\t', &text[line.clone()])? + 1;
            let start = line.start + last;
            let colon = start + memchr::memchr(b':', &text[start..line.end])? + 1;
            is_password(&text[colon..line.end])
                .then(|| candidate(colon..line.end, "a line of the file ends with a password".to_string()))
        })
        .collect()
}

/// `"user" "password"` on each line, as PgBouncer has it.
fn quoted_pairs(text: &[u8]) -> Vec<Candidate> {
    lines(text)
        .filter_map(|line| {
            let mut cursor = Cursor::new(text, line.start);
            cursor.literal()?;
            cursor.skip_blanks();
            let value = cursor.literal()?;
            is_password(&text[value.clone()])
                .then(|| candidate(value, "a line of the file has a user and a password".to_string()))
        })
        .collect()
}

/// The column of a table whose heading says `password`, as password managers export them.
fn by_column(text: &[u8]) -> Vec<Candidate> {
    let mut lines = lines(text);
    let Some(heading) = lines.next() else { return Vec::new() };
    let headings = text[heading].split(|byte| *byte == b',');
    let Some(column) = headings.enumerate().position(|(_, heading)| classify(heading) == Some(Says::Password)) else {
        return Vec::new();
    };
    if column == 0 {
        return Vec::new();
    }
    lines
        .filter_map(|line| {
            let mut cursor = Cursor::new(text, line.start);
            for _ in 0..column {
                if cursor.literal().is_none() {
                    cursor.until(b",");
                }
                cursor.eat(b",").then_some(())?;
            }
            let value = cursor.literal().unwrap_or_else(|| cursor.until(b","));
            let unspoken = !super::randomness::is_spoken(&text[value.clone()]);
            (unspoken && is_password(&text[value.clone()]))
                .then(|| candidate(value, "a table has a column of passwords".to_string()))
        })
        .collect()
}

fn lines(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        (at < text.len()).then(|| {
            let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length);
            let start = std::mem::replace(&mut at, end + 1);
            start..end - usize::from(text[start..end].ends_with(b"\r"))
        })
    })
}

fn is_password(value: &[u8]) -> bool {
    let circumstances =
        Circumstances { says: Says::Password, setting: Setting::Configuration, owned: true, quoted: true };
    judge(value, &circumstances) == Verdict::Secret
}

fn candidate(range: Range<usize>, message: String) -> Candidate {
    Candidate { rule: &credential_file::RULE, range, message }
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        find(path, text.as_bytes(), FileTraits::of(path)).len()
    }

    #[test]
    fn files_of_passwords_are_read_by_their_format() {
        assert_eq!(count(".pgpass", "# all\nhost:5432:*:me:hunter2\nhost:5432:*:me:\n"), 1);
        assert_eq!(count("sasl_passwd", "[smtp.x.org]:587 me@x.org:hunter2\n"), 1);
        assert_eq!(count("export.csv", "name,user,password\nnas,me,C5v-Exp0rt\nold,me,\n"), 1);
        assert_eq!(count("words.csv", "password,meaning\nhunter2,a word\n"), 0, "a first column is a word list");
        assert_eq!(count("secrets/db_password.txt", "hunter2\n"), 1);
        assert_eq!(count("docs/password.txt", "Two lines\nof text\n"), 0);
    }

    #[test]
    fn key_stores_are_known_by_name() {
        assert!(by_path("certs/site.P12").is_some());
        assert!(by_path("certs/site.crt").is_none());
        assert!(by_path(".p12").is_none());
    }
}
