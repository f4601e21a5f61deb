//! Label selectors.

use crate::yaml::Node;

/// Whether a `LabelSelector` (`matchLabels` and `matchExpressions`) takes these labels. An empty one takes everything.
pub fn selects(selector: &Node, labels: Option<&Node>) -> bool {
    let by_labels = selector.child("matchLabels").is_none_or(|wanted| has_all(wanted, labels));
    let expressions = selector.child("matchExpressions").map_or(&[][..], Node::items);
    by_labels && expressions.iter().all(|expression| holds(expression, labels))
}

/// Whether all of `wanted` are among the labels.
pub fn has_all(wanted: &Node, labels: Option<&Node>) -> bool {
    wanted.fields().iter().all(|field| label(labels, &field.key.text) == field.value.as_str())
}

fn holds(expression: &Node, labels: Option<&Node>) -> bool {
    let text = |key: &str| expression.child(key).and_then(Node::as_str);
    let Some(value) = text("key").map(|key| label(labels, key)) else { return false };
    let is_listed = || {
        let values = expression.child("values").map_or(&[][..], Node::items);
        value.is_some() && values.iter().any(|listed| listed.as_str() == value)
    };
    match text("operator") {
        Some("In") => is_listed(),
        Some("NotIn") => !is_listed(),
        Some("Exists") => value.is_some(),
        Some("DoesNotExist") => value.is_none(),
        _ => false,
    }
}

fn label<'labels>(labels: Option<&'labels Node>, key: &str) -> Option<&'labels str> {
    labels?.child(key)?.as_str()
}

#[cfg(test)]
mod tests {
    use super::selects;
    use crate::yaml::{Node, documents};

    fn node(text: &str) -> Node {
        documents(text).0.remove(0)
    }

    #[test]
    fn labels_and_expressions_must_all_hold() {
        let labels = node("{app: web, tier: front}");
        for (selector, takes) in [
            ("{}", true),
            ("matchLabels: {app: web}", true),
            ("matchLabels: {app: web, tier: back}", false),
            ("matchLabels: {missing: web}", false),
            ("matchExpressions: [{key: app, operator: In, values: [a, web]}]", true),
            ("matchExpressions: [{key: app, operator: NotIn, values: [a, web]}]", false),
            ("matchExpressions: [{key: missing, operator: NotIn, values: [a]}]", true),
            ("matchExpressions: [{key: tier, operator: Exists}, {key: app, operator: DoesNotExist}]", false),
            ("{matchLabels: {app: web}, matchExpressions: [{key: x, operator: DoesNotExist}]}", true),
        ] {
            assert_eq!(selects(&node(selector), Some(&labels)), takes, "{selector}");
        }
        assert!(!selects(&node("matchLabels: {app: web}"), None));
    }
}
