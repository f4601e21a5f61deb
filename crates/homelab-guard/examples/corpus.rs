//! Writes the corpus as files, so that any scanner can be run over it:
//! `cargo run -p homelab-guard --example corpus -- DIR`.
//!
//! Each case becomes a folder, `DIR/catch/0001/` or `DIR/quiet/0001/`, with its file in it. `DIR/expected.tsv` has a line for each
//! secret that must be told: the file, the line, the rule where only one is right, and the case's name; and one with the line 0 for
//! each file that must stay quiet.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

#[path = "../tests/cases/mod.rs"]
mod cases;

use cases::{Case, cases};

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("error: no folder is named\n\nhint: cargo run -p homelab-guard --example corpus -- DIR");
        return ExitCode::from(64);
    };
    match write_all(&folder) {
        Ok(count) => {
            println!("{count} cases in {}", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: the corpus cannot be written to {}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn write_all(folder: &Path) -> io::Result<usize> {
    let mut expected = String::new();
    let mut count = 0;
    for kind in ["catch", "quiet"] {
        for (index, case) in cases(kind).iter().enumerate() {
            let case_folder = format!("{kind}/{:04}", index + 1);
            let path = format!("{case_folder}/{}", case.path.trim_start_matches('/').replace("~/", "home/"));
            write_case(&folder.join(&path), case)?;
            let lines = if case.lines.is_empty() { &[0][..] } else { &case.lines };
            for line in lines {
                // Writing to a string does not fail.
                let rule = case.rule.as_deref().unwrap_or("-");
                let _ = writeln!(expected, "{path}\t{line}\t{rule}\t{}", case.name);
            }
            count += 1;
        }
    }
    fs::write(folder.join("expected.tsv"), expected)?;
    Ok(count)
}

fn write_case(path: &Path, case: &Case) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, case.bytes())
}
