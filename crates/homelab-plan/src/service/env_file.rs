//! A file of `NAME=value` lines, as shells and Docker read them.

use std::collections::BTreeMap;

/// A line that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong with it, without its value.
    pub reason: String,
}

/// Reads such a file. Comments and empty lines are left out, `export` and quotes around a value are taken off; nothing is
/// expanded, since a secret may hold a dollar sign.
///
/// # Errors
/// A line is no assignment, or a name stands twice.
pub fn env_file(text: &str) -> Result<BTreeMap<String, String>, BadLine> {
    let mut values = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let bad = |reason: String| BadLine { line: number + 1, reason };
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line.split_once('=').ok_or_else(|| bad("there is no `=`".to_owned()))?;
        let name = name.trim();
        let is_name = !name.is_empty()
            && !name.starts_with(|first: char| first.is_ascii_digit())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !is_name {
            return Err(bad("what stands before `=` is no name of a variable".to_owned()));
        }
        let value = unquoted(value.trim()).ok_or_else(|| bad(format!("the quotes of `{name}` do not end")))?;
        if value.is_empty() {
            return Err(bad(format!("`{name}` has no value")));
        }
        if values.insert(name.to_owned(), value.to_owned()).is_some() {
            return Err(bad(format!("`{name}` stands twice")));
        }
    }
    Ok(values)
}

fn unquoted(value: &str) -> Option<&str> {
    match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value.strip_prefix(quote)?.strip_suffix(quote),
        _ => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_they_stand() {
        let values = env_file("# mine\n\nexport A=1\nB = 'a=b $C'\nC=\"x y\"\r\n").unwrap();
        let expected = [("A", "1"), ("B", "a=b $C"), ("C", "x y")];
        assert_eq!(values, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    }

    #[test]
    fn a_line_that_is_none_is_named_without_its_value() {
        let refused = |text: &str| env_file(text).unwrap_err();
        assert_eq!(refused("A=1\nhunter2\n"), BadLine { line: 2, reason: "there is no `=`".to_owned() });
        assert_eq!(refused("A=1\nA=2\n").reason, "`A` stands twice");
        assert_eq!(refused("A=\n").reason, "`A` has no value");
        assert_eq!(refused("A='x\n").reason, "the quotes of `A` do not end");
        assert_eq!(refused("A='\n").reason, "the quotes of `A` do not end");
        assert_eq!(refused("a b=1\n").reason, "what stands before `=` is no name of a variable");
    }
}
