//! What a scalar means to Kubernetes, which reads YAML 1.1 and makes JSON of it.

use super::node::Style;

/// What a scalar means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// Nothing.
    Null,
    /// `true`, and also `yes`, `on` and `y`.
    Bool(bool),
    /// A whole number, also as `0x1f`, `0o17`, `017`, `0b11` or `1_000`.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text. Dates are text too.
    Text,
}

impl Meaning {
    /// What it is called in a message.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a boolean",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Text => "text",
        }
    }
}

/// What `text` means, written in `style`. `tag` is the name of a tag of YAML itself: `str` for `!!str`.
pub(super) fn resolve(text: &str, style: Style, tag: Option<&str>) -> Meaning {
    match (tag, style) {
        (Some("str" | "binary"), _) => Meaning::Text,
        (None, Style::Quoted | Style::Block) => Meaning::Text,
        _ => plain(text),
    }
}

fn plain(text: &str) -> Meaning {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Meaning::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Meaning::Bool(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Meaning::Bool(false);
        }
        ".nan" | ".NaN" | ".NAN" => return Meaning::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Meaning::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Meaning::Float(f64::NEG_INFINITY),
        _ => {}
    }
    // Most scalars are words; a number begins with one of these.
    if text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) {
        number(&text.replace('_', "")).unwrap_or(Meaning::Text)
    } else {
        Meaning::Text
    }
}

fn number(text: &str) -> Option<Meaning> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if let Some(whole) = whole_number(digits) {
        let signed = if negative { -whole } else { whole };
        return Some(i64::try_from(signed).map_or(Meaning::Float(signed as f64), Meaning::Integer));
    }
    is_decimal(digits).then(|| text.parse().ok().map(Meaning::Float)).flatten()
}

fn whole_number(digits: &str) -> Option<i128> {
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    let is_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_digits.then(|| i128::from_str_radix(digits, radix).ok()).flatten()
}

/// `1.5`, `.5`, `1.`, `1e3`; Rust's own parser would also take `inf`.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let has_digits = !whole.is_empty() || !fraction.is_empty();
    has_digits && all_digits(whole) && all_digits(fraction) && exponent.is_none_or(|e| !e.is_empty() && all_digits(e))
}
