//! IPv4 addresses and networks.

use core::net::Ipv4Addr;
use std::fmt;

use toml::de::DeValue;

use super::{Refusal, Value, shown, text_of};

/// An IPv4 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(pub Ipv4Addr);

/// An IPv4 network: `192.168.0.0/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    first: Ipv4Addr,
    prefix: u8,
}

impl Network {
    /// The network with this first address and length of prefix, where the address is the first indeed.
    pub fn new(first: Ipv4Addr, prefix: u8) -> Option<Self> {
        let network = Self { first, prefix: prefix.min(32) };
        (prefix <= 32 && first.to_bits() & !network.mask() == 0).then_some(network)
    }

    /// How many bits are the same for all.
    pub fn prefix(self) -> u8 {
        self.prefix
    }

    /// The address of the network itself.
    pub fn first(self) -> Address {
        Address(self.first)
    }

    /// The address of everybody in it.
    pub fn last(self) -> Address {
        Address(Ipv4Addr::from_bits(self.first.to_bits() | !self.mask()))
    }

    /// Whether an address is in it.
    pub fn contains(self, address: Address) -> bool {
        address.0.to_bits() & self.mask() == self.first.to_bits()
    }

    /// Whether both have an address in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.contains(other.first()) || other.contains(self.first())
    }

    /// Whether an address can be given to a machine. Networks of one or two addresses have no address of their own (RFC 3021).
    pub fn has_host(self, address: Address) -> bool {
        self.contains(address) && (self.prefix >= 31 || (address != self.first() && address != self.last()))
    }

    /// The address in it whose end is that of another address: in `10.0.0.0/24`, for `192.168.0.41`, `10.0.0.41`.
    pub fn ending_like(self, other: Address) -> Address {
        Address(Ipv4Addr::from_bits(self.first.to_bits() | (other.0.to_bits() & !self.mask())))
    }

    /// The addresses for machines, in their order.
    pub fn hosts(self) -> impl Iterator<Item = Address> {
        let (first, last) = (self.first.to_bits(), self.last().0.to_bits());
        let (first, last) = if self.prefix >= 31 { (first, last) } else { (first + 1, last - 1) };
        (first..=last).map(|bits| Address(Ipv4Addr::from_bits(bits)))
    }

    fn mask(self) -> u32 {
        u32::MAX.checked_shl(32 - u32::from(self.prefix)).unwrap_or(0)
    }
}

impl Value for Address {
    const KIND: &'static str = "an IPv4 address";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = text_of::<Self>(given)?;
        if let Ok(address) = text.parse() {
            return Ok(Self(address));
        }
        let refusal = Refusal::new(format!("is `{}`, not an IPv4 address", shown(text)));
        if let Some((address, _)) = text.split_once('/').filter(|(address, _)| address.parse::<Ipv4Addr>().is_ok()) {
            return Err(refusal
                .help("write the address alone; the length of the prefix is that of `network.subnet`")
                .fix(format!("\"{address}\"")));
        }
        if text.parse::<core::net::Ipv6Addr>().is_ok() {
            return Err(refusal.help("the cluster's own network is IPv4; give the IPv4 address"));
        }
        Err(refusal)
    }

    fn placeholder() -> Self {
        Self(Ipv4Addr::UNSPECIFIED)
    }
}

impl Value for Network {
    const KIND: &'static str = "an IPv4 network";

    fn read(given: &DeValue<'_>) -> Result<Self, Refusal> {
        let text = text_of::<Self>(given)?;
        let refusal = || Refusal::new(format!("is `{}`, not an IPv4 network", shown(text)));
        let Some((address, prefix)) = text.split_once('/') else {
            let is_address = text.parse::<Ipv4Addr>().is_ok();
            return Err(match is_address {
                true => refusal().help(format!("write the length of the prefix too, such as `{text}/24`")),
                false => refusal(),
            });
        };
        let digits = !prefix.starts_with('+');
        let (Ok(address), Some(prefix)) =
            (address.parse::<Ipv4Addr>(), prefix.parse::<u8>().ok().filter(|prefix| digits && *prefix <= 32))
        else {
            return Err(refusal());
        };
        Self::new(address, prefix).ok_or_else(|| {
            let right =
                Self { first: Ipv4Addr::from_bits(address.to_bits() & Self { first: address, prefix }.mask()), prefix };
            Refusal::new(format!("is `{text}`, which is an address in the network `{right}`"))
                .help(format!("write the network: `{right}`"))
                .fix(format!("\"{right}\""))
        })
    }

    fn placeholder() -> Self {
        Self { first: Ipv4Addr::UNSPECIFIED, prefix: 32 }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.first, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        Network::read(&DeValue::String(text.into())).unwrap()
    }

    fn address(text: &str) -> Address {
        Address(text.parse().unwrap())
    }

    #[test]
    fn a_network_knows_its_machines() {
        let home = network("192.168.0.0/24");
        assert!(home.has_host(address("192.168.0.41")));
        assert!(!home.has_host(address("192.168.0.0")), "the network itself");
        assert!(!home.has_host(address("192.168.0.255")), "everybody");
        assert!(!home.has_host(address("192.168.1.1")), "another network");
        assert_eq!(home.hosts().count(), 254);
        assert_eq!(network("10.0.0.4/31").hosts().count(), 2);
        assert_eq!(network("10.0.0.4/32").hosts().count(), 1);
        assert!(network("0.0.0.0/0").contains(address("8.8.8.8")));
    }

    #[test]
    fn networks_overlap_when_one_holds_the_other() {
        assert!(network("10.0.0.0/8").overlaps(network("10.42.0.0/16")));
        assert!(network("10.42.0.0/16").overlaps(network("10.0.0.0/8")));
        assert!(!network("10.42.0.0/16").overlaps(network("10.43.0.0/16")));
    }

    #[test]
    fn an_address_in_place_of_a_network_is_corrected() {
        let refusal = Network::read(&DeValue::String("192.168.0.41/24".into())).unwrap_err();
        assert_eq!(refusal.fix.as_deref(), Some("\"192.168.0.0/24\""));
    }
}
