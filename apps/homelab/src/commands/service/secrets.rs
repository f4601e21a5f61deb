//! `homelab service secrets`: what a service must know and nobody else may.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;
use dialoguer::{Confirm, Password};
use homelab_plan::service::{Decided, Decision, Rotation};
use proxmox_client::Secret;
use serde_json::json;

use crate::commands::home::Home;
use crate::exit::Exit;
use crate::limits::ENV_FILE_BYTES_MAX;
use crate::reach::real::SystemRandom;
use crate::services::{self, Values};
use crate::terminal::{Format, Paint, Terminal};
use crate::trouble::Trouble;

/// Make, ask for and write the secrets of a service, straight into its Secret
#[derive(Debug, Args)]
#[command(after_help = "\
The service's `secret.yaml.example` says what it needs: a role and a database in the shared PostgreSQL are made, random values are
drawn, the shared Valkey's password is looked up, and the rest is asked for without echo. Values are shown nowhere and written
to no file. What uses them is started anew.

Examples:
  homelab service secrets notes
  homelab service secrets notes --from-env-file .env
  homelab service secrets notes --rotate                     all that can be made here
  homelab service secrets notes --rotate GOOGLE_CLIENT_SECRET

Exit codes: 0 all are there, 1 some are not, 64 wrong usage.")]
pub(crate) struct Secrets {
    /// The folder of its repository, or its name if the folder lies here or beside homelab.toml
    #[arg(value_name = "NAME|PATH", default_value = ".")]
    service: String,
    /// Take values from a file of NAME=VALUE lines
    #[arg(long, value_name = "FILE")]
    from_env_file: Option<PathBuf>,
    /// Make these anew, or all that can be made here
    #[arg(long, value_name = "NAME", num_args = 0..)]
    rotate: Option<Vec<String>>,
    /// Do not ask whether to go on
    #[arg(long, short)]
    yes: bool,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl Secrets {
    /// Decides by name, shows that, and writes.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let home = Home::of_cluster_to_change(self.cluster.as_deref(), terminal)?;
        let repository = home.service(&self.service)?;
        let mut values = match &self.from_env_file {
            Some(path) => from_file(path)?,
            None => Values::default(),
        };
        let rotation = match &self.rotate {
            None => Rotation::Nothing,
            Some(names) if names.is_empty() => Rotation::WhatCanBeMade,
            Some(names) => Rotation::Names(names.iter().cloned().collect()),
        };
        let (reach, desired) = (&home.reach, home.desired());
        let given = values.names();
        let prepared =
            home.wait(services::prepare_secrets(reach, desired, &repository, &given, &rotation, &SystemRandom))?;
        let lines: String = prepared.decided.iter().map(|decided| line(decided, terminal.err)).collect();
        terminal.note(lines.trim_end());
        for asked in prepared.decided.iter().filter(|decided| decided.decision == Decision::Ask) {
            values.insert(&asked.name, ask(&asked.name, terminal)?);
        }
        if prepared.decided.iter().any(|decided| decided.is_there && decided.decision != Decision::Keep)
            && !self.may_go(terminal)?
        {
            return Ok(Exit::Failed);
        }
        let say = |text: &str| terminal.note(text);
        let changed =
            home.wait(services::write_secrets(reach, desired, &repository, &prepared, &values, &SystemRandom, &say))?;
        match terminal.format {
            Format::Human if changed.names.is_empty() => terminal.data("All secrets are there; nothing was changed."),
            Format::Human => terminal.data(&format!("changed: {}", changed.names.join(", "))),
            _ => terminal.data(
                &json!({ "version": 1, "name": repository.name, "changed": changed.names, "restarted": changed.restarted })
                    .to_string(),
            ),
        }
        Ok(Exit::Done)
    }

    /// New secrets harm nobody; those that are there may be in use.
    fn may_go(&self, terminal: &Terminal) -> Result<bool, Trouble> {
        let is_replacing = self.rotate.is_some() || self.from_env_file.is_some();
        if self.yes || !is_replacing {
            return Ok(true);
        }
        let question = "Replace what is there, and restart what uses it?";
        let no_answer = |_| Trouble::NoAnswer { question: question.to_owned() };
        if !terminal.can_ask {
            return Err(Trouble::NoAnswer { question: format!("{question} (`--yes`)") });
        }
        Confirm::new().with_prompt(question).interact().map_err(no_answer)
    }
}

/// The name, and what becomes of its value.
fn line(decided: &Decided, paint: Paint) -> String {
    let sign = match (decided.decision, decided.is_there) {
        (Decision::Keep | Decision::Surplus, _) => paint.dim("="),
        (_, true) => paint.yellow("~"),
        (_, false) => paint.green("+"),
    };
    let words = match decided.decision {
        Decision::Keep => "stays",
        Decision::Surplus => "stays, though no example speaks of it",
        Decision::Given => "from the file",
        Decision::Make => "made here",
        Decision::Ask => "asked for",
    };
    format!("  {sign} {:<24} {words}\n", decided.name)
}

fn ask(name: &str, terminal: &Terminal) -> Result<Secret, Trouble> {
    let answer = terminal.can_ask.then(|| Password::new().with_prompt(name).interact().ok()).flatten();
    let answer = answer.filter(|answer| !answer.is_empty()).map(Secret::new);
    answer.ok_or_else(|| Trouble::NoAnswer { question: format!("what is {name}? (`--from-env-file FILE`)") })
}

fn from_file(path: &Path) -> Result<Values, Trouble> {
    let cannot_read = |reason| Trouble::CannotRead { path: path.to_path_buf(), reason };
    let mut text = String::new();
    let mut file = File::open(path).map_err(cannot_read)?.take(ENV_FILE_BYTES_MAX);
    file.read_to_string(&mut text).map_err(cannot_read)?;
    Values::from_env_file(&text).map_err(|reason| Trouble::BadValue {
        value: path.display().to_string(),
        what: "a file of secrets",
        reason,
        hint: "each line is `NAME=VALUE`".to_owned(),
    })
}
