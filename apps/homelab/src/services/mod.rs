//! Services: from their repository to the cluster, their secrets, and their end.
//!
//! ```text
//! register   repository -> its image is for everybody -> its secret is there -> Application applied -> Synced and Healthy
//! secrets    secret.yaml.example -> decided by name -> Secret written -> role and database made -> users restarted
//! remove     Application with everything it brought -> namespace; the database stays
//! rollback   git alone: Argo CD follows it
//! ```

mod error;
mod list;
mod register;
mod registry;
mod remove;
mod repository;
mod rollback;
mod secrets;

pub use error::ServiceError;
pub use list::{Listed, list, listed_in, logs};
pub use register::register;
pub use remove::{Removal, look as look_before_removal, remove};
pub use repository::{Image, Repository, SecretWish};
pub use rollback::{Rollback, find as find_rollback, revert};
pub use secrets::{Changed, Prepared, Values, prepare as prepare_secrets, write as write_secrets};

use crate::kubernetes::Reference;

/// The kind by which Argo CD knows a service.
fn application(name: &str) -> Reference {
    Reference::new("argoproj.io/v1alpha1", "Application", "argocd", name)
}
