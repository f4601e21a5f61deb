//! Passwords and tokens in addresses: `scheme://user:password@host`, up to the last `@`.

use std::borrow::Cow;
use std::ops::Range;

use super::candidate::Candidate;
use super::charset::ALNUM;
use super::name::Says;
use super::randomness::{is_random, is_spoken};
use super::reference::{Meaning, meaning};
use super::value::{Circumstances, Setting, Verdict, judge};
use crate::limits::VALUE_BYTES_MAX;
use crate::rules::secrets::{local_password, url_password, well_known_password};

/// The parts of an address that carries credentials.
#[derive(Debug, PartialEq, Eq)]
struct Credentials<'a> {
    scheme: &'a str,
    user: &'a [u8],
    /// Empty where there is only a user.
    password: Range<usize>,
    user_range: Range<usize>,
    host: &'a [u8],
}

/// What an address carries, whose `://` stands at `at`.
pub(crate) fn find(text: &[u8], at: usize, setting: Setting) -> Option<Candidate> {
    let credentials = read(text, at)?;
    if credentials.password.is_empty() {
        return user_alone(&credentials);
    }
    let password = decoded(&text[credentials.password.clone()]);
    let local = is_local(credentials.host);
    let verdict = verdict(&password, &credentials, setting);
    let user = String::from_utf8_lossy(&credentials.user[..credentials.user.len().min(40)]);
    let whom = if user.is_empty() { String::new() } else { format!(" of the user `{user}`") };
    let scheme = credentials.scheme;
    let (rule, message) = match verdict {
        Verdict::Quiet => return None,
        _ if local => {
            (&local_password::RULE, format!("a `{scheme}` address on this computer carries the password{whom}"))
        }
        Verdict::Common => {
            (&well_known_password::RULE, format!("a `{scheme}` address carries a password{whom} that everybody knows"))
        }
        Verdict::Secret => (&url_password::RULE, format!("a `{scheme}` address carries the password{whom}")),
    };
    Some(Candidate { rule, range: credentials.password, message })
}

/// `user:password@tcp(host)/database`, as Go's MySQL driver has it; `at` is where `@tcp(` stands.
pub(crate) fn find_go(text: &[u8], at: usize, setting: Setting) -> Option<Candidate> {
    let before = &text[at.saturating_sub(VALUE_BYTES_MAX)..at];
    let length =
        before.iter().rev().take_while(|byte| !matches!(**byte, b'"' | b'\'' | b'`' | b' ' | b'\n' | b'=')).count();
    let start = at - length;
    let colon = memchr::memchr(b':', &text[start..at])?;
    let password = start + colon + 1..at;
    let credentials = Credentials {
        scheme: "mysql",
        user: &text[start..start + colon],
        user_range: start..start + colon,
        password: password.clone(),
        host: b"",
    };
    if verdict(&text[password.clone()], &credentials, setting) == Verdict::Quiet {
        return None;
    }
    let user = String::from_utf8_lossy(credentials.user);
    Some(Candidate {
        rule: &url_password::RULE,
        range: password,
        message: format!("a data source name carries the password of the user `{user}`"),
    })
}

fn verdict(password: &[u8], credentials: &Credentials<'_>, setting: Setting) -> Verdict {
    let Meaning::Literal(password) = meaning(password) else { return Verdict::Quiet };
    let example = is_example_host(credentials.host) && setting != Setting::Configuration;
    let same_as_user = password == credentials.user && setting != Setting::Configuration;
    let made_up = is_spoken(password) || password.len() < 8;
    if example && made_up || same_as_user || is_template(credentials.user) {
        return Verdict::Quiet;
    }
    let owned = is_service(credentials.scheme);
    let circumstances = Circumstances { says: Says::Password, setting, owned, quoted: true };
    let verdict = judge(password, &circumstances);
    // Text for people shows addresses of real machines with their real passwords; those made up are words.
    let unspoken = setting == Setting::Prose && owned && !is_spoken(password) && password.len() >= 6;
    if verdict == Verdict::Quiet
        && unspoken
        && judge(password, &Circumstances { setting: Setting::Configuration, ..circumstances }) == Verdict::Secret
    {
        return Verdict::Secret;
    }
    verdict
}

/// A token in the place of a user: `https://token@host`. Sentry's addresses carry a public key there.
fn user_alone(credentials: &Credentials<'_>) -> Option<Candidate> {
    let host = String::from_utf8_lossy(credentials.host);
    let token = is_random(credentials.user) && credentials.user.len() >= 20;
    if !token || host.contains("sentry") || host.contains("ingest") || host.contains("bugsnag") {
        return None;
    }
    let message = format!("a `{}` address carries a token in the place of a user", credentials.scheme);
    Some(Candidate { rule: &url_password::RULE, range: credentials.user_range.clone(), message })
}

fn read(text: &[u8], at: usize) -> Option<Credentials<'_>> {
    let slashes = if text[at..].starts_with(b"://") { 3 } else { 5 };
    let scheme_length =
        text[..at].iter().rev().take(32).take_while(|byte| ALNUM.has(**byte) || b"+.-".contains(byte)).count();
    let scheme = std::str::from_utf8(&text[at - scheme_length..at]).ok()?.trim_start_matches(['+', '.', '-']);
    let start = at + slashes;
    let region = &text[start..text.len().min(start + VALUE_BYTES_MAX)];
    let region = &region[..end_of_address(region)];
    let first = memchr::memchr(b'@', region)?;
    if !scheme.starts_with(|first: char| first.is_ascii_alphabetic()) || !may_hold_credentials(&region[..first], scheme)
    {
        return None;
    }
    let path = region[first..]
        .iter()
        .position(|byte| matches!(byte, b'/' | b'?'))
        .map_or(region.len(), |length| first + length);
    let last = memchr::memrchr(b'@', &region[..path])?;
    let host = &region[last + 1..path];
    let host_begins = host.first().is_some_and(|byte| ALNUM.has(*byte) || b"[_(*".contains(byte));
    if !host_begins {
        return None;
    }
    let colon = memchr::memchr(b':', &region[..last]).unwrap_or(last);
    Some(Credentials {
        scheme,
        user: &region[..colon],
        user_range: start..start + colon,
        password: start + (colon + 1).min(last)..start + last,
        host,
    })
}

fn end_of_address(region: &[u8]) -> usize {
    let ends = |index: usize, byte: u8| match byte {
        b'\\' => region.get(index + 1) != Some(&b'/'),
        _ => byte <= b' ' || b"\"'`<>".contains(&byte),
    };
    region.iter().enumerate().position(|(index, byte)| ends(index, *byte)).unwrap_or(region.len())
}

/// `host:8080/@name` and `host/path@2` hold an at sign and no credentials. A slash in a password is wrong and common, so that
/// it is looked for where a program logs in: in the addresses of databases and queues.
fn may_hold_credentials(before_at: &[u8], scheme: &str) -> bool {
    let Some(path) = before_at.iter().position(|byte| matches!(byte, b'/' | b'?' | b'#')) else { return true };
    let Some(colon) = memchr::memchr(b':', before_at) else { return false };
    if before_at[..path].starts_with(b"[") || before_at[path] == b'#' && !is_service(scheme) {
        return false;
    }
    let port = before_at[colon + 1..path.max(colon + 1)].iter().all(u8::is_ascii_digit);
    colon < path && !port && is_service(scheme)
}

/// Whether programs log in to addresses of this kind with a password, and people do not look at them in a browser.
fn is_service(scheme: &str) -> bool {
    const SERVICES: &[&str] = &[
        "postgres",
        "mysql",
        "mariadb",
        "mongodb",
        "redis",
        "rediss",
        "valkey",
        "valkeys",
        "amqp",
        "amqps",
        "mqtt",
        "mqtts",
        "ldap",
        "ldaps",
        "smtp",
        "smtps",
        "imap",
        "imaps",
        "ftp",
        "ftps",
        "sftp",
        "mssql",
        "sqlserver",
        "oracle",
        "clickhouse",
        "cassandra",
        "nats",
        "kafka",
        "rtsp",
        "rtsps",
        "cockroachdb",
        "influxdb",
        "elasticsearch",
        "couchdb",
        "memcached",
        "neo4j",
        "bolt",
        "sqlalchemy",
        "jdbc",
        "psql",
        "pgsql",
        "cifs",
        "smb",
        "socks5",
        "telegram",
        "stomp",
        "ws",
        "wss",
        "db2",
        "vertica",
        "snowflake",
        "surrealdb",
        "libsql",
    ];
    let scheme = scheme.to_ascii_lowercase();
    SERVICES.iter().any(|service| scheme.starts_with(service))
}

/// Whether the host is the machine itself.
pub(crate) fn is_local(host: &[u8]) -> bool {
    const LOCAL: [&[u8]; 6] = [b"localhost", b"127.", b"[::1]", b"0.0.0.0", b"host.docker.internal", b"::1"];
    LOCAL.iter().any(|local| host.to_ascii_lowercase().starts_with(local))
}

fn is_example_host(host: &[u8]) -> bool {
    let end = memchr::memchr2(b':', b'/', host).unwrap_or(host.len());
    let host = String::from_utf8_lossy(&host[..end]).to_ascii_lowercase();
    const ENDINGS: &[&str] = &[
        "example.com",
        "example.org",
        "example.net",
        ".example",
        ".test",
        ".invalid",
        "domain.com",
        "domain.tld",
        "foo.com",
        "bar.com",
    ];
    ENDINGS.iter().any(|ending| host.ends_with(ending))
        || ["example", "host", "hostname", "server", "foo", "bar", "proxy", "h", "a", "b"].contains(&host.as_str())
}

fn is_template(user: &[u8]) -> bool {
    user.iter().any(|byte| b"{}<>$%*|".contains(byte))
        && !user.windows(3).any(|three| three[0] == b'%' && three[1].is_ascii_hexdigit())
}

/// With percent signs taken for what they stand for.
pub(crate) fn decoded(text: &[u8]) -> Cow<'_, [u8]> {
    if !text.contains(&b'%') {
        return Cow::Borrowed(text);
    }
    let mut plain = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let hex = |offset: usize| text.get(at + offset).and_then(|byte| char::from(*byte).to_digit(16));
        match (text[at], hex(1), hex(2)) {
            (b'%', Some(high), Some(low)) => {
                plain.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            (byte, _, _) => {
                plain.push(byte);
                at += 1;
            }
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Option<&str> {
        let at = text.find("://")?;
        let credentials = read(text.as_bytes(), at)?;
        Some(&text[credentials.password])
    }

    #[test]
    fn the_password_goes_up_to_the_last_at_sign_of_the_authority() {
        assert_eq!(password("postgres://u:p@host/db"), Some("p"));
        assert_eq!(password("postgres://u:p@ss@k2@host:5432/db"), Some("p@ss@k2"));
        assert_eq!(password("redis://:p@host"), Some("p"));
        assert_eq!(password("postgresql://admin:aK/9#xV2m@db.home.arpa:5432/x"), Some("aK/9#xV2m"));
        assert_eq!(password("https://u:p@host/a@b"), Some("p"));
        assert_eq!(password("ldap://cn=admin:secret@ldap.lan"), Some("secret"));
    }

    #[test]
    fn an_at_sign_in_a_path_is_no_user() {
        for quiet in [
            "http://localhost:8080/@me",
            "https://medium.com/@me",
            "https://a.b:443/x@y",
            "postgres://host:5432/db?application=a@b",
            "https://host",
        ] {
            assert_eq!(password(quiet), None, "{quiet}");
        }
    }

    #[test]
    fn percent_signs_are_decoded() {
        assert_eq!(&*decoded(b"a%40b%2F"), b"a@b/");
        assert_eq!(&*decoded(b"100%"), b"100%");
    }
}
