//! Which addresses are public, range by range.

use std::net::IpAddr;

use crate::fetch::AddressRules;
use crate::fetch::address::check_public;

#[track_caller]
fn refused(addresses: &[&str], purpose: &str, rfc: &str) {
    for address in addresses {
        let reserved = check_public(address.parse().unwrap()).expect_err(address);
        assert_eq!((reserved.purpose, reserved.rfc), (purpose, rfc), "{address}");
    }
}

#[track_caller]
fn public(addresses: &[&str]) {
    for address in addresses {
        assert_eq!(check_public(address.parse().unwrap()), Ok(()), "{address}");
    }
}

#[test]
fn addresses_of_the_internet_are_public() {
    public(&["1.1.1.1", "8.8.8.8", "93.184.215.14", "223.255.255.255"]);
    public(&["2606:4700:4700::1111", "2001:200:dff:fff1:216:3eff:feb1:44d7", "2a00:1450:4001::1", "2400:cb00::1"]);
}

#[test]
fn every_ipv4_range_ends_where_its_rfc_says() {
    refused(&["0.0.0.0", "0.255.255.255"], "this network", "RFC 791");
    refused(&["10.0.0.0", "10.255.255.255"], "private network", "RFC 1918");
    refused(&["100.64.0.0", "100.127.255.255"], "carrier-grade NAT", "RFC 6598");
    refused(&["127.0.0.1", "127.255.255.255"], "loopback", "RFC 1122");
    refused(&["169.254.0.0", "169.254.169.254", "169.254.255.255"], "link-local", "RFC 3927");
    refused(&["172.16.0.0", "172.31.255.255"], "private network", "RFC 1918");
    refused(&["192.0.0.0", "192.0.0.255"], "protocol assignments", "RFC 6890");
    refused(&["192.0.2.0", "192.0.2.255"], "documentation", "RFC 5737");
    refused(&["192.88.99.0", "192.88.99.255"], "6to4 relay", "RFC 7526");
    refused(&["192.168.0.0", "192.168.255.255"], "private network", "RFC 1918");
    refused(&["198.18.0.0", "198.19.255.255"], "benchmarking", "RFC 2544");
    refused(&["198.51.100.0", "198.51.100.255"], "documentation", "RFC 5737");
    refused(&["203.0.113.0", "203.0.113.255"], "documentation", "RFC 5737");
    refused(&["224.0.0.0", "239.255.255.255"], "multicast", "RFC 5771");
    refused(&["240.0.0.0", "255.255.255.254"], "reserved", "RFC 1112");
    refused(&["255.255.255.255"], "broadcast", "RFC 919");
}

#[test]
fn the_neighbours_of_every_ipv4_range_are_public() {
    public(&["1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0"]);
    public(&["169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0"]);
    public(&["192.0.3.0", "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0", "198.17.255.255"]);
    public(&["198.20.0.0", "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255"]);
}

#[test]
fn every_ipv6_range_ends_where_its_rfc_says() {
    refused(&["::"], "unspecified", "RFC 4291");
    refused(&["::1"], "loopback", "RFC 4291");
    refused(&["100::", "100::ffff:ffff:ffff:ffff"], "discard-only", "RFC 6666");
    refused(&["2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff"], "benchmarking", "RFC 5180");
    refused(&["2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff"], "ORCHID", "RFC 4843");
    refused(&["2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff"], "ORCHIDv2", "RFC 7343");
    refused(&["2001:1::1", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"], "protocol assignments", "RFC 2928");
    refused(&["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"], "documentation", "RFC 3849");
    refused(&["3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"], "documentation", "RFC 9637");
    refused(&["5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], "segment routing", "RFC 9602");
    refused(&["fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], "private network", "RFC 4193");
    refused(&["fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], "link-local", "RFC 4291");
    refused(&["fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], "site-local", "RFC 3879");
    refused(&["ff00::", "ff02::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], "multicast", "RFC 4291");
    refused(&["1fff::1", "4000::1", "7fff::1", "8000::1", "fbff::1", "fe00::1"], "not global unicast", "RFC 4291");
}

#[test]
fn tunnels_are_refused_whatever_is_inside() {
    refused(&["::ffff:127.0.0.1", "::ffff:8.8.8.8"], "IPv4-mapped", "RFC 4291");
    refused(&["::ffff:0:10.0.0.1"], "IPv4-translated", "RFC 2765");
    refused(&["::127.0.0.1", "::8.8.8.8"], "IPv4-compatible", "RFC 4291");
    refused(&["64:ff9b::10.0.0.1", "64:ff9b::8.8.8.8"], "NAT64", "RFC 6052");
    refused(&["64:ff9b:1::1", "64:ff9b:1:ffff::1"], "local NAT64", "RFC 8215");
    refused(&["2001::1", "2001:0:ffff::1"], "Teredo", "RFC 4380");
    refused(&["2002::", "2002:7f00:1::1", "2002:ffff::1"], "6to4", "RFC 3056");
}

#[test]
fn the_neighbours_of_the_ranges_inside_global_unicast_are_public() {
    public(&["2000::", "2001:200::", "2001:db7:ffff::1", "2001:db9::", "2003::", "3ffe:ffff::1", "3fff:1000::"]);
}

#[test]
fn an_allowed_network_opens_itself_and_nothing_else() {
    let rules = AddressRules::new(vec!["192.168.1.0/24".parse().unwrap(), "fd00:1::/32".parse().unwrap()]);
    let allowed = |address: &str| rules.check(address.parse::<IpAddr>().unwrap()).is_ok();
    assert!(allowed("192.168.1.7"));
    assert!(allowed("::ffff:192.168.1.7"), "the same host in its IPv6 spelling");
    assert!(allowed("fd00:1::7"));
    assert!(allowed("8.8.8.8"));
    assert!(!allowed("192.168.2.7"));
    assert!(!allowed("::ffff:192.168.2.7"));
    assert!(!allowed("fd00:2::7"));
}
