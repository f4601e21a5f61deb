//! The mark that a backup leaves in the cluster, so that `homelab status` knows of it on any computer.

use serde_json::json;

use crate::errand::{Errand, patiently};
use crate::kubernetes::Reference;

/// Where the mark is.
pub(crate) fn reference() -> Reference {
    Reference::new("v1", "ConfigMap", "kube-system", "homelab-backup")
}

/// Leaves it. The backup is whole without it, so a cluster that refuses is no failure.
pub(super) async fn leave(errand: &Errand<'_>, made_at: &str) {
    let Reference { api_version, kind, namespace, name } = reference();
    let mark = json!({
        "apiVersion": api_version, "kind": kind, "metadata": { "namespace": namespace, "name": name },
        "data": { "made_at": made_at },
    });
    let left = async {
        let cluster = errand.cluster().await?;
        patiently(async || Ok(cluster.apply(&mark, true).await?)).await
    };
    if let Err(error) = left.await {
        errand.say(&format!("the backup is whole, but `homelab status` does not hear of it: {error}"));
    }
}
