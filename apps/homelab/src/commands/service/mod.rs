//! `homelab service`: the life of a service, from its repository on.

mod list;
mod new;
mod register;
mod remove;
mod rollback;
mod secrets;

use clap::{Args, Subcommand};

use crate::exit::Exit;
use crate::terminal::Terminal;
use crate::trouble::Trouble;

/// Services: each in a repository of its own
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  homelab service new notes --postgres --memory 384Mi
  homelab service secrets notes
  homelab service register notes")]
pub(crate) struct Service {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::New),
    Secrets(secrets::Secrets),
    Register(register::Register),
    List(list::List),
    Logs(list::Logs),
    Rollback(rollback::Rollback),
    Remove(remove::Remove),
}

impl Service {
    /// Does what the verb says.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        match self.command {
            Command::New(new) => new.run(terminal),
            Command::Secrets(secrets) => secrets.run(terminal),
            Command::Register(register) => register.run(terminal),
            Command::List(list) => list.run(terminal),
            Command::Logs(logs) => logs.run(terminal),
            Command::Rollback(rollback) => rollback.run(terminal),
            Command::Remove(remove) => remove.run(terminal),
        }
    }
}
