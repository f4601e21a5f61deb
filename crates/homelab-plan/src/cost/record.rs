//! The decision record's own table (its section 1): three services on Fly.io against the home.

use serde::Serialize;

use crate::decimal::Decimal;

/// The record's table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordTable {
    /// What the home costs: electricity.
    pub home_yen: Decimal,
    /// What Fly.io costs, line by line.
    pub lines: Vec<RecordLine>,
    /// All lines together, in US dollars.
    pub total_usd: Decimal,
    /// The record's rate.
    pub yen_per_usd: Decimal,
    /// The same in yen.
    pub total_yen: Decimal,
}

/// A line of the record's table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordLine {
    /// What.
    pub what: &'static str,
    /// How many.
    pub count: u32,
    /// What each costs, in US dollars.
    pub each_usd: Decimal,
    /// All of them together.
    pub amount_usd: Decimal,
}

/// Three of each, at the prices that the record divides to: its sums are 11.64, 75 and 30.
const LINES: [(&str, u32, Decimal); 3] = [
    ("API", 3, Decimal::from_millionths(3_880_000)),
    ("PostgreSQL", 3, Decimal::whole(25)),
    ("Redis", 3, Decimal::whole(10)),
];

/// What the record expects the home's electricity to cost.
const HOME_YEN: Decimal = Decimal::whole(1000);

/// The record's rate: 17,496 yen for 116.64 dollars.
const YEN_PER_USD: Decimal = Decimal::whole(150);

/// The record's table, calculated.
pub fn record_table() -> RecordTable {
    let line = |(what, count, each_usd): (&'static str, u32, Decimal)| RecordLine {
        what,
        count,
        each_usd,
        amount_usd: each_usd.times(Decimal::whole(count.into())),
    };
    let lines = LINES.map(line).to_vec();
    let total_usd: Decimal = lines.iter().map(|line| line.amount_usd).sum();
    let total_yen = Decimal::whole(total_usd.times(YEN_PER_USD).round());
    RecordTable { home_yen: HOME_YEN, lines, total_usd, yen_per_usd: YEN_PER_USD, total_yen }
}
