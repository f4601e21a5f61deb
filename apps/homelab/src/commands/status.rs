//! `homelab status`: how the home is.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use jiff::{Timestamp, Unit};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::infrastructure::{self, Infrastructure};
use super::ways;
use crate::exit::Exit;
use crate::observe::{Health, health};
use crate::reach::Reach;
use crate::report;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Back to the first corner, and everything below it away: what stands there is written over without a flicker.
const CLEAR: &str = "\x1b[H\x1b[J";

/// How the home is: containers, nodes, pods, services, and backups
#[derive(Debug, Args)]
#[command(after_help = "\
Memory is what the pods of a node asked for, out of what they may ask for; `homelab capacity` says what still fits.

Examples:
  homelab status
  homelab status --watch            anew every 5 seconds, until Ctrl-C
  homelab status --format json

Exit codes: 0 all is well, 2 something is not, 1 it cannot be seen, 64 wrong usage.")]
pub(crate) struct Status {
    /// Look again and again, after so many seconds, until Ctrl-C
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "5", value_parser = clap::value_parser!(u64).range(1..=3600))]
    watch: Option<u64>,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl Status {
    /// Looks, once or again and again.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let found = infrastructure::read(self.cluster.as_deref())?;
        let reach = ways::open(&found.desired.home, &found.folder, terminal)?;
        ways::wait(async {
            match self.watch {
                None => {
                    let seen = health(&reach, &found.desired, &found.manifests).await?;
                    show(&seen, terminal);
                    Ok(exit(&seen))
                }
                Some(seconds) => watch(&reach, &found, Duration::from_secs(seconds), terminal).await,
            }
        })?
    }
}

/// Looks until Ctrl-C. What cannot be seen at one time may be seen at the next.
async fn watch(reach: &Reach, found: &Infrastructure, pause: Duration, terminal: &Terminal) -> Result<Exit, Trouble> {
    let is_screen = terminal.format == Format::Human && std::io::stdout().is_terminal();
    let mut last = Exit::Failed;
    let look = async {
        loop {
            let seen = health(reach, &found.desired, &found.manifests).await;
            if is_screen {
                terminal.data(&format!("{CLEAR}{}", terminal.out.dim(&now())));
            }
            match seen {
                Ok(seen) => {
                    show(&seen, terminal);
                    last = exit(&seen);
                }
                Err(blind) => {
                    terminal.note(&format!("{}: cannot be seen: {blind}", now()));
                    last = Exit::Failed;
                }
            }
            sleep(pause).await;
        }
    };
    tokio::select! {
        () = look => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(last)
}

fn show(health: &Health, terminal: &Terminal) {
    if terminal.format == Format::Human {
        return terminal.data(&report::health::words(health, terminal.out));
    }
    let mut view = json!(health);
    view["version"] = json!(1);
    view["seen_at"] = Value::String(now());
    terminal.data(&view.to_string());
}

fn exit(health: &Health) -> Exit {
    if health.is_well { Exit::Done } else { Exit::Changes }
}

fn now() -> String {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now).to_string()
}
