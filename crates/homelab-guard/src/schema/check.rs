//! One value against one schema.

use std::fmt::Write as _;

use super::definitions::{DEFINITIONS, Format, Schema, Shape};
use super::formats::{is_base64, is_quantity, is_time};
use super::problem::{Cause, Problem};
use super::suggestion::suggestion;
use crate::yaml::{Field, Mapping, Meaning, Node, Place, Scalar, Value};

/// Compares `document` with `schema` and adds what differs.
pub(super) fn check_value(schema: &'static Schema, document: &Node, problems: &mut Vec<Problem>) {
    Walk { path: Vec::new(), problems }.value(schema, document);
}

/// The way from the top to a value.
pub(super) enum Step<'document> {
    Field(&'document str),
    Item(usize),
}

struct Walk<'document, 'problems> {
    path: Vec<Step<'document>>,
    problems: &'problems mut Vec<Problem>,
}

impl<'document> Walk<'document, '_> {
    fn value(&mut self, schema: &'static Schema, node: &'document Node) {
        let schema = DEFINITIONS.follow(schema);
        // Nothing is the same as no field, wherever it stands.
        if node.is_null() {
            return;
        }
        match (schema.shape, &node.value) {
            (Shape::Object, Value::Mapping(mapping)) => self.object(schema, mapping, node.place),
            (Shape::Array, Value::Sequence(items)) => {
                if let Some(item_schema) = &schema.items {
                    for (index, item) in items.iter().enumerate() {
                        self.path.push(Step::Item(index));
                        self.value(item_schema, item);
                        self.path.pop();
                    }
                }
            }
            (_, Value::Scalar(scalar)) => {
                if let Some(cause) = scalar_cause(schema, scalar) {
                    self.add(node.place, cause);
                }
            }
            (_, other) => {
                let found = if matches!(other, Value::Mapping(_)) { "a mapping" } else { "a list" };
                self.add(node.place, Cause::WrongType { expected: expected(schema), found });
            }
        }
    }

    fn object(&mut self, schema: &'static Schema, mapping: &'document Mapping, place: Place) {
        for field in mapping.fields() {
            self.path.push(Step::Field(&field.key.text));
            self.field(schema, field);
            self.path.pop();
        }
        for required in &schema.required {
            if mapping.get(required).is_none_or(Node::is_null) {
                self.add(place, Cause::MissingField { field: required });
            }
        }
    }

    fn field(&mut self, schema: &'static Schema, field: &'document Field) {
        let name = field.key.text.as_str();
        if let Some(property) = schema.properties.get(name) {
            return self.value(property, &field.value);
        }
        // A boolean among the keys, as in a ConfigMap's `yes: …`, loses its spelling on the way through JSON.
        match field.key.meaning {
            Meaning::Bool(read) if name != if read { "true" } else { "false" } => {
                let read_as = if read { "true" } else { "false" };
                self.add(field.key.place, Cause::KeyIsNotText { key: name.to_owned(), read_as });
            }
            _ => {}
        }
        match &schema.additional_properties {
            Some(additional) => self.value(additional, &field.value),
            None if schema.is_open || schema.properties.is_empty() => {}
            None => {
                let suggestion = suggestion(name, schema.properties.keys().copied());
                self.add(field.key.place, Cause::UnknownField { suggestion });
            }
        }
    }

    fn add(&mut self, place: Place, cause: Cause) {
        self.problems.push(Problem { place, path: written(&self.path), cause });
    }
}

/// `spec.containers[0].image`.
pub(super) fn written(path: &[Step<'_>]) -> String {
    let mut written = String::new();
    for step in path {
        let separator = if written.is_empty() { "" } else { "." };
        // Writing to a string cannot fail.
        let _ = match step {
            Step::Field(name) => write!(written, "{separator}{name}"),
            Step::Item(index) => write!(written, "[{index}]"),
        };
    }
    written
}

fn expected(schema: &Schema) -> &'static str {
    match (schema.shape, schema.format) {
        (_, Format::Quantity) => "an amount such as `512Mi`",
        (_, Format::IntOrString) => "a whole number or text",
        (Shape::Object, _) => "a mapping",
        (Shape::Array, _) => "a list",
        (Shape::Integer, _) => "a whole number",
        (Shape::Number, _) => "a number",
        (Shape::Boolean, _) => "`true` or `false`",
        (Shape::String | Shape::Any, _) => "text",
    }
}

/// What is wrong with a scalar.
fn scalar_cause(schema: &'static Schema, scalar: &Scalar) -> Option<Cause> {
    let wrong_type = || Some(Cause::WrongType { expected: expected(schema), found: scalar.meaning.name() });
    let malformed = |expected| Some(Cause::Malformed { expected });
    match (schema.shape, schema.format, scalar.meaning) {
        (_, Format::Quantity, Meaning::Integer(_) | Meaning::Float(_)) => None,
        (_, Format::Quantity, Meaning::Text) if is_quantity(&scalar.text) => None,
        (_, Format::Quantity, Meaning::Text) => malformed("an amount such as `512Mi`, `250m` or `1`"),
        (_, Format::IntOrString, Meaning::Integer(_) | Meaning::Text) => None,
        (Shape::Any, Format::None, _) => None,
        (Shape::String, format, Meaning::Text) => match format {
            Format::Byte if !is_base64(&scalar.text) => malformed("base64"),
            Format::DateTime if !is_time(&scalar.text) => malformed("a time such as `2026-01-31T09:00:00Z`"),
            _ if schema.options.is_empty() || schema.options.contains(&scalar.text.as_str()) => None,
            _ => {
                let suggestion = suggestion(&scalar.text, schema.options.iter().copied());
                Some(Cause::NotOneOf { options: &schema.options, suggestion })
            }
        },
        (Shape::Integer, Format::Int32, Meaning::Integer(value)) if i32::try_from(value).is_err() => {
            Some(Cause::OutOfRange { min: i32::MIN.into(), max: i32::MAX.into() })
        }
        (Shape::Integer | Shape::Number, _, Meaning::Integer(_)) => None,
        (Shape::Number, _, Meaning::Float(_)) => None,
        (Shape::Boolean, _, Meaning::Bool(_)) => None,
        _ => wrong_type(),
    }
}
