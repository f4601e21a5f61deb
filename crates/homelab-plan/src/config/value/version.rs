//! Versions of what is installed.

use std::fmt;

use toml::de::DeValue;

use super::{Refusal, Value, quoted, shown, text_of};

/// A release of K3s: `v1.36.2+k3s1` is Kubernetes 1.36.2, packed for the first time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct K3sVersion {
    /// The `1` of Kubernetes 1.36.2.
    pub major: u32,
    /// The `36` of Kubernetes 1.36.2: upgrades go one of these at a time.
    pub minor: u32,
    /// The `2` of Kubernetes 1.36.2.
    pub patch: u32,
    /// The `1` of `k3s1`.
    pub packed: u32,
}

/// A version with three numbers: `10.1.1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SemanticVersion {
    /// The first number.
    pub major: u32,
    /// The second number.
    pub minor: u32,
    /// The third number.
    pub patch: u32,
}

/// The tag of an image of PostgreSQL or Valkey: `18`, `18.1`, `8.1-alpine`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImageVersion(String);

impl K3sVersion {
    /// Reads a release; none if the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (kubernetes, packed) = text.strip_prefix('v')?.split_once("+k3s")?;
        let ([major, minor, patch], [packed]) = (numbers(kubernetes)?, numbers(packed)?);
        Some(Self { major, minor, patch, packed })
    }
}

impl ImageVersion {
    /// The version as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn numbers<const N: usize>(text: &str) -> Option<[u32; N]> {
    let mut numbers = [0; N];
    let mut parts = text.split('.');
    for number in &mut numbers {
        let part = parts.next()?;
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        *number = part.parse().ok().filter(|_| digits)?;
    }
    parts.next().is_none().then_some(numbers)
}

impl Value for K3sVersion {
    const KIND: &'static str = "a release of K3s";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = text_of::<Self>(given)?;
        Self::parse(text).ok_or_else(|| {
            let refusal = Refusal::new(format!("is `{}`, not a release of K3s such as `v1.36.2+k3s1`", shown(text)));
            let bare = text.trim().trim_start_matches(['v', 'V']).replace("-k3s", "+k3s");
            let (kubernetes, packed) = bare.split_once("+k3s").unwrap_or((&bare, "1"));
            match (numbers(kubernetes), numbers(packed)) {
                (Some([major, minor, patch]), Some([packed])) => {
                    let near = Self { major, minor, patch, packed };
                    refusal.help(format!("the release is called `{near}`")).fix(quoted(&near.to_string()))
                }
                _ => refusal.help("pin one release exactly; https://github.com/k3s-io/k3s/releases lists them"),
            }
        })
    }

    fn placeholder() -> Self {
        Self { major: 1, minor: 0, patch: 0, packed: 1 }
    }
}

impl Value for SemanticVersion {
    const KIND: &'static str = "a version with three numbers";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = text_of::<Self>(given)?;
        let parse = |text: &str| numbers(text).map(|[major, minor, patch]| Self { major, minor, patch });
        parse(text).ok_or_else(|| {
            let refusal = Refusal::new(format!("is `{}`, not a version such as `10.1.1`", shown(text)));
            match text.trim().strip_prefix('v').and_then(parse) {
                Some(near) => refusal.help("versions of charts have no `v`").fix(quoted(&near.to_string())),
                None => refusal.help("pin one version exactly: three numbers, no range"),
            }
        })
    }

    fn placeholder() -> Self {
        Self { major: 0, minor: 0, patch: 0 }
    }
}

impl Value for ImageVersion {
    const KIND: &'static str = "the version of an image";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = match given {
            // `version = 18` means the same as `version = "18"`; `18.10` would lose its zero and is refused.
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            given => text_of::<Self>(given)?,
        };
        let is_tag = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
        if !text.starts_with(|first: char| first.is_ascii_digit()) || !is_tag || text.len() > 128 {
            return Err(Refusal::new(format!("is `{}`, not a version such as `18` or `18.1`", shown(text)))
                .help("pin at least the major version: `latest` changes under a running database"));
        }
        Ok(Self(text.to_string()))
    }

    fn placeholder() -> Self {
        Self("0".to_string())
    }
}

impl fmt::Display for K3sVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "v{}.{}.{}+k3s{}", self.major, self.minor, self.patch, self.packed)
    }
}

impl fmt::Display for SemanticVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl fmt::Display for ImageVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
