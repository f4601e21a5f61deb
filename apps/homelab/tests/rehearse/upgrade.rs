//! The simulated home gets a newer K3s.

use homelab::apply::Outcome;
use homelab::nodes::{self, NodeError};
use homelab_plan::config::edit::change_k3s_version;
use homelab_sim::Faults;

use crate::town::Town;

const OLD: &str = "v1.36.2+k3s1";
const NEW: &str = "v1.37.1+k3s1";

fn pin(town: &Town, version: &str) {
    town.edit(|toml| change_k3s_version(toml, version).unwrap());
}

async fn upgrade(town: &Town) -> Result<Vec<String>, NodeError> {
    nodes::upgrade(&town.reach(), &town.desired(), &town.random, &|text| town.say(text)).await
}

fn versions(town: &Town) -> Vec<String> {
    let nodes = town.object("/api/v1/nodes").unwrap();
    let nodes = nodes["items"].as_array().unwrap().iter();
    nodes.map(|node| node["status"]["nodeInfo"]["kubeletVersion"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn servers_come_first_and_a_second_run_finds_nothing_to_do() {
    let town = Town::new(1, Faults::None);
    assert_eq!(versions(&town), [OLD, OLD, OLD]);
    pin(&town, NEW);
    assert_eq!(town.up(), Outcome::Done { steps: 0 }, "`up` leaves versions alone");
    assert_eq!(town.run(upgrade(&town)).unwrap(), ["k1", "k2", "k3"]);
    assert_eq!(versions(&town), [NEW, NEW, NEW]);
    assert_eq!(town.run(upgrade(&town)).unwrap(), Vec::<String>::new());
    assert_eq!(town.up(), Outcome::Done { steps: 0 }, "the configuration is the same");
    let said = town.said.lock().unwrap().clone();
    assert!(said.starts_with("the state of the cluster is kept in a snapshot"), "{said}");
}

#[test]
fn a_minor_version_is_not_left_out_and_none_goes_back() {
    let town = Town::new(1, Faults::None);
    for (version, words) in [("v1.38.0+k3s1", "2 minor versions ahead"), ("v1.35.0+k3s1", "is older")] {
        pin(&town, version);
        let refused = town.run(upgrade(&town)).unwrap_err();
        assert!(matches!(refused, NodeError::Refused { .. }) && refused.to_string().contains(words), "{refused}");
    }
    assert_eq!(versions(&town), [OLD, OLD, OLD]);
}

#[test]
fn with_a_node_away_no_other_is_taken() {
    let town = Town::new(1, Faults::None);
    pin(&town, NEW);
    town.happen(|world| world.break_container("k3"));
    let refused = town.run(upgrade(&town)).unwrap_err();
    assert!(refused.to_string().contains("k3"), "{refused}");
    assert_eq!(versions(&town)[..2], [OLD, OLD]);
}

#[test]
fn interrupted_anywhere_it_is_finished_by_the_next_run() {
    let town = Town::new(1, Faults::None);
    pin(&town, NEW);
    let (outcome, whole) = town.time(upgrade(&town));
    outcome.unwrap();
    for part in 0..30 {
        let town = Town::new(1, Faults::None);
        pin(&town, NEW);
        let when = format!("killed at {part} of 30");
        town.run_for(whole * part / 30, upgrade(&town));
        town.run(upgrade(&town)).unwrap_or_else(|error| panic!("{when}: {error}"));
        assert_eq!(versions(&town), [NEW, NEW, NEW], "{when}");
        assert_eq!(town.up(), Outcome::Done { steps: 0 }, "{when}");
    }
}

#[test]
fn on_bad_days_it_works_too() {
    for seed in 0..30 {
        let town = Town::new(seed, Faults::Many);
        pin(&town, NEW);
        let mut failures = Vec::new();
        while let Err(error) = town.run(upgrade(&town)) {
            failures.push(error.to_string());
            assert!(failures.len() < 5, "seed {seed}: {failures:?}");
        }
        assert_eq!(versions(&town), [NEW, NEW, NEW], "seed {seed}");
        town.assert_nothing_foreign_was_touched(&format!("seed {seed}"));
    }
}
