//! `homelab service`: the life of a service, from its repository on.

mod new;

use clap::{Args, Subcommand};

use crate::exit::Exit;
use crate::terminal::Terminal;
use crate::trouble::Trouble;

/// Services: each in a repository of its own
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  homelab service new notes --postgres --memory 384Mi")]
pub(crate) struct Service {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::New),
}

impl Service {
    /// Does what the verb says.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        match self.command {
            Command::New(new) => new.run(terminal),
        }
    }
}
