//! `homelab service rollback`: the image before, by git.

use std::path::PathBuf;

use clap::Args;
use dialoguer::Confirm;
use serde_json::json;

use crate::commands::home;
use crate::exit::Exit;
use crate::services;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Go back to the image before: a git revert in the service's repository, which you push
#[derive(Debug, Args)]
#[command(after_help = "\
Argo CD makes the cluster follow git, and undoes whatever is changed beside it. So a rollback is a commit: this finds the one that
brought the image of now, and takes it back in your clone. It never pushes.

Examples:
  homelab service rollback .
  homelab service rollback notes --dry-run

Exit codes: 0 the commit is made, 1 it is not, 2 `--dry-run` would make one, 64 wrong usage.")]
pub(crate) struct Rollback {
    /// The folder of its repository, or its name if the folder lies here or beside homelab.toml
    #[arg(value_name = "NAME|PATH", default_value = ".")]
    service: String,
    /// Only say what it would be
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl Rollback {
    /// Finds the commit, and takes it back.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let repository = home::service(&self.service, self.cluster.as_deref())?;
        let rollback = services::find_rollback(&repository)?;
        let tell = |made: Option<&str>| {
            let view = json!({ "version": 1, "rollback": rollback, "is_dry_run": self.dry_run, "commit": made });
            terminal.data(&view.to_string());
        };
        if terminal.format == Format::Human {
            let (commit, others) = (rollback.commit.get(..12).unwrap_or_default(), rollback.others.join("`, `"));
            terminal.data(&format!(
                "{} of {} (\"{}\") brought\n  {}\nbefore it was\n  {}",
                commit, rollback.day, rollback.subject, rollback.from, rollback.to
            ));
            if !rollback.others.is_empty() {
                terminal.data(&format!("it also changed `{others}`, which are taken back with it"));
            }
        }
        if rollback.subject.starts_with("Revert \"") {
            terminal.note("that commit was a rollback itself: taking it back brings the newer image again");
        }
        if self.dry_run {
            if terminal.format != Format::Human {
                tell(None);
            }
            return Ok(Exit::Changes);
        }
        if !self.may_go(terminal)? {
            return Ok(Exit::Failed);
        }
        let made = services::revert(&repository, &rollback)?;
        if terminal.format != Format::Human {
            tell(Some(&made));
        }
        terminal.note(&format!(
            "made the commit {made}. Nothing was pushed: `git push` rolls back, within three minutes.\nThe next push to main brings a new image again, so mend the cause first."
        ));
        Ok(Exit::Done)
    }

    fn may_go(&self, terminal: &Terminal) -> Result<bool, Trouble> {
        if self.yes {
            return Ok(true);
        }
        let question = "Take it back with `git revert` here?";
        if !terminal.can_ask {
            return Err(Trouble::NoAnswer { question: format!("{question} (`--yes`)") });
        }
        Confirm::new().with_prompt(question).interact().map_err(|_| Trouble::NoAnswer { question: question.to_owned() })
    }
}
