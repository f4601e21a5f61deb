//! The tree: what a document says and where.

use super::resolve::Meaning;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it begins. What an alias stands for keeps the place of its anchor.
    pub place: Place,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A single value.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values.
    Mapping(Mapping),
}

/// A single value: as it is written, and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    /// The text, unquoted and unfolded.
    pub text: String,
    /// How it was written.
    pub style: Style,
    /// What Kubernetes reads in it.
    pub meaning: Meaning,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes, on one or more lines.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// As a block, after `|` or `>`.
    Block,
}

/// Keys and values in their order. Of a key that stands twice, only the first is here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    pub(super) fields: Vec<Field>,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The key.
    pub key: Key,
    /// The value.
    pub value: Node,
}

/// A key.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// As it is written, unquoted: `on` stays `on`.
    pub text: String,
    /// Where it is.
    pub place: Place,
    /// What Kubernetes reads in it: for `on` that is the boolean, which it then turns into the key `true`.
    pub meaning: Meaning,
}

/// Where something is in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Counted from 1; 0 where it is about the file as a whole.
    pub line: u32,
    /// Counted in characters from 1.
    pub column: u32,
    /// How many characters of that line it covers.
    pub width: u32,
}

impl Node {
    /// The value at the end of a path of keys.
    pub fn get<'keys>(&self, path: impl IntoIterator<Item = &'keys str>) -> Option<&Node> {
        path.into_iter().try_fold(self, |node, key| node.child(key))
    }

    /// The value of one key.
    pub fn child(&self, key: &str) -> Option<&Node> {
        self.as_mapping()?.get(key)
    }

    /// The text of a scalar, whatever it means.
    pub fn as_str(&self) -> Option<&str> {
        self.as_scalar().map(|scalar| scalar.text.as_str())
    }

    /// The boolean that is written here.
    pub fn as_bool(&self) -> Option<bool> {
        match self.as_scalar()?.meaning {
            Meaning::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The whole number that is written here.
    pub fn as_integer(&self) -> Option<i64> {
        match self.as_scalar()?.meaning {
            Meaning::Integer(value) => Some(value),
            _ => None,
        }
    }

    /// The scalar.
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The mapping.
    pub fn as_mapping(&self) -> Option<&Mapping> {
        match &self.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The fields of a mapping; none for anything else.
    pub fn fields(&self) -> &[Field] {
        self.as_mapping().map_or(&[], |mapping| mapping.fields.as_slice())
    }

    /// Whether nothing is written here, or `null`.
    pub fn is_null(&self) -> bool {
        self.as_scalar().is_some_and(|scalar| scalar.meaning == Meaning::Null)
    }

    /// Everything below this node and itself, each with the key it stands under; parents before children.
    pub fn walk<'node>(&'node self, visit: &mut impl FnMut(Option<&'node Key>, &'node Node)) {
        self.walk_under(None, visit);
    }

    fn walk_under<'node>(
        &'node self,
        key: Option<&'node Key>,
        visit: &mut impl FnMut(Option<&'node Key>, &'node Node),
    ) {
        visit(key, self);
        self.items().iter().for_each(|item| item.walk_under(None, visit));
        self.fields().iter().for_each(|field| field.value.walk_under(Some(&field.key), visit));
    }
}

impl Mapping {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.field(key).map(|field| &field.value)
    }

    /// A key with its value.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key.text == key)
    }

    /// All fields in their order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// All fields, to change them.
    pub fn fields_mut(&mut self) -> &mut Vec<Field> {
        &mut self.fields
    }
}
