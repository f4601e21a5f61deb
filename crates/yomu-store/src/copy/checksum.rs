//! What tells whether two tables have the same rows, in whatever order.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::value::Value;

/// The number of rows, and two sums of their hashes: a row that is missing, twice there, or another changes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Checksum {
    rows: u64,
    sums: [u64; 2],
}

impl Checksum {
    pub(super) fn add(&mut self, row: &[Value]) {
        self.rows += 1;
        for (seed, sum) in self.sums.iter_mut().enumerate() {
            let mut hasher = DefaultHasher::new();
            seed.hash(&mut hasher);
            row.iter().for_each(|value| hash(value, &mut hasher));
            *sum = sum.wrapping_add(hasher.finish());
        }
    }

    pub(super) fn rows(&self) -> u64 {
        self.rows
    }
}

fn hash(value: &Value, hasher: &mut DefaultHasher) {
    match value {
        Value::Null => 0_u8.hash(hasher),
        Value::Int(number) => (1_u8, number).hash(hasher),
        // SQLite keeps booleans as 0 and 1.
        Value::Bool(flag) => (1_u8, i64::from(*flag)).hash(hasher),
        Value::Text(text) => (2_u8, text).hash(hasher),
        Value::Bytes(bytes) => (3_u8, bytes).hash(hasher),
        // Parameters only.
        Value::Ints(_) | Value::Texts(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checksum(rows: &[&[Value]]) -> Checksum {
        let mut sum = Checksum::default();
        rows.iter().for_each(|row| sum.add(row));
        sum
    }

    #[test]
    fn order_and_the_kind_of_a_boolean_do_not_count() {
        let (a, b): (&[Value], &[Value]) = (&[Value::Int(1), Value::Null], &[Value::Text("x".to_owned()), Value::Null]);
        assert_eq!(checksum(&[a, b]), checksum(&[b, &[Value::Bool(true), Value::Null]]));
    }

    #[test]
    fn everything_else_does() {
        let text = |text: &str| Value::Text(text.to_owned());
        let base = checksum(&[&[text("ab"), text("c")]]);
        for other in [
            checksum(&[]),
            checksum(&[&[text("a"), text("bc")]]),
            checksum(&[&[text("ab"), text("c")], &[text("ab"), text("c")]]),
            checksum(&[&[text("ab"), Value::Null]]),
            checksum(&[&[Value::Bytes(b"ab".to_vec()), text("c")]]),
        ] {
            assert_ne!(base, other);
        }
    }
}
