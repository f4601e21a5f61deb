//! What keeps a node from leaving, or from being upgraded.

use homelab_plan::care::Refused;

use crate::apply::{Failure, StepError};
use crate::kubernetes::ApiError;
use crate::observe::Blind;

/// What keeps a node from leaving, or from being upgraded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NodeError {
    /// No container with our tag is called so.
    #[error("no container with the tag `{tag}` is called `{name}`")]
    Unknown {
        /// What was named.
        name: String,
        /// Our tag.
        tag: String,
    },
    /// The cluster lives on it.
    #[error("`{name}` is the only server: the cluster lives on it")]
    OnlyServer {
        /// The node.
        name: String,
    },
    /// Data on its disk would be lost.
    #[error("the disk of `{name}` holds the data of {}", volumes.join(", "))]
    HasVolumes {
        /// The node.
        name: String,
        /// Claims, as `namespace/name`.
        volumes: Vec<String>,
    },
    /// Pods that nobody would make anew.
    #[error("nobody would make {} of `{name}` anew", pods.join(", "))]
    LonelyPods {
        /// The node.
        name: String,
        /// Pods, as `namespace/name`.
        pods: Vec<String>,
    },
    /// A disruption budget, or a lack of room, keeps a pod.
    #[error("`{pod}` does not leave `{name}` after {seconds} s: {reason}")]
    PodStays {
        /// The node.
        name: String,
        /// `namespace/name`.
        pod: String,
        /// Why.
        reason: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// The order of an upgrade forbids it.
    #[error("{}", refused.sentence)]
    Refused {
        /// Why, and what to do.
        refused: Refused,
    },
    /// A node does not come back.
    #[error("`{name}` {what} after {seconds} s")]
    NotBack {
        /// The node.
        name: String,
        /// What it is not.
        what: String,
        /// How long it was waited for.
        seconds: u64,
    },
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

impl NodeError {
    /// For programs; for ever the same.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown-node",
            Self::OnlyServer { .. } => "only-server",
            Self::HasVolumes { .. } => "node-has-volumes",
            Self::LonelyPods { .. } => "lonely-pods",
            Self::PodStays { .. } => "pod-stays",
            Self::Refused { .. } => "upgrade-refused",
            Self::NotBack { .. } => "node-not-back",
            Self::Blind(_) => "blind",
            Self::Failed { .. } => "home-failed",
        }
    }

    /// The next step.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Unknown { .. } => "`homelab status` shows the nodes; containers without the tag are nobody's to remove".to_owned(),
            Self::OnlyServer { .. } => {
                "`homelab backup`, then `homelab down` and `homelab restore` bring it onto another; `homelab down` alone ends it".to_owned()
            }
            Self::HasVolumes { name, .. } => format!(
                "`homelab backup` keeps what is in the shared PostgreSQL; then `homelab node remove {name} --with-volumes` lets the disk go"
            ),
            Self::LonelyPods { .. } => "delete them yourself (`kubectl delete pod`), then run it again".to_owned(),
            Self::PodStays { name, .. } => format!(
                "`kubectl get poddisruptionbudgets --all-namespaces` and `homelab capacity` say why; run it again, or take it back with `kubectl uncordon {name}`"
            ),
            Self::Refused { refused } => refused.hint.clone(),
            Self::NotBack { .. } => "`homelab status` says how it is; run it again, and it goes on from here".to_owned(),
            Self::Blind(Blind::Proxmox(error)) => error.hint()?.to_owned(),
            Self::Blind(_) => return None,
            Self::Failed { failure } => return failure.hint.clone(),
        })
    }
}

impl From<StepError> for NodeError {
    fn from(error: StepError) -> Self {
        Self::Failed { failure: error.in_step("node") }
    }
}

impl From<ApiError> for NodeError {
    fn from(error: ApiError) -> Self {
        StepError::from(error).into()
    }
}
