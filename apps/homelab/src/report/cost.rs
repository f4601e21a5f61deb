//! What it costs, for people: the decision record's table, then today's with each multiplication.

use homelab_plan::cost::{Comparison, Currency};

use super::table::{heading, table};
use crate::terminal::Paint;

/// The whole page; `with_sources` adds where each price was read.
pub fn words(comparison: &Comparison, with_sources: bool, paint: Paint) -> String {
    let mut text = record(comparison, paint);
    text += &heading("\nToday, in a month", paint);
    for assumption in &comparison.assumptions {
        text += &format!("  {}\n", paint.dim(assumption));
    }
    let mut rows = Vec::new();
    for offer in &comparison.offers {
        let yen = offer.total_yen.map(|yen| Currency::Jpy.show(yen)).unwrap_or_default();
        let mut what = offer.what.clone();
        for line in &offer.lines {
            let day = line.as_of.map(|day| format!(", {day}")).unwrap_or_default();
            what += &format!("\n  {}: {}{day}", line.what, line.formula());
            if with_sources {
                what += &format!("\n    {}", line.source);
            }
        }
        offer.notes.iter().for_each(|note| what += &format!("\n  {note}"));
        rows.push(vec![offer.provider.clone(), what, offer.currency.show(offer.total), yen]);
    }
    text += &table(&["who", "what", "a month", "in yen"], &[2, 3], rows);
    for warning in &comparison.warnings {
        text += &format!("{} {warning}\n", paint.yellow("warning:"));
    }
    text
}

fn record(comparison: &Comparison, paint: Paint) -> String {
    let record = &comparison.record;
    let mut rows: Vec<Vec<String>> = record
        .lines
        .iter()
        .map(|line| {
            let each = Currency::Usd.show(line.each_usd);
            vec![
                format!("{} × {}", line.what, line.count),
                format!("{} × {each}", line.count),
                Currency::Usd.show(line.amount_usd),
            ]
        })
        .collect();
    let total = format!(
        "{} × ¥{} = {}",
        Currency::Usd.show(record.total_usd),
        record.yen_per_usd,
        Currency::Jpy.show(record.total_yen)
    );
    rows.push(vec!["Fly.io together".to_string(), total, Currency::Usd.show(record.total_usd)]);
    rows.push(vec!["Proxmox at home".to_string(), "electricity".to_string(), Currency::Jpy.show(record.home_yen)]);
    heading("The decision record, in a month", paint) + &table(&["what", "sum", "a month"], &[2], rows)
}
