//! Sentences that are put together from parts.

use std::borrow::Cow;

/// Why a value cannot be, as the end of a sentence that has named the value already.
///
/// The reasons of the parsers go on from a key, such as `` `subnet` is `x`, not an IPv4 network ``; here that becomes
/// `it is not an IPv4 network`.
pub fn without_value(why: &str) -> String {
    let rest = why.strip_prefix("is `").and_then(|rest| rest.split_once('`')).map(|(_, rest)| rest);
    match rest {
        Some(rest) if rest.starts_with("; ") => rest["; ".len()..].to_string(),
        Some(rest) if rest.starts_with(", not ") => format!("it is {}", &rest[", ".len()..]),
        Some(rest) if rest.starts_with(", which ") => format!("it {}", &rest[", which ".len()..]),
        _ => format!("it {why}"),
    }
}

/// A text from outside in one line that does nothing to a terminal: names of files may hold line ends and escapes.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) {
        let mut safe = String::with_capacity(text.len() + 16);
        text.chars().for_each(|character| match character.is_control() {
            true => safe.extend(character.escape_default()),
            false => safe.push(character),
        });
        Cow::Owned(safe)
    } else {
        Cow::Borrowed(text)
    }
}

/// Several things, the last two with `and` between them.
pub fn list(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_does_not_name_the_value_again() {
        assert_eq!(without_value("is `x`, not an IPv4 network"), "it is not an IPv4 network");
        assert_eq!(without_value("is `A`; a DNS label has no `A`"), "a DNS label has no `A`");
        assert_eq!(without_value("is `9`, which has no unit"), "it has no unit");
        assert_eq!(without_value("is empty"), "it is empty");
        assert_eq!(
            without_value("is `a.B`, and one of its labels is `B`"),
            "it is `a.B`, and one of its labels is `B`"
        );
    }

    #[test]
    fn names_from_outside_do_nothing_to_a_terminal() {
        assert_eq!(printable("a\u{1b}[31m\nb"), "a\\u{1b}[31m\\nb");
        assert_eq!(printable("日本 café"), "日本 café");
    }

    #[test]
    fn a_list_reads_as_people_speak() {
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["a".into()]), "a");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
