//! Servers of one's own elsewhere: as many as hold everything, with what manages it.

use super::{Line, Offer, Prices, Set, enough, whole};
use crate::bytes::Bytes;
use crate::cost::price::Currency;

/// Coolify asks for two gigabytes before any service.
const COOLIFY: Bytes = Bytes::gib(2);

/// The system and Docker on a server.
const SYSTEM: Bytes = Bytes::mib(512);

pub(super) fn coolify_cx(set: &Set, prices: &Prices) -> Option<Offer> {
    let mut offer =
        rented("Hetzner", "Coolify on CX servers", &["hetzner-cx23", "hetzner-cx33"], COOLIFY, set, prices)?;
    offer.notes.push("CX servers could not be ordered on 2026-09-03".to_string());
    offer.notes.push("Coolify is free; its upkeep and backups are yours".to_string());
    Some(offer)
}

pub(super) fn coolify_cpx(set: &Set, prices: &Prices) -> Option<Offer> {
    let mut offer =
        rented("Hetzner", "Coolify on CPX servers", &["hetzner-cpx12", "hetzner-cpx22"], COOLIFY, set, prices)?;
    offer.notes.push("Coolify is free; its upkeep and backups are yours".to_string());
    Some(offer)
}

pub(super) fn lightsail(set: &Set, prices: &Prices) -> Option<Offer> {
    let sizes = ["lightsail-512", "lightsail-1024", "lightsail-2048", "lightsail-4096", "lightsail-8192"];
    let mut offer = rented("AWS Lightsail", "an instance with everything on it", &sizes, SYSTEM, set, prices)?;
    offer.notes.push("upkeep and backups are yours".to_string());
    Some(offer)
}

fn rented(provider: &str, what: &str, ids: &[&str], itself: Bytes, set: &Set, prices: &Prices) -> Option<Offer> {
    let needed = set.memory_of_all() + itself;
    let (count, server, size) = enough(prices, ids, needed)?;
    let line = Line::of(
        format!("{} with {}, for {}", server.item, size.to_words(), needed.to_words()),
        whole(count),
        if count == 1 { "server" } else { "servers" },
        server,
    );
    let currency: Currency = server.currency;
    let mut offer = Offer::of(provider, what, currency, vec![line]);
    offer.notes.push(format!("region {}, tax {}", server.region, server.tax));
    Some(offer)
}
