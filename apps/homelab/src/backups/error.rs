//! What keeps a backup from being made, or from being restored.

use std::path::PathBuf;

use homelab_plan::plan::Problem;

use crate::apply::{Failure, Outcome, StepError};
use crate::kubernetes::ApiError;
use crate::observe::Blind;

/// What keeps a backup from being made, or from being restored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// A file of the backup cannot be read or written.
    #[error("`{}` cannot be {what}: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// `read` or `written`.
        what: &'static str,
        /// What the system says.
        cause: String,
    },
    /// The folder is no backup, or a broken one.
    #[error("`{}` is no whole backup: {reason}", folder.display())]
    Broken {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// SQLite takes no snapshots.
    #[error("the cluster keeps its state in SQLite, of which K3s takes no snapshots")]
    NoSnapshots,
    /// The release of the file cannot read the snapshot.
    #[error("the backup is of K3s {backup}, and homelab.toml says {file}")]
    OtherRelease {
        /// The release of the backup.
        backup: String,
        /// The release of the file.
        file: String,
    },
    /// A cluster lives there already.
    #[error("`{server}` holds a cluster already, and a backup is restored onto new containers only")]
    ClusterThere {
        /// The first server.
        server: String,
    },
    /// The containers cannot be made.
    #[error("{}", problems.iter().map(|problem| problem.sentence.as_str()).collect::<Vec<_>>().join("; "))]
    Missing {
        /// What is missing.
        problems: Vec<Problem>,
    },
    /// Somebody asked to stop.
    #[error("it was interrupted")]
    Interrupted,
    /// The host does not do what it should.
    #[error(transparent)]
    Blind(#[from] Blind),
    /// The home does not do what it should.
    #[error("{}", failure.sentence)]
    Failed {
        /// The step that failed.
        failure: Failure,
    },
}

impl BackupError {
    /// For programs; for ever the same.
    pub fn name(&self) -> &'static str {
        match self {
            Self::File { .. } => "backup-file",
            Self::Broken { .. } => "broken-backup",
            Self::NoSnapshots => "no-snapshots",
            Self::OtherRelease { .. } => "other-release",
            Self::ClusterThere { .. } => "cluster-there",
            Self::Missing { .. } => "missing",
            Self::Interrupted => "interrupted",
            Self::Blind(_) => "blind",
            Self::Failed { .. } => "home-failed",
        }
    }

    /// The next step.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::File { .. } => "name a folder with room, and that is yours".to_owned(),
            Self::Broken { .. } => "name the folder that holds `manifest.json`, or an older backup".to_owned(),
            Self::NoSnapshots => {
                "`homelab backup --containers STORAGE` keeps whole containers; with `k3s.datastore = \"etcd\"` there are snapshots".to_owned()
            }
            Self::OtherRelease { backup, .. } => format!("write `version = \"{backup}\"` into `[k3s]`; upgrade when it runs"),
            Self::ClusterThere { .. } => {
                "`homelab down` removes its containers, with everything on them; then restore again".to_owned()
            }
            Self::Missing { problems } => problems.first()?.hint.clone(),
            Self::Interrupted => "run it again: it goes on from here".to_owned(),
            Self::Blind(Blind::Proxmox(error)) => error.hint()?.to_owned(),
            Self::Blind(_) => return None,
            Self::Failed { failure } => {
                failure.hint.clone().unwrap_or_else(|| "run it again: it goes on from here".to_owned())
            }
        })
    }

    /// What kept `up` from its end; nothing if it came there.
    pub(super) fn of(outcome: Outcome) -> Result<(), Self> {
        match outcome {
            Outcome::Done { .. } => Ok(()),
            Outcome::Missing(problems) => Err(Self::Missing { problems }),
            Outcome::Blind(blind) => Err(Self::Blind(blind)),
            Outcome::Interrupted => Err(Self::Interrupted),
            Outcome::Stuck(failures) => {
                let nothing = || StepError::NotYet { what: "nothing moves".to_owned() }.in_step("up");
                Err(Self::Failed { failure: failures.into_iter().next().unwrap_or_else(nothing) })
            }
        }
    }
}

impl From<StepError> for BackupError {
    fn from(error: StepError) -> Self {
        Self::Failed { failure: error.in_step("backup") }
    }
}

impl From<ApiError> for BackupError {
    fn from(error: ApiError) -> Self {
        StepError::from(error).into()
    }
}
