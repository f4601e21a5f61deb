//! Prices with their days and sources: those that come along, and a person's own.

use serde::Serialize;

use super::BUILT_IN_PRICES;
use crate::bytes::Bytes;
use crate::config::key::{Form, Section, SectionKeys, section};
use crate::config::read::{Found, Reader};
use crate::config::suggest::nearest;
use crate::config::value::choice::choice;
use crate::config::{self, Day, Money, Name, Text};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Problems};

choice! {
    /// Money of a country.
    pub enum Currency as "`\"JPY\"`, `\"USD\"` or `\"EUR\"`" {
        /// Yen, which has no smaller part.
        Jpy = "JPY",
        /// US dollars.
        Usd = "USD",
        /// Euros.
        Eur = "EUR",
    }
}

choice! {
    /// For what a price is asked.
    pub enum Unit as "`\"month\"`, `\"GB-month\"`, `\"vCPU-month\"`, `\"100k commands\"` or `\"kWh\"`" {
        /// A month; some providers mean 30 days.
        Month = "month",
        /// A gigabyte for a month.
        GbMonth = "GB-month",
        /// A processor for a month.
        VcpuMonth = "vCPU-month",
        /// A hundred thousand commands.
        Commands = "100k commands",
        /// A kilowatt hour.
        Kwh = "kWh",
    }
}

choice! {
    /// Whether consumption tax is in a price.
    pub enum Tax as "`\"included\"` or `\"excluded\"`" {
        /// It is in it.
        Included = "included",
        /// It comes on top.
        Excluded = "excluded",
    }
}

section! {
    /// What somebody asks for something.
    pub struct PriceRecord {
        /// What it is called here.
        id: Name = required, r#""fly-machine-256""#;
        /// Who asks it.
        provider: Option<Text> = absent, r#""Fly.io""#;
        /// What for.
        item: Option<Text> = absent, r#""machine shared-cpu-1x""#;
        /// The memory it comes with.
        memory: Option<Bytes> = absent, r#""256MiB""#;
        /// How much.
        value: Money = required, "2.32";
        /// Of which money.
        currency: Option<Currency> = absent, r#""USD""#;
        /// For what unit.
        unit: Option<Unit> = absent, r#""month""#;
        /// Where.
        region: Option<Text> = absent, r#""sjc""#;
        /// The day on which it was asked.
        as_of: Day = required, "2026-08-07";
        /// Where that was read.
        source: Text = required, r#""https://fly.io/docs/about/pricing""#;
        /// Whether consumption tax is in it.
        tax: Option<Tax> = absent, r#""excluded""#;
    }
}

/// The sections of a file of prices.
const SECTIONS: &[SectionKeys] =
    &[SectionKeys { path: "prices", form: Form::Many, doc: PriceRecord::DOC, keys: PriceRecord::KEYS }];

/// What somebody asks for something, with its day and its source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Price {
    /// What it is called here.
    pub id: String,
    /// Who asks it.
    pub provider: String,
    /// What for.
    pub item: String,
    /// The memory it comes with.
    pub memory: Option<Bytes>,
    /// How much.
    pub value: Decimal,
    /// Of which money.
    pub currency: Currency,
    /// For what unit.
    pub unit: Unit,
    /// Where.
    pub region: String,
    /// The day on which it was asked.
    pub as_of: Day,
    /// Where that was read.
    pub source: String,
    /// Whether consumption tax is in it.
    pub tax: Tax,
}

/// All prices.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices(Vec<Price>);

impl Prices {
    /// The prices that come along.
    ///
    /// # Errors
    /// The file is broken, which a test rules out for ours.
    pub fn built_in() -> Result<Self, Problems> {
        let (records, mut problems) = read(BUILT_IN_PRICES)?;
        let mut prices = Vec::new();
        for (record, place) in records {
            match whole(&record) {
                Some(price) => prices.push(price),
                None => problems.push(Diagnostic::at(place, format!("the price `{}` is not complete", record.id), "")),
            }
        }
        if problems.is_empty() { Ok(Self(prices)) } else { Err(config::problems(BUILT_IN_PRICES, problems, &[])) }
    }

    /// The prices with those of a person's own file in place of the ones with the same names.
    ///
    /// # Errors
    /// Everything that is wrong with the file, with its places.
    pub fn with(mut self, text: &str) -> Result<Self, Problems> {
        let (records, mut problems) = read(text)?;
        for (record, place) in records {
            let ids = self.0.iter().map(|price| price.id.as_str());
            let Some(price) = self.0.iter().find(|price| price.id == record.id.as_str()) else {
                let message = format!("no price is called `{}`", record.id);
                let diagnostic = Diagnostic::at(place, message, "unknown price");
                problems.push(match nearest(record.id.as_str(), ids.clone()) {
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(format!("\"{near}\"")),
                    None => diagnostic.help(format!("there are {}", ids.collect::<Vec<_>>().join(", "))),
                });
                continue;
            };
            // Sums count in this unit and this money.
            let other_unit = record.unit.filter(|unit| *unit != price.unit).map(Unit::word);
            let other_money = record.currency.filter(|currency| *currency != price.currency).map(Currency::word);
            if let Some(other) = other_unit.or(other_money) {
                let message =
                    format!("the price `{}` is in {} for a {}, not in {other}", record.id, price.currency, price.unit);
                problems.push(Diagnostic::at(place, message, "").help("convert it, and say so in its `source`"));
                continue;
            }
            let changed = merged(price, record);
            if let Some(price) = self.0.iter_mut().find(|price| price.id == changed.id) {
                *price = changed;
            }
        }
        if problems.is_empty() { Ok(self) } else { Err(config::problems(text, problems, &[])) }
    }

    /// All of them, in the order of the file.
    pub fn all(&self) -> &[Price] {
        &self.0
    }

    /// The price of this name.
    pub(super) fn get(&self, id: &str) -> Option<&Price> {
        self.0.iter().find(|price| price.id == id)
    }
}

/// Records with the places of their names, and what is wrong with them.
type Records = (Vec<(PriceRecord, std::ops::Range<usize>)>, Vec<Diagnostic>);

fn read(text: &str) -> Result<Records, Problems> {
    let table = config::table(text)?;
    let mut reader = Reader::new(SECTIONS, text.len());
    reader.refuse_unknown_sections(&table, "");
    let records: Vec<PriceRecord> = reader.many(&table, "prices");
    let Found { places, diagnostics, .. } = reader.finish();
    let place = |at: usize| places.get(&format!("prices[{at}].id"));
    let placed = records.into_iter().enumerate().filter_map(|(at, record)| Some((record, place(at)?)));
    Ok((placed.collect(), diagnostics))
}

/// A price from a record in which everything stands.
fn whole(record: &PriceRecord) -> Option<Price> {
    Some(Price {
        id: record.id.to_string(),
        provider: record.provider.as_ref()?.to_string(),
        item: record.item.as_ref()?.to_string(),
        memory: record.memory,
        value: record.value.0,
        currency: record.currency?,
        unit: record.unit?,
        region: record.region.as_ref()?.to_string(),
        as_of: record.as_of,
        source: record.source.to_string(),
        tax: record.tax?,
    })
}

/// A price with what a record says differently.
fn merged(price: &Price, record: PriceRecord) -> Price {
    let text = |new: Option<Text>, old: &str| new.map_or_else(|| old.to_string(), |new| new.to_string());
    Price {
        id: price.id.clone(),
        provider: text(record.provider, &price.provider),
        item: text(record.item, &price.item),
        memory: record.memory.or(price.memory),
        value: record.value.0,
        currency: price.currency,
        unit: price.unit,
        region: text(record.region, &price.region),
        as_of: record.as_of,
        source: record.source.to_string(),
        tax: record.tax.unwrap_or(price.tax),
    }
}

impl Currency {
    /// An amount in it, as people write it: `$11.64`, `€5.99`, `¥17,496`.
    pub fn show(self, amount: Decimal) -> String {
        let (sign, digits) = match self {
            Self::Jpy => ("¥", 0),
            Self::Usd => ("$", 2),
            Self::Eur => ("€", 2),
        };
        let text = amount.with_digits(digits);
        let (minus, text) = text.strip_prefix('-').map_or(("", text.as_str()), |text| ("-", text));
        format!("{minus}{sign}{}", in_thousands(text))
    }

    /// A price in it, with all the digits it has: `¥40.49`, `$0.20`.
    pub fn show_price(self, value: Decimal) -> String {
        let has_parts = value.millionths() % 1_000_000 != 0;
        match self {
            Self::Jpy if has_parts => format!("¥{value}"),
            _ => self.show(value),
        }
    }
}

/// With a comma after each three digits of the whole part.
fn in_thousands(number: &str) -> String {
    let whole = number.find('.').unwrap_or(number.len());
    let mut text = String::with_capacity(number.len() + 4);
    for (at, digit) in number.char_indices() {
        if at > 0 && at < whole && (whole - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
