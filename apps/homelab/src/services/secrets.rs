//! The secrets of a service: decided by name, made or asked for, and put straight into its Secret.
//!
//! The Secret is written first, and is the only place where a password is kept. Then the database is told what it says, and
//! what uses it is started anew. Until all of that is done the Secret carries a mark, so that a run which was interrupted
//! anywhere is finished by the next one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use homelab_plan::plan::Desired;
use homelab_plan::service::{Decided, Decision, PSQL_ARGUMENTS, Rotation, Source, decide, env_file, place_for};
use proxmox_client::Secret;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{Repository, SecretWish, ServiceError};
use crate::apply::{Random, StepError};
use crate::errand::{Errand, Say, patiently};
use crate::kubernetes::{Kubernetes, Reference};
use crate::observe::cluster::secret_reference;
use crate::reach::Reach;

/// Says that something of a change is still to be done.
const UNFINISHED: &str = "homelab/unfinished";

/// In a pod template: the version of the Secret that its pods were started with.
const SECRET_VERSION: &str = "homelab/secret-version";

/// Characters of a password for a database: letters and digits, 190 bits.
const PASSWORD_CHARACTERS: usize = 32;

/// Values that nobody sees.
#[derive(Clone, Default)]
pub struct Values(BTreeMap<String, Secret>);

/// The secrets of a service, decided by name.
#[derive(Debug)]
pub struct Prepared {
    /// What becomes of each.
    pub decided: Vec<Decided>,
    wish: SecretWish,
    current: Values,
    is_unfinished: bool,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Names of values that are new.
    pub names: Vec<String>,
    /// What was started anew, as `Deployment/name`.
    pub restarted: Vec<String>,
}

impl Values {
    /// From a file of `NAME=value` lines.
    ///
    /// # Errors
    /// Which line is none, and why, without its value.
    pub fn from_env_file(text: &str) -> Result<Self, String> {
        let values = env_file(text).map_err(|bad| format!("line {}: {}", bad.line, bad.reason))?;
        Ok(Self(values.into_iter().map(|(name, value)| (name, Secret::new(value))).collect()))
    }

    /// Adds a value.
    pub fn insert(&mut self, name: &str, value: Secret) {
        self.0.insert(name.to_owned(), value);
    }

    /// The names.
    pub fn names(&self) -> BTreeSet<String> {
        self.0.keys().cloned().collect()
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(Secret::expose)
    }
}

impl fmt::Debug for Values {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

/// Looks at the Secret of a service, and decides what becomes of each value.
///
/// # Errors
/// See [`ServiceError`].
pub async fn prepare(
    reach: &Reach,
    desired: &Desired,
    repository: &Repository,
    given: &BTreeSet<String>,
    rotation: &Rotation,
    random: &dyn Random,
) -> Result<Prepared, ServiceError> {
    let wish = repository.secret.clone().ok_or_else(|| ServiceError::NoExample { name: repository.name.clone() })?;
    let errand = Errand::new(reach, desired, random, &|_| {});
    let cluster = errand.cluster().await?;
    let reference = Reference::new("v1", "Secret", &repository.namespace, &wish.name);
    let found = patiently(async || Ok(cluster.get(&reference).await?)).await?.unwrap_or_default();
    let current = values_of(&found);
    let decided = decide(&wish.sources, &current.names(), given, rotation);
    let decided = decided.map_err(|key| ServiceError::UnknownSecret {
        name: repository.name.clone(),
        key,
        known: wish.sources.keys().cloned().collect(),
    })?;
    let is_unfinished = found["metadata"]["annotations"][UNFINISHED] == "true";
    Ok(Prepared { decided, wish, current, is_unfinished })
}

/// Makes what is to be made, writes the Secret, makes the database follow, and starts anew what uses it. `answers` holds
/// what was given or asked for.
///
/// # Errors
/// See [`ServiceError`].
pub async fn write(
    reach: &Reach,
    desired: &Desired,
    repository: &Repository,
    prepared: &Prepared,
    answers: &Values,
    random: &dyn Random,
    say: Say<'_>,
) -> Result<Changed, ServiceError> {
    let errand = Errand::new(reach, desired, random, say);
    let cluster = errand.cluster().await?;
    let values = final_values(&cluster, prepared, answers, random).await?;
    let names: Vec<String> =
        values.names().into_iter().filter(|name| values.get(name) != prepared.current.get(name)).collect();
    let is_changing = !names.is_empty() || prepared.is_unfinished;
    let mut version = String::new();
    if is_changing {
        make_namespace(&cluster, repository).await?;
        let secret = secret(repository, &prepared.wish.name, &values, true);
        let written = patiently(async || Ok(cluster.apply(&secret, true).await?)).await?;
        version = written["metadata"]["resourceVersion"].as_str().unwrap_or_default().to_owned();
        errand.say(&format!("wrote the Secret `{}/{}`", repository.namespace, prepared.wish.name));
    }
    for (name, source) in &prepared.wish.sources {
        if let Source::Postgres { url, role, database } = source
            && let Some(password) = values.get(name).and_then(|value| url.password_in(value))
        {
            make_database(&errand, role, database, &password).await?;
        }
    }
    if !is_changing {
        return Ok(Changed::default());
    }
    let restarted = restart_users(&errand, &cluster, repository, &prepared.wish.name, &version).await?;
    let secret = secret(repository, &prepared.wish.name, &values, false);
    patiently(async || Ok(cluster.apply(&secret, true).await?)).await?;
    Ok(Changed { names, restarted })
}

/// The value of each name that the service asks for.
async fn final_values(
    cluster: &Kubernetes,
    prepared: &Prepared,
    answers: &Values,
    random: &dyn Random,
) -> Result<Values, ServiceError> {
    let mut values = Values::default();
    for Decided { name, decision, .. } in &prepared.decided {
        let value = match (decision, prepared.wish.sources.get(name)) {
            (Decision::Surplus, _) | (_, None) => continue,
            (Decision::Keep, _) => prepared.current.get(name).map(Secret::new),
            (Decision::Given | Decision::Ask, _) | (_, Some(Source::Person)) => answers.get(name).map(Secret::new),
            (Decision::Make, Some(Source::Postgres { url, .. })) => {
                Some(Secret::new(url.with(random.password(PASSWORD_CHARACTERS).expose())))
            }
            (Decision::Make, Some(Source::Valkey { url })) => {
                Some(Secret::new(url.with(valkey_password(cluster).await?.expose())))
            }
            (Decision::Make, Some(Source::Random { bytes })) => Some(hexadecimal(random, *bytes)),
        };
        match value {
            Some(value) => values.insert(name, value),
            None => {
                return Err(StepError::Final {
                    sentence: format!("there is no value for `{name}`"),
                    hint: "give it in a file with `--from-env-file`, or answer on a terminal".to_owned(),
                }
                .into());
            }
        }
    }
    Ok(values)
}

/// Random bytes in hexadecimal digits: 32 at a time, each from more than 256 bits that nobody can guess.
fn hexadecimal(random: &dyn Random, bytes: usize) -> Secret {
    let mut text = String::with_capacity(2 * bytes);
    while text.len() < 2 * bytes {
        for byte in Sha256::digest(random.password(64).expose()) {
            text.push_str(&format!("{byte:02x}"));
        }
    }
    text.truncate(2 * bytes);
    Secret::new(text)
}

async fn valkey_password(cluster: &Kubernetes) -> Result<Secret, ServiceError> {
    let reference = secret_reference("valkey/valkey-secrets");
    let found = patiently(async || Ok(cluster.get(&reference).await?)).await?.unwrap_or_default();
    values_of(&found).get("VALKEY_PASSWORD").map(Secret::new).ok_or(ServiceError::NoValkey)
}

/// With the labels that Argo CD will give it: without them the shared database does not listen to what lives there.
async fn make_namespace(cluster: &Kubernetes, repository: &Repository) -> Result<(), StepError> {
    let labels = &repository.application["spec"]["syncPolicy"]["managedNamespaceMetadata"]["labels"];
    let labels = if labels.is_object() { labels.clone() } else { json!({}) };
    let metadata = json!({ "name": repository.namespace, "labels": labels });
    let namespace = json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": metadata });
    patiently(async || Ok(cluster.apply(&namespace, true).await?)).await.map(drop)
}

fn secret(repository: &Repository, name: &str, values: &Values, is_unfinished: bool) -> Value {
    let data: Map<String, Value> =
        values.0.iter().map(|(name, value)| (name.clone(), Value::String(STANDARD.encode(value.expose())))).collect();
    let mut secret = json!({
        "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
        "metadata": { "name": name, "namespace": repository.namespace },
        "data": data,
    });
    if is_unfinished {
        secret["metadata"]["annotations"][UNFINISHED] = json!("true");
    }
    secret
}

fn values_of(secret: &Value) -> Values {
    let data = secret["data"].as_object().into_iter().flatten();
    let decoded = data.filter_map(|(name, value)| {
        let bytes = STANDARD.decode(value.as_str()?).ok()?;
        Some((name.clone(), Secret::new(String::from_utf8(bytes).ok()?)))
    });
    Values(decoded.collect())
}

async fn make_database(errand: &Errand<'_>, role: &str, database: &str, password: &str) -> Result<(), ServiceError> {
    errand.tell_postgres(PSQL_ARGUMENTS, place_for(role, database, password).as_bytes()).await?;
    errand.say(&format!("the shared PostgreSQL has the role `{role}` and the database `{database}`"));
    Ok(())
}

/// Starts anew whatever takes values from the Secret: an environment does not change while a process runs.
async fn restart_users(
    errand: &Errand<'_>,
    cluster: &Kubernetes,
    repository: &Repository,
    secret: &str,
    version: &str,
) -> Result<Vec<String>, ServiceError> {
    let mut restarted = Vec::new();
    for kind in ["Deployment", "StatefulSet", "DaemonSet"] {
        let collection = Reference::new("apps/v1", kind, &repository.namespace, "");
        for workload in patiently(async || Ok(cluster.list(&collection).await?)).await? {
            if !uses(&workload["spec"]["template"], secret) {
                continue;
            }
            let name = workload["metadata"]["name"].as_str().unwrap_or_default();
            let reference = Reference::new("apps/v1", kind, &repository.namespace, name);
            let annotations = json!({ SECRET_VERSION: version });
            let patch = json!({ "spec": { "template": { "metadata": { "annotations": annotations } } } });
            patiently(async || Ok(cluster.patch(&reference, &patch).await?)).await?;
            errand.say(&format!("{kind} `{name}` starts anew with them"));
            restarted.push(format!("{kind}/{name}"));
        }
    }
    Ok(restarted)
}

/// Whether a pod template names a Secret, wherever that may be.
fn uses(value: &Value, secret: &str) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(field, inner)| match field.as_str() {
            "secretKeyRef" | "secretRef" if inner["name"] == secret => true,
            "secret" if inner["secretName"] == secret || inner["name"] == secret => true,
            _ => uses(inner, secret),
        }),
        Value::Array(items) => items.iter().any(|item| uses(item, secret)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_uses_a_secret_wherever_it_names_it() {
        for template in [
            json!({ "spec": { "containers": [{ "env": [{ "valueFrom": { "secretKeyRef": { "name": "s", "key": "A" } } }] }] } }),
            json!({ "spec": { "containers": [{ "envFrom": [{ "secretRef": { "name": "s" } }] }] } }),
            json!({ "spec": { "volumes": [{ "secret": { "secretName": "s" } }] } }),
            json!({ "spec": { "volumes": [{ "projected": { "sources": [{ "secret": { "name": "s" } }] } }] } }),
        ] {
            assert!(uses(&template, "s"), "{template}");
            assert!(!uses(&template, "t"), "{template}");
        }
    }

    #[test]
    fn values_print_their_names_alone() {
        let mut values = Values::from_env_file("A=hunter2\n").unwrap();
        values.insert("B", Secret::new("hunter3"));
        assert_eq!(format!("{values:?}"), r#"{"A", "B"}"#);
        assert_eq!(Values::from_env_file("hunter2\n").unwrap_err(), "line 1: there is no `=`");
    }
}
