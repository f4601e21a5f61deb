//! Errors, as people and as programs read them.

use serde_json::{Value, json};

use crate::exit::Exit;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;
use crate::wording::printable;

/// Prints a trouble, and says how the program ends.
pub fn print(trouble: &Trouble, terminal: &Terminal) -> Exit {
    let exit = trouble.exit();
    if terminal.format == Format::Human {
        eprint!("{}", human(trouble, terminal));
    } else {
        // One object, on the stream where the result would have been: a program reads one place.
        terminal.data(&json(trouble.name(), exit, &trouble.to_string(), trouble.hint().as_deref()).to_string());
    }
    exit
}

fn human(trouble: &Trouble, terminal: &Terminal) -> String {
    let mut text = match trouble.snippet(terminal.err.on) {
        Some(snippet) => format!("{snippet}\n"),
        None => format!("{} {}\n", terminal.err.red("error:"), lines(&trouble.to_string())),
    };
    if let Some(hint) = trouble.hint() {
        text += &format!("\n{} {hint}\n", terminal.err.cyan("hint:"));
    }
    text
}

/// What is told in several lines stays in several lines.
fn lines(text: &str) -> String {
    text.lines().map(printable).collect::<Vec<_>>().join("\n")
}

/// An error as an object.
pub fn json(name: &str, exit: Exit, message: &str, hint: Option<&str>) -> Value {
    json!({ "version": 1, "error": { "name": name, "message": message, "hint": hint, "exit_code": exit.code() } })
}
