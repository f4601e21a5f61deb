//! How to reach Proxmox, and as whom. Never with what: passwords and token secrets do not belong in the file.

use std::fmt;

use toml::de::DeValue;

use super::{DomainName, Refusal, Value, quoted, shown, text_of};

/// Where the Proxmox API answers: `https://192.168.0.10:8006`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ProxmoxUrl {
    /// A name or an IPv4 address.
    pub host: String,
    /// Its port; Proxmox listens on 8006.
    pub port: u16,
}

/// Who logs in: a name and the realm that knows it, `root@pam`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ProxmoxUser(String);

/// The name of an API token, without its secret: the `homelab` of `root@pam!homelab`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenName(String);

/// The SHA-256 of a certificate, as Proxmox shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 32]);

/// What to do with a secret that stands in the file.
pub(crate) const SECRET_ELSEWHERE: &str = "take it out, change it where it is used, and give it when asked or in the \
     environment: `HOMELAB_PROXMOX_PASSWORD` or `HOMELAB_PROXMOX_TOKEN_SECRET`";

/// Where Proxmox listens.
const PORT: u16 = 8006;

impl Value for ProxmoxUrl {
    const KIND: &'static str = "the address of the Proxmox API";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = text_of::<Self>(given)?.trim_end_matches('/');
        if text.contains('@') {
            return Err(Refusal {
                is_secret: true,
                ..Refusal::new("holds a user or a password").help(format!(
                    "write `https://HOST:{PORT}` alone, the user in `proxmox.user`, and the password nowhere: it is asked for"
                ))
            });
        }
        let refusal =
            Refusal::new(format!("is `{}`, not an address such as `https://192.168.0.10:{PORT}`", shown(text)));
        let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
        let (host_and_port, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (host, port) = host_and_port.split_once(':').unwrap_or((host_and_port, ""));
        let is_host = DomainName::read(&DeValue::String(host.to_ascii_lowercase().into())).is_ok();
        let all_digits = port.bytes().all(|byte| byte.is_ascii_digit());
        let port = if port.is_empty() { Some(PORT) } else { port.parse().ok().filter(|port| all_digits && *port != 0) };
        match port.filter(|_| is_host) {
            None => Err(refusal),
            Some(port) => {
                let url = Self { host: host.to_ascii_lowercase(), port };
                match (scheme, path) {
                    ("https", "") => Ok(url),
                    ("https", _) => Err(refusal.help("write it without a path").fix(quoted(&url.to_string()))),
                    _ => Err(refusal.help("Proxmox speaks HTTPS only").fix(quoted(&url.to_string()))),
                }
            }
        }
    }

    fn placeholder() -> Self {
        Self { host: "placeholder".to_string(), port: PORT }
    }
}

impl ProxmoxUser {
    /// The user with its realm.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the one user that may set `keyctl`.
    pub fn is_root(&self) -> bool {
        self.0 == "root@pam"
    }
}

impl Value for ProxmoxUser {
    const KIND: &'static str = "a Proxmox user with its realm";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = text_of::<Self>(given)?;
        if let Some((user, token)) = text.split_once('!') {
            let name = token.split(['=', ':']).next().unwrap_or_default();
            return Err(Refusal {
                is_secret: name.len() < token.len(),
                ..Refusal::new("holds an API token").help(format!(
                    "write `user = {}` and `token = {}`; its secret belongs in `HOMELAB_PROXMOX_TOKEN_SECRET`",
                    quoted(&shown(user)),
                    quoted(&shown(name))
                ))
            });
        }
        let is_plain = |part: &str| {
            !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || ":/=".contains(c))
        };
        match text.rsplit_once('@') {
            // The length is that of the API's own schema.
            Some((user, realm)) if is_plain(user) && is_plain(realm) && text.len() <= 64 => Ok(Self(text.to_string())),
            Some(_) => Err(Refusal::new(format!("is `{}`, not a user such as `root@pam`", shown(text)))),
            None if is_plain(text) => Err(Refusal::new(format!("is `{}`, a user without its realm", shown(text)))
                .help("users of the host itself are in `pam`, those of Proxmox in `pve`")
                .fix(quoted(&format!("{text}@{}", if text == "root" { "pam" } else { "pve" })))),
            None => Err(Refusal::new("is not a user such as `root@pam`")),
        }
    }

    fn placeholder() -> Self {
        Self("root@pam".to_string())
    }
}

impl TokenName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for TokenName {
    const KIND: &'static str = "the name of an API token, without its secret";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = text_of::<Self>(given)?;
        if crate::config::secret::looks_like_uuid(text) || text.contains(['=', ':']) {
            let why = "holds the secret of a token; `token` is its name only";
            return Err(Refusal { is_secret: true, ..Refusal::new(why).help(SECRET_ELSEWHERE) });
        }
        if let Some((user, name)) = text.split_once('!') {
            return Err(Refusal::new(format!("is `{}`, the user and the token", shown(text)))
                .help(format!("the user belongs in `proxmox.user = {}`", quoted(&shown(user))))
                .fix(quoted(name)));
        }
        let starts_with_letter = text.starts_with(|first: char| first.is_ascii_alphabetic());
        let is_name = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
        if text.len() < 2 || text.len() > 64 || !starts_with_letter || !is_name {
            return Err(Refusal::new(format!("is `{}`, not the name of a token such as `homelab`", shown(text)))
                .help("names of tokens start with a letter and have letters, digits, `.`, `-` and `_`"));
        }
        Ok(Self(text.to_string()))
    }

    fn placeholder() -> Self {
        Self("placeholder".to_string())
    }
}

impl Value for Fingerprint {
    const KIND: &'static str = "the SHA-256 fingerprint of a certificate";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = text_of::<Self>(given)?;
        let mut bytes = [0; 32];
        let mut pairs = text.split(':');
        let filled = bytes.iter_mut().all(|byte| match pairs.next() {
            Some(pair) if pair.len() == 2 && pair.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
                u8::from_str_radix(pair, 16).map(|parsed| *byte = parsed).is_ok()
            }
            _ => false,
        });
        if filled && pairs.next().is_none() {
            return Ok(Self(bytes));
        }
        Err(Refusal::new("is not a SHA-256 fingerprint: 32 pairs of hexadecimal digits with `:` between them").help(
            "on the Proxmox host, `openssl x509 -in /etc/pve/local/pve-ssl.pem -noout -fingerprint -sha256` prints it",
        ))
    }

    fn placeholder() -> Self {
        Self([0; 32])
    }
}

impl fmt::Display for ProxmoxUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "https://{}:{}", self.host, self.port)
    }
}

impl fmt::Display for ProxmoxUser {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for TokenName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            let colon = if at == 0 { "" } else { ":" };
            write!(formatter, "{colon}{byte:02X}")?;
        }
        Ok(())
    }
}
