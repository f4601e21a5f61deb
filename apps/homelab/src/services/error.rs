//! What keeps a service from its place: situations, their words, and the next step.

use std::path::PathBuf;

use crate::apply::{Failure, StepError};
use crate::manifests::BadManifest;

/// What keeps a service from its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    /// There is no repository of a service.
    #[error("`{given}` is no repository of a service: it has no `k8s/argocd/application.yaml`")]
    NoRepository {
        /// What was named.
        given: String,
    },
    /// A manifest is no YAML.
    #[error(transparent)]
    BadManifest(#[from] BadManifest),
    /// A file of the repository says something that cannot be.
    #[error("`{}`: {reason}", path.display())]
    BadFile {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
        /// What to write.
        hint: String,
    },
    /// No image was built yet.
    #[error("the image `{image}` has no digest in `{}` yet", path.display())]
    NotBuilt {
        /// The image.
        image: String,
        /// Where the digest belongs.
        path: PathBuf,
    },
    /// The package is private, or is not there.
    #[error("ghcr.io gives `{image}` to nobody without a password: the package is private, or not there")]
    PrivateImage {
        /// The image without digest.
        image: String,
    },
    /// The package is public, and this digest is not in it.
    #[error("ghcr.io has no `{image}@{digest}`")]
    NoSuchImage {
        /// The image.
        image: String,
        /// The digest.
        digest: String,
    },
    /// The secret that its pods need is not there.
    #[error("the Secret `{secret}` is not there, and no pod of `{service}` starts without it")]
    NoSecret {
        /// `namespace/name`.
        secret: String,
        /// The service.
        service: String,
    },
    /// The name is taken.
    #[error("the Application `{name}` follows `{found}`, and not `{ours}`")]
    OtherRepository {
        /// The service.
        name: String,
        /// The repository that it follows.
        found: String,
        /// This repository.
        ours: String,
    },
    /// It was waited for in vain.
    #[error("`{name}` is not healthy after {seconds} s: {waits_for}")]
    NotHealthy {
        /// The service.
        name: String,
        /// What it waits for.
        waits_for: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// The service has no secret.
    #[error("`{name}` has no `secret.yaml.example`, so it needs no secret")]
    NoExample {
        /// The service.
        name: String,
    },
    /// A name that no example speaks of.
    #[error("`{key}` is no secret of `{name}`")]
    UnknownSecret {
        /// The service.
        name: String,
        /// What was named.
        key: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The shared Valkey has no password yet.
    #[error("the Secret `valkey/valkey-secrets` is not there")]
    NoValkey,
    /// There is no such service in the cluster.
    #[error("the cluster has no Application `{name}`")]
    NoApplication {
        /// What was named.
        name: String,
    },
    /// Volumes would be lost.
    #[error("`{name}` has data in {}, which would be lost", volumes.join(", "))]
    HasVolumes {
        /// The service.
        name: String,
        /// Its claims.
        volumes: Vec<String>,
    },
    /// It did not go in time.
    #[error("{what} is still there after {seconds} s")]
    StillThere {
        /// What.
        what: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// There is nothing to go back to.
    #[error("`{path}` has had one digest only: there is nothing to go back to")]
    NoEarlierDigest {
        /// The file.
        path: String,
    },
    /// Uncommitted work would be in the way.
    #[error("`{}` has changes that are not committed", folder.display())]
    DirtyTree {
        /// The repository.
        folder: PathBuf,
    },
    /// The home does not do what it should.
    #[error("{}", failure.sentence)]
    Failed {
        /// The step that failed.
        failure: Failure,
    },
}

impl ServiceError {
    /// For programs; for ever the same.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NoRepository { .. } => "no-service-repository",
            Self::BadManifest(_) => "bad-manifest",
            Self::BadFile { .. } => "bad-service-file",
            Self::NotBuilt { .. } => "not-built",
            Self::PrivateImage { .. } => "private-image",
            Self::NoSuchImage { .. } => "no-such-image",
            Self::NoSecret { .. } => "no-service-secret",
            Self::OtherRepository { .. } => "other-repository",
            Self::NotHealthy { .. } => "not-healthy",
            Self::NoExample { .. } => "no-secret-example",
            Self::UnknownSecret { .. } => "unknown-secret",
            Self::NoValkey => "no-valkey",
            Self::NoApplication { .. } => "no-application",
            Self::HasVolumes { .. } => "has-volumes",
            Self::StillThere { .. } => "still-there",
            Self::NoEarlierDigest { .. } => "no-earlier-digest",
            Self::DirtyTree { .. } => "dirty-tree",
            Self::Failed { .. } => "home-failed",
        }
    }

    /// The next step.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NoRepository { .. } => {
                "name the folder of the service's repository, or write one with `homelab service new NAME`".to_owned()
            }
            Self::BadFile { hint, .. } => hint.clone(),
            Self::BadManifest(_) => "mend the file; `homelab check` judges all of them".to_owned(),
            Self::NotBuilt { .. } => {
                "push to main and wait for the workflow, which commits the digest; then `git pull`".to_owned()
            }
            Self::PrivateImage { image } => private_package(image),
            Self::NoSuchImage { .. } => {
                "was the image pushed? the workflow's run on GitHub says so; `git pull` brings the newest digest"
                    .to_owned()
            }
            Self::NoSecret { service, .. } => format!("`homelab service secrets {service}` makes it"),
            Self::OtherRepository { name, .. } => {
                format!("call this service otherwise, or take the other one away with `homelab service remove {name}`")
            }
            Self::NotHealthy { name, waits_for, .. } if waits_for.contains("ImagePullBackOff") => {
                format!("the image cannot be pulled; `homelab service register {name}` says why")
            }
            Self::NotHealthy { name, .. } => {
                format!(
                    "`homelab service logs {name}` shows what its pods say; the Application stays, and goes on trying"
                )
            }
            Self::UnknownSecret { known, .. } => format!("it has `{}`", known.join("`, `")),
            Self::NoValkey => "`homelab up` makes it, together with the shared Valkey".to_owned(),
            Self::NoApplication { .. } => "`homelab service list` shows what there is".to_owned(),
            Self::HasVolumes { .. } => "copy the data away, then say `--with-volumes`".to_owned(),
            Self::StillThere { .. } => "run it again: it goes on from here".to_owned(),
            Self::DirtyTree { .. } => "commit or stash them, then run it again".to_owned(),
            Self::Failed { failure } => return failure.hint.clone(),
            Self::NoExample { .. } | Self::NoEarlierDigest { .. } => return None,
        })
    }
}

/// The trap of GHCR: whatever is pushed there is private at first, also from a public repository, and no API changes that.
fn private_package(image: &str) -> String {
    let package = image.trim_start_matches("ghcr.io/");
    let (owner, name) = package.split_once('/').unwrap_or((package, package));
    let escaped = name.replace('/', "%2F");
    format!(
        "packages are private until somebody makes them public, even those of public repositories: open \
         https://github.com/users/{owner}/packages/container/{escaped}/settings (for an organization: /orgs/ in place of /users/), \
         \"Change package visibility\", \"Public\"; then run this again"
    )
}

impl From<StepError> for ServiceError {
    fn from(error: StepError) -> Self {
        Self::Failed { failure: error.in_step("service") }
    }
}

impl From<crate::kubernetes::ApiError> for ServiceError {
    fn from(error: crate::kubernetes::ApiError) -> Self {
        StepError::from(error).into()
    }
}
