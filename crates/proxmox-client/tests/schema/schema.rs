//! The published schema.

use serde_json::Value;

/// Paths, their methods, and what each takes and gives.
pub(crate) struct Schema(Value);

impl Schema {
    pub(crate) fn read() -> Self {
        Self(serde_json::from_str(include_str!("../data/pve-api.min.json")).unwrap())
    }

    /// The template that a path fits, and what the method takes and gives there. Words are tried before `{names}`.
    pub(crate) fn find(&self, method: &str, path: &str) -> Option<(&str, &Value)> {
        let endpoints = self.0["endpoints"].as_object()?;
        let mut fitting: Vec<(&String, &Value)> =
            endpoints.iter().filter(|(template, _)| fits(template, path)).collect();
        fitting.sort_by_key(|(template, _)| template.matches('{').count());
        let (template, methods) = fitting.first()?;
        Some((template, methods.get(method)?))
    }
}

/// The values of a template's names in a path.
pub(crate) fn names<'a>(template: &'a str, path: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let pairs = template.split('/').zip(path.split('/'));
    pairs.filter_map(|(name, value)| Some((name.strip_prefix('{')?.strip_suffix('}')?, value)))
}

fn fits(template: &str, path: &str) -> bool {
    template.split('/').count() == path.split('/').count()
        && template.split('/').zip(path.split('/')).all(|(name, value)| name.starts_with('{') || name == value)
}
