//! What commands about a home that runs have in common: its file, the ways into it, and the person's consent.

use std::future::Future;
use std::path::{Path, PathBuf};

use dialoguer::Input;
use homelab_plan::plan::Desired;

use super::infrastructure::{self, Infrastructure};
use super::ways;
use crate::cluster_file;
use crate::reach::Reach;
use crate::reach::real::{Files, Lock};
use crate::services::Repository;
use crate::terminal::Terminal;
use crate::trouble::Trouble;

/// A home, and the ways into it.
pub(super) struct Home {
    pub(super) found: Infrastructure,
    pub(super) reach: Reach,
    /// Held until the command ends.
    _lock: Option<Lock>,
}

impl Home {
    /// For what happens in the cluster alone: nobody is asked for the password of Proxmox.
    pub(super) fn of_cluster(file: Option<&Path>, terminal: &Terminal) -> Result<Self, Trouble> {
        let found = infrastructure::read(file)?;
        let reach = ways::open_cluster(&found.desired.home, &found.folder, terminal)?;
        Ok(Self { found, reach, _lock: None })
    }

    /// The same for what changes something there. No other run may do so at the same time.
    pub(super) fn of_cluster_to_change(file: Option<&Path>, terminal: &Terminal) -> Result<Self, Trouble> {
        let found = infrastructure::read(file)?;
        let lock = lock(&found)?;
        let reach = ways::open_cluster(&found.desired.home, &found.folder, terminal)?;
        Ok(Self { found, reach, _lock: Some(lock) })
    }

    /// For what changes containers too. No other run may do so at the same time.
    pub(super) fn whole(file: Option<&Path>, terminal: &Terminal) -> Result<Self, Trouble> {
        let found = infrastructure::read(file)?;
        let lock = lock(&found)?;
        let reach = ways::open(&found.desired.home, &found.folder, terminal)?;
        Ok(Self { found, reach, _lock: Some(lock) })
    }

    /// What should be.
    pub(super) fn desired(&self) -> &Desired {
        &self.found.desired
    }

    /// Waits for something, and says what keeps it from its end.
    pub(super) fn wait<T, E: Into<Trouble>>(
        &self,
        something: impl Future<Output = Result<T, E>>,
    ) -> Result<T, Trouble> {
        ways::wait(something)?.map_err(Into::into)
    }

    /// The repository of a service.
    pub(super) fn service(&self, given: &str) -> Result<Repository, Trouble> {
        Ok(Repository::find(given, &beside(&self.found.folder))?)
    }
}

/// Holds the home for one run.
pub(super) fn lock(found: &Infrastructure) -> Result<Lock, Trouble> {
    Ok(Files::new(&found.folder, &found.desired.home.container.ssh_public_key.to_string()).lock()?)
}

/// The repository of a service, for what needs no cluster.
pub(super) fn service(given: &str, file: Option<&Path>) -> Result<Repository, Trouble> {
    let file = cluster_file::find(file, Path::new("."));
    let folder = file.as_deref().and_then(Path::parent).unwrap_or(Path::new("."));
    Ok(Repository::find(given, &beside(folder))?)
}

/// Where repositories lie that are named by name alone: beside the infrastructure repository.
fn beside(folder: &Path) -> Vec<PathBuf> {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let above = folder.parent().map(Path::to_path_buf);
    std::iter::once(folder).chain(above).collect()
}

/// The person types the name of what is to go, here or as an option.
pub(super) fn consent(what: &'static str, name: &str, given: Option<&str>, terminal: &Terminal) -> Result<(), Trouble> {
    let question = format!("Type the name of the {what} (`{name}`)");
    let typed = match given {
        Some(typed) => typed.to_owned(),
        None if terminal.can_ask => Input::new()
            .with_prompt(&question)
            .interact_text()
            .map_err(|_| Trouble::NoAnswer { question: question.clone() })?,
        None => return Err(Trouble::NoAnswer { question: format!("{question} (`--name {name}`)") }),
    };
    if typed == name {
        return Ok(());
    }
    Err(Trouble::BadValue {
        value: typed,
        what: "the consent",
        reason: format!("the {what} is called `{name}`"),
        hint: "nothing was changed".to_owned(),
    })
}
