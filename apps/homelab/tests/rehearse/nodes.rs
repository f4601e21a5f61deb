//! Nodes come to the simulated home, grow and leave.

use homelab::apply::Outcome;
use homelab::nodes::{self, Leaving, NodeError};
use homelab_plan::config::edit::{NewNode, add_node, change_node, remove_node};
use homelab_sim::Faults;

use crate::town::Town;

/// What `homelab node add` writes.
fn write_k4(town: &Town) {
    let new = NewNode { role: "agent".to_owned(), ..NewNode::default() };
    town.edit(|toml| add_node(toml, &new).unwrap().0);
}

/// What `homelab node remove` writes.
fn write_without(town: &Town, name: &str) {
    town.edit(|toml| remove_node(toml, name).unwrap_or_else(|_| toml.to_owned()));
}

async fn look(town: &Town, name: &str) -> Result<Leaving, NodeError> {
    nodes::look_before_removal(&town.reach(), &town.desired(), name, &town.random).await
}

async fn remove(town: &Town, name: &str, with_volumes: bool) -> Result<(), NodeError> {
    let (reach, desired) = (town.reach(), town.desired());
    let leaving = nodes::look_before_removal(&reach, &desired, name, &town.random).await?;
    nodes::remove(&reach, &desired, &leaving, with_volumes, &town.random, &|text| town.say(text)).await
}

fn assert_is_gone(town: &Town, name: &str, when: &str) {
    assert_eq!(town.object(&format!("/api/v1/nodes/{name}")), None, "{when}");
    assert!(!town.happen(homelab_sim::World::containers).iter().any(|container| container.name == name), "{when}");
    town.assert_nothing_foreign_was_touched(when);
}

/// With a service of two pods, so that there is something to drain.
fn with_k4(seed: u64, faults: Faults) -> Town {
    let town = Town::new(seed, Faults::None);
    write_k4(&town);
    assert!(matches!(town.up(), Outcome::Done { .. }));
    town.bring_service();
    let on_k4 = town.object("/api/v1/namespaces/notes/pods/notes-0").unwrap();
    assert_eq!(on_k4["spec"]["nodeName"], "k4", "there is something to drain");
    town.happen(|world| world.set_fault_level(faults));
    town
}

#[test]
fn a_fourth_node_comes_and_leaves_again() {
    let town = with_k4(1, Faults::None);
    assert_eq!(town.up(), Outcome::Done { steps: 0 });
    write_without(&town, "k4");
    assert_eq!(town.run(remove(&town, "k4", false)), Ok(()));
    assert_is_gone(&town, "k4", "in the end");
    town.wait(60);
    let deployment = town.object("/apis/apps/v1/namespaces/notes/deployments/notes").unwrap();
    assert_eq!(deployment["status"]["readyReplicas"], 2, "its pods are elsewhere");
    assert_eq!(town.up(), Outcome::Done { steps: 0 });
    assert!(matches!(town.run(remove(&town, "k4", false)), Err(NodeError::Unknown { .. })));
    // And another one may have its name.
    write_k4(&town);
    assert!(matches!(town.up(), Outcome::Done { .. }));
}

#[test]
fn pods_leave_as_their_budget_allows() {
    let town = with_k4(1, Faults::None);
    town.publish_extra(serde_json::json!({
        "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": { "name": "notes" },
        "spec": { "minAvailable": 2, "selector": { "matchLabels": { "app.kubernetes.io/name": "notes" } } },
    }));
    match town.run(remove(&town, "k4", false)).unwrap_err() {
        NodeError::PodStays { reason, pod, .. } => {
            assert!(pod.starts_with("notes/notes-"), "{pod}");
            assert!(reason.contains("disruption budget"), "{reason}");
        }
        other => panic!("{other:?}"),
    }
    assert!(town.object("/api/v1/nodes/k4").is_some(), "nothing was taken away");
}

#[test]
fn the_only_server_a_stranger_and_a_node_with_data_stay() {
    let town = Town::new(1, Faults::None);
    assert_eq!(town.run(look(&town, "k1")), Err(NodeError::OnlyServer { name: "k1".to_owned() }));
    assert!(matches!(town.run(look(&town, "jellyfin")), Err(NodeError::Unknown { .. })));
    let leaving = town.run(look(&town, "k2")).unwrap();
    assert!(leaving.volumes.contains(&"`postgres/data-postgres-0`".to_owned()), "{leaving:?}");
    assert!(matches!(town.run(remove(&town, "k2", false)), Err(NodeError::HasVolumes { .. })));
    town.assert_nothing_foreign_was_touched("in the end");
}

#[test]
fn a_node_that_is_dead_is_not_waited_for() {
    let town = with_k4(1, Faults::None);
    town.happen(|world| world.break_container("k4"));
    write_without(&town, "k4");
    assert_eq!(town.run(remove(&town, "k4", false)), Ok(()));
    assert_is_gone(&town, "k4", "in the end");
}

#[test]
fn a_node_grows_in_place() {
    let town = Town::new(1, Faults::None);
    town.edit(|toml| change_node(toml, "k2", "memory", "\"8GiB\"").unwrap());
    town.edit(|toml| change_node(toml, "k2", "disk", "\"60GiB\"").unwrap());
    town.edit(|toml| change_node(toml, "k2", "cores", "4").unwrap());
    assert_eq!(town.up(), Outcome::Done { steps: 4 }, "settings and disk; then it is looked at, and not restarted");
    assert_eq!(town.up(), Outcome::Done { steps: 0 });
}

#[test]
fn interrupted_anywhere_a_removal_is_finished_by_the_next() {
    let town = with_k4(1, Faults::None);
    write_without(&town, "k4");
    let (outcome, whole) = town.time(remove(&town, "k4", false));
    outcome.unwrap();
    for part in 0..25 {
        let town = with_k4(1, Faults::None);
        write_without(&town, "k4");
        let when = format!("killed at {part} of 25");
        town.run_for(whole * part / 25, remove(&town, "k4", false));
        let outcome = town.run(remove(&town, "k4", false));
        assert!(matches!(outcome, Ok(()) | Err(NodeError::Unknown { .. })), "{when}: {outcome:?}");
        assert_is_gone(&town, "k4", &when);
        assert_eq!(town.up(), Outcome::Done { steps: 0 }, "{when}");
    }
}

#[test]
fn on_bad_days_it_leaves_too() {
    for seed in 0..30 {
        let town = with_k4(seed, Faults::Many);
        write_without(&town, "k4");
        let when = format!("seed {seed}");
        let mut failures = Vec::new();
        while let Err(error) = town.run(remove(&town, "k4", false)) {
            if matches!(error, NodeError::Unknown { .. }) {
                break;
            }
            failures.push(error);
            assert!(failures.len() < 4, "{when}: {failures:?}");
        }
        assert_is_gone(&town, "k4", &when);
    }
}
