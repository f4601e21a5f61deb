//! Free text: one line, not empty, of bounded length.

use std::fmt;
use std::ops::Deref;

use toml::de::DeValue;

use super::{Refusal, Value, text_of};
use crate::limits::TEXT_BYTES_MAX;

/// One line of text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Text(String);

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Value for Text {
    const KIND: &'static str = "a text";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = text_of::<Self>(given)?;
        if text.trim().is_empty() {
            Err(Refusal::new("is empty"))
        } else if text.chars().any(char::is_control) {
            Err(Refusal::new("has a line break or another control character").help("write it in one line"))
        } else if text.len() > TEXT_BYTES_MAX {
            Err(Refusal::new(format!("has {} bytes; at most {TEXT_BYTES_MAX} are accepted", text.len())))
        } else {
            Ok(Self(text.to_string()))
        }
    }

    fn placeholder() -> Self {
        Self("placeholder".to_string())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
