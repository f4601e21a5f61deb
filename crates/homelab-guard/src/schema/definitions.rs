//! The schemas themselves: data, read when the first manifest is seen.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

/// Kubernetes' own kinds and Argo CD's `Application`.
const KUBERNETES: &str = include_str!("../../data/kubernetes-1.36.json");

/// K3s and kustomize.
const AROUND_KUBERNETES: &str = include_str!("../../data/around-kubernetes.json");

/// All kinds and their schemas. The data is part of the program; a test reads it, so that it is never empty by mistake.
pub(super) static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    let mut all = Definitions::default();
    for text in [KUBERNETES, AROUND_KUBERNETES] {
        let more: Definitions = serde_json::from_str(text).unwrap_or_default();
        all.kinds.extend(more.kinds);
        all.schemas.extend(more.schemas);
    }
    all
});

/// Kinds and schemas by name.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Definitions {
    /// From `apps/v1/Deployment` to the name of its schema.
    #[serde(borrow)]
    pub(super) kinds: BTreeMap<&'static str, &'static str>,
    #[serde(borrow)]
    schemas: HashMap<&'static str, Schema>,
}

/// What a value must look like.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Schema {
    #[serde(rename = "$ref", default)]
    reference: Option<&'static str>,
    #[serde(rename = "type", default)]
    pub(super) shape: Shape,
    #[serde(default)]
    pub(super) format: Format,
    /// The only texts that may stand here; empty where any may.
    #[serde(rename = "enum", default, borrow)]
    pub(super) options: Vec<&'static str>,
    #[serde(default, borrow)]
    pub(super) required: Vec<&'static str>,
    #[serde(default, borrow)]
    pub(super) properties: BTreeMap<&'static str, Schema>,
    #[serde(default)]
    pub(super) items: Option<Box<Schema>>,
    /// The schema of fields that have no name of their own, as in labels.
    #[serde(default)]
    pub(super) additional_properties: Option<Box<Schema>>,
    /// Whether fields nobody knows are welcome.
    #[serde(rename = "x-kubernetes-preserve-unknown-fields", default)]
    pub(super) is_open: bool,
}

/// The type of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Shape {
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
    /// The format says it.
    #[default]
    Any,
}

/// What a scalar must look like beyond its type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Format {
    #[default]
    None,
    Int32,
    Int64,
    /// Base64.
    Byte,
    DateTime,
    IntOrString,
    Quantity,
}

impl Definitions {
    /// The schema of a kind.
    pub(super) fn of_kind(&self, api_version: &str, kind: &str) -> Option<&Schema> {
        let name = self.kinds.get(format!("{api_version}/{kind}").as_str())?;
        self.schemas.get(name)
    }

    /// Follows a reference. Schemas name others only directly, so one step is enough.
    pub(super) fn follow<'schema>(&'schema self, schema: &'schema Schema) -> &'schema Schema {
        schema.reference.and_then(|name| self.schemas.get(name)).unwrap_or(schema)
    }
}

#[cfg(test)]
mod tests {
    use super::{AROUND_KUBERNETES, DEFINITIONS, Definitions, KUBERNETES, Schema};

    #[test]
    fn the_data_is_read() {
        for text in [KUBERNETES, AROUND_KUBERNETES] {
            let read: Result<Definitions, _> = serde_json::from_str(text);
            assert!(read.is_ok(), "{:?}", read.err());
        }
        assert_eq!(DEFINITIONS.kinds.len(), 33);
    }

    #[test]
    fn every_kind_and_every_reference_leads_to_a_schema() {
        fn references(schema: &Schema, found: &mut Vec<&'static str>) {
            found.extend(schema.reference);
            schema.properties.values().for_each(|property| references(property, found));
            schema.items.iter().chain(&schema.additional_properties).for_each(|inner| references(inner, found));
        }
        let mut named: Vec<&str> = DEFINITIONS.kinds.values().copied().collect();
        DEFINITIONS.schemas.values().for_each(|schema| references(schema, &mut named));
        for name in named {
            assert!(DEFINITIONS.schemas.contains_key(name), "{name}");
            assert_eq!(DEFINITIONS.schemas[name].reference, None, "{name} leads on");
        }
    }
}
