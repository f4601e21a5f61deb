//! What a month costs: at home, and for the same services elsewhere.
//!
//! Every price has its day and its source, every sum shows its multiplication, and money is exchanged only at a stated rate.
//! Nothing is looked up: prices come with the program (`prices.toml`) or from a person's own file.

mod age;
mod exchange;
mod offers;
mod price;
mod record;
mod set;
mod svg;

use serde::Serialize;

use crate::config::{Day, Homelab};
use crate::decimal::Decimal;

pub use exchange::Rate;
pub use price::{Currency, Price, PriceRecord, Prices, Tax, Unit};
pub use record::{RecordLine, RecordTable, record_table};
pub use set::Set;
pub use svg::svg;

/// The file of the prices that come along: what a person's own file looks like.
pub const BUILT_IN_PRICES: &str = include_str!("prices.toml");

/// What a month costs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The decision record's table.
    pub record: RecordTable,
    /// What is run.
    pub set: Set,
    /// What the home may cost.
    pub budget_yen: Decimal,
    /// Home first, then the others in the order of their providers.
    pub offers: Vec<Offer>,
    /// What was taken to be so.
    pub assumptions: Vec<String>,
    /// What to be careful with: old prices, undated rates.
    pub warnings: Vec<String>,
}

/// One way to run the set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Offer {
    /// Who.
    pub provider: String,
    /// How.
    pub what: String,
    /// The sum, line by line.
    pub lines: Vec<Line>,
    /// All lines together.
    pub total: Decimal,
    /// Of which money.
    pub currency: Currency,
    /// The same in yen, where there is a rate.
    pub total_yen: Option<Decimal>,
    /// What else to know.
    pub notes: Vec<String>,
}

/// One line of a sum: so many, each at a price.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What.
    pub what: String,
    /// How many.
    pub quantity: Decimal,
    /// Of what.
    pub unit: &'static str,
    /// The price of each.
    pub price: Decimal,
    /// Of which money.
    pub currency: Currency,
    /// The product.
    pub amount: Decimal,
    /// Who asks it.
    pub provider: String,
    /// The day of the price; nothing for what the person's own file says.
    pub as_of: Option<Day>,
    /// Where the price was read.
    pub source: String,
}

/// What a month costs for a set of services, with these prices, seen from `today`.
pub fn compare(home: &Homelab, set: &Set, prices: &Prices, today: Day) -> Comparison {
    let mut offers = offers::all(home, set, prices);
    let rates = exchange::rates(home);
    for offer in &mut offers {
        offer.total_yen = exchange::in_yen(offer.total, offer.currency, &rates);
    }
    let mut warnings = age::warnings(&offers, today);
    warnings.extend(exchange::warnings(&offers, &rates, today));
    Comparison {
        record: record_table(),
        set: set.clone(),
        budget_yen: home.budget.yen_per_month.0,
        assumptions: set.assumptions(),
        offers,
        warnings,
    }
}

impl Line {
    /// So many at a price.
    fn of(what: impl Into<String>, quantity: Decimal, unit: &'static str, price: &Price) -> Self {
        Self {
            what: what.into(),
            quantity,
            unit,
            price: price.value,
            currency: price.currency,
            amount: quantity.times(price.value),
            provider: price.provider.clone(),
            as_of: Some(price.as_of),
            source: price.source.clone(),
        }
    }

    /// The multiplication: `8 machines × $2.32 = $18.56`.
    pub fn formula(&self) -> String {
        let (price, amount) = (self.currency.show_price(self.price), self.currency.show(self.amount));
        format!("{} {} × {price} = {amount}", self.quantity, self.unit)
    }
}

impl Offer {
    fn of(provider: &str, what: impl Into<String>, currency: Currency, lines: Vec<Line>) -> Self {
        Self {
            provider: provider.to_string(),
            what: what.into(),
            total: lines.iter().map(|line| line.amount).sum(),
            lines,
            currency,
            total_yen: None,
            notes: Vec::new(),
        }
    }
}
