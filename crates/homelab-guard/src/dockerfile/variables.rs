//! Variables in instructions: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:+other}`.

use std::collections::HashMap;

use super::Pair;
use crate::limits::EXPANSION_BYTES_MAX;

/// What is known of the variables at some point of a build. One without a value is known to exist and given from outside.
#[derive(Clone, Debug, Default)]
pub struct Variables {
    values: HashMap<String, Option<String>>,
}

impl Variables {
    /// After `ENV` or `ARG` with these pairs. `ARG NAME` in a stage takes the value from before the first `FROM`.
    pub fn declare(&mut self, pairs: &[Pair], outer: Option<&Self>) {
        for pair in pairs {
            let value = match &pair.value {
                Some(value) => self.expand(value),
                None => outer.and_then(|outer| outer.values.get(&pair.name).cloned()).flatten(),
            };
            self.values.insert(pair.name.clone(), value);
        }
    }

    /// The text with its variables replaced; `None` when one of them has no known value.
    pub fn expand(&self, text: &str) -> Option<String> {
        let mut expanded = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(dollar) = rest.find('$') {
            if let Some(before) = rest[..dollar].strip_suffix('\\') {
                expanded.push_str(before);
                expanded.push('$');
                rest = &rest[dollar + 1..];
                continue;
            }
            expanded.push_str(&rest[..dollar]);
            let (value, behind) = self.reference(&rest[dollar + 1..])?;
            expanded.push_str(&value);
            // `A=$A$A` in thirty lines would fill the memory.
            if expanded.len() > EXPANSION_BYTES_MAX {
                return None;
            }
            rest = behind;
        }
        expanded.push_str(rest);
        Some(expanded)
    }

    /// The value of the reference behind a `$`, and what follows it.
    fn reference<'a>(&self, text: &'a str) -> Option<(String, &'a str)> {
        if let Some(braced) = text.strip_prefix('{') {
            let (inside, behind) = braced.split_once('}')?;
            return Some((self.braced(inside)?, behind));
        }
        let end = text.find(|character: char| !is_name_character(character)).unwrap_or(text.len());
        if end == 0 {
            return Some(("$".to_owned(), text));
        }
        Some((self.values.get(&text[..end])?.clone()?, &text[end..]))
    }

    fn braced(&self, inside: &str) -> Option<String> {
        let end = inside.find(|character: char| !is_name_character(character)).unwrap_or(inside.len());
        let (name, operator) = inside.split_at(end);
        let value = self.values.get(name).cloned().flatten();
        if operator.is_empty() {
            return value;
        }
        let (counts_empty, operator) =
            operator.strip_prefix(':').map_or((false, operator), |operator| (true, operator));
        let is_set = value.as_ref().is_some_and(|value| !counts_empty || !value.is_empty());
        match (operator.split_at_checked(1)?, is_set) {
            (("-", _), true) => value,
            (("-", default), false) => Some(default.to_owned()),
            (("+", other), true) => Some(other.to_owned()),
            (("+", _), false) => Some(String::new()),
            _ => None,
        }
    }
}

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: Option<&str>) -> Pair {
        Pair { name: name.to_owned(), value: value.map(str::to_owned), at: 0..0 }
    }

    #[test]
    fn known_variables_are_replaced_and_unknown_ones_make_the_text_unknown() {
        let mut variables = Variables::default();
        variables.declare(&[pair("TAG", Some("1.95")), pair("FULL", Some("rust:$TAG")), pair("GIVEN", None)], None);
        for (text, expected) in [
            ("${FULL}-slim", Some("rust:1.95-slim")),
            ("$TAG/x", Some("1.95/x")),
            ("${GIVEN:-debian}", Some("debian")),
            ("${TAG:+yes}${GIVEN:+no}", Some("yes")),
            ("\\$TAG", Some("$TAG")),
            ("5$", Some("5$")),
            ("$GIVEN", None),
            ("$MISSING", None),
            ("${TAG", None),
            ("${TAG:}", None),
        ] {
            assert_eq!(variables.expand(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_variable_that_doubles_itself_becomes_unknown() {
        let mut variables = Variables::default();
        variables.declare(&[pair("A", Some("0123456789"))], None);
        for _ in 0..60 {
            variables.declare(&[pair("A", Some("$A$A"))], None);
        }
        assert_eq!(variables.expand("$A"), None);
    }

    #[test]
    fn an_argument_of_a_stage_takes_the_outer_value() {
        let mut outer = Variables::default();
        outer.declare(&[pair("TAG", Some("1"))], None);
        let mut inner = Variables::default();
        assert_eq!(inner.expand("$TAG"), None);
        inner.declare(&[pair("TAG", None)], Some(&outer));
        assert_eq!(inner.expand("$TAG").as_deref(), Some("1"));
    }
}
