//! Bringing a service to the cluster: its own Application, once. Everything after that is `git push`.

use std::time::Duration;

use homelab_plan::plan::Desired;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::{Repository, ServiceError, application, registry};
use crate::apply::Random;
use crate::errand::{Errand, Say, patiently};
use crate::kubernetes::{Kubernetes, Reference};
use crate::observe::cluster::secret_reference;
use crate::reach::Reach;

/// Images come over a home's connection, and databases migrate: most services are healthy in one minute, slow ones in five.
const HEALTHY_TIME_MAX: Duration = Duration::from_secs(900);

/// How often is looked.
const LOOK_TIME: Duration = Duration::from_secs(3);

/// Registers a service, and waits until it is Synced and Healthy.
///
/// # Errors
/// See [`ServiceError`]. Nothing is applied before its image is for everybody and its secret is there.
pub async fn register(
    reach: &Reach,
    desired: &Desired,
    repository: &Repository,
    random: &dyn Random,
    say: Say<'_>,
) -> Result<(), ServiceError> {
    let errand = Errand::new(reach, desired, random, say);
    check_images(&errand, repository).await?;
    let cluster = errand.cluster().await?;
    if let Some(secret) = repository.secret_name()
        && patiently(async || Ok(cluster.get(&secret_reference(&secret)).await?)).await?.is_none()
    {
        return Err(ServiceError::NoSecret { secret, service: repository.name.clone() });
    }
    let reference = application(&repository.name);
    let found = patiently(async || Ok(cluster.get(&reference).await?)).await?;
    if let Some(found) = found.as_ref().and_then(|found| found["spec"]["source"]["repoURL"].as_str())
        && found != repository.url
    {
        return Err(ServiceError::OtherRepository {
            name: repository.name.clone(),
            found: found.to_owned(),
            ours: repository.url.clone(),
        });
    }
    patiently(async || Ok(cluster.apply(&repository.application, true).await?)).await?;
    errand.say(&format!("applied the Application `{}`; Argo CD follows {}", repository.name, repository.url));
    wait_until_healthy(&errand, &cluster, &repository.name, &repository.namespace).await
}

async fn check_images(errand: &Errand<'_>, repository: &Repository) -> Result<(), ServiceError> {
    for image in &repository.images {
        let Some(digest) = &image.digest else {
            return Err(ServiceError::NotBuilt {
                image: image.name.clone(),
                path: repository.folder.join(&image.file),
            });
        };
        match registry::check_pull(errand, image, digest).await? {
            true => errand.say(&format!("everybody may pull {}@{digest}", image.name)),
            false => errand.say(&format!("{}: not asked, since only ghcr.io is known here", image.name)),
        }
    }
    Ok(())
}

async fn wait_until_healthy(
    errand: &Errand<'_>,
    cluster: &Kubernetes,
    name: &str,
    namespace: &str,
) -> Result<(), ServiceError> {
    let reference = application(name);
    let began = Instant::now();
    let mut said = String::new();
    loop {
        let found = patiently(async || Ok(cluster.get(&reference).await?)).await?.unwrap_or_default();
        let Some(mut waits_for) = waits_for(&found) else {
            errand.say(&format!("`{name}` is Synced and Healthy"));
            return Ok(());
        };
        if let Some(pods) = what_workloads_wait_for(cluster, namespace).await? {
            waits_for = format!("{waits_for}; {pods}");
        }
        if began.elapsed() > HEALTHY_TIME_MAX {
            let seconds = HEALTHY_TIME_MAX.as_secs();
            return Err(ServiceError::NotHealthy { name: name.to_owned(), waits_for, seconds });
        }
        if waits_for != said {
            errand.say(&format!("waits: {waits_for}"));
            said = waits_for;
        }
        sleep(LOOK_TIME).await;
    }
}

/// What an Application waits for; none if it is Synced and Healthy.
fn waits_for(application: &Value) -> Option<String> {
    let status = &application["status"];
    let word = |value: &Value| value.as_str().unwrap_or("not looked at yet").to_owned();
    let [sync, health] = [word(&status["sync"]["status"]), word(&status["health"]["status"])];
    if sync == "Synced" && health == "Healthy" {
        return None;
    }
    let conditions = status["conditions"].as_array().into_iter().flatten();
    let messages = conditions.filter_map(|condition| condition["message"].as_str());
    let messages: String = messages.map(|message| format!(": {message}")).take(1).collect();
    Some(format!("sync {sync}, health {health}{messages}"))
}

/// What the workloads of a namespace complain about.
async fn what_workloads_wait_for(cluster: &Kubernetes, namespace: &str) -> Result<Option<String>, ServiceError> {
    for kind in ["Deployment", "StatefulSet"] {
        let collection = Reference::new("apps/v1", kind, namespace, "");
        for workload in patiently(async || Ok(cluster.list(&collection).await?)).await? {
            let conditions = workload["status"]["conditions"].as_array().into_iter().flatten();
            let complaint = conditions
                .filter(|condition| condition["status"] == "False")
                .find_map(|condition| condition["message"].as_str());
            if let Some(complaint) = complaint {
                let name = workload["metadata"]["name"].as_str().unwrap_or_default();
                return Ok(Some(format!("{kind} `{name}`: {complaint}")));
            }
        }
    }
    let pods = Reference::new("v1", "Pod", namespace, "");
    for pod in patiently(async || Ok(cluster.list(&pods).await?)).await? {
        let statuses = pod["status"]["containerStatuses"].as_array().into_iter().flatten();
        let waiting = statuses.map(|status| &status["state"]["waiting"]).find(|waiting| !waiting.is_null());
        if let Some(waiting) = waiting {
            let name = pod["metadata"]["name"].as_str().unwrap_or_default();
            let [reason, message] = ["reason", "message"].map(|field| waiting[field].as_str().unwrap_or_default());
            return Ok(Some(format!("pod `{name}`: {reason} {message}")));
        }
    }
    Ok(None)
}
