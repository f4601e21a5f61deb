//! Money of others in yen, at stated rates only.

use serde::Serialize;

use super::Offer;
use super::age::age_in_words;
use super::price::Currency;
use crate::config::{Day, Homelab};
use crate::decimal::Decimal;

/// What a unit of some money is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// Which money.
    pub currency: Currency,
    /// Its worth.
    pub yen: Decimal,
    /// The day of the rate, where it is stated.
    pub as_of: Option<Day>,
}

/// The rates that the home's file states.
pub(super) fn rates(home: &Homelab) -> Vec<Rate> {
    let exchange = &home.exchange;
    let usd = Rate { currency: Currency::Usd, yen: exchange.yen_per_usd.0, as_of: exchange.as_of };
    let eur = exchange.yen_per_eur.map(|yen| Rate { currency: Currency::Eur, yen: yen.0, as_of: exchange.as_of });
    [Some(usd), eur].into_iter().flatten().collect()
}

/// An amount in whole yen, where there is a rate.
pub(super) fn in_yen(amount: Decimal, currency: Currency, rates: &[Rate]) -> Option<Decimal> {
    let rate = match currency {
        Currency::Jpy => Decimal::whole(1),
        other => rates.iter().find(|rate| rate.currency == other)?.yen,
    };
    Some(Decimal::whole(amount.times(rate).round()))
}

/// What to be careful with: rates without a day, old ones, and missing ones.
pub(super) fn warnings(offers: &[Offer], rates: &[Rate], today: Day) -> Vec<String> {
    let mut warnings = Vec::new();
    let is_used = |currency| offers.iter().any(|offer| offer.currency == currency);
    for rate in rates.iter().filter(|rate| is_used(rate.currency)) {
        let what = format!("¥{} for a {}", rate.yen, rate.currency);
        match rate.as_of {
            None => warnings.push(format!("the rate of {what} has no day; state today's with its day in `[exchange]`")),
            Some(day) => warnings.extend(age_in_words(day, today).map(|age| format!("the rate of {what} {age}"))),
        }
    }
    if is_used(Currency::Eur) && !rates.iter().any(|rate| rate.currency == Currency::Eur) {
        warnings.push(
            "there is no rate for the EUR; state `yen_per_eur` with its day in `[exchange]` to compare".to_string(),
        );
    }
    warnings
}
