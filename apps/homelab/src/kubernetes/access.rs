//! The way into a cluster as its administrator: what K3s writes to `/etc/rancher/k3s/k3s.yaml`.

use std::fmt;

/// An administrator's way in. Prints without its key.
#[derive(Clone, PartialEq, Eq)]
pub struct Access {
    /// `https://192.168.0.41:6443`.
    pub server: String,
    /// The certificate authority, base64.
    pub authority: String,
    /// The client's certificate, base64.
    pub certificate: String,
    /// The client's key, base64.
    pub key: String,
}

impl Access {
    /// Reads the file that K3s writes, and puts `server` in the place of its loopback address. None if it is no such file.
    pub fn from_k3s(text: &str, server: &str) -> Option<Self> {
        let field = |name: &str| {
            let line = text.lines().map(str::trim).find(|line| line.starts_with(name))?;
            let value = line[name.len()..].trim().trim_matches('"');
            (!value.is_empty()).then(|| value.to_owned())
        };
        Some(Self {
            server: server.to_owned(),
            authority: field("certificate-authority-data:")?,
            certificate: field("client-certificate-data:")?,
            key: field("client-key-data:")?,
        })
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Access to {} [redacted]", self.server)
    }
}
