//! The numbers of items, in the three ways in which they are written.

use yomu_model::ids::EntryId;

const PREFIX: &str = "tag:google.com,2005:reader/item/";

/// The long form: sixteen hexadecimal digits after a prefix.
pub(super) fn long(id: EntryId) -> String {
    format!("{PREFIX}{:016x}", id.get())
}

/// Reads any form: long, also with fewer digits (NetNewsWire); sixteen hexadecimal digits; a decimal number.
pub(super) fn read(text: &str) -> Option<EntryId> {
    let text = text.trim();
    let number = match text.strip_prefix(PREFIX) {
        Some(digits) => hexadecimal(digits),
        None if text.len() == 16 && text.starts_with('0') => hexadecimal(text),
        None => text.parse().ok().or_else(|| hexadecimal(text)),
    };
    number.map(EntryId::new)
}

fn hexadecimal(digits: &str) -> Option<i64> {
    let fits = (1..=16).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if fits { u64::from_str_radix(digits, 16).ok().map(u64::cast_signed) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        for (text, number) in [
            ("tag:google.com,2005:reader/item/00000000000004d2", 1234),
            ("tag:google.com,2005:reader/item/4d2", 1234),
            ("00000000000004d2", 1234),
            ("1234", 1234),
            (" 1234 ", 1234),
            ("-5", -5),
            ("fffffffffffffffb", -5),
            ("4d2f", 0x4d2f),
            ("9223372036854775807", i64::MAX),
        ] {
            assert_eq!(read(text), Some(EntryId::new(number)), "{text}");
        }
        assert_eq!(read(&long(EntryId::new(1234))), Some(EntryId::new(1234)));
        assert_eq!(long(EntryId::new(1234)), "tag:google.com,2005:reader/item/00000000000004d2");
    }

    #[test]
    fn nonsense_is_no_number() {
        for text in [
            "",
            "x",
            "猫",
            "tag:google.com,2005:reader/item/",
            "tag:google.com,2005:reader/item/11112222333344445",
            "1.5",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
