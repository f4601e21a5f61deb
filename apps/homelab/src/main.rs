//! The `homelab` command.

use std::process::ExitCode;

use clap::Parser as _;
use homelab::commands::{Arguments, run};
use homelab::report::trouble;
use homelab::terminal::Terminal;
use homelab::usage;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage::answer(&error).into(),
    };
    let terminal = Terminal::new(&arguments.output);
    let exit = run(arguments, &terminal).unwrap_or_else(|trouble| trouble::print(&trouble, &terminal));
    exit.into()
}
