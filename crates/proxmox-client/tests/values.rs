//! Property strings come back as they went out, whatever stands in them.

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use proptest::prelude::*;
use proxmox_client::value::{Address, Cidr, Features, Network, Size, Source, Startup, Tag, Tags, Volume};

/// What may stand in a value: anything but the comma.
const TEXT: &str = "[a-zA-Z0-9_./:;+ -]{0,10}[a-zA-Z0-9]";

fn other_keys() -> impl Strategy<Value = BTreeMap<String, String>> {
    proptest::collection::btree_map("x[a-z_-]{1,8}", TEXT, 0..3)
}

fn features() -> impl Strategy<Value = Features> {
    let mount = proptest::collection::btree_set("[a-z0-9]{1,6}", 0..3).prop_map(|kinds| kinds.into_iter().collect());
    (any::<[bool; 5]>(), mount, other_keys()).prop_map(|(switches, mount, other)| {
        let [nesting, keyctl, fuse, mknod, force_rw_sys] = switches;
        Features { nesting, keyctl, fuse, mknod, force_rw_sys, mount, other }
    })
}

fn network() -> impl Strategy<Value = Network> {
    let ip = prop_oneof![
        Just(Address::Dhcp),
        Just(Address::Manual),
        (any::<Ipv4Addr>(), 0..=32_u8).prop_map(|(address, prefix)| Address::Static(Cidr { address, prefix }))
    ];
    let ip6 = prop_oneof![
        Just(Address::Auto),
        (any::<Ipv6Addr>(), 0..=128_u8).prop_map(|(address, prefix)| Address::Static(Cidr { address, prefix }))
    ];
    let option = proptest::option::of::<proptest::string::RegexGeneratorStrategy<String>>;
    let text = |pattern| option(proptest::string::string_regex(pattern).unwrap());
    let names = ("[a-z0-9]{1,8}", text("[a-z0-9.]{1,8}"), text("([0-9A-F]{2}:){5}[0-9A-F]{2}"));
    let addresses =
        (proptest::option::of(ip), any::<Option<Ipv4Addr>>(), proptest::option::of(ip6), any::<Option<Ipv6Addr>>());
    (names, addresses, any::<Option<bool>>(), any::<Option<u16>>(), any::<Option<u16>>(), other_keys()).prop_map(
        |((name, bridge, hwaddr), (ip, gw, ip6, gw6), firewall, tag, mtu, other)| Network {
            name,
            bridge,
            ip,
            gw,
            ip6,
            gw6,
            hwaddr,
            firewall,
            tag,
            mtu,
            other,
        },
    )
}

fn volume() -> impl Strategy<Value = Volume> {
    let storage = "[a-z][a-z0-9.-]{0,6}[a-z0-9]".prop_map(|name| name.parse().unwrap());
    let new = (storage.clone(), any::<u32>()).prop_map(|(storage, mib)| Source::New { storage, size: Size::mib(mib) });
    let name = "[a-z/]{1,3}[a-z0-9/.-]{0,12}";
    let existing = (storage, name).prop_map(|(storage, name)| Source::Existing { storage, name });
    let source = prop_oneof![new, existing, "/[a-z/]{0,12}".prop_map(Source::Path)];
    let mp = proptest::option::of("/[a-z/ ]{0,10}[a-z]");
    let size = proptest::option::of(any::<u64>().prop_map(Size::bytes));
    (source, mp, size, any::<Option<bool>>(), any::<Option<bool>>(), other_keys())
        .prop_map(|(source, mp, size, backup, ro, other)| Volume { source, mp, size, backup, ro, other })
}

/// Printed and read it is the same; with its parts in another order too.
fn comes_back<T: FromStr<Err: Debug> + Display + PartialEq + Debug>(value: &T) -> Result<(), TestCaseError> {
    let text = value.to_string();
    prop_assert_eq!(&text.parse::<T>().unwrap(), value, "{}", text);
    let mut parts: Vec<&str> = text.split(',').collect();
    parts.reverse();
    prop_assert_eq!(&parts.join(",").parse::<T>().unwrap(), value, "{} reversed", text);
    Ok(())
}

proptest! {
    #[test]
    fn features_come_back(value in features()) {
        comes_back(&value)?;
    }

    #[test]
    fn networks_come_back_and_differ_from_themselves_in_nothing(value in network()) {
        comes_back(&value)?;
        prop_assert_eq!(value.differences(&value), Vec::<&str>::new());
        prop_assert_eq!(value.over(&value), value);
    }

    #[test]
    fn what_is_wished_over_what_was_found_leaves_no_difference(wished in network(), found in network()) {
        let sent = wished.over(&found);
        prop_assert_eq!(wished.differences(&sent), Vec::<&str>::new());
    }

    #[test]
    fn volumes_come_back(value in volume()) {
        comes_back(&value)?;
    }

    #[test]
    fn startups_come_back(order: Option<u32>, up: Option<u32>, down: Option<u32>) {
        comes_back(&Startup { order, up, down })?;
    }

    #[test]
    fn tags_come_back(tags in proptest::collection::vec("[a-zA-Z0-9_][a-zA-Z0-9_+.-]{0,8}", 0..6)) {
        let value: Tags = tags.iter().map(|tag| tag.parse::<Tag>().unwrap()).collect();
        prop_assert_eq!(&Tags::read(&value.to_string()), &value);
        prop_assert_eq!(&Tags::read(&tags.join(", ")), &value);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[a-z0-9=,;:./ é]{0,60}") {
        let _ = (text.parse::<Features>(), text.parse::<Network>(), text.parse::<Volume>(), text.parse::<Startup>());
        let _ = Tags::read(&text);
    }
}
