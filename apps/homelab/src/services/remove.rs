//! Taking a service out of the cluster. What it knows stays in the shared database.

use std::time::Duration;

use base64::Engine as _;
use homelab_plan::plan::Desired;
use homelab_plan::service::farewell;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::{ServiceError, application};
use crate::apply::Random;
use crate::errand::{Errand, Say, patiently};
use crate::kubernetes::{Kubernetes, Reference};
use crate::reach::Reach;

/// With this an Application takes what it brought with it when it goes.
const CASCADE: &str = "resources-finalizer.argocd.argoproj.io";

/// On a namespace: the service whose removal has begun.
const REMOVING: &str = "homelab/removing";

/// Pods may take a minute to stop, and Argo CD looks twice.
const GONE_TIME_MAX: Duration = Duration::from_secs(300);

const LOOK_TIME: Duration = Duration::from_secs(3);

/// The address of the shared database, in the addresses of services.
const POSTGRES: &str = "@postgres.postgres.svc.cluster.local";

/// What would go, and what would stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The service.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// Claims of volumes, which would go.
    pub volumes: Vec<String>,
    /// Databases in the shared PostgreSQL, each with its role, which stay.
    pub databases: Vec<(String, String)>,
}

impl Removal {
    /// What stays, in sentences.
    pub fn stays(&self) -> Vec<String> {
        let mut stays: Vec<String> = self
            .databases
            .iter()
            .map(|(role, database)| {
                format!(
                    "the database `{database}` and the role `{role}` in the shared PostgreSQL; psql lets them go: {}",
                    farewell(role, database)
                )
            })
            .collect();
        stays.push("its repository, and its images in the registry".to_owned());
        stays
    }
}

/// Looks at what a removal would take.
///
/// # Errors
/// There is no such service.
pub async fn look(reach: &Reach, desired: &Desired, name: &str, random: &dyn Random) -> Result<Removal, ServiceError> {
    let cluster = Errand::new(reach, desired, random, &|_| {}).cluster().await?;
    let reference = application(name);
    let namespace = match patiently(async || Ok(cluster.get(&reference).await?)).await? {
        Some(found) => found["spec"]["destination"]["namespace"].as_str().unwrap_or(name).to_owned(),
        // A removal that was interrupted has taken the Application already.
        None => {
            let all = Reference::new("v1", "Namespace", "", "");
            let namespaces = patiently(async || Ok(cluster.list(&all).await?)).await?;
            let marked = namespaces.iter().find(|found| found["metadata"]["annotations"][REMOVING] == name);
            let marked = marked.and_then(|found| found["metadata"]["name"].as_str());
            marked.ok_or_else(|| ServiceError::NoApplication { name: name.to_owned() })?.to_owned()
        }
    };
    let claims = Reference::new("v1", "PersistentVolumeClaim", &namespace, "");
    let claims = patiently(async || Ok(cluster.list(&claims).await?)).await?;
    let volumes = claims.iter().filter_map(|claim| claim["metadata"]["name"].as_str()).map(str::to_owned).collect();
    let secrets = Reference::new("v1", "Secret", &namespace, "");
    let secrets = patiently(async || Ok(cluster.list(&secrets).await?)).await?;
    let databases = secrets.iter().flat_map(databases).collect();
    Ok(Removal { name: name.to_owned(), namespace, volumes, databases })
}

/// Role and database in each address of the shared database that a Secret holds. The password is not looked at.
fn databases(secret: &Value) -> Vec<(String, String)> {
    let values = secret["data"].as_object().into_iter().flatten().filter_map(|(_, value)| value.as_str());
    let texts = values.filter_map(|value| base64::engine::general_purpose::STANDARD.decode(value).ok());
    let names = texts.filter_map(|bytes| {
        let text = String::from_utf8(bytes).ok()?;
        let (user, place) = text.split_once("://")?.1.split_once(POSTGRES)?;
        let database = place.split_once('/')?.1.split(['?', '#']).next()?;
        Some((user.split(':').next()?.to_owned(), database.to_owned()))
    });
    names.collect()
}

/// Removes a service: what Argo CD brought, then its namespace with the Secret in it.
///
/// # Errors
/// It has volumes and nobody said that they may go; or it does not go in time.
pub async fn remove(
    reach: &Reach,
    desired: &Desired,
    removal: &Removal,
    with_volumes: bool,
    random: &dyn Random,
    say: Say<'_>,
) -> Result<(), ServiceError> {
    if !removal.volumes.is_empty() && !with_volumes {
        return Err(ServiceError::HasVolumes { name: removal.name.clone(), volumes: removal.volumes.clone() });
    }
    let errand = Errand::new(reach, desired, random, say);
    let cluster = errand.cluster().await?;
    let (reference, namespace) =
        (application(&removal.name), Reference::new("v1", "Namespace", "", &removal.namespace));
    let mark = json!({ "metadata": { "annotations": { REMOVING: removal.name } } });
    if patiently(async || Ok(cluster.get(&namespace).await?)).await?.is_some() {
        patiently(async || Ok(cluster.patch(&namespace, &mark).await?)).await?;
    }
    if patiently(async || Ok(cluster.get(&reference).await?)).await?.is_some() {
        let finalizer = json!({ "metadata": { "finalizers": [CASCADE] } });
        patiently(async || match cluster.patch(&reference, &finalizer).await {
            // It went meanwhile.
            Err(error) if error.is_absent() => Ok(()),
            outcome => Ok(outcome.map(drop)?),
        })
        .await?;
        patiently(async || Ok(cluster.delete(&reference).await?)).await?;
        wait_until_gone(&cluster, &reference, &format!("the Application `{}`", removal.name)).await?;
        errand.say(&format!("the Application `{}` is gone, with everything that it brought", removal.name));
    }
    patiently(async || Ok(cluster.delete(&namespace).await?)).await?;
    wait_until_gone(&cluster, &namespace, &format!("the namespace `{}`", removal.namespace)).await?;
    errand.say(&format!("the namespace `{}` is gone", removal.namespace));
    Ok(())
}

async fn wait_until_gone(cluster: &Kubernetes, reference: &Reference, what: &str) -> Result<(), ServiceError> {
    let began = Instant::now();
    while patiently(async || Ok(cluster.get(reference).await?)).await?.is_some() {
        if began.elapsed() > GONE_TIME_MAX {
            return Err(ServiceError::StillThere { what: what.to_owned(), seconds: GONE_TIME_MAX.as_secs() });
        }
        sleep(LOOK_TIME).await;
    }
    Ok(())
}
