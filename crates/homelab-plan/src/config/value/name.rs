//! Names of machines, services and domains.

use std::fmt;

use toml::de::DeValue;

use super::{Refusal, Value, quoted, shown, text_of};

/// A name that may be a host, a namespace and a service: a DNS label (RFC 1123) in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Name(String);

/// A domain: labels with dots between them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct DomainName(String);

/// The longest label and the longest domain (RFC 1035, section 2.3.4).
const LABEL_BYTES_MAX: usize = 63;
const DOMAIN_BYTES_MAX: usize = 253;

impl Name {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A name from text, or in words why it is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        label_problem(text).map_or_else(|| Ok(Self(text.to_string())), Err)
    }

    /// The nearest name to a text, where there is one: `My Service_2` is `my-service-2`.
    pub fn near(text: &str) -> Option<Self> {
        let mut name = String::new();
        for character in text.chars().take(LABEL_BYTES_MAX) {
            match character.to_ascii_lowercase() {
                letter if letter.is_ascii_alphanumeric() => name.push(letter),
                _ if !name.is_empty() && !name.ends_with('-') => name.push('-'),
                _ => {}
            }
        }
        let name = name.trim_end_matches('-');
        Self::parse(name).ok()
    }
}

fn label_problem(text: &str) -> Option<String> {
    let wrong = text.chars().find(|character| !matches!(character, 'a'..='z' | '0'..='9' | '-'));
    if text.is_empty() {
        Some("is empty".to_string())
    } else if let Some(wrong) = wrong {
        Some(format!(
            "is `{}`; a DNS label has small letters, digits and `-`, and no `{}`",
            shown(text),
            wrong.escape_debug()
        ))
    } else if text.len() > LABEL_BYTES_MAX {
        Some(format!("has {} characters; a DNS label has at most {LABEL_BYTES_MAX}", text.len()))
    } else if text.starts_with('-') || text.ends_with('-') {
        Some(format!("is `{text}`; a DNS label starts and ends with a letter or a digit"))
    } else {
        None
    }
}

impl Value for Name {
    const KIND: &'static str = "a DNS label";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = text_of::<Self>(given)?;
        Self::parse(text).map_err(|why| match Self::near(text) {
            Some(near) => Refusal::new(why).help(format!("`{near}` would do")).fix(quoted(near.as_str())),
            None => Refusal::new(why),
        })
    }

    fn placeholder() -> Self {
        Self("placeholder".to_string())
    }
}

impl DomainName {
    /// The domain as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for DomainName {
    const KIND: &'static str = "a domain";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = text_of::<Self>(given)?;
        if text.len() > DOMAIN_BYTES_MAX {
            return Err(Refusal::new(format!(
                "has {} characters; a domain has at most {DOMAIN_BYTES_MAX}",
                text.len()
            )));
        }
        match text.split('.').find_map(label_problem) {
            None => Ok(Self(text.to_string())),
            Some(why) => {
                let near: Option<Vec<String>> =
                    text.split('.').filter(|label| !label.is_empty()).map(|label| Some(Name::near(label)?.0)).collect();
                let refusal = Refusal::new(format!("is `{}`, and one of its labels {why}", shown(text)));
                Err(match near.filter(|labels| !labels.is_empty()).map(|labels| labels.join(".")) {
                    Some(near) => refusal.help(format!("`{near}` would do")).fix(quoted(&near)),
                    None => refusal,
                })
            }
        }
    }

    fn placeholder() -> Self {
        Self("home.arpa".to_string())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_dns_labels() {
        for name in ["k1", "a", "my-service-2", "0", &"x".repeat(63)] {
            assert!(Name::parse(name).is_ok(), "{name}");
        }
        for text in ["", "K1", "a_b", "-a", "a-", "a.b", "読む", &"x".repeat(64)] {
            assert!(Name::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_nearest_name_is_offered_where_there_is_one() {
        let near = |text| Name::near(text).map(|name| name.to_string());
        assert_eq!(near("My Service_2").as_deref(), Some("my-service-2"));
        assert_eq!(near("--K1--").as_deref(), Some("k1"));
        assert_eq!(near("読む"), None);
    }
}
