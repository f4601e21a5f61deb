//! Whether the name of a variable, an option or a field says that its value is a secret.

use super::words::Words;

/// What a name says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Says {
    /// It may be a secret, where it also looks like one: `key`, `auth`.
    Perhaps,
    /// It is the key or token of a program, so it will hardly be a word: `API_KEY`, `accessToken`.
    Token,
    /// It is what a person or a program logs in with, and may be as simple as people make them: `DB_PASSWORD`.
    Password,
}

/// How many parts of a name are looked at, from its end.
const WORDS_MAX: usize = 8;

/// Words that a password is called by.
static PASSWORD: Words = Words::new(
    "\
    password passwd passphrase pass pwd passwort passcode psk userpass userpw pw requirepass masterauth contrasena
    motdepasse passw",
);
/// Endings of words that are written without a sign between their parts: `dbpassword`, `ldappasswd`.
static PASSWORD_ENDINGS: Words = Words::new(
    "\
    password passwd passphrase passwort passcode",
);
/// What stands before a short `pass`, `pwd` or `pw` in a word without signs. `compass` and `bypass` are not of these.
static PASS_OWNERS: Words = Words::new(
    "\
    db smtp mail admin root user ssh mysql pg sql ftp my redis ldap mqtt sudo become auth wifi app ssl key su imap
    bind sasl http basic login secret default vpn ci",
);
/// Words that a token is called by.
static TOKEN: Words = Words::new(
    "\
    secret token apikey secretkey accesskey privatekey authtoken accesstoken clientsecret appsecret apisecret
    authkey encryptionkey masterkey presharedkey apitoken bearer pat secretaccesskey refreshtoken bottoken jwt
    deploykey accountkey keypass",
);
static TOKEN_ENDINGS: Words = Words::new(
    "\
    secret apikey secretkey accesskey privatekey authtoken accesstoken apitoken bottoken authkey usertoken
    refreshtoken sessiontoken",
);
/// What a `key` is a secret with: `SIGNING_KEY`. One that belongs to a vendor is named by the vendor.
static KEY_OWNERS: Words = Words::new(
    "\
    api secret private access signing sign encryption encrypt master auth session app jwt hmac shared preshared
    service license licence storage account admin deploy write ingest webhook cookie crypto cipher aes setup stripe
    openai anthropic sendgrid mailgun datadog role server client user bot security auth0 twilio maps google aws
    azure b2 s3 backup restic age wg wireguard tailscale acme ddns tsig rndc influx sonarr radarr lidarr prowlarr
    bazarr jellyfin plex immich in logged nonce database db base data hash secure system node root integration
    subscription functions application",
);
/// First or second-last words after which a `key`, `token` or `pass` is no secret.
static HARMLESS_OWNERS: Words = Words::new(
    "\
    public publishable pub primary foreign sort partition cache hot index row map object group sub max min num next
    prev peek pad eos bos unk mask sep cls csrf xsrf site locale idempotency dedup dictionary translation
    i18n message menu arrow gpg render metadata schema type stop start end first last special lexer syntax design
    current two optimization second multi host hostkey trusted known authorized issuer tooltip sitekey completion
    prompt input output candidate total restore cancellation cancel vapid peer verify verification continuation page
    sync change any by dedupe",
);
/// Words at the end of a name that say: not the secret itself, but something about it.
static ABOUT: Words = Words::new(
    "\
    name names file files filename path paths dir directory url urls uri uris endpoint type types id ids ttl expiry
    expires expiration timeout length len size count max min policy ref refs regex regexp pattern format header
    headers field fields prefix suffix label title placeholder hint algorithm alg algo enabled required allowed
    disabled provider store manager class method mode scope scopes index kind status rotation lifetime encoder
    generator validator env var variable input column param parameter selector command cmd service issuer audience
    version strength reset age days hours seconds minutes at date time map list set error errors message msg text
    help description info user username users email account role group owner host port server domain bits hash
    digest tries checksum fingerprint state flow form page link request response handler callback factory builder
    helper util utils config configuration options option settings support usage limit limits rate budget
    authentication stream iter span kinds position offset start end begin range changed valid invalid expired
    missing wrong template example source target location ring agent cost rounds iterations realm through word words
    screen view button icon color colour width height radius style is backend change confirm confirmation script
    plugin module schema mapping property attribute attr tag event",
);
/// Words at the end of a name that say nothing about it.
static NEUTRAL: Words = Words::new(
    "\
    value val str string prod production staging live old new previous default secondary base64 b64 raw plain
    plaintext cleartext main base v1 v2 v3 local dev development hex bytes backup tmp literal rw ro readonly text json",
);

/// Words of names for addresses that carry a login.
static SERVICES: Words = Words::new(
    "\
    database db postgres postgresql pg mysql mariadb mongo mongodb redis valkey amqp rabbitmq broker smtp mail ldap
    nats cache queue celery sql jdbc elasticsearch",
);

/// Whether `name` is one of an address that often carries a password: `DATABASE_URL`, `SENTRY_DSN`.
pub(crate) fn is_of_address(name: &[u8]) -> bool {
    let (mut buffer, lowered) = ([""; WORDS_MAX], lower_with_breaks(name));
    let [before @ .., last] = last_words(&lowered, &mut buffer) else { return false };
    let is_address = matches!(*last, "url" | "uri" | "connection" | "conn");
    *last == "dsn" || is_address && (before.is_empty() || before.iter().any(|word| SERVICES.has(word)))
}

/// Names that say it as a whole: no part of them does. The second is where GitLab and others keep the logins of registries.
const WHOLE: &[(&str, Says)] = &[("パスワード", Says::Password), ("DOCKER_AUTH_CONFIG", Says::Perhaps)];

/// What `name` says, or nothing.
pub(crate) fn classify(name: &[u8]) -> Option<Says> {
    if let Some((_, says)) = WHOLE.iter().find(|(whole, _)| whole.as_bytes() == name) {
        return Some(*says);
    }
    let mut buffer = [""; WORDS_MAX];
    let lowered = lower_with_breaks(name);
    let all = last_words(&lowered, &mut buffer);
    let mut words = all;
    while let [rest @ .., last] = words {
        if rest.is_empty() || !(NEUTRAL.has(last) || last.bytes().all(|byte| byte.is_ascii_digit())) {
            break;
        }
        words = rest;
    }
    let ([before @ .., last], owner) = (words, words.iter().rev().nth(1).copied().unwrap_or("")) else { return None };
    let stem = last.trim_end_matches(|character: char| character.is_ascii_digit());
    if before.first().is_some_and(|first| {
        matches!(*first, "public" | "max" | "min" | "num" | "is" | "has" | "no" | "invalid" | "missing" | "wrong")
    }) {
        return None;
    }
    if is_password(stem) {
        let harmless = stem == "pass" && HARMLESS_OWNERS.has(owner);
        return (!harmless).then_some(Says::Password);
    }
    if TOKEN.has(stem) || TOKEN_ENDINGS.iter().any(|ending| stem.ends_with(ending)) && !stem.ends_with("nosecret") {
        return (!HARMLESS_OWNERS.has(owner)).then_some(Says::Token);
    }
    match stem {
        "key" if before.is_empty() => Some(Says::Perhaps),
        // That of Windows; the token of a registry is a secret.
        "key" if HARMLESS_OWNERS.has(owner) || owner == "registry" => None,
        "key" | "salt" if KEY_OWNERS.has(owner) => Some(Says::Token),
        "key" | "auth" | "credential" | "credentials" | "creds" | "cred" | "authorization" | "salt" | "pepper"
        | "tokens" | "secrets" | "passwords" => Some(Says::Perhaps),
        _ if ABOUT.has(stem) => None,
        // `SECRET_CONFIG`, `tokenBlob`: something about a secret that no word above explains.
        _ if before.iter().any(|word| is_password(word) || TOKEN.has(word)) => Some(Says::Perhaps),
        _ => None,
    }
}

fn is_password(word: &str) -> bool {
    let owned = |ending: &str| word.strip_suffix(ending).is_some_and(|owner| PASS_OWNERS.has(owner));
    PASSWORD.has(word)
        || PASSWORD_ENDINGS.iter().any(|ending| word.ends_with(ending))
        || owned("pass")
        || owned("pwd")
        || owned("pw")
}

/// The name in small letters, with a space between its parts.
fn lower_with_breaks(name: &[u8]) -> String {
    let mut lowered = String::with_capacity(name.len() + 8);
    for (index, byte) in name.iter().enumerate() {
        let previous = index.checked_sub(1).map_or(b' ', |before| name[before]);
        let next_is_small = name.get(index + 1).is_some_and(u8::is_ascii_lowercase);
        let hump = byte.is_ascii_uppercase()
            && (previous.is_ascii_lowercase()
                || previous.is_ascii_digit()
                || previous.is_ascii_uppercase() && next_is_small);
        if hump && !(previous.is_ascii_uppercase() && is_plural(&name[index..])) {
            lowered.push(' ');
        }
        lowered.push(if byte.is_ascii_alphanumeric() { char::from(byte.to_ascii_lowercase()) } else { ' ' });
    }
    // `PassWord` and `passWord` are one word.
    if lowered.contains("pass w") {
        lowered.replace("pass word", "password").replace("pass wd", "passwd")
    } else {
        lowered
    }
}

/// Whether what begins here is the `Ks` of `URLKs`: one capital and a last small letter.
fn is_plural(rest: &[u8]) -> bool {
    rest.len() == 2 && rest[1] == b's'
}

fn last_words<'text, 'buffer>(
    lowered: &'text str,
    buffer: &'buffer mut [&'text str; WORDS_MAX],
) -> &'buffer [&'text str] {
    let mut count = 0;
    for word in lowered.split(' ').filter(|word| !word.is_empty()).rev().take(WORDS_MAX) {
        buffer[count] = word;
        count += 1;
    }
    buffer[..count].reverse();
    &buffer[..count]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(says: Option<Says>, names: &[&str]) {
        for name in names {
            assert_eq!(classify(name.as_bytes()), says, "{name}");
        }
    }

    #[test]
    fn passwords_are_known_by_many_names() {
        check(
            Some(Says::Password),
            &[
                "password",
                "DB_PASSWORD",
                "dbPassword",
                "spring.datasource.password",
                "SMTP_PASS",
                "PGPASSWORD",
                "ansible_ssh_pass",
                "passphrase",
                "PassWord",
                "userpw",
                "wpa_psk",
                "adminPassword2",
                "DB_PASSWORD_PROD",
                "RESTIC_PASSWORD",
                "requirepass",
                "admin-pwd",
            ],
        );
    }

    #[test]
    fn tokens_and_keys_are_known_by_what_they_belong_to() {
        check(
            Some(Says::Token),
            &[
                "API_KEY",
                "apikey",
                "X-Api-Key",
                "clientSecret",
                "SECRET_KEY_BASE",
                "JWT_SIGNING_KEY",
                "APP_KEY",
                "githubToken",
                "AWS_SECRET_ACCESS_KEY",
                "SESSION_SECRET",
                "token_value",
                "authToken",
                "encryption.key",
                "ADMIN_TOKEN",
                "CARGO_REGISTRY_TOKEN",
            ],
        );
        check(
            Some(Says::Perhaps),
            &["key", "auth", "BASIC_AUTH", "credentials", "GCP_CREDENTIALS_JSON", "HASH_PEPPER", "DOCKER_AUTH_CONFIG"],
        );
    }

    #[test]
    fn what_is_about_a_secret_is_none() {
        check(
            None,
            &[
                "secretName",
                "PASSWORD_FILE",
                "tokenUrl",
                "max_tokens",
                "TOKEN_TTL",
                "passwordKeyRef",
                "token_type",
                "public_key",
                "publicKey",
                "password_hash",
                "auth_type",
                "password_min_length",
                "primary_key",
                "csrf_token",
                "pad_token",
                "registry_key",
                "GPG_KEY",
                "API_KEY_HEADER",
                "KEY_PREFIX",
            ],
        );
    }

    #[test]
    fn addresses_that_carry_logins_are_known() {
        for name in
            ["DATABASE_URL", "REDIS_URL", "mongoUri", "SENTRY_DSN", "CELERY_BROKER_URL", "dsn", "SQL_CONNECTION"]
        {
            assert!(is_of_address(name.as_bytes()), "{name}");
        }
        for name in ["BASE_URL", "AUTH_URL", "DATABASE_URL_FILE", "DB_HOST", "URL_PREFIX", ""] {
            assert!(!is_of_address(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn words_that_only_contain_one_are_none() {
        check(
            None,
            &[
                "MONKEY",
                "KEYBOARD",
                "TOKENIZER",
                "PASSPORT",
                "bypass",
                "compass",
                "hockey",
                "turkey",
                "authority",
                "passive",
                "author",
            ],
        );
    }
}
