//! Fly.io: a machine for each service, a managed database, a cache paid by use.

use super::{Line, Offer, Prices, Set, enough, whole};
use crate::cost::price::Currency;
use crate::cost::set::gib;
use crate::decimal::Decimal;

const MACHINES: &[&str] = &["fly-machine-256", "fly-machine-512", "fly-machine-1024"];
const DATABASES: &[&str] = &["fly-postgres-basic", "fly-postgres-starter", "fly-postgres-launch"];

/// The commands that the price of the cache is for.
const COMMANDS: Decimal = Decimal::whole(100_000);

pub(super) fn offer(set: &Set, prices: &Prices) -> Option<Offer> {
    let services = whole(set.services.into());
    let largest = prices.get("fly-machine-1024")?;
    let beyond = set.memory.saturating_sub(largest.memory?);
    // A machine has at most so much by itself; the rest is bought by the gigabyte.
    let (_, machine, size) = enough(prices, MACHINES, set.memory.saturating_sub(beyond))?;
    let mut lines = vec![Line::of(format!("{} with {}", machine.item, size.to_words()), services, "machines", machine)];
    if beyond.get() > 0 {
        let memory = prices.get("fly-extra-memory")?;
        lines.push(Line::of(memory.item.clone(), services.times(gib(beyond)), "GB", memory));
    }
    let (count, database, size) = enough(prices, DATABASES, set.postgres)?;
    lines.push(Line::of(format!("{} with {}", database.item, size.to_words()), whole(count), "database", database));
    let storage = prices.get("fly-postgres-storage")?;
    lines.push(Line::of(storage.item.clone(), gib(set.postgres_storage), "GB", storage));
    let commands = prices.get("fly-redis-commands")?;
    let used = Decimal::whole(set.cache_commands.into()).divided_by(COMMANDS);
    lines.push(Line::of(commands.item.clone(), used, "× 100k commands", commands));
    let mut offer = Offer::of("Fly.io", "a machine each, managed PostgreSQL", Currency::Usd, lines);
    offer.notes.push(format!("region {}; no price for a region in Japan is known here", machine.region));
    Some(offer)
}
