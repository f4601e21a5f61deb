//! Which addresses may be connected to.
//!
//! A reader that fetches whatever it is told could be told to fetch the router, the database or a cloud's metadata
//! service. So only addresses that are public by the special-purpose registries of IANA are connected to, and those
//! in networks that the operator allows. `Ipv4Addr::is_global` is not stable, and says nothing of tunnels.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

/// The operator's networks, beside the public internet.
#[derive(Debug, Clone, Default)]
pub struct AddressRules {
    allowed_networks: Vec<IpNet>,
}

/// What an address is set aside for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserved {
    /// In words, such as `private network`.
    pub purpose: &'static str,
    /// Where it is written down, such as `RFC 1918`.
    pub rfc: &'static str,
}

impl AddressRules {
    /// Public addresses and these networks.
    pub fn new(allowed_networks: Vec<IpNet>) -> Self {
        Self { allowed_networks }
    }

    /// Whether the operator named the network of this address.
    pub fn names(&self, address: IpAddr) -> bool {
        // The same host in two spellings: `::ffff:127.0.0.1` connects to 127.0.0.1.
        let canonical = address.to_canonical();
        self.allowed_networks.iter().any(|network| network.contains(&address) || network.contains(&canonical))
    }

    /// Says what forbids connecting to this address, if anything does.
    pub fn check(&self, address: IpAddr) -> Result<(), Reserved> {
        if self.names(address) { Ok(()) } else { check_public(address) }
    }
}

/// Says what an address is set aside for, unless it is public.
pub(super) fn check_public(address: IpAddr) -> Result<(), Reserved> {
    let reserved = match address {
        IpAddr::V4(address) => RESERVED_V4.iter().find(|range| range.contains(address)).map(|range| range.reserved),
        IpAddr::V6(address) => RESERVED_V6.iter().find(|range| range.contains(address)).map(|range| range.reserved),
    };
    reserved.map_or(Ok(()), Err)
}

impl fmt::Display for Reserved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.purpose, self.rfc)
    }
}

struct Range<Address> {
    first: Address,
    bits: u32,
    reserved: Reserved,
}

impl Range<Ipv4Addr> {
    fn contains(&self, address: Ipv4Addr) -> bool {
        (self.first.to_bits() ^ address.to_bits()).leading_zeros() >= self.bits
    }
}

impl Range<Ipv6Addr> {
    fn contains(&self, address: Ipv6Addr) -> bool {
        (self.first.to_bits() ^ address.to_bits()).leading_zeros() >= self.bits
    }
}

const fn v4(first: [u8; 4], bits: u32, purpose: &'static str, rfc: &'static str) -> Range<Ipv4Addr> {
    let [a, b, c, d] = first;
    Range { first: Ipv4Addr::new(a, b, c, d), bits, reserved: Reserved { purpose, rfc } }
}

/// The first matching line decides, so the narrow ones stand first.
const RESERVED_V4: &[Range<Ipv4Addr>] = &[
    v4([0, 0, 0, 0], 8, "this network", "RFC 791"),
    v4([10, 0, 0, 0], 8, "private network", "RFC 1918"),
    v4([100, 64, 0, 0], 10, "carrier-grade NAT", "RFC 6598"),
    v4([127, 0, 0, 0], 8, "loopback", "RFC 1122"),
    v4([169, 254, 0, 0], 16, "link-local", "RFC 3927"),
    v4([172, 16, 0, 0], 12, "private network", "RFC 1918"),
    v4([192, 0, 0, 0], 24, "protocol assignments", "RFC 6890"),
    v4([192, 0, 2, 0], 24, "documentation", "RFC 5737"),
    v4([192, 88, 99, 0], 24, "6to4 relay", "RFC 7526"),
    v4([192, 168, 0, 0], 16, "private network", "RFC 1918"),
    v4([198, 18, 0, 0], 15, "benchmarking", "RFC 2544"),
    v4([198, 51, 100, 0], 24, "documentation", "RFC 5737"),
    v4([203, 0, 113, 0], 24, "documentation", "RFC 5737"),
    v4([224, 0, 0, 0], 4, "multicast", "RFC 5771"),
    v4([255, 255, 255, 255], 32, "broadcast", "RFC 919"),
    v4([240, 0, 0, 0], 4, "reserved", "RFC 1112"),
];

const fn v6(first: [u16; 8], bits: u32, purpose: &'static str, rfc: &'static str) -> Range<Ipv6Addr> {
    let [a, b, c, d, e, f, g, h] = first;
    Range { first: Ipv6Addr::new(a, b, c, d, e, f, g, h), bits, reserved: Reserved { purpose, rfc } }
}

/// The first matching line decides. The tunnels (mapped, NAT64, 6to4, Teredo) carry an IPv4 address inside that may be
/// anyone's; no public site is named by one. Only 2000::/3 is given out as global unicast, so the last three lines
/// refuse the other seven eighths, whatever they come to mean.
const RESERVED_V6: &[Range<Ipv6Addr>] = &[
    v6([0, 0, 0, 0, 0, 0, 0, 0], 128, "unspecified", "RFC 4291"),
    v6([0, 0, 0, 0, 0, 0, 0, 1], 128, "loopback", "RFC 4291"),
    v6([0, 0, 0, 0, 0, 0xffff, 0, 0], 96, "IPv4-mapped", "RFC 4291"),
    v6([0, 0, 0, 0, 0xffff, 0, 0, 0], 96, "IPv4-translated", "RFC 2765"),
    v6([0, 0, 0, 0, 0, 0, 0, 0], 96, "IPv4-compatible", "RFC 4291"),
    v6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96, "NAT64", "RFC 6052"),
    v6([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48, "local NAT64", "RFC 8215"),
    v6([0x100, 0, 0, 0, 0, 0, 0, 0], 64, "discard-only", "RFC 6666"),
    v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 32, "Teredo", "RFC 4380"),
    v6([0x2001, 2, 0, 0, 0, 0, 0, 0], 48, "benchmarking", "RFC 5180"),
    v6([0x2001, 0x10, 0, 0, 0, 0, 0, 0], 28, "ORCHID", "RFC 4843"),
    v6([0x2001, 0x20, 0, 0, 0, 0, 0, 0], 28, "ORCHIDv2", "RFC 7343"),
    v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 23, "protocol assignments", "RFC 2928"),
    v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32, "documentation", "RFC 3849"),
    v6([0x2002, 0, 0, 0, 0, 0, 0, 0], 16, "6to4", "RFC 3056"),
    v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20, "documentation", "RFC 9637"),
    v6([0x5f00, 0, 0, 0, 0, 0, 0, 0], 16, "segment routing", "RFC 9602"),
    v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7, "private network", "RFC 4193"),
    v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10, "link-local", "RFC 4291"),
    v6([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10, "site-local", "RFC 3879"),
    v6([0xff00, 0, 0, 0, 0, 0, 0, 0], 8, "multicast", "RFC 4291"),
    v6([0, 0, 0, 0, 0, 0, 0, 0], 3, "not global unicast", "RFC 4291"),
    v6([0x4000, 0, 0, 0, 0, 0, 0, 0], 2, "not global unicast", "RFC 4291"),
    v6([0x8000, 0, 0, 0, 0, 0, 0, 0], 1, "not global unicast", "RFC 4291"),
];
