//! `homelab up`: from the file to a running cluster.

use std::path::PathBuf;

use clap::Args;
use dialoguer::Confirm;
use serde_json::json;

use super::progress::Progress;
use super::{home, infrastructure, ways};
use crate::apply::{self, Outcome};
use crate::exit::Exit;
use crate::reach::real::SystemRandom;
use crate::report;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Bring the home to what homelab.toml says; safe to interrupt anywhere and to run again
#[derive(Debug, Args)]
#[command(after_help = "\
Looks, plans, carries out what may be side by side, and looks again until there is nothing left to do. Ctrl-C stops after the
running steps; the next `homelab up` goes on from there. Containers without the tag of this cluster are never touched.

Examples:
  homelab up
  homelab up --yes --format json     events, one JSON object a line

Exit codes: 0 all is as it should be, 1 something is missing or nothing moves, 64 wrong usage, 130 interrupted.")]
pub(crate) struct Up {
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl Up {
    /// For the file that another command has changed.
    pub(super) fn for_file(file: PathBuf, yes: bool) -> Self {
        Self { yes, cluster: Some(file) }
    }

    /// Does it.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let _lock = home::lock(&infrastructure::read(self.cluster.as_deref())?)?;
        self.run_with_lock(terminal)
    }

    /// For somebody who holds the home already.
    pub(super) fn run_with_lock(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let found = infrastructure::read(self.cluster.as_deref())?;
        let reach = ways::open(&found.desired.home, &found.folder, terminal)?;
        ways::wait(async {
            let plan = apply::plan(&reach, &found.desired, &found.manifests).await?;
            if terminal.format == Format::Human {
                terminal.data(&report::plan::words(&plan, terminal.out));
            }
            if !plan.problems.is_empty() {
                return Err(Trouble::Missing { problems: plan.problems });
            }
            if plan.is_empty() && terminal.format == Format::Human {
                // The plan has said so.
                return Ok(Exit::Done);
            }
            if !plan.is_empty() && !self.may_go(terminal)? {
                return Ok(Exit::Failed);
            }
            let progress = Progress::new(*terminal);
            let run = apply::up(&reach, &found.desired, &found.manifests, &SystemRandom, &progress);
            tokio::pin!(run);
            let outcome = tokio::select! {
                outcome = &mut run => outcome,
                _ = tokio::signal::ctrl_c() => {
                    progress.stop();
                    run.await
                }
            };
            ended(outcome, terminal)
        })?
    }

    fn may_go(&self, terminal: &Terminal) -> Result<bool, Trouble> {
        if self.yes {
            return Ok(true);
        }
        let question = "Carry it out?";
        if !terminal.can_ask {
            return Err(Trouble::NoAnswer { question: question.to_owned() });
        }
        Confirm::new().with_prompt(question).interact().map_err(|_| Trouble::NoAnswer { question: question.to_owned() })
    }
}

fn ended(outcome: Outcome, terminal: &Terminal) -> Result<Exit, Trouble> {
    match outcome {
        Outcome::Done { steps } => {
            match terminal.format {
                Format::Human => terminal.data(&format!("Done: {steps} steps; all is as homelab.toml says.")),
                _ => terminal.data(&json!({ "event": "done", "steps": steps }).to_string()),
            }
            Ok(Exit::Done)
        }
        Outcome::Interrupted => {
            terminal.note("Interrupted. What runs was finished; `homelab up` goes on from here.");
            Ok(Exit::Interrupted)
        }
        outcome => Trouble::of(outcome).map_or(Ok(Exit::Done), Err),
    }
}
