//! Values that stand for a secret which is elsewhere: variables, templates, look-ups, paths.

use memchr::memmem;

use super::charset::WORD;

/// What stands in a value's place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meaning<'a> {
    /// The value itself.
    Literal(&'a [u8]),
    /// Something elsewhere.
    Reference,
}

/// Beginnings of values that a tool looks up or decrypts.
const LOOKED_UP: &[&str] = &[
    "ENC[",
    "ref+",
    "op://",
    "vault:",
    "secret:",
    "secrets.",
    "awssm:",
    "ssm:",
    "arn:",
    "keyring:",
    "file:",
    "env:",
    "var.",
    "local.",
    "data.",
    "module.",
    "bao:",
    "gcpsm:",
    "azurekeyvault:",
    "sops:",
    "age:",
    "pass:show",
    "sm://",
    "projects/",
    "kms:",
    "keychain:",
    "cred:",
    "$__file",
    "env.",
    "process.env",
    "os.environ",
    "import.meta",
    "!Ref",
    "!Sub",
    "!GetAtt",
    "!secret",
    "!vault",
    "!reference",
    "!ImportValue",
    "AgA",
    "AgB",
    "AgC",
    "AgD",
    "$ANSIBLE_VAULT",
    "@Microsoft.KeyVault",
    "infisical:",
    "doppler:",
    "bws:",
    "ksm:",
    "config.sops",
    "{{resolve:",
    "lookup(",
];

/// Beginnings of values that everybody may see; those of capitals are public keys in DER.
const PUBLIC: &[&str] = &[
    "ssh-",
    "ecdsa-sha2",
    "age1",
    "pk_live_",
    "pk_test_",
    "sha256:",
    "sha256-",
    "sha384-",
    "sha512-",
    "sha512:",
    "sha1-",
    "h1:",
    "zh:",
    "urn:",
    "-----BEGIN",
    "data:",
    "MIGf",
    "MIIBIjAN",
    "MIICIjAN",
    "MFkwEwYH",
    "MHYwEAYH",
    "MCowBQYD",
    "pub-",
    "pk.",
];

/// What `value` means. `${NAME:-word}` and its kin are the word.
pub(crate) fn meaning(value: &[u8]) -> Meaning<'_> {
    if let Some(default) = default_of(value) {
        return meaning(default);
    }
    if is_reference(value) { Meaning::Reference } else { Meaning::Literal(value) }
}

fn is_reference(value: &[u8]) -> bool {
    let begins = |words: &[&str]| words.iter().any(|word| value.starts_with(word.as_bytes()));
    let has = |word: &str| memmem::find(value, word.as_bytes()).is_some();
    if begins(PUBLIC) || begins(LOOKED_UP) && !is_encrypted_by_chance(value) {
        return true;
    }
    if ["${", "$(", "{{", "}}", "<%", "#{", "{%", "%(", "$[", "{$", "@@", "%%", "\\(", "{env."]
        .iter()
        .any(|sign| has(sign))
    {
        return true;
    }
    is_variable(value)
        || is_wrapped_name(value)
        || is_call(value)
        || is_path(value)
        || is_pattern(value)
        || is_capital_name(value)
}

/// Sealed values begin with `Ag` and are long; shorter ones are just base64.
fn is_encrypted_by_chance(value: &[u8]) -> bool {
    value.starts_with(b"Ag") && value.len() < 200
}

/// `$NAME`, `$1`, `%NAME%`, `:name`, `?`, `%s`, `{0}`, `{}`.
fn is_variable(value: &[u8]) -> bool {
    let all_word = |text: &[u8]| !text.is_empty() && WORD.holds_all(text);
    match value {
        [b'$', b'{', ..] => true,
        [b'$', rest @ ..] => {
            all_word(strip_member(rest)) || rest.first().is_some_and(|sign| b"@*#?!".contains(sign)) && rest.len() == 1
        }
        [b'%', name @ .., b'%'] => all_word(name),
        [b':', b'\'' | b'"', ..] => true,
        [b':', name @ ..] => all_word(name) && !name.iter().any(u8::is_ascii_uppercase),
        [b'%', b's' | b'v' | b'd' | b'q' | b'S' | b'@'] | [b'?'] => true,
        [b'{', inner @ .., b'}'] => inner.iter().all(|byte| WORD.has(*byte) || b".$-: ".contains(byte)),
        _ => false,
    }
}

/// `this->password` and `this.password` behind a `$`.
fn strip_member(name: &[u8]) -> &[u8] {
    let end = name.iter().position(|byte| b".-[:".contains(byte)).unwrap_or(name.len());
    let rest = &name[end..];
    let is_member =
        rest.starts_with(b".") || rest.starts_with(b"->") || rest.starts_with(b"[") || rest.starts_with(b"::");
    if is_member && end > 0 { &name[..end] } else { name }
}

/// `<your token>`, `[token]`, `(none)`, `@TOKEN@`, `__TOKEN__`, `%%TOKEN%%`.
fn is_wrapped_name(value: &[u8]) -> bool {
    let spoken = |inner: &[u8]| inner.iter().all(|byte| WORD.has(*byte) || *byte >= 0x80 || b" .-:/|,".contains(byte));
    match value {
        [b'<', inner @ .., b'>'] | [b'[', inner @ .., b']'] | [b'(', inner @ .., b')'] => spoken(inner),
        [b'<', ..] => true,
        [b'@', inner @ .., b'@'] | [b'_', b'_', inner @ .., b'_', b'_'] | [b'%', b'%', inner @ .., b'%', b'%'] => {
            WORD.holds_all(inner)
        }
        _ => false,
    }
}

/// `getpass()`, `config("X")`, `os.Getenv("X")`, `new Secret(…)`.
fn is_call(value: &[u8]) -> bool {
    let Some(open) = memchr::memchr(b'(', value) else { return false };
    let callee = &value[..open];
    let named = callee.first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'_');
    named && callee.len() > 2 && callee.iter().all(|byte| WORD.has(*byte) || b".:!>-".contains(byte)) && {
        value.ends_with(b")")
            || value.ends_with(b");")
            || value[open..].len() <= 1
            || value[open + 1..].iter().any(|byte| b"\"'(,".contains(byte))
    }
}

/// `/run/secrets/x`, `./key.pem`, `~/.ssh/id`, `C:\keys\x`, `certs/server.key`.
fn is_path(value: &[u8]) -> bool {
    const ENDINGS: &[&str] = &[
        ".txt", ".pem", ".key", ".json", ".yaml", ".yml", ".toml", ".env", ".crt", ".cer", ".age", ".gpg", ".asc",
        ".conf", ".ini", ".php", ".html", ".js", ".ts", ".py", ".go", ".rs", ".sh", ".sql", ".p12", ".pfx", ".jks",
        ".xml", ".md", ".png", ".svg", ".log", ".db", ".kdbx", ".pub",
    ];
    let spoken = |text: &[u8]| text.iter().all(|byte| WORD.has(*byte) || b"/.-\\:~$@{} ".contains(byte));
    let few_digits = value.iter().filter(|byte| byte.is_ascii_digit()).count() * 6 <= value.len();
    let few_capitals = value.iter().filter(|byte| byte.is_ascii_uppercase()).count() * 4 <= value.len();
    if !spoken(value) {
        return false;
    }
    let rooted = value.starts_with(b"./")
        || value.starts_with(b"../")
        || value.starts_with(b"~/")
        || value.get(1..3) == Some(b":\\");
    let absolute = value.starts_with(b"/") && value.len() > 2 && few_digits && few_capitals;
    rooted
        || absolute
        || few_digits && ENDINGS.iter().any(|ending| value.ends_with(ending.as_bytes()) && value.len() > ending.len())
        || few_digits && few_capitals && value.iter().filter(|byte| **byte == b'/').count() >= 2
}

/// Regular expressions: scanners and validators are full of them.
fn is_pattern(value: &[u8]) -> bool {
    const SIGNS: &[&str] =
        &["[a-z", "[A-Z", "[0-9", "[^", "\\w", "\\d", "\\s", "(?", ".*", ".+", "\\b", "]+", "]*", "]{"];
    SIGNS.iter().any(|sign| memmem::find(value, sign.as_bytes()).is_some())
}

/// `API_KEY_HERE`, `DB_PASSWORD`: the name of another variable.
fn is_capital_name(value: &[u8]) -> bool {
    let parts = value.split(|byte| *byte == b'_').filter(|part| !part.is_empty()).count();
    let capital = value.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_');
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    parts >= 2 && capital && digits * 4 <= value.len() && value[0].is_ascii_uppercase()
}

/// The word in `${NAME:-word}`, `${NAME:=word}`, `${NAME:word}`, `{{ name | default("word") }}` and `{{ "word" | b64enc }}`.
fn default_of(value: &[u8]) -> Option<&[u8]> {
    if let Some(inner) = value.strip_prefix(b"${").or_else(|| value.strip_prefix(b"{$")) {
        let inner = inner.strip_suffix(b"}").unwrap_or(inner);
        let name = inner.iter().take_while(|byte| WORD.has(**byte)).count();
        // Only a shell has `-` alone before a default, and its names have no dots.
        let dotted = name + inner[name..].iter().take_while(|byte| WORD.has(**byte) || b".-".contains(byte)).count();
        let name = if inner.get(dotted) == Some(&b':') { dotted } else { name };
        let default = match &inner[name..] {
            [b':', b'?' | b'+', ..] | [b'?' | b'+', ..] => return None,
            [b':', b'-' | b'=', default @ ..] | [b'-' | b'=' | b':', default @ ..] => default,
            _ => return None,
        };
        return (!default.is_empty()).then(|| unquoted(default));
    }
    let inner = value.strip_prefix(b"{{")?;
    let inner = inner.trim_ascii_start();
    if let [quote @ (b'"' | b'\''), literal @ ..] = inner {
        return literal.split(|byte| byte == quote).next();
    }
    let after = &inner[memmem::find(inner, b"default")? + "default".len()..];
    let after = after.trim_ascii_start();
    let after = after.strip_prefix(b"(").unwrap_or(after).trim_ascii_start();
    let after = after.strip_prefix(b"\\").unwrap_or(after);
    let [quote @ (b'"' | b'\''), literal @ ..] = after else { return None };
    literal.split(|byte| byte == quote || *byte == b'\\').next().filter(|literal| !literal.is_empty())
}

fn unquoted(value: &[u8]) -> &[u8] {
    match value {
        [b'"', inner @ .., b'"'] | [b'\'', inner @ .., b'\''] => inner,
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_elsewhere_is_a_reference() {
        for reference in [
            "$TOKEN",
            "${TOKEN}",
            "$(cat token)",
            "{{ token }}",
            "<your token>",
            "%TOKEN%",
            "ENC[AES256_GCM,data:x]",
            "op://home/app/key",
            "%s",
            "/run/secrets/token",
            "./token.txt",
            "~/.ssh/id_ed25519",
            "getpass()",
            "os.Getenv(\"TOKEN\")",
            "${TOKEN:?not set}",
            "@TOKEN@",
            "$this->token",
            "API_KEY_HERE",
            "[A-Za-z0-9]{36}",
            "ssh-ed25519 AAAA",
            "{$TOKEN}",
            "{env.TOKEN}",
            "certs/server.key",
            "!secret wifi",
            ":'password'",
            "${a.b-c}",
        ] {
            assert_eq!(meaning(reference.as_bytes()), Meaning::Reference, "{reference}");
        }
    }

    #[test]
    fn everything_else_is_a_literal() {
        for literal in [
            "hunter2",
            "p@ss(word)1",
            "$ecret!9",
            "/9j/4AAQSkZJRgABAQ",
            "a/b+c9Xw",
            "Pa$$w0rd",
            "{9f2c41a755K8",
            "half#of-it",
        ] {
            assert_eq!(meaning(literal.as_bytes()), Meaning::Literal(literal.as_bytes()), "{literal}");
        }
    }

    #[test]
    fn a_default_is_the_literal_in_a_reference() {
        for (value, default) in [
            ("${DB_PASSWORD:-hunter2}", "hunter2"),
            ("${DB_PASSWORD-hunter2}", "hunter2"),
            ("${DB_PASSWORD:=\"hunter2\"}", "hunter2"),
            ("${db.password:hunter2}", "hunter2"),
            ("{{ \"hunter2\" | b64enc }}", "hunter2"),
            ("{{ .Values.password | default \"hunter2\" }}", "hunter2"),
            ("{{ password | default('hunter2') }}", "hunter2"),
            ("${A:-${B:-hunter2}}", "hunter2"),
        ] {
            assert_eq!(meaning(value.as_bytes()), Meaning::Literal(default.as_bytes()), "{value}");
        }
        assert_eq!(meaning(b"${A:-$B}"), Meaning::Reference);
    }
}
