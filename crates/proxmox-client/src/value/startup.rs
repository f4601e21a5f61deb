//! `startup=order=1,up=30`: `pve-startup-order` in `PVE/JSONSchema.pm`.

use std::fmt;
use std::str::FromStr;

use super::property::{Printer, Properties, PropertyError};

/// When a container starts with its host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Startup {
    /// Its place; lower ones start earlier and stop later.
    pub order: Option<u32>,
    /// Seconds to wait after it before the next one starts.
    pub up: Option<u32>,
    /// Seconds to wait for it to stop.
    pub down: Option<u32>,
}

impl FromStr for Startup {
    type Err = PropertyError;

    /// The order may stand without its key.
    fn from_str(text: &str) -> Result<Self, PropertyError> {
        const SECONDS: &str = "a number of seconds";
        let text = text.replace(char::is_whitespace, "");
        let mut properties = Properties::split(&text, Some("order"))?;
        let startup = Self {
            order: properties.take_parsed("order", "a number")?,
            up: properties.take_parsed("up", SECONDS)?,
            down: properties.take_parsed("down", SECONDS)?,
        };
        match properties.rest().pop_first() {
            Some((key, value)) => Err(PropertyError::NoValue { part: format!("{key}={value}") }),
            None => Ok(startup),
        }
    }
}

impl fmt::Display for Startup {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printer = Printer::default();
        printer.optional("order", self.order);
        printer.optional("up", self.up);
        printer.optional("down", self.down);
        formatter.write_str(&printer.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_order_are_equal() {
        let one: Startup = "order=1,up=30".parse().unwrap();
        assert_eq!("up=30, 1".parse(), Ok(one));
        assert_eq!(one.to_string(), "order=1,up=30");
        assert_eq!("".parse(), Ok(Startup::default()));
    }

    #[test]
    fn other_keys_and_values_are_refused() {
        for bad in ["order=first", "up=-1", "left=1", "1,2"] {
            assert!(bad.parse::<Startup>().is_err(), "{bad}");
        }
    }
}
