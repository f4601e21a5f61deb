//! What things are called in Proxmox: hosts, bridges, storages. More is allowed there than in DNS.

use std::fmt;

use toml::de::DeValue;

use super::{Refusal, Value, shown, text_of};

/// The name of a host, a bridge or a storage.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ProxmoxName(String);

impl ProxmoxName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A name from text, or in words why it is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let is_ends = |letter: char| letter.is_ascii_alphanumeric();
        // 64 is more than any of the API's own limits; interfaces end at 15.
        match text {
            "" => Err("is empty".to_string()),
            _ if text.len() > 64 => Err(format!("has {} characters; at most 64 are accepted", text.len())),
            _ if text.bytes().all(is_inner) && text.starts_with(is_ends) && text.ends_with(is_ends) => {
                Ok(Self(text.to_string()))
            }
            _ => Err(format!("is `{}`; names in Proxmox have letters, digits, `-`, `_` and `.`", shown(text))),
        }
    }
}

impl Value for ProxmoxName {
    const KIND: &'static str = "a name in Proxmox";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        Self::parse(text_of::<Self>(given)?).map_err(Refusal::new)
    }

    fn placeholder() -> Self {
        Self("placeholder".to_string())
    }
}

impl fmt::Display for ProxmoxName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
