//! Where a secret comes from, by its name and by what `secret.yaml.example` writes in its place.

/// The addresses of what services share.
const POSTGRES_HOST: &str = "postgres.postgres.svc.cluster.local";
const VALKEY_HOST: &str = "valkey.valkey.svc.cluster.local";

/// What stands for the password in an address.
const PASSWORD: &str = "<password>";

/// How an example says that something is to be drawn by lot.
const RANDOM: &str = "openssl rand -hex ";

/// Bytes of a secret that signs sessions, where the example names no number.
const SESSION_BYTES: usize = 32;

/// More than that no key of any algorithm has.
const RANDOM_BYTES_MAX: usize = 1024;

/// Where a secret comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A role and a database of its own in the shared PostgreSQL.
    Postgres {
        /// The address, but for the password.
        url: UrlTemplate,
        /// The role.
        role: String,
        /// The database.
        database: String,
    },
    /// The shared Valkey, whose password all services know.
    Valkey {
        /// The address, but for the password.
        url: UrlTemplate,
    },
    /// So many random bytes, written in hexadecimal digits.
    Random {
        /// How many.
        bytes: usize,
    },
    /// Somebody knows it.
    Person,
}

/// An address in which the password is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlTemplate(String);

/// An example from which no secret can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadExample {
    /// What is wrong, without the name of the key.
    pub reason: String,
    /// What to write.
    pub hint: String,
}

impl UrlTemplate {
    /// The address with a password. Whatever has a meaning in addresses is escaped (RFC 3986).
    pub fn with(&self, password: &str) -> String {
        let mut escaped = String::with_capacity(password.len());
        for byte in password.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => escaped.push(char::from(byte)),
                other => escaped.push_str(&format!("%{other:02X}")),
            }
        }
        self.0.replacen(PASSWORD, &escaped, 1)
    }

    /// The password in an address that was made from this template; none if it was made otherwise.
    pub fn password_in(&self, url: &str) -> Option<String> {
        let (before, after) = self.0.split_once(PASSWORD)?;
        let escaped = url.strip_prefix(before)?.strip_suffix(after)?;
        let mut bytes = Vec::with_capacity(escaped.len());
        let mut rest = escaped.as_bytes();
        while let [first, others @ ..] = rest {
            let length = if *first == b'%' {
                let digits = std::str::from_utf8(others.get(..2)?).ok()?;
                bytes.push(u8::from_str_radix(digits, 16).ok()?);
                2
            } else {
                bytes.push(*first);
                0
            };
            rest = &others[length..];
        }
        String::from_utf8(bytes).ok().filter(|password| !password.is_empty())
    }
}

/// Where the secret `name` of `service` comes from; `example` is what stands in its place.
///
/// # Errors
/// The example names a role or a database of somebody else.
pub fn source(service: &str, name: &str, example: &str) -> Result<Source, BadExample> {
    if example.contains(&format!("@{POSTGRES_HOST}")) {
        return postgres(service, example);
    }
    if example.contains(&format!("@{VALKEY_HOST}")) && example.contains(PASSWORD) {
        return Ok(Source::Valkey { url: UrlTemplate(example.to_owned()) });
    }
    if let Some((_, after)) = example.split_once(RANDOM) {
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        let bytes = digits.parse().ok().filter(|bytes| (16..=RANDOM_BYTES_MAX).contains(bytes));
        let reason = format!("it asks for `{digits}` random bytes");
        let hint = format!("write a number from 16 to {RANDOM_BYTES_MAX}");
        return bytes.map(|bytes| Source::Random { bytes }).ok_or(BadExample { reason, hint });
    }
    if name == "SESSION_SECRET" {
        return Ok(Source::Random { bytes: SESSION_BYTES });
    }
    Ok(Source::Person)
}

/// `postgres://role:<password>@host:5432/database`. Both names must be the service's own: a service that names the role of
/// another would get that role's password changed, and the other would lose its way in.
fn postgres(service: &str, example: &str) -> Result<Source, BadExample> {
    let own = [service.to_owned(), service.replace('-', "_")];
    let hint = format!("write `postgres://{service}:{PASSWORD}@{POSTGRES_HOST}:5432/{service}`");
    let bad = |reason: String| BadExample { reason, hint: hint.clone() };
    let (user, place) = example
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('@'))
        .ok_or_else(|| bad("it is no address".to_owned()))?;
    let Some((role, PASSWORD)) = user.split_once(':') else {
        return Err(bad(format!("there is no `{PASSWORD}` in its place")));
    };
    let path = place.split_once('/').map_or("", |(_, path)| path);
    let database = path.split(['?', '#']).next().unwrap_or_default();
    for (what, name) in [("role", role), ("database", database)] {
        if !own.iter().any(|own| own == name) {
            return Err(bad(format!("it names the {what} `{name}`, and the service is called `{service}`")));
        }
    }
    Ok(Source::Postgres { url: UrlTemplate(example.to_owned()), role: role.to_owned(), database: database.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, example: &str) -> Result<Source, BadExample> {
        source("news-box", name, example)
    }

    #[test]
    fn an_example_tells_where_its_secret_comes_from() {
        let url = "postgres://news_box:<password>@postgres.postgres.svc.cluster.local:5432/news_box?sslmode=disable";
        let Ok(Source::Postgres { role, database, .. }) = of("DATABASE_URL", url) else { panic!("a database") };
        assert_eq!((role.as_str(), database.as_str()), ("news_box", "news_box"));
        let valkey = "redis://:<password>@valkey.valkey.svc.cluster.local:6379/0";
        assert!(matches!(of("VALKEY_URL", valkey), Ok(Source::Valkey { .. })));
        assert_eq!(of("KEY", "<the output of: openssl rand -hex 48>"), Ok(Source::Random { bytes: 48 }));
        assert_eq!(of("SESSION_SECRET", "<secret>"), Ok(Source::Random { bytes: 32 }));
        assert_eq!(of("GOOGLE_CLIENT_ID", "<number>-<letters>.apps.googleusercontent.com"), Ok(Source::Person));
        assert_eq!(of("DATABASE_URL", "postgres://me@db.example/mine"), Ok(Source::Person), "elsewhere is not ours");
    }

    #[test]
    fn the_role_of_another_service_is_refused() {
        let of = |role: &str, database: &str| {
            let url = format!("postgres://{role}:<password>@postgres.postgres.svc.cluster.local:5432/{database}");
            of("DATABASE_URL", &url).unwrap_err().reason
        };
        assert_eq!(of("postgres", "news_box"), "it names the role `postgres`, and the service is called `news-box`");
        assert_eq!(of("news_box", "yomu"), "it names the database `yomu`, and the service is called `news-box`");
    }

    #[test]
    fn examples_without_a_meaning_are_refused() {
        let url = "postgres://news_box:hunter@postgres.postgres.svc.cluster.local:5432/news_box";
        assert_eq!(of("DATABASE_URL", url).unwrap_err().reason, "there is no `<password>` in its place");
        assert!(of("A", "<openssl rand -hex 4>").is_err() && of("A", "<openssl rand -hex >").is_err());
    }

    #[test]
    fn a_password_goes_into_an_address_and_comes_out_again() {
        let template = UrlTemplate("redis://:<password>@host/0".to_owned());
        let url = template.with("p@ss/w:rd%読");
        assert_eq!(url, "redis://:p%40ss%2Fw%3Ard%25%E8%AA%AD@host/0");
        assert_eq!(template.password_in(&url).as_deref(), Some("p@ss/w:rd%読"));
        assert_eq!(template.password_in("redis://:@host/0"), None);
        assert_eq!(template.password_in("redis://:a%4@host/0"), None);
        assert_eq!(template.password_in("redis://:a@elsewhere/0"), None);
    }
}
