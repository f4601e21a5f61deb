//! Bringing up the simulated home: once, again, interrupted at each step, and with everything going wrong.

mod backup;
mod bad_home;
mod chain;
mod home;
mod nodes;
mod services;
mod shown;
mod town;
mod upgrade;

use homelab::apply::Outcome;
use homelab::rehearse::Seeds;
use homelab::report::timeline;
use homelab::terminal::Paint;
use homelab_plan::config::{self, Answers};
use homelab_sim::Faults;
use indicatif::ProgressBar;

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
    let (desired, manifests) = home::infrastructure_of(&config::default_file(&Answers::default()));
    // REHEARSE_SEEDS asks for more; `scripts/bench-rehearsal` has ten thousand.
    let count = std::env::var("REHEARSE_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(100);
    let seeds = Seeds { first: 0, count, faults: Faults::Many };
    let counted = seeds.rehearse(&desired, &manifests, &ProgressBar::hidden());
    assert_eq!(counted.done, count, "{}", timeline::counted(&counted, "many", Paint { on: false }));
    assert!(counted.broken.is_empty(), "{}", timeline::counted(&counted, "many", Paint { on: false }));
    let never: Vec<&String> = counted.faults.iter().filter(|(_, count)| **count == 0).map(|(kind, _)| kind).collect();
    assert_eq!(never, [] as [&String; 0], "faults that never happen prove nothing");
}
