//! From the YAML tree to a [`Workflow`].

use std::sync::Arc;

use super::{Grants, Job, Permissions, Step, Text, Workflow};
use crate::yaml::{Node, Place};

/// Reads what rules ask about; whatever has another form than GitHub's is left out.
pub(super) fn workflow(path: &str, text: &str, root: &Node) -> Workflow {
    let reader = Reader::new(text);
    Workflow {
        path: path.to_owned(),
        triggers: root.child("on").map_or_else(Vec::new, |on| reader.triggers(on)),
        permissions: root.child("permissions").map(|node| reader.permissions(node)),
        variables: reader.pairs(root.child("env")),
        jobs: root
            .child("jobs")
            .map_or(&[] as &[_], Node::fields)
            .iter()
            .map(|field| Job { id: field.key.text.clone(), place: field.key.place, ..reader.job(&field.value) })
            .collect(),
    }
}

struct Reader {
    file: Arc<str>,
    line_starts: Vec<usize>,
}

impl Reader {
    fn new(text: &str) -> Self {
        let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self { file: text.into(), line_starts: std::iter::once(0).chain(starts).collect() }
    }

    fn text(&self, node: &Node) -> Option<Text> {
        Some(self.text_at(node.as_str()?, node.place))
    }

    fn text_at(&self, text: &str, place: Place) -> Text {
        let line = (place.line.max(1) as usize - 1).min(self.line_starts.len() - 1);
        Text { text: text.to_owned(), place, file: Arc::clone(&self.file), line_start: self.line_starts[line] }
    }

    fn triggers(&self, on: &Node) -> Vec<Text> {
        let keys = on.fields().iter().map(|field| self.text_at(&field.key.text, field.key.place));
        on.items().iter().chain(on.as_scalar().map(|_| on)).filter_map(|node| self.text(node)).chain(keys).collect()
    }

    fn permissions(&self, node: &Node) -> Permissions {
        let grants = match node.as_str() {
            Some(all) => Grants::All(all.to_owned()),
            None => Grants::Each(self.pairs(Some(node))),
        };
        Permissions { place: node.place, grants }
    }

    fn pairs(&self, node: Option<&Node>) -> Vec<(String, Text)> {
        let fields = node.map_or(&[] as &[_], Node::fields).iter();
        fields.filter_map(|field| Some((field.key.text.clone(), self.text(&field.value)?))).collect()
    }

    fn job(&self, node: &Node) -> Job {
        let inherits = |secrets: &&Node| secrets.as_str() == Some("inherit");
        Job {
            permissions: node.child("permissions").map(|node| self.permissions(node)),
            runs_on: node.child("runs-on").map_or_else(Vec::new, |runs_on| self.labels(runs_on)),
            uses: node.child("uses").and_then(|uses| self.text(uses)),
            secrets_inherited: node.child("secrets").filter(inherits).map(|secrets| secrets.place),
            variables: self.pairs(node.child("env")),
            steps: node.child("steps").map_or(&[] as &[_], Node::items).iter().map(|step| self.step(step)).collect(),
            ..Job::default()
        }
    }

    /// `runs-on: label`, a list, or `{group, labels}`.
    fn labels(&self, node: &Node) -> Vec<Text> {
        let listed = node.child("labels").unwrap_or(node);
        let single = listed.as_scalar().map(|_| listed);
        listed.items().iter().chain(single).filter_map(|label| self.text(label)).collect()
    }

    fn step(&self, node: &Node) -> Step {
        Step {
            place: node.place,
            uses: node.child("uses").and_then(|uses| self.text(uses)),
            inputs: self.pairs(node.child("with")),
            run: node.child("run").and_then(|run| self.text(run)),
            variables: self.pairs(node.child("env")),
            working_directory: node.child("working-directory").and_then(Node::as_str).map(str::to_owned),
        }
    }
}
