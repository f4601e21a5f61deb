//! `homelab init`: the infrastructure repository.

mod questions;
mod summary;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use homelab_plan::config::default_file;

use crate::cluster_file;
use crate::exit::Exit;
use crate::scaffold::{self, State, changes, infrastructure};
use crate::terminal::Terminal;
use crate::trouble::Trouble;
use questions::Questions;

/// Write the infrastructure repository: homelab.toml, Argo CD, the shared PostgreSQL and Valkey
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  homelab init my-home                      ask, then write
  homelab init my-home --yes                take the defaults
  homelab init my-home --yes --owner TakashiAihara --subnet 192.168.0.0/24
  homelab init                              again, in the folder: says what differs, touches no edited file

Where there is a homelab.toml already, the other files follow it.")]
pub(crate) struct Init {
    /// Where to write; made if needed
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    questions: Questions,
    /// Ask nothing; take defaults for what no option says
    #[arg(long, short)]
    yes: bool,
    /// Replace files that were edited, too; the differences are shown
    #[arg(long)]
    force: bool,
    /// Write nothing; exit with 2 where something would be written
    #[arg(long)]
    dry_run: bool,
}

impl Init {
    /// Compares, writes what is new, and says what was done.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let is_new = is_new(&self.folder)?;
        let toml_path = self.folder.join(cluster_file::NAME);
        let toml = if is_new {
            default_file(&self.questions.answer(terminal.can_ask && !self.yes)?)
        } else {
            cluster_file::read(&toml_path)?
        };
        let homelab = cluster_file::parse(&toml_path, &toml)?;
        let files = infrastructure::files(&toml, &homelab, &folder_name(&self.folder))?;
        let changes = changes::compare(&self.folder, files)?;
        let to_write: Vec<_> = changes
            .iter()
            .filter(|change| match change.state {
                State::New => true,
                State::Different { .. } => self.force,
                State::Unchanged => false,
            })
            .map(|change| &change.file)
            .collect();
        let would_write = !to_write.is_empty();
        if !self.dry_run {
            scaffold::write(&self.folder, &to_write)?;
        }
        summary::print(&self.folder, &changes, self.force, self.dry_run, terminal);
        Ok(if self.dry_run && would_write { Exit::Changes } else { Exit::Done })
    }
}

/// Whether the folder is still to be filled. One that holds something else is refused: writing a repository into it would
/// leave two things mixed up.
fn is_new(folder: &Path) -> Result<bool, Trouble> {
    if folder.join(cluster_file::NAME).is_file() {
        return Ok(false);
    }
    match foreign_entry(folder)? {
        None => Ok(true),
        Some(found) => Err(Trouble::ForeignFolder { folder: folder.to_path_buf(), found }),
    }
}

/// Something in a folder that a new repository would not have. A fresh `.git` is none.
pub(super) fn foreign_entry(folder: &Path) -> Result<Option<String>, Trouble> {
    if !folder.exists() {
        return Ok(None);
    }
    if !folder.is_dir() {
        return Err(Trouble::NotAFolder { path: folder.to_path_buf() });
    }
    let cannot_read = |reason| Trouble::CannotRead { path: folder.to_path_buf(), reason };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot_read)? {
        names.push(entry.map_err(cannot_read)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names.into_iter().find(|name| name != ".git"))
}

/// What people call a folder, also where they wrote `.`.
fn folder_name(folder: &Path) -> String {
    let named = fs::canonicalize(folder).ok();
    let name = named.as_deref().unwrap_or(folder).file_name();
    name.map_or_else(|| "homelab".to_string(), |name| name.to_string_lossy().into_owned())
}
