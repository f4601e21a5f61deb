//! A picture: a bar for each way to run the set.

use super::{Comparison, Currency, Offer};
use crate::decimal::Decimal;
use crate::picture::{Picture, fitted, share, text_width};

/// Where bars begin, how long the longest is, and how high they are.
const BAR_X: u32 = 280;
const BAR_WIDTH: u32 = 420;
const BAR_HEIGHT: u32 = 22;

/// Where everything ends.
const RIGHT: u32 = 836;

/// From one bar to the next.
const STEP: u32 = 46;

/// Draws each way with its yen a month, the budget as a line through them, and the decision record's own figures below.
pub fn svg(comparison: &Comparison) -> String {
    let set = &comparison.set;
    let title =
        format!("A month of {} services of {} with PostgreSQL and a cache", set.services, set.memory.to_words());
    let mut picture = Picture::new(&title, &description(comparison));
    let longest =
        comparison.offers.iter().filter_map(|offer| offer.total_yen).fold(comparison.budget_yen, Decimal::max);
    let top = 74;
    let mut y = top;
    let budget = BAR_X + share(BAR_WIDTH, positive(comparison.budget_yen), positive(longest));
    for offer in &comparison.offers {
        draw_offer(&mut picture, y, offer, longest, budget);
        y += STEP;
    }
    picture.line((budget, top - 10), (budget, y - 14), "limit");
    let words = format!("budget {}", Currency::Jpy.show(comparison.budget_yen));
    picture.text(budget.max(BAR_X + text_width(&words, 11) / 2), top - 16, "small middle warn", &words);
    y = draw_notes(&mut picture, y, comparison);
    picture.finish(y + 12)
}

fn draw_offer(picture: &mut Picture, y: u32, offer: &Offer, longest: Decimal, budget: u32) {
    picture.text(24, y + 10, "head", &fitted(&offer.provider, 14, BAR_X - 34));
    picture.text(24, y + 25, "small", &fitted(&offer.what, 11, BAR_X - 34));
    let own = offer.currency.show(offer.total);
    let Some(yen) = offer.total_yen else {
        // Beside the line of the budget, or where it is far away, before it.
        let x = if budget < BAR_X + BAR_WIDTH / 2 { budget + 8 } else { BAR_X };
        picture.text(x, y + 16, "", &own);
        picture.text(x + text_width(&own, 13) + 10, y + 16, "small", "no rate is stated");
        return;
    };
    let width = share(BAR_WIDTH, positive(yen), positive(longest)).max(2);
    let class = if offer.currency == Currency::Jpy { "service" } else { "platform" };
    picture.bar(BAR_X, y, width, BAR_HEIGHT, class);
    let amount = Currency::Jpy.show(yen);
    let x = BAR_X + width + 8;
    picture.text(x, y + 16, "head", &amount);
    let own_x = x + text_width(&amount, 14) + 8;
    if offer.currency != Currency::Jpy && own_x + text_width(&own, 11) <= RIGHT {
        picture.text(own_x, y + 16, "small", &own);
    }
}

fn draw_notes(picture: &mut Picture, mut y: u32, comparison: &Comparison) -> u32 {
    let record = &comparison.record;
    picture.line((24, y), (RIGHT, y), "rule");
    let days = comparison.offers.iter().flat_map(|offer| &offer.lines).filter_map(|line| line.as_of);
    let mut notes = vec![format!(
        "The decision record: {} at home, {} = {} for three services on Fly.io at ¥{} for a dollar.",
        Currency::Jpy.show(record.home_yen),
        Currency::Usd.show(record.total_usd),
        Currency::Jpy.show(record.total_yen),
        record.yen_per_usd
    )];
    if let (Some(first), Some(last)) = (days.clone().min(), days.max()) {
        notes.push(format!(
            "Prices of {first} to {last}; `homelab cost` shows the source and the multiplication of each."
        ));
    }
    notes.extend(comparison.warnings.iter().map(|warning| format!("Careful: {warning}.")));
    y += 22;
    for note in notes {
        picture.text(24, y, "small", &fitted(&note, 11, RIGHT - 24));
        y += 18;
    }
    y
}

/// An amount as a length.
fn positive(amount: Decimal) -> u64 {
    u64::try_from(amount.millionths()).unwrap_or(0)
}

/// The picture in words.
fn description(comparison: &Comparison) -> String {
    let offers = comparison.offers.iter().map(|offer| {
        let amount = offer.total_yen.map_or_else(|| offer.currency.show(offer.total), |yen| Currency::Jpy.show(yen));
        format!("{}, {}: {amount}", offer.provider, offer.what)
    });
    format!("{}. Budget: {}.", offers.collect::<Vec<_>>().join(". "), Currency::Jpy.show(comparison.budget_yen))
}
