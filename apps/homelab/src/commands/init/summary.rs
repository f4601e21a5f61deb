//! What `homelab init` did, file by file.

use std::path::Path;

use serde_json::json;

use crate::scaffold::{Change, State};
use crate::terminal::{Format, Paint, Terminal};

/// Prints one line a file, and the differences of those that were edited.
pub(crate) fn print(folder: &Path, changes: &[Change], force: bool, dry_run: bool, terminal: &Terminal) {
    if terminal.format != Format::Human {
        let files: Vec<_> = changes
            .iter()
            .map(|change| {
                let diff = match &change.state {
                    State::Different { diff } => Some(diff),
                    _ => None,
                };
                json!({ "path": change.file.path, "state": word(&change.state, force), "diff": diff })
            })
            .collect();
        let result = json!({ "version": 1, "folder": folder, "written": !dry_run, "files": files });
        return terminal.data(&result.to_string());
    }
    let mut text = String::new();
    for change in changes {
        let word = format!("{:<10}", word(&change.state, force));
        let colored = match change.state {
            State::New => terminal.out.green(&word),
            State::Unchanged => terminal.out.dim(&word),
            State::Different { .. } => terminal.out.yellow(&word),
        };
        text += &format!("{colored} {}\n", folder.join(&change.file.path).display());
        if let State::Different { diff } = &change.state {
            text += &painted(diff, terminal.out);
        }
    }
    terminal.data(&text);
    let kept = changes.iter().filter(|change| matches!(change.state, State::Different { .. })).count();
    if kept > 0 && !force {
        terminal.note(&format!(
            "\n{kept} edited or older file(s) were kept; `--force` replaces them with what homelab would write"
        ));
    }
    if dry_run {
        terminal.note("\nNothing was written: this was a dry run.");
    } else if changes.iter().all(|change| change.state == State::New) {
        let go_there = if folder == Path::new(".") { String::new() } else { format!("cd {} && ", folder.display()) };
        terminal.note(&format!(
            "\nNext steps:\n  1. read {}, and correct what is not true of your home\n  2. {go_there}git init && homelab check --install-hook\n  3. homelab rehearse; homelab capacity; homelab cost\n  4. homelab doctor; homelab plan; homelab up",
            folder.join("homelab.toml").display(),
        ));
    }
}

fn word(state: &State, force: bool) -> &'static str {
    match state {
        State::New => "new",
        State::Unchanged => "unchanged",
        State::Different { .. } if force => "replaced",
        State::Different { .. } => "kept",
    }
}

fn painted(diff: &str, paint: Paint) -> String {
    let lines = diff.lines().map(|line| match line.as_bytes().first() {
        Some(b'+') => format!("    {}\n", paint.green(line)),
        Some(b'-') => format!("    {}\n", paint.red(line)),
        _ => format!("    {line}\n"),
    });
    lines.collect()
}
