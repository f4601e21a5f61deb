//! Property strings in general: `parse_property_string` in `PVE/JSONSchema.pm`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::str::FromStr;

use crate::lenient::boolean;
use crate::limits::PROPERTY_BYTES_MAX;

/// A property string that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PropertyError {
    /// It is longer than any honest one.
    #[error("a property string of {bytes} bytes is not read; the longest is {PROPERTY_BYTES_MAX}")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// A key stands there twice.
    #[error("`{key}` is set twice")]
    Duplicate {
        /// The key.
        key: String,
    },
    /// A value stands without a key, and this property has no default key.
    #[error("`{part}` has no key")]
    NoKey {
        /// The part.
        part: String,
    },
    /// A key without a value, or a value without a key.
    #[error("`{part}` is not a key and a value")]
    NoValue {
        /// The part.
        part: String,
    },
    /// A key that must be there is missing.
    #[error("`{key}` is missing")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A value has another form.
    #[error("`{key}={value}` is not understood: {expected}")]
    Value {
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
        /// What would be understood.
        expected: &'static str,
    },
}

/// The keys and values of one property string. Those with a meaning are taken out one by one; what is left are keys of other
/// versions, which are kept so that writing back loses nothing.
#[derive(Debug)]
pub(crate) struct Properties {
    pairs: BTreeMap<String, String>,
}

impl Properties {
    /// Splits a text. One value may stand without a key if there is a default key.
    pub(crate) fn split(text: &str, default_key: Option<&'static str>) -> Result<Self, PropertyError> {
        if text.len() > PROPERTY_BYTES_MAX {
            return Err(PropertyError::TooLong { bytes: text.len() });
        }
        let mut pairs = BTreeMap::new();
        for part in text.split(',').filter(|part| !part.trim().is_empty()) {
            let (key, value) = match (part.split_once('='), default_key) {
                (Some((key, value)), _) if !key.is_empty() && !value.is_empty() => (key, value),
                (None, Some(key)) => (key, part),
                (None, None) => return Err(PropertyError::NoKey { part: part.to_owned() }),
                (Some(_), _) => return Err(PropertyError::NoValue { part: part.to_owned() }),
            };
            if pairs.insert(key.to_owned(), value.to_owned()).is_some() {
                return Err(PropertyError::Duplicate { key: key.to_owned() });
            }
        }
        Ok(Self { pairs })
    }

    /// A value as text.
    pub(crate) fn take(&mut self, key: &str) -> Option<String> {
        self.pairs.remove(key)
    }

    /// A value that must be there.
    pub(crate) fn take_required(&mut self, key: &'static str) -> Result<String, PropertyError> {
        self.take(key).ok_or(PropertyError::Missing { key })
    }

    /// A value of a type of its own.
    pub(crate) fn take_parsed<T: FromStr>(
        &mut self,
        key: &'static str,
        expected: &'static str,
    ) -> Result<Option<T>, PropertyError> {
        let Some(value) = self.take(key) else { return Ok(None) };
        value.parse().map(Some).map_err(|_| PropertyError::Value { key, value, expected })
    }

    /// A switch, in any of its spellings.
    pub(crate) fn take_switch(&mut self, key: &'static str) -> Result<Option<bool>, PropertyError> {
        let Some(value) = self.take(key) else { return Ok(None) };
        boolean(&value).map(Some).ok_or(PropertyError::Value { key, value, expected: "1 or 0" })
    }

    /// What nobody took.
    pub(crate) fn rest(self) -> BTreeMap<String, String> {
        self.pairs
    }
}

/// Writes `key=value` pairs with commas between them.
#[derive(Default)]
pub(crate) struct Printer(String);

impl Printer {
    /// Writes a value of the default key, without the key.
    pub(crate) fn bare(&mut self, value: impl std::fmt::Display) {
        self.comma();
        let _ = write!(self.0, "{value}");
    }

    /// Writes a pair.
    pub(crate) fn pair(&mut self, key: &str, value: impl std::fmt::Display) {
        self.comma();
        let _ = write!(self.0, "{key}={value}");
    }

    /// Writes a pair, if there is a value.
    pub(crate) fn optional(&mut self, key: &str, value: Option<impl std::fmt::Display>) {
        if let Some(value) = value {
            self.pair(key, value);
        }
    }

    /// Writes a switch, if it was set either way.
    pub(crate) fn switch(&mut self, key: &str, on: Option<bool>) {
        self.optional(key, on.map(u8::from));
    }

    /// Writes what nobody took when it was read.
    pub(crate) fn rest(&mut self, rest: &BTreeMap<String, String>) {
        for (key, value) in rest {
            self.pair(key, value);
        }
    }

    /// The whole.
    pub(crate) fn finish(self) -> String {
        self.0
    }

    fn comma(&mut self) {
        if !self.0.is_empty() {
            self.0.push(',');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_empty_parts_mean_nothing() {
        let mut one = Properties::split("nesting=1,,keyctl=0, ", None).unwrap();
        let mut other = Properties::split("keyctl=off,nesting=yes", None).unwrap();
        for key in ["nesting", "keyctl"] {
            assert_eq!(one.take_switch(key), other.take_switch(key));
        }
        assert!(one.rest().is_empty());
    }

    #[test]
    fn one_value_may_stand_for_the_default_key() {
        let mut volume = Properties::split("size=50G,local-lvm:vm-101-disk-0", Some("volume")).unwrap();
        assert_eq!(volume.take("volume").as_deref(), Some("local-lvm:vm-101-disk-0"));
        let twice = Properties::split("a,b", Some("volume")).unwrap_err();
        assert_eq!(twice, PropertyError::Duplicate { key: "volume".to_owned() });
        assert!(Properties::split("volume=a,b", Some("volume")).is_err());
    }

    #[test]
    fn broken_texts_are_named() {
        for (text, words) in [
            ("a=1,a=2", "`a` is set twice"),
            ("nesting", "`nesting` has no key"),
            ("=1", "`=1` is not a key and a value"),
            ("a=", "`a=` is not a key and a value"),
        ] {
            assert_eq!(Properties::split(text, None).unwrap_err().to_string(), words);
        }
        assert!(Properties::split(&"a".repeat(PROPERTY_BYTES_MAX + 1), Some("volume")).is_err());
        assert_eq!(
            Properties::split("nesting=maybe", None).unwrap().take_switch("nesting").unwrap_err().to_string(),
            "`nesting=maybe` is not understood: 1 or 0"
        );
    }
}
