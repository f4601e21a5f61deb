//! What a value may be: each type reads itself from TOML, and says in words what it wanted instead.

mod address;
pub(crate) mod choice;
mod moment;
mod name;
mod owner;
mod proxmox;
mod proxmox_name;
mod quantity;
mod text;
mod version;

use toml::de::DeValue;

pub use address::{Address, Network};
pub use choice::{Datastore, Role, Snapshotter};
pub use moment::{ClockTime, Day};
pub use name::{DomainName, Name};
pub use owner::GithubOwner;
pub(crate) use proxmox::SECRET_ELSEWHERE;
pub use proxmox::{Fingerprint, ProxmoxUrl, ProxmoxUser, TokenName};
pub use proxmox_name::ProxmoxName;
pub use quantity::{Cores, DaysKept, Hours, Money, VlanTag, Vmid, Watts};
pub use text::Text;
pub use version::{ImageVersion, K3sVersion, SemanticVersion};

/// A type that can stand behind a key.
pub(crate) trait Value: Sized {
    /// What it is, in a few words, for the documentation and for "expected …".
    const KIND: &'static str;

    /// Reads it.
    fn read(given: &DeValue<'_>) -> Result<Self, Refusal>;

    /// Stands in for a value that was refused, so that the rest of the file is still looked at. It is never seen outside: a
    /// file with a problem becomes no `Homelab`.
    fn placeholder() -> Self;
}

/// Why a value is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// What is wrong with it, to be read behind the key's name: "is not …".
    pub(crate) why: String,
    /// The next step.
    pub(crate) help: Option<String>,
    /// What to write instead, as TOML.
    pub(crate) fix: Option<String>,
    /// Whether the value may be a secret and must not be shown.
    pub(crate) is_secret: bool,
    /// Which element of a list it is about.
    pub(crate) within: Option<std::ops::Range<usize>>,
}

impl Refusal {
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self { why: why.into(), ..Self::default() }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// With the value to write instead.
    pub(crate) fn fix(self, toml: impl Into<String>) -> Self {
        Self { fix: Some(toml.into()), ..self }
    }

    /// For a value of another type than the key has.
    pub(crate) fn wrong_type<T: Value>(given: &DeValue<'_>) -> Self {
        Self::new(format!("is {}, not {}", type_in_words(given), T::KIND))
    }
}

fn type_in_words(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a section",
    }
}

/// The text of a value, or why there is none.
pub(crate) fn text_of<'a, T: Value>(given: &'a DeValue<'_>) -> Result<&'a str, Refusal> {
    given.as_str().ok_or_else(|| Refusal::wrong_type::<T>(given))
}

/// A text as TOML.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// A text for a message: one line of bounded length.
pub(crate) fn shown(text: &str) -> String {
    const CHARACTERS_MAX: usize = 60;
    let mut shown: String = text.chars().take(CHARACTERS_MAX).flat_map(char::escape_debug).collect();
    if text.chars().nth(CHARACTERS_MAX).is_some() {
        shown.push('…');
    }
    shown
}

impl Value for bool {
    const KIND: &'static str = "`true` or `false`";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        given.as_bool().ok_or_else(|| {
            let refusal = Refusal::wrong_type::<Self>(given);
            match given.as_str().map(str::to_ascii_lowercase).as_deref() {
                Some("true" | "yes" | "on" | "1") => refusal.fix("true"),
                Some("false" | "no" | "off" | "0") => refusal.fix("false"),
                _ => refusal,
            }
        })
    }

    fn placeholder() -> Self {
        false
    }
}

impl<T: Value> Value for Option<T> {
    const KIND: &'static str = T::KIND;

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        T::read(given).map(Some)
    }

    fn placeholder() -> Self {
        None
    }
}

impl Value for Vec<Address> {
    const KIND: &'static str = "a list of IPv4 addresses";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let Some(list) = given.as_array() else {
            let refusal = Refusal::wrong_type::<Self>(given);
            return Err(match Address::read(given) {
                Ok(address) => refusal.fix(format!("[\"{address}\"]")),
                Err(_) => refusal,
            });
        };
        if list.len() > crate::limits::LIST_ITEMS_MAX {
            return Err(Refusal::new(format!("has {} entries", list.len())).help("a hundred are enough"));
        }
        list.iter()
            .map(|item| {
                Address::read(item.get_ref()).map_err(|refusal| Refusal { within: Some(item.span()), ..refusal })
            })
            .collect()
    }

    fn placeholder() -> Self {
        Self::new()
    }
}

/// Lets a person's answer be read as the file would read it.
macro_rules! from_text {
    ($($Type:ty),+) => {
        $(
            impl std::str::FromStr for $Type {
                /// What is wrong, and the next step, as a sentence without its subject: "is …".
                type Err = String;

                fn from_str(text: &str) -> Result<Self, String> {
                    let Refusal { why, help, .. } = match <Self as Value>::read(&DeValue::String(text.into())) {
                        Ok(value) => return Ok(value),
                        Err(refusal) => refusal,
                    };
                    Err(help.map_or(why.clone(), |help| format!("{why}; {help}")))
                }
            }
        )+
    };
}

from_text!(Name, DomainName, Address, Network, ProxmoxUrl, ProxmoxName, GithubOwner);
