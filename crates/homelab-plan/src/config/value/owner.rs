//! Whose repositories they are.

use std::fmt;

use toml::de::DeValue;

use super::{Refusal, Value, quoted, shown, text_of};

/// A user or organisation on GitHub.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct GithubOwner(String);

impl GithubOwner {
    /// As GitHub shows it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As the container registry wants it: names of images have no capitals.
    pub fn in_images(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl Value for GithubOwner {
    const KIND: &'static str = "a user or organisation on GitHub";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = text_of::<Self>(given)?;
        let is_owner = |text: &str| {
            let is_allowed = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
            // GitHub's own limit is 39; names of managed users have an underscore.
            !text.is_empty() && text.len() <= 39 && is_allowed && !text.starts_with('-') && !text.ends_with('-')
        };
        if is_owner(text) {
            return Ok(Self(text.to_string()));
        }
        let refusal = Refusal::new(format!("is `{}`, not a user or organisation on GitHub", shown(text)));
        let last = text.trim_end_matches('/').rsplit('/').next().unwrap_or_default().trim_start_matches('@');
        Err(if is_owner(last) { refusal.help("write the name alone").fix(quoted(last)) } else { refusal })
    }

    fn placeholder() -> Self {
        Self("placeholder".to_string())
    }
}

impl fmt::Display for GithubOwner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
