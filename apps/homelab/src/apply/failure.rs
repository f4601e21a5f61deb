//! Why a step did not do what it should.

use homelab_plan::plan::Action;

use crate::kubernetes::ApiError;
use crate::reach::{DeskError, HostError, WebError};

/// A step that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The step's name.
    pub step: String,
    /// What went wrong, in one sentence.
    pub sentence: String,
    /// What to do about it, where there is something particular.
    pub hint: Option<String>,
    /// Whether there is no point in trying again.
    pub is_final: bool,
}

/// What went wrong in a step, before it is known which one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StepError {
    #[error(transparent)]
    Proxmox(#[from] proxmox_client::Error),
    #[error(transparent)]
    Host(#[from] HostError),
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error(transparent)]
    Web(#[from] WebError),
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A file on a machine cannot be written.
    #[error("`{path}` on {node} cannot be written: {complaint}")]
    NotWritten { node: String, path: String, complaint: String },
    /// A command on a machine failed.
    #[error("`{command}` failed on {node}: {complaint}")]
    Command { node: String, command: String, complaint: String },
    /// Something was waited for in vain.
    #[error("{what} after {seconds} s")]
    Waited { what: String, seconds: u64 },
    /// Something is not there yet, and may be at the next look.
    #[error("{what}")]
    NotYet { what: String },
    /// A node joined the cluster and does not become ready, or never joined.
    #[error("`{node}` {what} after {seconds} s{}", last_words(says))]
    NotReady { node: String, what: &'static str, seconds: u64, says: Option<String>, look: String },
    /// Something that will not change by itself.
    #[error("{sentence}")]
    Final { sentence: String, hint: String },
}

impl StepError {
    pub(super) fn failure(self, action: &Action) -> Failure {
        let mut failure = self.in_step(&action.id());
        failure.hint = failure.hint.or_else(|| match action {
            Action::DownloadTemplate { .. } => {
                Some("see whether the host reaches the internet, and run `pveam update` on it".to_owned())
            }
            Action::AwaitComponent { component } => Some(format!(
                "`kubectl describe pods --namespace {component}` says what it waits for; data that went with a disk comes back by `homelab restore`"
            )),
            _ => None,
        });
        failure
    }

    /// As the failure of a step.
    pub(crate) fn in_step(self, step: &str) -> Failure {
        Failure { step: step.to_owned(), sentence: self.to_string(), hint: self.hint(), is_final: self.is_final() }
    }

    /// Whether there is no point in trying again.
    pub(crate) fn is_final(&self) -> bool {
        use proxmox_client::Error;
        match self {
            Self::Final { .. } | Self::Desk(_) => true,
            Self::Proxmox(error) => {
                matches!(
                    error,
                    Error::Forbidden { .. }
                        | Error::BadParameters { .. }
                        | Error::LoginRefused { .. }
                        | Error::NotImplemented { .. }
                ) || matches!(error, Error::LockHeld { holder, .. } if is_dead(holder))
            }
            Self::Host(error) => {
                matches!(error, HostError::Denied { .. } | HostError::Stranger { .. } | HostError::NoProgram { .. })
            }
            _ => false,
        }
    }

    /// What to do about it, where there is something particular.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::Final { hint, .. } => Some(hint.clone()),
            Self::NotReady { look, .. } => {
                Some(format!("`{look}` says more; mend it and run `homelab up` again: it goes on from here"))
            }
            Self::NotWritten { complaint, .. } if complaint.contains("No space left") => {
                Some("make room on its disk, or write a larger `disk` for it into homelab.toml".to_owned())
            }
            Self::Proxmox(proxmox_client::Error::LockHeld { holder, .. }) if is_dead(holder) => Some(
                "it is half made: `pct unlock` and `pct destroy` it on the host; `homelab up` makes it anew".to_owned(),
            ),
            Self::Proxmox(error) => error.hint().map(str::to_owned),
            Self::Host(HostError::Denied { .. }) => Some(
                "Proxmox writes the key once, when it makes a container: add it by hand, or remove the container"
                    .to_owned(),
            ),
            Self::Host(HostError::Stranger { .. }) => {
                Some("if you know why, remove the address from `.homelab/known_hosts` and run again".to_owned())
            }
            _ => None,
        }
    }
}

/// Whether nobody lets go of a lock any more once it has been waited for: a container that is still being made after two minutes
/// is one whose making was interrupted.
fn is_dead(holder: &str) -> bool {
    holder == "create"
}

fn last_words(says: &Option<String>) -> String {
    says.as_ref().map(|says| format!("; K3s says: {says}")).unwrap_or_default()
}
