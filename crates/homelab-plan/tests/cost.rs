//! What a month costs: the decision record's table, today's prices, old prices, and a person's own.

use homelab_plan::bytes::Bytes;
use homelab_plan::config::{Answers, Day, Homelab, default_file, parse};
use homelab_plan::cost::{Comparison, Currency, Offer, Prices, Set, compare, record_table, svg};
use homelab_plan::decimal::Decimal;
use proptest::prelude::*;

const TODAY: Day = Day(jiff::civil::date(2026, 11, 23));

fn record() -> Homelab {
    parse(&default_file(&Answers::default())).unwrap()
}

/// The record's home with a line of its file replaced.
fn with(line: &str, instead: &str) -> Homelab {
    let file = default_file(&Answers::default());
    assert!(file.contains(line), "{line}");
    parse(&file.replace(line, instead)).unwrap()
}

fn of(home: &Homelab, services: u32, memory: Bytes, today: Day) -> Comparison {
    compare(home, &Set::of(home, services, memory), &Prices::built_in().unwrap(), today)
}

fn offer<'a>(comparison: &'a Comparison, what: &str) -> &'a Offer {
    let named = comparison.offers.iter().find(|offer| format!("{} {}", offer.provider, offer.what).contains(what));
    named.unwrap_or_else(|| panic!("no offer is called `{what}`"))
}

/// An offer as people read it.
fn told(offer: &Offer) -> Vec<String> {
    offer.lines.iter().map(|line| format!("{}: {}", line.what, line.formula())).collect()
}

#[test]
fn the_records_table_comes_out_to_the_yen() {
    let table = record_table();
    let lines: Vec<_> = table
        .lines
        .iter()
        .map(|line| format!("{} × {} × {} = {}", line.what, line.count, line.each_usd, line.amount_usd))
        .collect();
    assert_eq!(lines, ["API × 3 × 3.88 = 11.64", "PostgreSQL × 3 × 25 = 75", "Redis × 3 × 10 = 30"]);
    assert_eq!(table.total_usd.to_string(), "116.64");
    assert_eq!(Currency::Jpy.show(table.total_yen), "¥17,496");
    assert_eq!(Currency::Jpy.show(table.home_yen), "¥1,000");
}

#[test]
fn the_home_draws_about_a_thousand_yen() {
    let comparison = of(&record(), 3, Bytes::mib(256), TODAY);
    let home = offer(&comparison, "Home electricity");
    assert_eq!(
        told(home),
        ["40 W × 20 h × 30 days, idle: 24 kWh × ¥31 = ¥744", "65 W × 4 h × 30 days, loaded: 7.8 kWh × ¥31 = ¥242"]
    );
    assert_eq!(home.total.to_string(), "985.8");
    assert_eq!(home.total_yen, Some(Decimal::whole(986)));
    assert_eq!(comparison.budget_yen, Decimal::whole(1000));
}

#[test]
fn ten_watts_all_day_are_223_yen() {
    for (watts, yen) in [(10, 223), (15, 335), (25, 558), (40, 893), (110, 2455)] {
        let file = default_file(&Answers::default())
            .replace("watts_idle = 40", &format!("watts_idle = {watts}"))
            .replace("loaded_hours_per_day = 4", "loaded_hours_per_day = 0");
        let comparison = of(&parse(&file).unwrap(), 3, Bytes::mib(256), TODAY);
        assert_eq!(comparison.offers[0].total_yen, Some(Decimal::whole(yen)), "{watts} W");
        assert_eq!(comparison.offers[0].lines.len(), 1);
    }
}

#[test]
fn on_top_of_the_household_each_kilowatt_hour_is_dearer() {
    let home = with("# household_kwh_per_month = 260", "household_kwh_per_month = 280");
    let comparison = of(&home, 3, Bytes::mib(256), TODAY);
    let marginal = offer(&comparison, "above the household");
    assert_eq!(
        told(marginal),
        [
            "Meter-Rate Lighting B, from 120 to 300 kWh: 20 kWh × ¥36.4 = ¥728",
            "Meter-Rate Lighting B, above 300 kWh: 11.8 kWh × ¥40.49 = ¥478",
            "renewable energy levy, May 2026 to April 2027: 31.8 kWh × ¥4.18 = ¥133",
        ]
    );
    assert_eq!(marginal.total_yen, Some(Decimal::whole(1339)));
    assert!(
        of(&record(), 3, Bytes::mib(256), TODAY).offers.iter().all(|offer| !offer.what.contains("above the household"))
    );
}

#[test]
fn fifteen_watts_in_the_second_tier_are_438_yen() {
    let file = default_file(&Answers::default())
        .replace("watts_idle = 40", "watts_idle = 15")
        .replace("loaded_hours_per_day = 4", "loaded_hours_per_day = 0")
        .replace("# household_kwh_per_month = 260", "household_kwh_per_month = 200");
    let comparison = of(&parse(&file).unwrap(), 3, Bytes::mib(256), TODAY);
    assert_eq!(offer(&comparison, "above the household").total_yen, Some(Decimal::whole(438)));
}

#[test]
fn eight_small_services_elsewhere() {
    let home = with("memory = \"768MiB\"", "memory = \"1GiB\"");
    let comparison = of(&home, 8, Bytes::mib(256), TODAY);
    assert_eq!(
        told(offer(&comparison, "Fly.io")),
        [
            "machine shared-cpu-1x with 256 MiB: 8 machines × $2.32 = $18.56",
            "Managed Postgres Basic with 1 GiB: 1 database × $38.00 = $38.00",
            "storage of Managed Postgres: 10 GB × $0.28 = $2.80",
            "Upstash Redis, paid by use: 10 × 100k commands × $0.20 = $2.00",
        ]
    );
    assert_eq!(offer(&comparison, "Fly.io").total.to_string(), "61.36");
    assert_eq!(offer(&comparison, "Fly.io").total_yen, Some(Decimal::whole(9204)));
    assert_eq!(
        told(offer(&comparison, "Railway")),
        [
            "memory: 3.125 GB × $10.00 = $31.25",
            "processor time: 0.1 vCPU × $20.00 = $2.00",
            "volume: 10 GB × $0.15 = $1.50",
            "Hobby plan: 1 plan × $5.00 = $5.00",
            "use that the plan includes: 1 time × -$5.00 = -$5.00",
        ]
    );
    assert_eq!(
        told(offer(&comparison, "CX ")),
        ["server CX33 with IPv4 with 8 GiB, for 5.1 GiB: 1 server × €8.99 = €8.99"]
    );
    assert_eq!(told(offer(&comparison, "CPX")), ["server CPX22 with 4 GiB, for 5.1 GiB: 2 servers × €19.99 = €39.98"]);
    assert_eq!(
        told(offer(&comparison, "Lightsail")),
        ["Linux with IPv4 with 4 GiB, for 3.6 GiB: 1 server × $24.00 = $24.00"]
    );
}

#[test]
fn what_is_larger_than_any_machine_is_bought_by_the_gigabyte() {
    let comparison = of(&record(), 2, Bytes::gib(3), TODAY);
    assert_eq!(
        told(offer(&comparison, "Fly.io"))[..2],
        [
            "machine shared-cpu-1x with 1 GiB: 2 machines × $5.70 = $11.40",
            "memory beyond a machine's own: 4 GB × $5.00 = $20.00"
        ]
    );
}

#[test]
fn money_without_a_rate_stays_what_it_is() {
    let without = of(&record(), 3, Bytes::mib(256), TODAY);
    assert_eq!(offer(&without, "CX ").total_yen, None);
    assert!(without.warnings.iter().any(|warning| warning.contains("no rate for the EUR")));
    assert!(without.warnings.iter().any(|warning| warning.contains("¥150 for a USD has no day")));
    let file = default_file(&Answers::default())
        .replace("# yen_per_eur = 170", "yen_per_eur = 170")
        .replace("# as_of = 2026-01-31", "as_of = 2026-11-20");
    let dated = of(&parse(&file).unwrap(), 3, Bytes::mib(256), TODAY);
    assert_eq!(offer(&dated, "CX ").total_yen, Some(Decimal::whole(1018)), "€5.99");
    assert_eq!(dated.warnings, Vec::<String>::new(), "all prices and rates are dated, and none is old");
}

#[test]
fn prices_older_than_180_days_are_told_with_the_address_to_look_at() {
    let fine = of(&record(), 3, Bytes::mib(256), Day(jiff::civil::date(2027, 2, 3)));
    assert!(!fine.warnings.iter().any(|warning| warning.contains("Fly.io")), "180 days: {:?}", fine.warnings);
    let old = of(&record(), 3, Bytes::mib(256), Day(jiff::civil::date(2027, 2, 4)));
    assert!(old.warnings.contains(
        &"a price of Fly.io is of 2026-08-07, 181 days ago: see https://fly.io/docs/about/cost-management".to_string()
    ));
    let early = of(&record(), 3, Bytes::mib(256), Day(jiff::civil::date(2026, 8, 1)));
    assert!(early.warnings.iter().any(|warning| warning.contains("which is still to come")), "{:?}", early.warnings);
}

#[test]
fn a_persons_own_prices_take_the_place_of_ours() {
    let own = "[[prices]]\nid = \"lightsail-4096\"\nvalue = 20\nas_of = 2026-11-01\nsource = \"my bill\"\n";
    let prices = Prices::built_in().unwrap().with(own).unwrap();
    let home = record();
    let comparison = compare(&home, &Set::of(&home, 8, Bytes::mib(256)), &prices, TODAY);
    let lightsail = offer(&comparison, "Lightsail");
    assert_eq!((lightsail.total.to_string().as_str(), lightsail.lines[0].source.as_str()), ("20", "my bill"));
}

#[test]
fn wrong_prices_are_refused_with_their_places() {
    let refused = |text: &str| Prices::built_in().unwrap().with(text).unwrap_err().to_text("prices.toml");
    assert_eq!(
        refused("[[prices]]\nid = \"lightsail-4069\"\nvalue = 20\nas_of = 2026-11-01\nsource = \"my bill\"\n"),
        "prices.toml:2:6: no price is called `lightsail-4069`\n  hint: did you mean `lightsail-4096`?\n"
    );
    assert_eq!(
        refused("[[prices]]\nid = \"railway-cpu\"\nvalue = \"20\"\nunit = \"month\"\nsource = \"my bill\"\n"),
        "prices.toml:1:1: `[[prices]]` has no `as_of`\n  hint: add `as_of = 2026-08-07`\n\
         prices.toml:2:6: the price `railway-cpu` is in USD for a vCPU-month, not in month\n  hint: convert it, and say so in its `source`\n\
         prices.toml:3:9: `value` in `[[prices]]` is a text, not an amount\n  hint: write it without quotes\n"
    );
    assert_eq!(
        refused("[[price]]\nid = 1\n"),
        "prices.toml:1:3: `price` is not a section of this file\n  hint: did you mean `prices`?\n"
    );
    assert!(refused("[[prices]\n").contains("this is no TOML"));
    assert_eq!(
        Prices::built_in().unwrap().with("").unwrap(),
        Prices::built_in().unwrap(),
        "an empty file changes nothing"
    );
}

#[test]
fn each_price_that_comes_along_has_a_source_and_is_used() {
    let prices = Prices::built_in().unwrap();
    let mut used = std::collections::BTreeSet::new();
    let home = with("# household_kwh_per_month = 260", "household_kwh_per_month = 119");
    for services in [0, 1, 3, 8, 40] {
        for memory in [64, 256, 512, 1024, 3000] {
            for postgres in ["768MiB", "1536MiB", "3GiB"] {
                for household in ["household_kwh_per_month = 119", "household_kwh_per_month = 299"] {
                    let file = default_file(&Answers::default())
                        .replace("memory = \"768MiB\"", &format!("memory = \"{postgres}\""))
                        .replace("# household_kwh_per_month = 260", household);
                    let home = parse(&file).unwrap();
                    let comparison = of(&home, services, Bytes::mib(memory), TODAY);
                    assert_eq!(comparison.offers.len(), 7, "each way has its prices");
                    used.extend(comparison.offers.iter().flat_map(|offer| {
                        offer.lines.iter().map(|line| (line.price, line.source.clone(), line.as_of))
                    }));
                }
            }
        }
    }
    let tiny = Set { postgres: Bytes::ZERO, valkey: Bytes::ZERO, ..Set::of(&home, 0, Bytes::ZERO) };
    for set in [tiny.clone(), Set { valkey: Bytes::mib(400), ..tiny.clone() }, Set { valkey: Bytes::mib(1024), ..tiny }]
    {
        let comparison = compare(&home, &set, &prices, TODAY);
        used.extend(
            comparison
                .offers
                .iter()
                .flat_map(|offer| offer.lines.iter().map(|line| (line.price, line.source.clone(), line.as_of))),
        );
    }
    for price in prices.all() {
        assert!(price.source.starts_with("https://"), "{}", price.id);
        assert!(used.contains(&(price.value, price.source.clone(), Some(price.as_of))), "{} is never used", price.id);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_set_and_no_file_of_prices_panics(services in any::<u32>(), memory in any::<u64>(), text in "\\PC{0,80}", value in "[-0-9.e_]{0,12}") {
        let home = record();
        let record = format!("[[prices]]\nid = \"railway-cpu\"\nvalue = {value}\nas_of = 2026-01-01\nsource = \"mine\"\n");
        for text in [text, record] {
            let prices = Prices::built_in().unwrap();
            let prices = prices.clone().with(&text).unwrap_or(prices);
            let comparison = compare(&home, &Set::of(&home, services, Bytes::new(memory)), &prices, TODAY);
            prop_assert_eq!(comparison.offers.len(), 6);
            let _ = svg(&comparison);
        }
    }
}
