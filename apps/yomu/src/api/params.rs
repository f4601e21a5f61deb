//! Parameters of an address or a form: names may come again, and what makes no sense counts as absent.

use std::str::FromStr;

use jiff::Timestamp;
use url::form_urlencoded;

/// Names and values in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(in crate::api) struct Params(Vec<(String, String)>);

impl Params {
    /// Reads `a=1&b=2`.
    pub(in crate::api) fn read(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// Names and values that were read elsewhere.
    pub(in crate::api) fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// These, and then others.
    pub(in crate::api) fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Whether there is such a name, with or without a value.
    pub(in crate::api) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(one, _)| one == name)
    }

    /// The first value of a name.
    pub(in crate::api) fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// All values of a name.
    pub(in crate::api) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// A value that can be read.
    pub(in crate::api) fn parsed<T: FromStr>(&self, name: &str) -> Option<T> {
        self.first(name)?.trim().parse().ok()
    }

    /// Yes or no, as the many languages of apps write it.
    pub(in crate::api) fn flag(&self, name: &str) -> Option<bool> {
        match self.first(name)?.to_ascii_lowercase().as_str() {
            "1" | "t" | "true" | "on" | "yes" => Some(true),
            "0" | "f" | "false" | "off" | "no" => Some(false),
            _ => None,
        }
    }

    /// A moment in seconds since 1970; a fraction is cut off (older NetNewsWire sends one).
    pub(in crate::api) fn seconds(&self, name: &str) -> Option<Timestamp> {
        let text = self.first(name)?.trim();
        let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
        let seconds: i64 = whole.parse().ok()?;
        (seconds > 0).then(|| Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_again_and_nonsense_is_absent() {
        let params = Params::read(b"s=a&s=b%20c&n=7&starred=TRUE&ot=1767225600.5&empty&bad=x");
        assert_eq!(params.all("s").collect::<Vec<_>>(), ["a", "b c"]);
        assert_eq!(
            (params.parsed::<u32>("n"), params.parsed::<u32>("bad"), params.parsed::<u32>("-")),
            (Some(7), None, None)
        );
        assert_eq!((params.flag("starred"), params.flag("bad")), (Some(true), None));
        assert_eq!(params.seconds("ot").map(Timestamp::as_second), Some(1_767_225_600));
        assert_eq!((params.seconds("bad"), params.seconds("empty")), (None, None));
        assert!(params.has("empty") && !params.has("missing"));
    }
}
