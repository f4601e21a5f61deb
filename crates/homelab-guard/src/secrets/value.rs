//! Whether the value behind a telling name is a secret, or a word that stands where one will be.

use super::charset::CAPITAL_HEX;
use super::name::Says;
use super::placeholder::{is_introduced, is_placeholder};
use super::randomness::{Makeup, is_random, is_spoken, looks_made_up};
use super::reference::{Meaning, meaning};
use super::words::Words;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// No secret.
    Quiet,
    /// A word that half the world tries first.
    Common,
    /// A secret.
    Secret,
}

/// Where a value stands, as far as it matters for what people write there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    /// In what a machine reads as its settings: passwords of people, as simple as they make them.
    Configuration,
    /// As a literal in a program, where the same name stands before labels, routes and error texts.
    Program,
    /// Among words for people.
    Prose,
    /// In tests, examples and the words of a user interface, where nearly everything is made up.
    MadeUp,
}

/// All that the verdict depends on, but for the value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Circumstances {
    /// What the name says.
    pub(crate) says: Says,
    /// Where it stands.
    pub(crate) setting: Setting,
    /// Whether the name belongs to somebody: `DB_PASSWORD` is more than `password`.
    pub(crate) owned: bool,
    /// Whether the value stands in quotes.
    pub(crate) quoted: bool,
}

/// Passwords that everybody knows, written small.
static COMMON: Words = Words::new(
    "\
    postgres postgresql admin root guest minioadmin minio minio123 123456 1234 12345 12345678 123456789 password1
    password123 qwerty letmein welcome supersecret mysecretpassword rootpassword toor redis mysql mariadb mongo
    mongodb elastic rabbitmq test test123 testpassword testing dev devpassword secret123 pass123 raspberry ubuntu
    vagrant proxmox abc123 demo admin123 administrator password! passw0rd p@ssw0rd grafana keycloak nextcloud
    wordpress docker local localdev development topsecret app developer testtest secretpassword verysecret
    pgpassword adminpassword dbpassword changeme123 example123 postgrespassword testsecret testtoken",
);

/// Words for a password that are no placeholder where a service is really configured: `POSTGRES_PASSWORD=password`.
const LITERAL: [&[u8]; 4] = [b"password", b"secret", b"passwd", b"pass"];

/// What is said of secrets, in words that are no secrets themselves.
static NOUNS: Words = Words::new(
    "\
    password passwd passwor secret token apikey api-key api_key credential login -key _key auth bearer contrase
    kennwort",
);

/// How much of a value is looked at: what its beginning is, the rest is too.
const JUDGED_BYTES_MAX: usize = 256;

/// What `value` is, under these circumstances.
pub(crate) fn judge(value: &[u8], circumstances: &Circumstances) -> Verdict {
    let value = value.trim_ascii();
    let Meaning::Literal(value) = meaning(&value[..value.len().min(JUDGED_BYTES_MAX)]) else { return Verdict::Quiet };
    let fingerprint = circumstances.says != Says::Password && value.len() == 40 && CAPITAL_HEX.holds_all(value);
    if fingerprint || is_introduced(value) {
        return Verdict::Quiet;
    }
    let length_min = if circumstances.says == Says::Password { 4 } else { 8 };
    if value.len() < length_min || is_placeholder(value) {
        let literal = circumstances.owned
            && circumstances.setting == Setting::Configuration
            && circumstances.says == Says::Password;
        return if literal && LITERAL.contains(&value) { Verdict::Common } else { Verdict::Quiet };
    }
    let makeup = Makeup::of(value);
    if makeup.foreign > 0 && (makeup.letters() == 0 || makeup.digits == 0) {
        return Verdict::Quiet;
    }
    if is_common(value) {
        let told = circumstances.setting == Setting::Configuration && circumstances.says != Says::Perhaps
            || circumstances.setting == Setting::Program && circumstances.owned && circumstances.says == Says::Password;
        return if told { Verdict::Common } else { Verdict::Quiet };
    }
    let is_secret = match circumstances.says {
        Says::Password => is_password(value, &makeup, circumstances),
        Says::Token => is_token(value, &makeup, circumstances.setting),
        Says::Perhaps => is_key(value, &makeup, circumstances.setting),
    };
    match is_secret {
        true => Verdict::Secret,
        false if is_weak_token(value, circumstances) => Verdict::Common,
        false => Verdict::Quiet,
    }
}

/// Whether half the world tries it first.
pub(crate) fn is_common(value: &[u8]) -> bool {
    let small = lower(value);
    COMMON.has(&small) || value.iter().all(u8::is_ascii_digit) && looks_made_up(value)
}

fn is_password(value: &[u8], makeup: &Makeup, circumstances: &Circumstances) -> bool {
    if is_version(value) {
        return false;
    }
    if makeup.spaces > 0 {
        return circumstances.setting == Setting::Configuration && is_passphrase(value, makeup, circumstances);
    }
    let spoken = is_spoken(value);
    let kinds = [makeup.small, makeup.capital, makeup.digits, makeup.signs].iter().filter(|count| **count > 0).count();
    match circumstances.setting {
        Setting::Configuration => !(spoken && names_another(value, makeup)),
        Setting::Program if makeup.digits == 0 => {
            !is_label(value)
                && (!spoken && kinds >= 2
                    || spoken && circumstances.owned && makeup.signs == 0 && makeup.capital == 0
                    || kinds >= 3 && makeup.signs > 0)
        }
        Setting::Program => {
            !is_label(value)
                && makeup.letters() + makeup.signs > 0
                && (circumstances.owned || !(spoken && says_noun(&lower(value))))
        }
        // `Biscuit4821` is said aloud easily, and it is no word.
        Setting::Prose => {
            let numbered = makeup.digits >= 2 && value.len() >= 10;
            (!spoken || numbered) && kinds >= 3 && value.len() >= 6 && !is_label(value)
        }
        Setting::MadeUp => {
            is_random(value) || kinds == 4 && value.len() >= 10 && !is_label(value) && !says_noun(&lower(value))
        }
    }
}

fn is_token(value: &[u8], makeup: &Makeup, setting: Setting) -> bool {
    if makeup.spaces > 0 || is_version(value) {
        return false;
    }
    let mixed = makeup.digits > 0 && makeup.letters() > 0;
    // `V1ServiceAccountToken` is the name of a type.
    if setting == Setting::Program && makeup.signs == 0 && makeup.digits * 8 <= value.len() && says_noun(&lower(value))
    {
        return false;
    }
    match setting {
        Setting::Configuration => {
            is_random(value)
                || mixed && !is_spoken(value) && value.len() >= 10 && !is_label(value)
                || makeup.signs >= 4
                    && makeup.letters() > 3
                    && value.len() >= 16
                    && !is_label(value)
                    && !is_spoken(value)
        }
        Setting::Program => {
            is_random(value) && value.len() >= 14 && !is_label(value)
                || mixed
                    && !is_spoken(value)
                    && value.len() >= if makeup.signs > 1 && makeup.capital > 0 { 12 } else { 16 }
                    && !is_label(value)
        }
        Setting::Prose => is_random(value) && value.len() >= 16,
        Setting::MadeUp => is_random(value) && value.len() >= 20,
    }
}

fn is_key(value: &[u8], makeup: &Makeup, setting: Setting) -> bool {
    let hexadecimal = value.iter().all(u8::is_ascii_hexdigit);
    let named = value
        .split(|byte| !byte.is_ascii_alphanumeric())
        .any(|part| part.len() >= 4 && part.iter().all(u8::is_ascii_alphabetic) && is_spoken(part));
    let whole = !named && value.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-".contains(byte));
    match setting {
        Setting::Configuration => is_random(value) && whole && value.len() >= 20 && makeup.signs <= 6,
        Setting::Program | Setting::Prose => {
            is_random(value) && whole && value.len() >= 32 && !hexadecimal && makeup.capital > 0
        }
        Setting::MadeUp => is_random(value) && whole && value.len() >= 40 && !hexadecimal && makeup.capital > 0,
    }
}

/// `JWT_SECRET=mysupersecretkey`: no reference and no placeholder that we know, and everybody would guess it.
fn is_weak_token(value: &[u8], circumstances: &Circumstances) -> bool {
    circumstances.setting == Setting::Configuration
        && circumstances.says >= Says::Token
        && circumstances.owned
        && value.iter().all(u8::is_ascii_alphanumeric)
        && value.len() >= 8
        && says_noun(&lower(value))
        && !value[0].is_ascii_uppercase()
        && value.len() > 12
}

/// The name of a Secret, a field or a message: `yomu-secrets`, `auth.password`.
fn names_another(value: &[u8], makeup: &Makeup) -> bool {
    let lone_word = value.iter().all(u8::is_ascii_alphanumeric);
    let dotted_name = makeup.capital == 0 && makeup.digits == 0 && value.contains(&b'.') && !value.contains(&b' ');
    dotted_name || says_noun(&lower(value)) && makeup.digits == 0 && !lone_word || is_title(value, makeup)
}

/// `Passwort`, `Password`: what stands before a field.
fn is_title(value: &[u8], makeup: &Makeup) -> bool {
    makeup.signs == 0 && makeup.digits == 0 && says_noun(&lower(value))
}

pub(super) fn says_noun(small: &str) -> bool {
    NOUNS.iter().any(|noun| small.contains(noun))
}

/// Several words that nobody wrote for others to read.
fn is_passphrase(value: &[u8], makeup: &Makeup, circumstances: &Circumstances) -> bool {
    const EXPLAINING: &[&str] = &[
        "your", "enter", "please", "must", "required", "invalid", "missing", "password", "token", "secret", "http",
        "not ", "cannot", "should", "choose", "optional", "-hex", " is ", " to ",
    ];
    let small = lower(value);
    let ends_as_sentence = value.last().is_some_and(|last| b".?:,;".contains(last));
    let begins_as_sentence = value[0].is_ascii_uppercase() && makeup.digits == 0 && makeup.capital == 1;
    let code = value.iter().any(|byte| b"(){}[]=;<>|`\"".contains(byte));
    let known_place = circumstances.owned || circumstances.quoted;
    known_place
        && !code
        && !ends_as_sentence
        && !begins_as_sentence
        && makeup.letters() >= 8
        && !EXPLAINING.iter().any(|word| small.contains(word))
}

/// `9.0.2`, `^1.2`, `v3`, `>=2`.
fn is_version(value: &[u8]) -> bool {
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let rest = value.iter().position(u8::is_ascii_digit).map_or(value, |first| &value[first..]);
    let first = value.len() - rest.len();
    let before = value[..first].iter().all(|byte| b"vV^~<>= ".contains(byte));
    before
        && digits > 0
        && value.contains(&b'.')
        && rest.split(|byte| *byte == b'.').all(|part| part.len() <= 4 && part.first().is_some_and(u8::is_ascii_digit))
}

/// Routes, selectors, rules of validation, format strings: what programs write behind such names.
fn is_label(value: &[u8]) -> bool {
    let sign = |signs: &[u8]| value.iter().any(|byte| signs.contains(byte));
    // Generators of keys draw from all signs; nobody writes a label with so many.
    let mut signs: Vec<u8> = value.iter().copied().filter(u8::is_ascii_punctuation).collect();
    signs.sort_unstable();
    signs.dedup();
    if signs.len() >= 7 {
        return false;
    }
    let first = value[0];
    b"/#.?&[({<>:,;=|%*+-".contains(&first)
        || sign(b"\\{}<>|`\n\t")
        || value.windows(3).any(|three| three == b"://")
        || sign(b"[]()") && sign(b"\"'=,")
        || (sign(b":") && is_spoken(value))
}

fn lower(value: &[u8]) -> String {
    String::from_utf8_lossy(value).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(value: &str, says: Says, setting: Setting) -> Verdict {
        judge(value.as_bytes(), &Circumstances { says, setting, owned: true, quoted: true })
    }

    #[test]
    fn a_simple_password_in_a_configuration_is_a_secret() {
        for value in
            ["hunter2", "swordfish", "TROUBADOUR", "48213907", "Gr33nTea", "correct horse battery staple", "p@ss@k2w9"]
        {
            assert_eq!(verdict(value, Says::Password, Setting::Configuration), Verdict::Secret, "{value}");
        }
    }

    #[test]
    fn placeholders_are_no_secrets_anywhere() {
        for value in [
            "changeme",
            "your-password-here",
            "********",
            "xxxxxxxx",
            "<password>",
            "${PASSWORD}",
            "example",
            "set_a_strong_password",
            "generate-one-with-openssl-rand-hex-32",
            "ここにパスワード",
            "hun‖ter2",
            "...",
            "null",
            "put-a-long-random-string-here",
        ] {
            for setting in [Setting::Configuration, Setting::Program, Setting::Prose] {
                assert_eq!(verdict(value, Says::Password, setting), Verdict::Quiet, "{value}");
            }
        }
    }

    #[test]
    fn what_everybody_tries_first_is_common() {
        assert_eq!(verdict("postgres", Says::Password, Setting::Configuration), Verdict::Common);
        assert_eq!(verdict("12345678", Says::Password, Setting::Configuration), Verdict::Common);
        assert_eq!(verdict("password", Says::Password, Setting::Configuration), Verdict::Common);
        assert_eq!(verdict("password", Says::Password, Setting::Program), Verdict::Quiet);
        assert_eq!(verdict("postgres", Says::Password, Setting::MadeUp), Verdict::Quiet);
    }

    #[test]
    fn a_token_is_no_word() {
        assert_eq!(verdict("bearer-token", Says::Token, Setting::Configuration), Verdict::Quiet);
        assert_eq!(verdict("authorization_code", Says::Token, Setting::Program), Verdict::Quiet);
        assert_eq!(verdict("zkQm2vR9xLp4Ws7T", Says::Token, Setting::Program), Verdict::Secret);
    }

    #[test]
    fn literals_in_programs_are_weighed_more_carefully() {
        for quiet in
            ["required|string|min:12", "/reset-password", "#password", "Wrong password, try again", "auth.password"]
        {
            assert_eq!(verdict(quiet, Says::Password, Setting::Program), Verdict::Quiet, "{quiet}");
        }
        assert_eq!(verdict("hunter2", Says::Password, Setting::Program), Verdict::Secret);
        assert_eq!(verdict("hunter2", Says::Password, Setting::MadeUp), Verdict::Quiet);
    }
}
