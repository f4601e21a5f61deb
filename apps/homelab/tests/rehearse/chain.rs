//! A bring-up takes little longer than its longest chain of steps: what may run side by side does.

use homelab::rehearse::{Ending, Rehearsal, Shown, StepRecord};
use homelab_plan::config::{self, Answers};
use homelab_plan::plan::Desired;
use homelab_sim::{Faults, latency};

use crate::home::infrastructure_of;

/// How much longer than its longest chain a bring-up may take: looking, calls, and pauses between two looks at a task.
const SLACK: f64 = 1.10;

fn rehearse(edit: impl FnOnce(String) -> String, faults: Faults, seed: u64) -> Shown {
    let toml = edit(config::default_file(&Answers::default()));
    let (desired, manifests): (Desired, _) = infrastructure_of(&toml);
    Rehearsal { seed, faults, kill_at: None }.run(&desired, &manifests)
}

fn step<'a>(shown: &'a Shown, id: &str) -> &'a StepRecord {
    shown.steps.iter().find(|step| step.id == id).unwrap_or_else(|| panic!("no step `{id}`"))
}

/// Whether all of them ran at one moment.
fn at_once(shown: &Shown, ids: &[&str]) -> bool {
    let last_begin = ids.iter().map(|id| step(shown, id).began).fold(0.0, f64::max);
    ids.iter().all(|id| step(shown, id).ended > last_begin)
}

fn assert_as_fast_as_its_chain(shown: &Shown) {
    assert_eq!((&shown.end, &shown.broken), (&Ending::Done, &vec![]));
    let chain: f64 = shown.chain.iter().map(|link| link.seconds).sum();
    let names: Vec<&str> = shown.chain.iter().map(|link| link.step.as_str()).collect();
    assert!(shown.seconds >= chain, "it took {} s and its chain needs {chain} s: {names:?}", shown.seconds);
    assert!(shown.seconds <= chain * SLACK, "it took {} s and its chain needs {chain} s: {names:?}", shown.seconds);
}

#[test]
fn a_bring_up_takes_little_longer_than_its_longest_chain() {
    let shown = rehearse(|toml| toml, Faults::None, 1);
    assert_as_fast_as_its_chain(&shown);
    let names: Vec<&str> = shown.chain.iter().map(|link| link.step.as_str()).collect();
    assert_eq!(
        names,
        [
            "download-template",
            "create-k1",
            "start-k1",
            "meet-k1",
            "install-k3s-k1",
            "start-k3s-k1",
            "start-k3s-k3",
            "await-k3",
            "await-argocd"
        ],
        "from the first byte to the last pod"
    );
}

#[test]
fn so_does_one_with_seven_nodes() {
    let shown = rehearse(
        |toml| {
            let nodes = (4..8).map(|number| {
                format!(
                    "[[nodes]]\nname = \"k{number}\"\nrole = \"agent\"\naddress = \"192.168.0.4{number}\"\ncores = 2\nmemory = \"4GiB\"\ndisk = \"20GiB\"\n\n"
                )
            });
            toml.replace(
                "# The Kubernetes distribution.",
                &(nodes.collect::<String>() + "# The Kubernetes distribution."),
            )
        },
        Faults::None,
        1,
    );
    assert_as_fast_as_its_chain(&shown);
}

#[test]
fn what_may_run_side_by_side_does() {
    let shown = rehearse(|toml| toml, Faults::None, 1);
    for together in [
        ["download-template", "fetch-k3s"].as_slice(),
        &["create-k1", "create-k2", "create-k3"],
        &["start-k1", "start-k2", "start-k3"],
        &["meet-k1", "meet-k2", "meet-k3"],
        // Binaries are copied to the agents while the server starts, or before.
        &["install-k3s-k1", "install-k3s-k2", "install-k3s-k3"],
        &["await-k2", "await-k3"],
        &["await-argocd", "await-postgres", "await-valkey"],
    ] {
        assert!(at_once(&shown, together), "{together:?}");
    }
    assert!(!at_once(&shown, &["create-k1", "start-k1"]), "what waits for another does not");
}

#[test]
fn a_rehearsal_is_the_same_each_time_fault_for_fault() {
    let told = |seed| serde_json::to_string(&rehearse(|toml| toml, Faults::Many, seed)).unwrap();
    assert_eq!(told(11), told(11));
    assert_ne!(told(11), told(12));
}

#[test]
fn the_assumed_times_stand_in_the_documentation_as_they_are() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/homelab/rehearsal.md");
    let text = std::fs::read_to_string(path).unwrap();
    for row in latency::TABLE {
        let line = format!("| `{}` | {} | {} |", row.name, seconds(row.time.as_millis()), row.reason);
        assert!(text.contains(&line), "docs/homelab/rehearsal.md lacks this row:\n{line}");
    }
    assert_eq!(
        text.lines().filter(|line| line.starts_with("| `") && line.contains(" s | ")).count(),
        latency::TABLE.len()
    );
}

/// `12 s`, `0.8 s`, `0.015 s`.
fn seconds(milliseconds: u128) -> String {
    let text = format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000);
    format!("{} s", text.trim_end_matches('0').trim_end_matches('.'))
}
