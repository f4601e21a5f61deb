//! Whether a manifest is one that the API server takes: strictly, as with `--validate=strict`.
//!
//! Unknown fields, wrong types, missing fields, values outside a list, amounts that are none, names that are none. The schemas
//! are data of the crate; nothing is fetched.
//!
//! Not in here: whether a valid manifest is a sound one. That is `rules/manifest/`.

mod check;
mod definitions;
mod formats;
mod kinds;
mod names;
mod problem;
mod suggestion;
#[cfg(test)]
mod tests;

pub use kinds::{Removal, is_unknown, removal};
pub use problem::{Cause, Problem};

use crate::yaml::{self, Node};

/// The minor version of the Kubernetes whose schemas these are: 1.36.
pub const KUBERNETES_MINOR: u32 = 36;

/// Everything wrong with the manifests in `text`, in their order. Kinds without a schema are told as
/// [`Cause::NoSchema`], which is no fault.
pub fn validate(text: &str) -> Vec<Problem> {
    let (documents, yaml_problems) = yaml::documents(text);
    let mut problems: Vec<Problem> = yaml_problems.into_iter().map(Problem::from).collect();
    for document in &documents {
        problems.extend(check(document));
    }
    problems.sort_by_key(|problem| problem.place);
    problems
}

/// Everything wrong with one manifest. Of a `List`, each item is looked at.
pub fn check(document: &Node) -> Vec<Problem> {
    let mut problems = Vec::new();
    kinds::check_object(document, &mut problems);
    problems
}

/// Everything wrong with a kustomization file, which need not say what it is.
pub fn check_kustomization(document: &Node) -> Vec<Problem> {
    let mut problems = Vec::new();
    kinds::check_as(document, "kustomize.config.k8s.io/v1beta1", "Kustomization", &mut problems);
    problems
}
