//! How a container gets its address: `pve-ipv4-config` and `pve-ipv6-config` in `PVE/JSONSchema.pm`.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// How an interface gets its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Address<A> {
    /// By DHCP.
    Dhcp,
    /// By router advertisements; IPv6 only.
    Auto,
    /// Not at all: the container sees to it.
    Manual,
    /// This one.
    Static(Cidr<A>),
}

/// An address and the length of its network's prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cidr<A> {
    /// The address.
    pub address: A,
    /// How many bits name the network.
    pub prefix: u8,
}

impl FromStr for Address<Ipv4Addr> {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        read(text, 32)
    }
}

impl FromStr for Address<Ipv6Addr> {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "auto" { Ok(Self::Auto) } else { read(text, 128) }
    }
}

fn read<A: FromStr>(text: &str, prefix_max: u8) -> Result<Address<A>, ()> {
    match text {
        "dhcp" => Ok(Address::Dhcp),
        "manual" => Ok(Address::Manual),
        _ => cidr(text, prefix_max).map(Address::Static),
    }
}

fn cidr<A: FromStr>(text: &str, prefix_max: u8) -> Result<Cidr<A>, ()> {
    let (address, prefix) = text.split_once('/').ok_or(())?;
    let prefix = prefix.parse().ok().filter(|prefix| *prefix <= prefix_max && !text.contains('+')).ok_or(())?;
    Ok(Cidr { address: address.parse().map_err(|_| ())?, prefix })
}

impl FromStr for Cidr<Ipv4Addr> {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        cidr(text, 32)
    }
}

impl FromStr for Cidr<Ipv6Addr> {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        cidr(text, 128)
    }
}

impl<A: fmt::Display> fmt::Display for Address<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dhcp => formatter.write_str("dhcp"),
            Self::Auto => formatter.write_str("auto"),
            Self::Manual => formatter.write_str("manual"),
            Self::Static(cidr) => cidr.fmt(formatter),
        }
    }
}

impl<A: fmt::Display> fmt::Display for Cidr<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.address, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_an_address() {
        for text in ["dhcp", "manual", "192.168.0.41/24"] {
            assert_eq!(text.parse::<Address<Ipv4Addr>>().unwrap().to_string(), text);
        }
        assert_eq!("auto".parse::<Address<Ipv6Addr>>(), Ok(Address::Auto));
        // Two spellings of one address.
        assert_eq!("fd00:0::1/64".parse::<Address<Ipv6Addr>>(), "FD00::1/64".parse());
    }

    #[test]
    fn other_texts_are_refused() {
        for bad in ["auto", "192.168.0.41", "192.168.0.41/33", "192.168.0/24", "a/24", "192.168.0.41/+4", ""] {
            assert!(bad.parse::<Address<Ipv4Addr>>().is_err(), "{bad}");
        }
        assert!("fd00::1/129".parse::<Address<Ipv6Addr>>().is_err());
    }
}
