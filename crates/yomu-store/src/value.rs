//! The values that go into and come out of both databases, and rows read in the order of their columns.

use jiff::Timestamp;
use yomu_model::ids::{
    AppPasswordId, EntryId, FeedId, FolderId, HighlightId, IconId, InvitationId, SearchId, SessionId, ShareId,
    SubscriptionId, TagId, UserId,
};

use crate::StoreError;
use crate::clock::{from_millis, to_millis};

/// One parameter or one column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Bool(bool),
    Text(String),
    Bytes(Vec<u8>),
    /// A list of numbers, used in SQL as `IN ({list:N})`; as a column, see [`Ints`].
    Ints(Vec<i64>),
    /// A list of texts, used in SQL as `IN ({texts:N})`.
    Texts(Vec<String>),
}

/// The parameters of one statement: anything that turns into a [`Value`], in the order of `?1`, `?2` and so on.
macro_rules! params {
    ($($value:expr),* $(,)?) => { vec![$($crate::value::Value::from($value)),*] };
}
pub(crate) use params;

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl From<[u8; 32]> for Value {
    fn from(value: [u8; 32]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl From<Vec<i64>> for Value {
    fn from(value: Vec<i64>) -> Self {
        Self::Ints(value)
    }
}

impl From<Vec<String>> for Value {
    fn from(value: Vec<String>) -> Self {
        Self::Texts(value)
    }
}

impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Self::Int(to_millis(value))
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// What a column can be read as.
pub(crate) trait FromValue: Sized {
    fn from_value(value: Value) -> Result<Self, StoreError>;
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Int(number) => Ok(number),
            Value::Bool(flag) => Ok(Self::from(flag)),
            _ => Err(StoreError::Decode { expected: "a number" }),
        }
    }
}

impl FromValue for u32 {
    fn from_value(value: Value) -> Result<Self, StoreError> {
        Self::try_from(i64::from_value(value)?).map_err(|_| StoreError::Decode { expected: "a small number" })
    }
}

impl FromValue for bool {
    fn from_value(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Bool(flag) => Ok(flag),
            // SQLite keeps booleans as 0 and 1.
            Value::Int(number) => Ok(number != 0),
            _ => Err(StoreError::Decode { expected: "yes or no" }),
        }
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Text(text) => Ok(text),
            _ => Err(StoreError::Decode { expected: "text" }),
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Bytes(bytes) => Ok(bytes),
            _ => Err(StoreError::Decode { expected: "bytes" }),
        }
    }
}

impl FromValue for [u8; 16] {
    fn from_value(value: Value) -> Result<Self, StoreError> {
        Vec::from_value(value)?.try_into().map_err(|_| StoreError::Decode { expected: "16 bytes" })
    }
}

impl FromValue for [u8; 32] {
    fn from_value(value: Value) -> Result<Self, StoreError> {
        Vec::from_value(value)?.try_into().map_err(|_| StoreError::Decode { expected: "32 bytes" })
    }
}

impl FromValue for Timestamp {
    fn from_value(value: Value) -> Result<Self, StoreError> {
        i64::from_value(value).map(from_millis)
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}

/// A column made by `{as_list}`: on PostgreSQL an array, null for none; on SQLite JSON.
pub(crate) struct Ints(pub(crate) Vec<i64>);

impl FromValue for Ints {
    fn from_value(value: Value) -> Result<Self, StoreError> {
        let wrong = StoreError::Decode { expected: "a list of numbers" };
        match value {
            Value::Null => Ok(Self(Vec::new())),
            Value::Ints(numbers) => Ok(Self(numbers)),
            Value::Text(json) => {
                let inside = json.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).ok_or(wrong)?;
                let numbers = inside.split(',').filter(|number| !number.is_empty()).map(str::parse);
                numbers.collect::<Result<_, _>>().map(Self).map_err(|_| StoreError::Decode { expected: "numbers" })
            }
            _ => Err(wrong),
        }
    }
}

macro_rules! id_values {
    ($($id:ident),*) => { $(
        impl From<$id> for Value {
            fn from(id: $id) -> Self {
                Self::Int(id.get())
            }
        }

        impl FromValue for $id {
            fn from_value(value: Value) -> Result<Self, StoreError> {
                i64::from_value(value).map($id::new)
            }
        }
    )* };
}
id_values!(
    UserId,
    FeedId,
    SubscriptionId,
    EntryId,
    FolderId,
    IconId,
    SessionId,
    AppPasswordId,
    InvitationId,
    TagId,
    HighlightId,
    SearchId,
    ShareId
);

/// One row, read column by column in the order of the `SELECT`.
#[derive(Debug)]
pub(crate) struct Row(std::vec::IntoIter<Value>);

impl Row {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self(values.into_iter())
    }

    /// All columns that were not taken yet.
    pub(crate) fn into_values(self) -> impl Iterator<Item = Value> {
        self.0
    }

    /// Takes the columns away that are behind the first `count`.
    pub(crate) fn split_off(&mut self, count: usize) -> Vec<Value> {
        let mut values: Vec<Value> = std::mem::take(&mut self.0).collect();
        let behind = values.split_off(count.min(values.len()));
        self.0 = values.into_iter();
        behind
    }

    /// Takes the next column.
    pub(crate) fn take<T: FromValue>(&mut self) -> Result<T, StoreError> {
        T::from_value(self.0.next().ok_or(StoreError::Decode { expected: "another column" })?)
    }
}
