//! Secrets by the name before them: what the name says, what the value is, and where both stand.

use std::ops::Range;

use memchr::memmem;

use super::address;
use super::assignment::{Name, Tie, Value};
use super::candidate::Candidate;
use super::command_line;
use super::cursor::{Cursor, line_start};
use super::encoded;
use super::file_kind::FileKind;
use super::kubernetes::is_harmless_key;
use super::look::Look;
use super::name::{Says, classify};
use super::password_hash::is_postgres_md5;
use super::placeholder::is_placeholder;
use super::randomness::is_random;
use super::reference::{Meaning, meaning};
use super::syntax::{is_connection, is_in_encrypted, second_literal};
use super::value::{Circumstances, Setting, Verdict, judge};
use crate::rule::Rule;
use crate::rules::secrets::{
    command_line_password, connection_string, credential_file, http_credential, named_value, password_hash, vpn_key,
    well_known_password,
};

/// Looks at the name around `word` and at its value. Returns where the name ends.
pub(crate) fn find(look: &mut Look<'_>, word: Range<usize>) -> usize {
    let name = Name::around(look.text, word);
    let end = name.range.end;
    let says = classify(&look.text[name.range.clone()]);
    if !look.may_look(name.range.start) {
        return end;
    }
    let Some(value) = name.value(look.text, look.traits) else { return end };
    look.looked_at(&value.range);
    let candidate = match says {
        Some(says) => weigh(look, &name, says, &value),
        None => wrapped(look, &name, &value),
    };
    look.found.extend(candidate);
    end
}

/// What is said in few words: `openssl -pass pass:…`, `expect "assword:"`.
pub(crate) fn special(look: &Look<'_>, word: &Range<usize>) -> Option<Candidate> {
    if !look.text[word.clone()].eq_ignore_ascii_case(b"pass") {
        return None;
    }
    match look.text.get(word.end) {
        Some(b':') => command_line::find_openssl(look.text, word, look.setting()),
        _ => None,
    }
}

/// `IDENTIFIED BY 'value'`, also with the name of a plugin between.
pub(crate) fn identified_by(look: &Look<'_>, word: &Range<usize>) -> Option<Candidate> {
    let before = look.text[word.start.saturating_sub(120)..word.start].to_ascii_lowercase();
    let about_user =
        [b" user ".as_slice(), b"user ", b"grant ", b" to "].iter().any(|word| memmem::find(&before, word).is_some());
    let line = &look.text[word.end..look.text.len().min(word.end + 80)];
    let by = memmem::find(line, b" BY ").or_else(|| memmem::find(line, b" by "))?;
    let mut cursor = Cursor::new(look.text, word.end + by + " BY ".len());
    cursor.skip_blanks();
    if !about_user || !matches!(cursor.peek(), b'\'' | b'"') || memchr::memchr(b'\n', &line[..by]).is_some() {
        return None;
    }
    let range = cursor.literal()?;
    let circumstances =
        Circumstances { says: Says::Password, setting: literal_setting(look), owned: true, quoted: true };
    let message = "a statement gives a password to a user of a database".to_string();
    let is_secret = judge(&look.text[range.clone()], &circumstances) == Verdict::Secret;
    is_secret.then_some(Candidate { rule: &named_value::RULE, range, message })
}

/// `login("user", "value")`, with the parenthesis already read.
pub(crate) fn login(look: &Look<'_>, at: usize) -> Option<Candidate> {
    let value = second_literal(look.text, at)?;
    password(look, value, true, "a call of `login` has a password here", &named_value::RULE)
}

/// `ConvertTo-SecureString "value" -AsPlainText`.
pub(crate) fn secure_string(look: &Look<'_>, at: usize) -> Option<Candidate> {
    let mut cursor = Cursor::new(look.text, at);
    cursor.skip_blanks();
    if cursor.eat(b"-String") {
        cursor.skip_blanks();
    }
    let value = cursor.literal()?;
    password(look, value, true, "`ConvertTo-SecureString` has a password here", &named_value::RULE)
}

/// `{PLAIN}value`, up to the next field.
pub(crate) fn plain(look: &Look<'_>, at: usize) -> Option<Candidate> {
    let value = Cursor::new(look.text, at).until(b": \t\"'");
    password(look, value, true, "a user's password stands here in plain", &credential_file::RULE)
}

fn password(
    look: &Look<'_>,
    range: Range<usize>,
    owned: bool,
    message: &str,
    rule: &'static Rule,
) -> Option<Candidate> {
    let circumstances =
        Circumstances { says: Says::Password, setting: look.setting_at(range.start), owned, quoted: true };
    let is_secret = judge(&look.text[range.clone()], &circumstances) == Verdict::Secret;
    is_secret.then(|| Candidate { rule, range, message: message.to_string() })
}

/// Whether an entry of a Kubernetes Secret is one.
pub(crate) fn is_secret_entry(look: &Look<'_>, key: &[u8], value: &[u8], opaque: bool) -> bool {
    if value.contains(&b'\n') {
        return false;
    }
    let says = classify(key);
    if opaque {
        // Bytes that are no text: a key as they come, or words of a template that happen to be valid base64.
        let literal = matches!(meaning(value), Meaning::Literal(_)) && !is_placeholder(value);
        return literal && encoded::bytes(value).is_some_and(|bytes| bytes.len() >= 12) && is_random(value);
    }
    let secrecy = if says.is_some() || !is_harmless_key(key) { Says::Password } else { return false };
    let setting = if look.setting() == Setting::MadeUp { Setting::MadeUp } else { Setting::Configuration };
    let circumstances = Circumstances { says: secrecy, setting, owned: true, quoted: true };
    let verdict = judge(value, &circumstances);
    let telling = says.is_some_and(|says| says >= Says::Token);
    // A key that says nothing may hold a setting: those are words, numbers and addresses.
    let setting_like = !telling
        && (super::randomness::is_spoken(value) || value.contains(&b'/') || value.contains(&b' '))
        && !ends_in_digits(value);
    verdict == Verdict::Secret && !setting_like
}

fn ends_in_digits(value: &[u8]) -> bool {
    value.last().is_some_and(u8::is_ascii_digit) && value[0].is_ascii_uppercase()
}

/// What the value of a telling name is.
fn weigh(look: &Look<'_>, name: &Name, says: Says, value: &Value) -> Option<Candidate> {
    let text = look.text;
    let range = trimmed(text, header_value(text, name, value.range.clone()));
    let bytes = &text[range.clone()];
    let is_nothing = bytes.is_empty() || memmem::find(bytes, b"://").is_some() || is_comparison(name, value, bytes);
    if is_nothing || is_in_encrypted(text, name.range.start) {
        return None;
    }
    let is_header = is_authorization(&text[name.range.clone()]);
    // Two literals are a user and a password where the call is about logging in, and the token of Proxmox has a rule of its own.
    let two_others = value.tie == Tie::Second && !text[name.range.clone()].to_ascii_lowercase().ends_with(b"auth");
    if two_others || is_header && bytes.starts_with(b"PVEAPIToken=") {
        return None;
    }
    let says = raised(look, name, says, value);
    let setting = setting(look, name, says, value);
    let plain_word = bytes.iter().all(u8::is_ascii_lowercase);
    let described = value.tie == Tie::Option
        && !value.quoted
        && plain_word
        && matches!(look.traits.kind, FileKind::Prose | FileKind::Other);
    if described || bytes.starts_with(b"$argon2") || bytes.starts_with(b"$2") && bytes.len() > 50 {
        return None;
    }
    if is_postgres_md5(bytes) {
        let message = "the MD5 hash of a password of PostgreSQL stands here".to_string();
        return Some(Candidate { rule: &password_hash::RULE, range, message });
    }
    let called = String::from_utf8_lossy(&text[name.range.clone()]);
    if let Some(plain) = encoded::text(bytes) {
        if let Some(candidate) = inside(look, &called, &plain, &range, is_header || ends_with_auth(&called)) {
            return Some(candidate);
        }
        if is_placeholder(&plain) || plain.starts_with(b"-----BEGIN CERT") || plain.starts_with(b"-----BEGIN PUBLIC") {
            return None;
        }
    }
    // The two halves of a pair of S3 are called alike, and the first is no secret.
    let small = called.to_ascii_lowercase().replace(['_', '-'], "");
    if small.ends_with("accesskey") && !small.contains("secret") && bytes.len() <= 20 {
        return None;
    }
    let owned = is_owned(text, name) || value.tie == Tie::Second;
    let circumstances = Circumstances { says, setting, owned, quoted: value.quoted };
    match judge(&address::decoded(bytes), &circumstances) {
        Verdict::Quiet => None,
        Verdict::Common => Some(Candidate {
            rule: &well_known_password::RULE,
            message: format!("`{called}` has a value that everybody tries first"),
            range,
        }),
        Verdict::Secret => {
            let (rule, message) = told(look, name, value, &called);
            Some(Candidate { rule, range, message })
        }
    }
}

/// Base64 behind a name that has to do with secrets without being one's: `secretConfig`.
fn wrapped(look: &Look<'_>, name: &Name, value: &Value) -> Option<Candidate> {
    /// Shorter base64 is too often a word.
    const WRAPPED_MIN: usize = 24;
    let bytes = &look.text[value.range.clone()];
    let plain = if bytes.len() >= WRAPPED_MIN { encoded::text(bytes)? } else { return None };
    inside(look, &String::from_utf8_lossy(&look.text[name.range.clone()]), &plain, &value.range, false)
}

/// Which rule tells of a secret, and how.
fn told(look: &Look<'_>, name: &Name, value: &Value, called: &str) -> (&'static Rule, String) {
    let text = look.text;
    let small = called.to_ascii_lowercase();
    if is_authorization(&text[name.range.clone()]) || small.starts_with("x-") && value.tie != Tie::Option {
        return (&http_credential::RULE, format!("the header `{called}` has its value here"));
    }
    if ["privatekey", "presharedkey"].contains(&small.as_str()) && value.range.len() == 44 || small == "tunnelsecret" {
        return (&vpn_key::RULE, format!("`{called}` has its value here"));
    }
    if value.tie == Tie::Option {
        return (&command_line_password::RULE, format!("the option `--{called}` has its value here"));
    }
    let short = ["password", "pwd", "accountkey", "sharedaccesskey"].contains(&small.as_str());
    if short && value.tie == Tie::Equals && !value.quoted && is_connection(text, &name.range) {
        return (&connection_string::RULE, format!("`{called}` in a connection string has its value here"));
    }
    if look.traits.kind != FileKind::Code
        && ["login", "machine"]
            .iter()
            .any(|word| value.tie == Tie::Space && small == "password" && memmem::find(text, word.as_bytes()).is_some())
    {
        return (&credential_file::RULE, "a login has its password here".to_string());
    }
    (&named_value::RULE, format!("`{called}` has its value here"))
}

/// A secret inside the base64 of a value.
fn inside(look: &Look<'_>, called: &str, plain: &[u8], range: &Range<usize>, is_login: bool) -> Option<Candidate> {
    if is_login {
        let colon = memchr::memchr(b':', plain)?;
        let circumstances = Circumstances { says: Says::Password, setting: look.setting(), owned: true, quoted: true };
        let rule = if is_authorization(called.as_bytes()) { &http_credential::RULE } else { &credential_file::RULE };
        let message = format!("`{called}` has a user and a password here, in base64");
        let is_secret =
            !plain[..colon].contains(&b' ') && judge(&plain[colon + 1..], &circumstances) == Verdict::Secret;
        return is_secret.then(|| Candidate { rule, range: range.clone(), message });
    }
    let found = look.inside(plain).into_iter().next()?;
    Some(Candidate {
        rule: found.rule,
        range: range.clone(),
        message: format!("`{called}` has its value here, in base64: {}", found.message),
    })
}

/// Where the value stands decides how plain a word may be and still be a secret.
fn setting(look: &Look<'_>, name: &Name, says: Says, value: &Value) -> Setting {
    let text = look.text;
    let capital = name.is_capital(text) && value.tie == Tie::Equals;
    match look.setting_at(name.range.start) {
        Setting::Prose if value.tie == Tie::Option && begins_line(text, name) => Setting::Prose,
        Setting::Prose | Setting::Program
            if says == Says::Password
                && value.tie == Tie::Equals
                && !value.quoted
                && is_connection(text, &name.range) =>
        {
            Setting::Configuration
        }
        Setting::Prose if capital || value.tie == Tie::Option => Setting::Configuration,
        // SQL and here-documents: what stands behind PASSWORD in quotes is one.
        Setting::Program if value.tie == Tie::Space && text[name.range.clone()].eq_ignore_ascii_case(b"password") => {
            Setting::Configuration
        }
        Setting::Program if name.is_option && !value.quoted => Setting::Configuration,
        Setting::Configuration
            if matches!(look.traits.kind, FileKind::Shell | FileKind::Other)
                && value.tie == Tie::Colon
                && !value.quoted
                && !(look.traits.kind == FileKind::Other && name.begins_line(text)) =>
        {
            Setting::Prose
        }
        Setting::Configuration if matches!(value.tie, Tie::Call | Tie::Second) => Setting::Program,
        setting => setting,
    }
}

fn literal_setting(look: &Look<'_>) -> Setting {
    match look.setting() {
        Setting::MadeUp => Setting::MadeUp,
        _ => Setting::Configuration,
    }
}

/// Some names say more where they stand.
fn raised(look: &Look<'_>, name: &Name, says: Says, value: &Value) -> Says {
    let text = look.text;
    let called = text[name.range.clone()].to_ascii_lowercase();
    let cluster = look.text.len() < 1 << 16
        && (memmem::find(&called, b"k3s").is_some()
            || called == b"token" && memmem::find(text, b"server: https://").is_some());
    let radio = called == b"key"
        && text[line_start(text, name.range.start)..name.range.start].trim_ascii() == b"option"
        && value.tie == Tie::Space;
    let setup = called.ends_with(b"setup_key") && !value.range.is_empty();
    let call = value.tie == Tie::Second && called.ends_with(b"auth");
    let header = is_authorization(&called);
    let pass_alone = called == b"pass" && look.traits.kind == FileKind::Code;
    match says {
        _ if pass_alone => Says::Token,
        _ if cluster && look.traits.is_configuration() || radio || call => Says::Password,
        Says::Perhaps if setup || header => Says::Token,
        says => says,
    }
}

/// `Authorization: Bearer …`: the scheme is no part of the secret.
fn header_value(text: &[u8], name: &Name, range: Range<usize>) -> Range<usize> {
    if !is_authorization(&text[name.range.clone()]) {
        return range;
    }
    let mut cursor = Cursor::new(text, range.start);
    let scheme = [b"Bearer ".as_slice(), b"Basic ", b"Token ", b"ApiKey ", b"Digest ", b"Bot "]
        .iter()
        .any(|scheme| cursor.eat_word(scheme));
    cursor.skip_blanks();
    if scheme && range.end <= cursor.at {
        return cursor.until(b" \t\"'`,;\\");
    }
    // A bare value was cut at the space behind the scheme.
    cursor.at..range.end.max(cursor.at)
}

fn trimmed(text: &[u8], range: Range<usize>) -> Range<usize> {
    let value = &text[range.clone()];
    let start = range.start + (value.len() - value.trim_ascii_start().len());
    start..start + value.trim_ascii().len()
}

fn is_authorization(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"authorization") || name.eq_ignore_ascii_case(b"proxy-authorization")
}

fn ends_with_auth(called: &str) -> bool {
    let small = called.to_ascii_lowercase();
    small == "auth" || small.ends_with("_auth")
}

/// `password == "password"`: the same word on both sides.
fn is_comparison(name: &Name, value: &Value, bytes: &[u8]) -> bool {
    value.range.start < name.range.start && value.tie != Tie::Pair || bytes.is_empty()
}

/// Whether the name says whose secret it is, as names of variables do and labels of forms do not.
fn is_owned(text: &[u8], name: &Name) -> bool {
    const OWNERS: &[&str] = &[
        "db",
        "database",
        "smtp",
        "mail",
        "admin",
        "root",
        "mysql",
        "postgres",
        "pg",
        "redis",
        "ldap",
        "ftp",
        "ssh",
        "jwt",
        "session",
        "app",
        "server",
        "wifi",
        "mqtt",
        "spring",
        "datasource",
        "minio",
        "grafana",
        "restic",
        "borg",
    ];
    if name.is_capital(text) {
        return true;
    }
    let called = String::from_utf8_lossy(&text[name.range.clone()]).to_ascii_lowercase();
    OWNERS.iter().any(|owner| called.starts_with(owner))
}

fn begins_line(text: &[u8], name: &Name) -> bool {
    let before = &text[line_start(text, name.range.start)..name.range.start];
    before.iter().all(|byte| b" \t-,".contains(byte))
        || before.trim_ascii_start().len() <= 6 && before.trim_ascii_start().starts_with(b"-")
}
