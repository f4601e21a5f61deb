//! Railway: memory, processor time and disk by use, less what the plan includes.

use super::{Line, Offer, Prices, Set};
use crate::cost::price::Currency;
use crate::cost::set::gib;
use crate::decimal::Decimal;

pub(super) fn offer(set: &Set, prices: &Prices) -> Option<Offer> {
    let plan = prices.get("railway-hobby")?;
    let one = Decimal::whole(1);
    let use_of =
        |id: &str, quantity, unit| prices.get(id).map(|price| Line::of(price.item.clone(), quantity, unit, price));
    let mut lines = vec![
        use_of("railway-memory", gib(set.memory_of_all()), "GB")?,
        use_of("railway-cpu", set.cpu_of_all(), "vCPU")?,
        use_of("railway-volume", gib(set.postgres_storage), "GB")?,
    ];
    let used: Decimal = lines.iter().map(|line| line.amount).sum();
    lines.push(Line::of("Hobby plan", one, "plan", plan));
    let included = used.min(plan.value);
    lines.push(Line {
        amount: Decimal::ZERO - included,
        price: Decimal::ZERO - included,
        ..Line::of("use that the plan includes", one, "time", plan)
    });
    Some(Offer::of("Railway", "everything paid by use", Currency::Usd, lines))
}
