//! At home: electricity, and nothing else. The host is there already, and more services draw no more that counts.

use super::{Line, Offer, Prices};
use crate::config::Homelab;
use crate::cost::price::Currency;
use crate::decimal::Decimal;

const DAYS: Decimal = Decimal::whole(30);
const HOURS: Decimal = Decimal::whole(24);

/// The tiers of the tariff: up to so many kilowatt hours a month, this price.
const TIERS: [(Option<Decimal>, &str); 3] = [
    (Some(Decimal::whole(120)), "tepco-up-to-120"),
    (Some(Decimal::whole(300)), "tepco-up-to-300"),
    (None, "tepco-above-300"),
];

/// At the price that the home's file states.
pub(super) fn guideline(home: &Homelab) -> Offer {
    let electricity = &home.electricity;
    let (idle, loaded) = kilowatt_hours(home);
    let line = |what: String, kwh: Decimal| Line {
        what,
        quantity: kwh,
        unit: "kWh",
        price: electricity.yen_per_kwh.0,
        currency: Currency::Jpy,
        amount: kwh.times(electricity.yen_per_kwh.0),
        provider: "your own".to_string(),
        as_of: None,
        source: "`electricity.yen_per_kwh` in homelab.toml".to_string(),
    };
    let loaded_hours = electricity.loaded_hours_per_day.0;
    let mut lines =
        vec![line(format!("{} W × {} h × 30 days, idle", electricity.watts_idle, HOURS - loaded_hours), idle)];
    if loaded_hours > Decimal::ZERO {
        lines.push(line(format!("{} W × {loaded_hours} h × 30 days, loaded", electricity.watts_loaded), loaded));
    }
    let mut offer = Offer::of("Home", "electricity", Currency::Jpy, lines);
    offer.notes.push("another service costs nothing more, as long as it fits".to_string());
    offer
}

/// On top of what the rest of the household uses: the dearest kilowatt hours of the tariff, and the levy.
pub(super) fn marginal(home: &Homelab, prices: &Prices) -> Option<Offer> {
    let household = home.electricity.household_kwh_per_month?.0;
    let (idle, loaded) = kilowatt_hours(home);
    let all = idle + loaded;
    let mut lines = Vec::new();
    let (mut used, mut left) = (household, all);
    for (up_to, id) in TIERS {
        let room = up_to.map_or(left, |up_to| (up_to - used).max(Decimal::ZERO));
        let here = left.min(room);
        if here > Decimal::ZERO {
            let price = prices.get(id)?;
            lines.push(Line::of(price.item.clone(), here, "kWh", price));
        }
        (used, left) = (used + here, left - here);
    }
    let levy = prices.get("renewable-levy")?;
    lines.push(Line::of(levy.item.clone(), all, "kWh", levy));
    let mut offer = Offer::of("Home", "electricity above the household's", Currency::Jpy, lines);
    offer.notes.push("before the monthly adjustment for fuel".to_string());
    Some(offer)
}

/// A month's kilowatt hours, idle and loaded.
fn kilowatt_hours(home: &Homelab) -> (Decimal, Decimal) {
    let electricity = &home.electricity;
    let loaded_hours = electricity.loaded_hours_per_day.0;
    let month = |watts: u32, hours: Decimal| {
        Decimal::whole(watts.into()).times(hours).times(DAYS).divided_by(Decimal::whole(1000))
    };
    (month(electricity.watts_idle.get(), HOURS - loaded_hours), month(electricity.watts_loaded.get(), loaded_hours))
}
