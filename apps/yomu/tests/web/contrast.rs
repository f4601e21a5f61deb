//! The colours of the style sheet, in all themes: whatever meets on a page keeps the contrast of WCAG 2.2.

use std::collections::HashMap;

const TOKENS: &str = include_str!("../../assets/style/tokens.css");

/// Text in an article: AAA.
const ARTICLE: f64 = 7.0;
/// Text elsewhere: AA.
const TEXT: f64 = 4.5;
/// The edges of fields and what is drawn: AA for what is no text.
const DRAWN: f64 = 3.0;

/// What stands on what.
const PAIRS: [(&str, &str, f64); 18] = [
    ("ink", "paper", ARTICLE),
    ("ink", "soft", ARTICLE),
    ("ink", "mark", ARTICLE),
    ("quiet", "paper", ARTICLE),
    ("quiet", "soft", ARTICLE),
    ("accent", "paper", ARTICLE),
    ("accent", "soft", ARTICLE),
    ("keyword", "soft", ARTICLE),
    ("string", "soft", ARTICLE),
    ("number", "soft", ARTICLE),
    ("paper", "accent", TEXT),
    ("paper", "ink", TEXT),
    ("star", "paper", TEXT),
    ("warn", "paper", TEXT),
    ("ink", "warn-soft", TEXT),
    ("quiet", "warn-soft", TEXT),
    ("edge", "paper", DRAWN),
    ("warn", "warn-soft", DRAWN),
];

type Colours = HashMap<&'static str, &'static str>;

/// The colours of light, dark and sepia.
fn themes() -> [(&'static str, Colours); 3] {
    let (mut light, mut dark) = (Colours::new(), Colours::new());
    for (name, value) in tokens(TOKENS.split("\n}").next().unwrap()) {
        if let Some((a, b)) =
            value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')')?.split_once(", "))
        {
            light.insert(name, a);
            dark.insert(name, b);
        }
    }
    let sepia = TOKENS.split_once("[data-theme=\"sepia\"] {").unwrap().1.split('}').next().unwrap();
    let sepia = light.clone().into_iter().chain(tokens(sepia)).collect();
    [("light", light), ("dark", dark), ("sepia", sepia)]
}

fn tokens(block: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    block.lines().filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "))
}

/// The relative luminance of `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let hex = colour.strip_prefix('#').filter(|hex| hex.len() == 6).unwrap_or_else(|| panic!("no colour: {colour}"));
    let linear = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(0) + 0.7152 * linear(2) + 0.0722 * linear(4)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn what_meets_on_a_page_can_be_told_apart() {
    let mut findings = Vec::new();
    for (theme, colours) in themes() {
        for (front, back, least) in PAIRS {
            let found = contrast(colours[front], colours[back]);
            if found < least {
                findings.push(format!("{theme}: {front} on {back} is {found:.2}, and less than {least}"));
            }
        }
    }
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn contrast_is_counted_as_the_standard_does() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.001);
    assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 0.001);
    assert!((contrast("#ffffff", "#ffffff") - 1.0).abs() < 0.001);
}
