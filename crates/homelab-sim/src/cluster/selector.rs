//! Which objects of a collection somebody asks for: `fieldSelector` and `labelSelector` of lists and watches.

use serde_json::Value;

use super::store::Refusal;

/// What an object must be to be shown. Every rule must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Selector {
    fields: Vec<FieldRule>,
    labels: Vec<LabelRule>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct FieldRule {
    /// As RFC 6901 writes it.
    pointer: String,
    is_equal: bool,
    value: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum LabelRule {
    Has(String),
    HasNot(String),
    In(String, Vec<String>),
    /// One without the label is not in there either.
    NotIn(String, Vec<String>),
}

/// The fields by which each kind can be selected, beside name and namespace (`pkg/apis/core/v1/conversion.go` of
/// kubernetes/kubernetes).
const FIELDS: &[(&str, &[&str])] = &[
    ("Pod", &["spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.phase"]),
    ("Node", &["spec.unschedulable"]),
    ("Secret", &["type"]),
    ("Namespace", &["status.phase"]),
];

impl Selector {
    /// Reads both parameters of a request for objects of `kind`.
    pub(super) fn parse(kind: &str, fields: Option<&str>, labels: Option<&str>) -> Result<Self, Refusal> {
        let rules = fields.unwrap_or_default().split(',').filter(|rule| !rule.trim().is_empty());
        let fields = rules.map(|rule| field_rule(kind, rule)).collect::<Result<_, _>>()?;
        let rules = split_outside_parentheses(labels.unwrap_or_default()).into_iter();
        let labels = rules.map(label_rule).collect::<Result<_, _>>()?;
        Ok(Self { fields, labels })
    }

    /// Whether an object is asked for.
    pub(super) fn selects(&self, object: &Value) -> bool {
        let labels = &object["metadata"]["labels"];
        self.fields.iter().all(|rule| rule.holds(object)) && self.labels.iter().all(|rule| rule.holds(labels))
    }
}

impl FieldRule {
    fn holds(&self, object: &Value) -> bool {
        let found = match object.pointer(&self.pointer) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        (found == self.value) == self.is_equal
    }
}

impl LabelRule {
    fn holds(&self, labels: &Value) -> bool {
        let value = |name: &str| labels.get(name).and_then(Value::as_str);
        match self {
            Self::Has(name) => value(name).is_some(),
            Self::HasNot(name) => value(name).is_none(),
            Self::In(name, values) => value(name).is_some_and(|found| values.iter().any(|wanted| wanted == found)),
            Self::NotIn(name, values) => value(name).is_none_or(|found| values.iter().all(|other| other != found)),
        }
    }
}

fn field_rule(kind: &str, rule: &str) -> Result<FieldRule, Refusal> {
    let (field, is_equal, value) = equation(rule)
        .ok_or_else(|| Refusal::bad_request(&format!("invalid selector: '{rule}'; can't understand '{rule}'")))?;
    let mut known = FIELDS.iter().filter(|(of, _)| *of == kind).flat_map(|(_, fields)| fields.iter());
    if !["metadata.name", "metadata.namespace"].contains(&field) && !known.any(|known| *known == field) {
        return Err(Refusal::bad_request(&format!("field label not supported: {field}")));
    }
    Ok(FieldRule { pointer: format!("/{}", field.replace('.', "/")), is_equal, value: value.to_owned() })
}

fn label_rule(rule: &str) -> Result<LabelRule, Refusal> {
    let refusal = || Refusal::bad_request(&format!("unable to parse requirement: the simulation knows no `{rule}`"));
    if let Some((name, is_equal, value)) = equation(rule) {
        let (name, values) = (label_name(name).ok_or_else(refusal)?, vec![value.to_owned()]);
        return Ok(if is_equal { LabelRule::In(name, values) } else { LabelRule::NotIn(name, values) });
    }
    if let Some((head, values)) = rule.trim().strip_suffix(')').and_then(|rule| rule.split_once('(')) {
        let values = values.split(',').map(|value| value.trim().to_owned()).collect();
        let (name, operator) = head.trim().rsplit_once(char::is_whitespace).ok_or_else(refusal)?;
        let name = label_name(name).ok_or_else(refusal)?;
        return match operator {
            "in" => Ok(LabelRule::In(name, values)),
            "notin" => Ok(LabelRule::NotIn(name, values)),
            _ => Err(refusal()),
        };
    }
    match rule.trim().strip_prefix('!') {
        Some(name) => label_name(name).map(LabelRule::HasNot).ok_or_else(refusal),
        None => label_name(rule).map(LabelRule::Has).ok_or_else(refusal),
    }
}

/// The characters of a label's name, with its prefix.
fn label_name(text: &str) -> Option<String> {
    let text = text.trim();
    let is_name =
        !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_./".contains(letter));
    is_name.then(|| text.to_owned())
}

/// `name=value`, `name==value` or `name!=value`: the name, whether they shall be equal, and the value.
fn equation(rule: &str) -> Option<(&str, bool, &str)> {
    let (name, value) = rule.split_once('=')?;
    let (name, is_equal) = name.strip_suffix('!').map_or((name, true), |name| (name, false));
    Some((name.trim(), is_equal, value.strip_prefix('=').unwrap_or(value).trim()))
}

/// The rules between commas, of which those in a list of values are none.
fn split_outside_parentheses(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let parts = text.split(move |letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        letter == ',' && depth == 0
    });
    parts.filter(|part| !part.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn selects(fields: &str, labels: &str) -> bool {
        let pod = json!({
            "metadata": { "name": "a", "namespace": "n", "labels": { "app": "yomu", "example.org/tier": "web" } },
            "spec": { "nodeName": "k1" }, "status": { "phase": "Running" },
        });
        Selector::parse("Pod", Some(fields), Some(labels)).unwrap().selects(&pod)
    }

    #[test]
    fn fields_are_equal_or_not() {
        assert!(selects("", ""));
        assert!(selects("metadata.name=a,metadata.namespace==n", ""));
        assert!(selects("spec.nodeName=k1,status.phase!=Failed,spec.restartPolicy=", ""));
        assert!(!selects("metadata.name=b", ""));
        assert!(!selects("metadata.name=a,status.phase!=Running", ""));
    }

    #[test]
    fn labels_are_equal_or_in_a_list_or_there() {
        for rule in
            ["app=yomu", "app==yomu", "app!=notes", "none!=yomu", "app", "!none", "example.org/tier in (api, web)"]
        {
            assert!(selects("", rule), "{rule}");
        }
        for rule in ["app=notes", "app!=yomu", "none=yomu", "none", "!app", "app notin (notes,yomu)", "app=yomu,none"] {
            assert!(!selects("", rule), "{rule}");
        }
        assert!(selects("", "app in (notes,yomu),example.org/tier,none notin (a,b)"));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let refused = |fields, labels| Selector::parse("ConfigMap", fields, labels).unwrap_err().message;
        assert_eq!(refused(Some("status.phase=Running"), None), "field label not supported: status.phase");
        assert_eq!(
            refused(Some("metadata.name"), None),
            "invalid selector: 'metadata.name'; can't understand 'metadata.name'"
        );
        for rule in ["app > 5", "in (a)", "app is (a)", "a b", "=a"] {
            assert!(refused(None, Some(rule)).starts_with("unable to parse requirement"), "{rule}");
        }
    }
}
