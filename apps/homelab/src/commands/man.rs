//! `homelab man`: the manual page.

use clap::{Args, CommandFactory as _};

use super::Arguments;
use crate::exit::Exit;
use crate::terminal::Terminal;

/// Print the manual page
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  homelab man | man -l -\n  homelab man > ~/.local/share/man/man1/homelab.1\n  homelab man service new"
)]
pub(crate) struct Man {
    /// The command it is about; without one, homelab itself
    command: Vec<String>,
}

impl Man {
    /// Prints the page, in the language of `man`.
    pub(crate) fn run(self, terminal: &Terminal) -> Exit {
        let mut command = Arguments::command();
        command.build();
        let mut found = &command;
        for word in &self.command {
            match found.find_subcommand(word) {
                Some(subcommand) => found = subcommand,
                None => {
                    terminal.note(&format!("{} there is no command `{word}`", terminal.err.red("error:")));
                    return Exit::Usage;
                }
            }
        }
        let mut page = Vec::new();
        // Writing to memory does not fail.
        let _ = clap_mangen::Man::new(found.clone()).render(&mut page);
        terminal.data(&String::from_utf8_lossy(&page));
        Exit::Done
    }
}
