//! Bringing up the simulated home: once, again, interrupted at each step, and with everything going wrong.

mod backup;
mod home;
mod nodes;
mod services;
mod town;
mod upgrade;

use homelab::apply::Outcome;
use homelab_sim::Faults;

use home::Bench;

#[test]
fn an_empty_host_becomes_a_cluster_and_a_second_run_finds_nothing_to_do() {
    let bench = Bench::new(1, Faults::None);
    let outcome = bench.run();
    assert!(matches!(outcome, Outcome::Done { steps } if steps > 30), "{outcome:?}\n{}", bench.story());
    assert_eq!(bench.run(), Outcome::Done { steps: 0 });
    assert_eq!(bench.foreign(), ["101 jellyfin running", "102 komga running"]);
}

#[test]
fn interrupted_after_any_step_it_goes_on_from_there() {
    let whole = Bench::new(1, Faults::None);
    whole.run();
    let steps = whole.begun();
    for step in 0..steps {
        let bench = Bench::new(1, Faults::None);
        assert_eq!(bench.run_killed_at(step), None, "killed at {step}");
        let outcome = bench.run();
        assert!(matches!(outcome, Outcome::Done { .. }), "killed at {step}: {outcome:?}\n{}", bench.story());
        assert_eq!(bench.run(), Outcome::Done { steps: 0 }, "killed at {step}");
        assert_eq!(bench.foreign(), ["101 jellyfin running", "102 komga running"], "killed at {step}");
        assert_eq!(bench.ours(), ["k1", "k2", "k3"], "killed at {step}: no orphan");
    }
}

#[test]
fn with_many_faults_it_converges() {
    let seeds = std::env::var("REHEARSE_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(60);
    let mut failures = Vec::new();
    for seed in 0..seeds {
        let bench = Bench::new(seed, Faults::Many);
        let outcome = bench.run();
        if !matches!(outcome, Outcome::Done { .. }) {
            failures.push(format!("seed {seed}: {outcome:?}"));
            if std::env::var_os("REHEARSE_STORY").is_some() {
                failures.push(bench.story());
            }
            continue;
        }
        bench.simulated.world().set_faults_on(false);
        assert_eq!(bench.foreign(), ["101 jellyfin running", "102 komga running"], "seed {seed}");
        assert_eq!(bench.ours(), ["k1", "k2", "k3"], "seed {seed}: no orphan");
    }
    assert!(failures.is_empty(), "{} of {seeds} seeds:\n{}", failures.len(), failures.join("\n"));
}
