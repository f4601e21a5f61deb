//! The command line: what can be typed, and which file does it. `run` is its table of contents.

mod backup;
mod capacity;
mod check;
mod completions;
mod cost;
mod doctor;
mod down;
mod home;
mod infrastructure;
mod init;
mod man;
mod node;
mod picture;
mod place;
mod plan;
mod progress;
mod rehearse;
mod rehearse_serve;
mod restore;
mod service;
mod status;
mod up;
mod upgrade;
mod ways;

use clap::{Parser, Subcommand};

use crate::exit::{self, Exit};
use crate::terminal::{Format, Output, Terminal};
use crate::trouble::Trouble;

/// One file, homelab.toml, to a cluster at home and its services
#[derive(Debug, Parser)]
#[command(name = "homelab", version, about, long_about = None, after_help = after_help())]
#[command(subcommand_required = true, arg_required_else_help = true, propagate_version = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Options of every command.
    #[command(flatten)]
    pub output: Output,
}

fn after_help() -> String {
    format!("{EXAMPLES}\n{}", exit::help().trim_end())
}

const EXAMPLES: &str = "\
Examples:
  homelab init my-home               write the infrastructure repository, with its homelab.toml
  homelab capacity --service 384Mi   what still fits, and what if a node is lost
  homelab service new notes          write a complete service repository
  homelab check                      is this folder fit for a public repository and a public image?
";

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    Service(service::Service),
    Check(check::Check),
    Doctor(doctor::Doctor),
    Down(down::Down),
    Plan(plan::Plan),
    Status(status::Status),
    Up(up::Up),
    Upgrade(upgrade::Upgrade),
    Node(node::Node),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Rehearse(rehearse::Rehearse),
    Capacity(capacity::Capacity),
    Cost(cost::Cost),
    Place(place::Place),
    Completions(completions::Completions),
    Man(man::Man),
}

/// Runs a command to its end.
///
/// # Errors
/// What kept it from ending well; `main` prints it.
pub fn run(arguments: Arguments, terminal: &Terminal) -> Result<Exit, Trouble> {
    if terminal.format == Format::Sarif && !matches!(arguments.command, Command::Check(_)) {
        return Err(Trouble::NoFindingsToFormat);
    }
    match arguments.command {
        Command::Init(init) => init.run(terminal),
        Command::Service(service) => service.run(terminal),
        Command::Check(check) => check.run(terminal),
        Command::Doctor(doctor) => doctor.run(terminal),
        Command::Down(down) => down.run(terminal),
        Command::Plan(plan) => plan.run(terminal),
        Command::Status(status) => status.run(terminal),
        Command::Up(up) => up.run(terminal),
        Command::Upgrade(upgrade) => upgrade.run(terminal),
        Command::Node(node) => node.run(terminal),
        Command::Backup(backup) => backup.run(terminal),
        Command::Restore(restore) => restore.run(terminal),
        Command::Rehearse(rehearse) => rehearse.run(terminal),
        Command::Capacity(capacity) => capacity.run(terminal),
        Command::Cost(cost) => cost.run(terminal),
        Command::Place(place) => place.run(terminal),
        Command::Completions(completions) => Ok(completions.run(terminal)),
        Command::Man(man) => Ok(man.run(terminal)),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    /// The lines of a page's shell blocks that begin with our name, without comments and without what comes after `&&`.
    fn commands_of(page: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for block in page.split("```sh\n").skip(1) {
            let block = block.split("```").next().unwrap_or_default();
            let parts = block.lines().flat_map(|line| line.split('#').next().unwrap_or_default().split("&&"));
            lines.extend(parts.map(str::trim).filter(|part| part.starts_with("homelab ")).map(str::to_owned));
        }
        lines
    }

    #[test]
    fn every_command_of_the_documentation_is_understood() {
        let mut count = 0;
        for page in [
            include_str!("../../../../docs/homelab/operations.md"),
            include_str!("../../../../README.md"),
            include_str!("../../../../README.ja.md"),
            include_str!("../../../../examples/homelab-k3s/README.md"),
        ] {
            for line in commands_of(page) {
                let parsed = Arguments::try_parse_from(line.split_whitespace());
                assert!(
                    parsed.is_ok(),
                    "`{line}`: {}",
                    parsed.err().map(|error| error.to_string()).unwrap_or_default()
                );
                count += 1;
            }
        }
        assert!(count > 30, "only {count} commands were found: the pages are not read as they should be");
    }

    #[test]
    fn the_documentation_has_every_exit_code() {
        let page = include_str!("../../../../docs/homelab/operations.md");
        for (_, code, meaning) in exit::TABLE {
            assert!(page.contains(&format!("| {code} | {meaning} |")), "{code}: {meaning}");
        }
    }

    #[test]
    fn every_command_shows_an_example() {
        fn without_example(command: &clap::Command, names: &mut Vec<String>) {
            for subcommand in command.get_subcommands() {
                let help = subcommand.get_after_help().map(ToString::to_string).unwrap_or_default();
                if !help.contains("Example") && subcommand.get_subcommands().next().is_none() {
                    names.push(subcommand.get_name().to_string());
                }
                without_example(subcommand, names);
            }
        }
        let mut names = Vec::new();
        without_example(&Arguments::command(), &mut names);
        assert_eq!(names, Vec::<String>::new(), "commands without an example");
    }
}
