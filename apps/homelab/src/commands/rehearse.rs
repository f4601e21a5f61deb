//! `homelab rehearse`: the run, against a simulated home.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use homelab_plan::config::{self, Answers};
use homelab_plan::plan::Desired;
use homelab_sim::Faults;
use serde_json::json;

use super::rehearse_serve::Serving;
use super::{infrastructure, picture};
use crate::exit::Exit;
use crate::manifests;
use crate::observe::Manifests;
use crate::rehearse::{Ending, Rehearsal, Seeds, Shown};
use crate::report::timeline;
use crate::scaffold;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Rehearse `homelab up` against a simulated home: nothing real is touched
#[derive(Debug, Args)]
#[command(after_help = "\
The same code that brings up a real home runs against a simulated one: Proxmox, its containers, their SSH and the cluster's API,
on a clock that does not wait. The same seed gives the same faults, for ever.

Examples:
  homelab rehearse                          a good day
  homelab rehearse --faults many --seed 7   a bad one
  homelab rehearse --kill-at every          the power goes at each step in turn, and it is run again
  homelab rehearse --faults some --svg timeline.svg
  homelab rehearse --faults many --seeds 1000   a thousand bad days
  homelab rehearse --serve --speed 20       an empty home to practise every command with, twenty times as fast
  homelab rehearse --serve --up --service ../notes     brought up, and the repository of a service is pushed
  homelab rehearse --serve 127.0.0.1:0 --up --kubeconfig /tmp/rehearsal    at free ports, for curl and kubectl too

Exit codes: 0 it ends well, 1 it does not, 64 wrong usage.")]
pub(crate) struct Rehearse {
    /// Which run
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How much goes wrong
    #[arg(long, value_enum, default_value_t)]
    faults: FaultLevel,
    /// The power goes when this step begins, counted from 0; or at `every` step in turn
    #[arg(long, value_name = "STEP|every")]
    kill_at: Option<KillAt>,
    /// Rehearse so many seeds, from `--seed` on, and count how they end
    #[arg(long, value_name = "COUNT", conflicts_with_all = ["kill_at", "svg"], value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    seeds: Option<u64>,
    /// Write the timeline as a picture
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Serve the simulated home over TLS until Ctrl-C, at this address for Proxmox; port 0 takes free ports
    #[arg(long, value_name = "ADDR", num_args = 0..=1, default_missing_value = "127.0.0.1:8006", conflicts_with_all = ["kill_at", "svg"])]
    serve: Option<SocketAddr>,
    /// Bring the home up before it is served
    #[arg(long, requires = "serve")]
    up: bool,
    /// So many simulated seconds go by in one
    #[arg(long, default_value_t = 1, requires = "serve", value_parser = clap::value_parser!(u32).range(1..=1000))]
    speed: u32,
    /// The repository of a service: its work tree stands for what was pushed, and its image for one that everybody may pull
    #[arg(long, value_name = "DIR", requires = "serve")]
    service: Vec<PathBuf>,
    /// Write the way into the served cluster to this file
    #[arg(long, value_name = "FILE", requires = "serve")]
    kubeconfig: Option<PathBuf>,
    /// The cluster's homelab.toml [default: the next one upwards, or else the one that `homelab init` writes]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum FaultLevel {
    /// Nothing goes wrong
    #[default]
    None,
    /// About one call in fifty goes wrong
    Some,
    /// About one call in eight goes wrong
    Many,
}

impl FaultLevel {
    /// As it is typed.
    fn option(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Some => "some",
            Self::Many => "many",
        }
    }

    /// As it is said.
    fn words(self) -> &'static str {
        match self {
            Self::None => "no faults",
            Self::Some => "some faults",
            Self::Many => "many faults",
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum KillAt {
    Step(usize),
    Every,
}

impl std::str::FromStr for KillAt {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "every" => Ok(Self::Every),
            text => text.parse().map(Self::Step).map_err(|_| "it is the number of a step, or `every`".to_owned()),
        }
    }
}

impl Rehearse {
    /// Rehearses.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let (desired, manifests) = self.desired(terminal)?;
        let faults = match self.faults {
            FaultLevel::None => Faults::None,
            FaultLevel::Some => Faults::Some,
            FaultLevel::Many => Faults::Many,
        };
        if let Some(count) = self.seeds {
            let seeds = Seeds { first: self.seed, count, faults };
            return Ok(many(&seeds, self.faults, &desired, &manifests, terminal));
        }
        if let Some(address) = self.serve {
            let serving = Serving {
                address,
                is_up: self.up,
                speed: self.speed,
                services: self.service,
                kubeconfig: self.kubeconfig,
                seed: self.seed,
                faults,
            };
            return serving.run(&desired, &manifests, terminal);
        }
        terminal.note(&format!(
            "rehearsing `homelab up` in a simulated home: seed {}, {}; nothing real is touched\n",
            self.seed,
            self.faults.words()
        ));
        let rehearse = |kill_at| Rehearsal { seed: self.seed, faults, kill_at }.run(&desired, &manifests);
        if let Some(KillAt::Every) = self.kill_at {
            return Ok(every(rehearse, terminal));
        }
        let kill_at = match self.kill_at {
            Some(KillAt::Step(step)) => Some(step),
            _ => None,
        };
        let shown = rehearse(kill_at);
        if let Some(path) = &self.svg {
            picture::write(path, &timeline::svg(&shown), terminal)?;
        }
        match terminal.format {
            Format::Human => terminal.data(&timeline::words(&shown, terminal.out, terminal.width())),
            _ => terminal.data(&json!({ "version": 1, "rehearsal": shown }).to_string()),
        }
        Ok(if is_well(&shown) { Exit::Done } else { Exit::Failed })
    }

    /// The repository that is meant, or the one that `homelab init` would write.
    fn desired(&self, terminal: &Terminal) -> Result<(Desired, Vec<Manifests>), Trouble> {
        match infrastructure::find(self.cluster.as_deref())? {
            Some(found) => Ok((found.desired, found.manifests)),
            None => {
                terminal.note("no homelab.toml here: rehearsing the home that `homelab init` writes");
                let toml = config::default_file(&Answers::default());
                let home = config::parse(&toml).map_err(|problems| Trouble::BadConfig {
                    path: "homelab.toml".into(),
                    problems: Box::new(problems),
                })?;
                let files = scaffold::infrastructure::files(&toml, &home, "my-home")?;
                let files: Vec<_> = files.into_iter().map(|file| (file.path, file.text)).collect();
                let manifests = manifests::read(&files)?;
                Ok((Desired { home, components: manifests::components(&manifests) }, manifests))
            }
        }
    }
}

/// Many seeds on all processors, and how they end.
fn many(seeds: &Seeds, level: FaultLevel, desired: &Desired, manifests: &[Manifests], terminal: &Terminal) -> Exit {
    let counted = seeds.rehearse(desired, manifests, &terminal.bar("rehearsing", seeds.count));
    match terminal.format {
        Format::Human => terminal.data(&timeline::counted(&counted, level.option(), terminal.out)),
        _ => terminal.data(&json!({ "version": 1, "rehearsals": counted }).to_string()),
    }
    if counted.stuck.is_empty() && counted.broken.is_empty() { Exit::Done } else { Exit::Failed }
}

/// The power goes at each step in turn.
fn every(rehearse: impl Fn(Option<usize>) -> Shown, terminal: &Terminal) -> Exit {
    let whole = rehearse(None);
    let runs: Vec<Shown> = (0..whole.steps.len()).map(|step| rehearse(Some(step))).collect();
    let bad: Vec<&Shown> = runs.iter().filter(|shown| !is_well(shown)).collect();
    if terminal.format != Format::Human {
        terminal.data(&json!({ "version": 1, "steps": whole.steps.len(), "rehearsals": runs }).to_string());
    } else {
        for (shown, step) in runs.iter().zip(&whole.steps) {
            let mark = if is_well(shown) { terminal.out.green("ok") } else { terminal.out.red("bad") };
            terminal.data(&format!("  {mark}  power gone at `{}`, run again", step.id));
        }
        let all = runs.len();
        terminal.data(&format!(
            "\n{} of {all} interruptions ended well; nothing foreign was touched in them",
            all - bad.len()
        ));
        bad.iter().for_each(|shown| terminal.data(&timeline::words(shown, terminal.out, terminal.width())));
    }
    if bad.is_empty() && is_well(&whole) { Exit::Done } else { Exit::Failed }
}

fn is_well(shown: &Shown) -> bool {
    shown.end == Ending::Done && shown.broken.is_empty()
}
