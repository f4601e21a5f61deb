//! What comes to the cluster: Argo CD, the shared database and cache.

use super::action::Action;
use super::desired::Desired;
use super::observed::{ComponentSeen, Observed};
use super::step::Draft;

pub(super) fn steps(desired: &Desired, observed: &Observed, draft: &mut Draft) {
    if draft.has_unknown && observed.cluster.is_none() {
        return;
    }
    let nothing = ComponentSeen::default();
    // Whatever the cluster needs to take manifests and to run pods.
    let nodes = draft.ids(|id| id.starts_with("await-") || id == "save-kubeconfig");
    let nodes: Vec<&str> = nodes.iter().map(String::as_str).collect();
    for component in &desired.components {
        let name = component.name.as_str();
        let seen = observed.cluster.as_ref().and_then(|cluster| cluster.components.get(name)).unwrap_or(&nothing);
        let mut after = nodes.clone();
        let secret_step = component.secret.as_ref().map(|secret| format!("secret-{}", secret.replace('/', "-")));
        if let Some(secret) = &component.secret {
            let is_there = observed.cluster.as_ref().is_some_and(|cluster| cluster.secrets.contains(secret));
            if !is_there {
                draft.add(Action::MakeSecret { secret: secret.clone() }, &after);
            }
        }
        after.extend(secret_step.as_deref());
        let is_current = seen.hash.as_deref() == Some(component.hash.as_str());
        if !is_current {
            let is_update = seen.hash.is_some();
            draft.add(Action::ApplyComponent { component: name.to_owned(), is_update }, &after);
        }
        if !is_current || !seen.is_ready {
            let apply = format!("apply-{name}");
            after.push(&apply);
            draft.add(Action::AwaitComponent { component: name.to_owned() }, &after);
        }
    }
}
