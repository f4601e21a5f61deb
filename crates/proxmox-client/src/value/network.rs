//! `net0=name=eth0,bridge=vmbr0,ip=192.168.0.41/24,gw=192.168.0.1`.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use super::Address;
use super::property::{Printer, Properties, PropertyError};

/// One interface of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// Its name inside: `eth0`.
    pub name: String,
    /// The bridge on the host.
    pub bridge: Option<String>,
    /// How it gets its IPv4 address.
    pub ip: Option<Address<Ipv4Addr>>,
    /// Its IPv4 gateway.
    pub gw: Option<Ipv4Addr>,
    /// How it gets its IPv6 address.
    pub ip6: Option<Address<Ipv6Addr>>,
    /// Its IPv6 gateway.
    pub gw6: Option<Ipv6Addr>,
    /// Its hardware address, in capitals. Proxmox chooses one (`BC:24:11:…`) if none is given.
    pub hwaddr: Option<String>,
    /// Whether Proxmox' firewall is between it and the bridge.
    pub firewall: Option<bool>,
    /// Its VLAN.
    pub tag: Option<u16>,
    /// Its MTU.
    pub mtu: Option<u16>,
    /// Keys without a meaning to us: `type`, `rate`, `link_down`, `trunks`, `host-managed` and those of later versions.
    pub other: BTreeMap<String, String>,
}

impl Network {
    /// The keys that were wished for and are otherwise in what was found. What was not wished for may be anything: Proxmox fills
    /// in `hwaddr` and `type`.
    pub fn differences(&self, found: &Self) -> Vec<&str> {
        let mut keys = Vec::new();
        if self.name != found.name {
            keys.push("name");
        }
        let mut compare = |key, differs: bool| {
            if differs {
                keys.push(key);
            }
        };
        compare("bridge", differs(&self.bridge, &found.bridge));
        compare("ip", differs(&self.ip, &found.ip));
        compare("gw", differs(&self.gw, &found.gw));
        compare("ip6", differs(&self.ip6, &found.ip6));
        compare("gw6", differs(&self.gw6, &found.gw6));
        compare("hwaddr", differs(&self.hwaddr, &found.hwaddr));
        compare("firewall", self.firewall.is_some_and(|on| on != found.firewall.unwrap_or(false)));
        compare("tag", differs(&self.tag, &found.tag));
        compare("mtu", differs(&self.mtu, &found.mtu));
        keys.extend(
            self.other.iter().filter(|(key, value)| found.other.get(*key) != Some(value)).map(|(key, _)| key.as_str()),
        );
        keys
    }

    /// What was found, with what was wished for set in it: what to send, so that nothing else is lost.
    #[must_use]
    pub fn over(&self, found: &Self) -> Self {
        let mut other = found.other.clone();
        other.extend(self.other.clone());
        Self {
            name: self.name.clone(),
            bridge: self.bridge.clone().or_else(|| found.bridge.clone()),
            ip: self.ip.or(found.ip),
            gw: self.gw.or(found.gw),
            ip6: self.ip6.or(found.ip6),
            gw6: self.gw6.or(found.gw6),
            hwaddr: self.hwaddr.clone().or_else(|| found.hwaddr.clone()),
            firewall: self.firewall.or(found.firewall),
            tag: self.tag.or(found.tag),
            mtu: self.mtu.or(found.mtu),
            other,
        }
    }
}

fn differs<T: PartialEq>(wished: &Option<T>, found: &Option<T>) -> bool {
    wished.is_some() && wished != found
}

impl FromStr for Network {
    type Err = PropertyError;

    fn from_str(text: &str) -> Result<Self, PropertyError> {
        let mut properties = Properties::split(text, None)?;
        Ok(Self {
            name: properties.take_required("name")?,
            bridge: properties.take("bridge"),
            ip: properties.take_parsed("ip", "dhcp, manual or an address with its prefix")?,
            gw: properties.take_parsed("gw", "an IPv4 address")?,
            ip6: properties.take_parsed("ip6", "auto, dhcp, manual or an address with its prefix")?,
            gw6: properties.take_parsed("gw6", "an IPv6 address")?,
            hwaddr: properties.take("hwaddr").map(|address| address.to_ascii_uppercase()),
            firewall: properties.take_switch("firewall")?,
            tag: properties.take_parsed("tag", "a number from 1 to 4094")?,
            mtu: properties.take_parsed("mtu", "a number from 64 to 65535")?,
            other: properties.rest(),
        })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printer = Printer::default();
        printer.pair("name", &self.name);
        printer.optional("bridge", self.bridge.as_ref());
        printer.switch("firewall", self.firewall);
        printer.optional("gw", self.gw);
        printer.optional("gw6", self.gw6);
        printer.optional("hwaddr", self.hwaddr.as_ref());
        printer.optional("ip", self.ip);
        printer.optional("ip6", self.ip6);
        printer.optional("mtu", self.mtu);
        printer.optional("tag", self.tag);
        printer.rest(&self.other);
        formatter.write_str(&printer.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUND: &str = "name=eth0,bridge=vmbr0,gw=192.168.0.1,hwaddr=BC:24:11:0A:0B:0C,ip=192.168.0.41/24,type=veth";

    fn read(text: &str) -> Network {
        text.parse().unwrap()
    }

    #[test]
    fn what_proxmox_fills_in_is_no_difference() {
        let wished = read("ip=192.168.0.41/24,name=eth0,gw=192.168.0.1,bridge=vmbr0,firewall=0");
        assert_eq!(wished.differences(&read(FOUND)), Vec::<&str>::new());
    }

    #[test]
    fn what_differs_is_named() {
        let wished = read("name=eth1,bridge=vmbr1,ip=192.168.0.42/24,firewall=1,mtu=1400,rate=10");
        assert_eq!(wished.differences(&read(FOUND)), ["name", "bridge", "ip", "firewall", "mtu", "rate"]);
    }

    #[test]
    fn a_change_keeps_what_was_not_wished_for() {
        let wished = read("name=eth0,ip=192.168.0.42/24");
        assert_eq!(
            wished.over(&read(FOUND)).to_string(),
            "name=eth0,bridge=vmbr0,gw=192.168.0.1,hwaddr=BC:24:11:0A:0B:0C,ip=192.168.0.42/24,type=veth"
        );
    }

    #[test]
    fn broken_interfaces_are_named() {
        assert_eq!("bridge=vmbr0".parse::<Network>().unwrap_err().to_string(), "`name` is missing");
        assert_eq!(
            "name=eth0,ip=192.168.0.41".parse::<Network>().unwrap_err().to_string(),
            "`ip=192.168.0.41` is not understood: dhcp, manual or an address with its prefix"
        );
    }
}
