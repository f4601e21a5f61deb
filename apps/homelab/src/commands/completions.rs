//! `homelab completions`: what a shell needs to complete our commands.

use clap::{Args, CommandFactory as _};

use super::Arguments;
use crate::exit::Exit;
use crate::terminal::Terminal;

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  homelab completions bash > ~/.local/share/bash-completion/completions/homelab")]
pub(crate) struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

impl Completions {
    /// Prints the script.
    pub(crate) fn run(self, terminal: &Terminal) -> Exit {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "homelab", &mut script);
        terminal.data(&String::from_utf8_lossy(&script));
        Exit::Done
    }
}
