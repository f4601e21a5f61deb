//! The ways to run a set of services, each with its sum.

mod fly;
mod home;
mod railway;
mod servers;

use super::price::{Price, Prices};
use super::set::Set;
use super::{Line, Offer};
use crate::bytes::Bytes;
use crate::config::Homelab;
use crate::decimal::Decimal;

/// All ways. One whose prices are missing is left out; a test sees to it that ours are all there.
pub(super) fn all(home: &Homelab, set: &Set, prices: &Prices) -> Vec<Offer> {
    let mut offers = vec![home::guideline(home)];
    offers.extend(home::marginal(home, prices));
    offers.extend(fly::offer(set, prices));
    offers.extend(railway::offer(set, prices));
    offers.extend(servers::coolify_cx(set, prices));
    offers.extend(servers::coolify_cpx(set, prices));
    offers.extend(servers::lightsail(set, prices));
    offers
}

/// The smallest of these that has enough memory; where none has, as many of the largest as are needed together.
fn enough<'a>(prices: &'a Prices, ids: &[&str], memory: Bytes) -> Option<(u64, &'a Price, Bytes)> {
    let mut sizes: Vec<(Bytes, &Price)> =
        ids.iter().filter_map(|id| prices.get(id)).filter_map(|price| Some((price.memory?, price))).collect();
    sizes.sort_by_key(|(size, _)| *size);
    if let Some((size, price)) = sizes.iter().find(|(size, _)| *size >= memory) {
        return Some((1, price, *size));
    }
    let (size, price) = sizes.last()?;
    let count = memory.get().div_ceil(size.get().max(1));
    Some((count, price, *size))
}

/// A whole number to multiply with.
fn whole(count: u64) -> Decimal {
    Decimal::whole(i64::try_from(count).unwrap_or(i64::MAX))
}
