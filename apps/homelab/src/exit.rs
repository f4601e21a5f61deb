//! The exit codes: one table for the program, its help and its documentation.

use std::fmt::Write as _;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is done, and nothing is wrong.
    Done,
    /// It was not done; an error says why.
    Failed,
    /// The guard found what must not be published.
    Found,
    /// There is something to change, and nothing was changed.
    Changes,
    /// The guard could not look everywhere, so silence would prove nothing.
    Incomplete,
    /// Somebody stopped it; it can be taken up again.
    Interrupted,
    /// The command line is not understood.
    Usage,
}

/// Every ending with its code and what it means. `check` shares 1 and 2 with the others: 1 is what stops a script, 2 is
/// what needs a look. Usage is 64, as in `sysexits.h`, and not the 2 that the command-line parser would give.
pub const TABLE: [(Exit, u8, &str); 7] = [
    (Exit::Done, 0, "done, nothing found, or nothing to change"),
    (Exit::Failed, 1, "failed; the error says why and what to do"),
    (Exit::Found, 1, "`check` found something that must not be published"),
    (Exit::Changes, 2, "something is to be changed or is not well, and nothing was changed"),
    (Exit::Incomplete, 2, "`check` could not read everything it was asked to look at"),
    (Exit::Usage, 64, "the command line is not understood"),
    (Exit::Interrupted, 130, "interrupted; run it again and it goes on"),
];

impl Exit {
    /// What the shell sees.
    pub fn code(self) -> u8 {
        TABLE.iter().find(|(exit, _, _)| *exit == self).map_or(1, |(_, code, _)| *code)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// The table as `--help` shows it.
pub fn help() -> String {
    TABLE.iter().fold("Exit codes:\n".to_string(), |mut text, (_, code, meaning)| {
        let _ = writeln!(text, "  {code:>3}  {meaning}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ending_has_its_documented_code() {
        let endings =
            [Exit::Done, Exit::Failed, Exit::Found, Exit::Changes, Exit::Incomplete, Exit::Usage, Exit::Interrupted];
        assert_eq!(endings.map(Exit::code), [0, 1, 1, 2, 2, 64, 130]);
        assert_eq!(endings.to_vec(), TABLE.map(|(exit, _, _)| exit).to_vec(), "each ending has one row");
    }
}
