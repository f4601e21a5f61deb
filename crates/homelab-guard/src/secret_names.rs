//! Variables that give a secret away, by what they are called (which `secrets/name.rs` decides) and by their values.

use crate::secrets::name::{classify, is_of_address};

/// What a name says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// A secret.
    Secret,
    /// An address that often carries a password: a secret if it does.
    Address,
    /// Nothing.
    Other,
}

/// What the name of a variable says of its value.
pub(crate) fn named(name: &str) -> Named {
    match () {
        () if is_of_address(name.as_bytes()) => Named::Address,
        () if classify(name.as_bytes()).is_some() => Named::Secret,
        () => Named::Other,
    }
}

/// Whether a variable of this name and value gives a secret away.
pub fn gives_away(name: &str, value: &str) -> bool {
    let value = value.trim();
    if url_password(value).is_some_and(|password| !is_placeholder(password)) {
        return true;
    }
    match named(name) {
        Named::Secret => !is_placeholder(value) && !is_something_else(value),
        // A Sentry DSN is an address whose user is the key.
        Named::Address => {
            name.to_ascii_lowercase().contains("dsn") && url_user(value).is_some_and(|user| !is_placeholder(user))
        }
        Named::Other => false,
    }
}

/// Whether a value is there to be replaced, or names a variable instead of being one.
pub(crate) fn is_placeholder(value: &str) -> bool {
    const WORDS: &[&str] = &[
        "",
        "changeme",
        "change-me",
        "change_me",
        "changethis",
        "change-this",
        "replaceme",
        "replace-me",
        "replace_me",
        "todo",
        "tbd",
        "none",
        "null",
        "nil",
        "unset",
        "placeholder",
        "example",
        "dummy",
        "redacted",
        "not-set",
        "unused",
    ];
    let lower = value.trim().to_ascii_lowercase();
    let is_wrapped = [("<", ">"), ("{{", "}}"), ("[", "]"), ("%", "%"), ("__", "__")]
        .iter()
        .any(|(open, close)| lower.len() > 2 && lower.starts_with(open) && lower.ends_with(close));
    let is_filler = lower.chars().all(|character| matches!(character, 'x' | '*' | '.' | '-' | '_' | '…' | '0'));
    WORDS.contains(&lower.as_str())
        || is_wrapped
        || is_filler
        || value.contains("${")
        || value.contains("{{")
        || value.contains("...")
        || value.starts_with('$')
        || lower.starts_with("your-")
        || lower.starts_with("your_")
        || lower.starts_with("my-")
        || lower.starts_with("insert")
}

/// Switches, numbers and paths: what a variable with a secret's name holds when it is none.
fn is_something_else(value: &str) -> bool {
    let is_switch =
        matches!(value.to_ascii_lowercase().as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "auto");
    let is_short_number = value.len() <= 4 && value.chars().all(|character| character.is_ascii_digit());
    let is_path =
        value.starts_with("./") || value.starts_with("~/") || (value.starts_with('/') && !value.contains(['+', '=']));
    is_switch || is_short_number || is_path
}

/// The password in an address: what stands between the user and the last `@` before the path.
pub(crate) fn url_password(value: &str) -> Option<&str> {
    let (_, password) = user_info(value)?.split_once(':')?;
    (!password.is_empty()).then_some(password)
}

/// The host of an address with a user in it.
pub(crate) fn url_host(value: &str) -> Option<&str> {
    let (_, rest) = value.split_once("://")?;
    let authority = &rest[..rest.find(['/', '?', '#', ' ', '"', '\'']).unwrap_or(rest.len())];
    authority.rsplit_once('@').map(|(_, host)| host)
}

fn url_user(value: &str) -> Option<&str> {
    user_info(value).filter(|user| !user.is_empty())
}

fn user_info(value: &str) -> Option<&str> {
    let (scheme, rest) = value.split_once("://")?;
    let is_scheme = scheme.bytes().last().is_some_and(|byte| byte.is_ascii_alphanumeric());
    let authority = &rest[..rest.find(['/', '?', '#', ' ', '"', '\'']).unwrap_or(rest.len())];
    let (user_info, host) = authority.rsplit_once('@')?;
    (is_scheme && !host.is_empty()).then_some(user_info)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known() {
        for name in [
            "DB_PASS",
            "SMTP_PASS",
            "PGPASSWORD",
            "JWT_SIGNING_KEY",
            "APP_KEY",
            "BASIC_AUTH",
            "DB_PASSWORD",
            "API_TOKEN",
            "SESSION_SECRET",
            "NPM_TOKEN",
            "AWS_SECRET_ACCESS_KEY",
            "clientSecret",
            "VITE_API_KEY",
            "MYSQL_ROOT_PASSWORD",
            "GITHUB_PAT",
        ] {
            assert_eq!(named(name), Named::Secret, "{name}");
        }
        for name in ["DATABASE_URL", "REDIS_URL", "VALKEY_URL", "SENTRY_DSN", "CELERY_BROKER_URL", "MONGODB_URI"] {
            assert_eq!(named(name), Named::Address, "{name}");
        }
    }

    #[test]
    fn names_alike_are_not() {
        for name in [
            "MONKEY",
            "KEYBOARD",
            "TOKENIZERS_PARALLELISM",
            "PASSENGER_COUNT",
            "GPG_KEY",
            "PUBLIC_KEY",
            "TOKEN_TTL",
            "SECRET_FILE",
            "DB_PASSWORD_FILE",
            "AWS_ACCESS_KEY_ID",
            "AUTH_URL",
            "BASE_URL",
            "COMPASS",
            "NODE_ENV",
            "PATH",
            "AUTHOR",
            "",
        ] {
            assert_eq!(named(name), Named::Other, "{name}");
        }
    }

    #[test]
    fn a_secret_needs_a_name_and_a_value_or_an_address_with_a_password() {
        for (name, value) in [
            ("DB_PASS", "hunter2x"),
            ("DATABASE_URL", "postgres://yomu:hunter2x@db/yomu"),
            ("DATABASE_URL", "postgres://yomu:hun@ter@db:5432/yomu?sslmode=disable"),
            ("ANYTHING", "https://bot:ghx1234@example.org/x.git"),
            ("SENTRY_DSN", "https://0123abcd@sentry.example.org/2"),
        ] {
            assert!(gives_away(name, value), "{name}={value}");
        }
    }

    #[test]
    fn placeholders_references_switches_and_addresses_without_passwords_are_quiet() {
        for (name, value) in [
            ("DB_PASS", ""),
            ("DB_PASS", "changeme"),
            ("DB_PASS", "${DB_PASS}"),
            ("DB_PASS", "$DB_PASS"),
            ("DB_PASS", "<your password>"),
            ("API_TOKEN", "your-token-here"),
            ("API_TOKEN", "xxxxxxxx"),
            ("USE_AUTH", "true"),
            ("SESSION_SECRET", "/run/secrets/session"),
            ("DATABASE_URL", "sqlite:///data/yomu.db"),
            ("DATABASE_URL", "postgres://yomu:${DB_PASS}@db/yomu"),
            ("DATABASE_URL", "postgresql://..."),
            ("VALKEY_URL", "redis://valkey:6379"),
            ("BASE_URL", "https://yomu.example.org/@me"),
            ("GREETING", "mail me: a@b"),
        ] {
            assert!(!gives_away(name, value), "{name}={value}");
        }
    }
}
