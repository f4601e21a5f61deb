//! Steps at the cluster's API.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::context::Context;
use super::failure::StepError;
use crate::kubernetes::{Kubernetes, Merged, Reference, merge};
use crate::observe;
use crate::observe::cluster::{HASH_ANNOTATION, look_at, secret_reference};

/// A node joins in less than a minute; images of a slow connection take longer.
const NODE_TIME_MAX: Duration = Duration::from_secs(300);

/// Argo CD's images are 200 MB, and the disks of a home are busy.
const COMPONENT_TIME_MAX: Duration = Duration::from_secs(900);

/// How often is looked.
const LOOK_TIME: Duration = Duration::from_secs(3);

/// Characters of a generated password: letters and digits, 190 bits.
const PASSWORD_CHARACTERS: usize = 32;

async fn cluster(context: &Context<'_>) -> Result<Kubernetes, StepError> {
    let access = observe::access(context.reach, context.desired).await;
    let access = access.ok_or_else(no_way_in)?;
    Ok(observe::open(context.reach, &access)?)
}

fn no_way_in() -> StepError {
    StepError::NotYet { what: "the first server shows no way into the cluster yet".to_owned() }
}

/// Lets the cluster forget a node whose machine is gone. With it goes the secret by which the cluster would know it again.
pub(super) async fn forget_node(context: &Context<'_>, node: &str) -> Result<(), StepError> {
    Ok(cluster(context).await?.delete(&Reference::new("v1", "Node", "", node)).await?)
}

/// Waits until a node is ready, in its current version.
pub(super) async fn await_node(context: &Context<'_>, node: &str, waits: &dyn Fn(String)) -> Result<(), StepError> {
    let reference = Reference::new("v1", "Node", "", node);
    let began = Instant::now();
    loop {
        let seen = match cluster(context).await {
            Ok(cluster) => cluster.get(&reference).await?,
            Err(error) if began.elapsed() > NODE_TIME_MAX => return Err(error),
            Err(_) => None,
        };
        let conditions = seen.as_ref().map(|node| node["status"]["conditions"].clone()).unwrap_or_default();
        let is_ready = conditions
            .as_array()
            .into_iter()
            .flatten()
            .any(|found| found["type"] == "Ready" && found["status"] == "True");
        if is_ready {
            return Ok(());
        }
        let what = if seen.is_some() { "is not ready" } else { "has not joined" };
        if began.elapsed() > NODE_TIME_MAX {
            return Err(not_ready(context, node, what).await);
        }
        waits(format!("`{node}` {what}"));
        sleep(LOOK_TIME).await;
    }
}

/// A node that was waited for in vain, with what K3s said last on it, if it can be asked.
async fn not_ready(context: &Context<'_>, name: &str, what: &'static str) -> StepError {
    let node = match context.node(name) {
        Ok(node) => node,
        Err(error) => return error,
    };
    let unit = homelab_plan::plan::files::unit_name(node.role);
    let journal = context.ask(node, &format!("journalctl -u {unit} -n 3 --no-pager -o cat")).await;
    let says = journal.ok().and_then(|output| output.text().lines().last().map(str::to_owned));
    let look = format!("ssh root@{} journalctl -u {unit}", node.address);
    StepError::NotReady { node: name.to_owned(), what, seconds: NODE_TIME_MAX.as_secs(), says, look }
}

/// Writes our context into the kubeconfig.
pub(super) async fn save_kubeconfig(context: &Context<'_>, name: &str) -> Result<(), StepError> {
    let access = observe::access(context.reach, context.desired).await;
    let access = access.ok_or_else(no_way_in)?;
    let desk = &context.reach.desk;
    match merge(&desk.kubeconfig()?, name, &access) {
        Merged::Text(text) => Ok(desk.write_kubeconfig(&text)?),
        Merged::Foreign => Err(StepError::Final {
            sentence: format!("the context `{name}` of your kubeconfig belongs to another cluster"),
            hint: format!("rename it with `kubectl config rename-context {name} NEW`"),
        }),
        Merged::Odd(why) => Err(StepError::Final {
            sentence: format!("your kubeconfig is not changed, since {why}"),
            hint: "write it anew with `kubectl config view --raw`, or name another file in KUBECONFIG".to_owned(),
        }),
    }
}

/// Makes a password and puts it where it is used: it is never anywhere else. One that is there stays.
pub(super) async fn make_secret(context: &Context<'_>, secret: &str) -> Result<(), StepError> {
    let cluster = cluster(context).await?;
    let reference = secret_reference(secret);
    if cluster.get(&reference).await?.is_some() {
        return Ok(());
    }
    let manifests =
        context.manifests.iter().find_map(|manifests| manifests.secret.as_ref().filter(|(name, _)| name == secret));
    let keys = manifests.map(|(_, keys)| keys.clone()).unwrap_or_default();
    let namespace = json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": reference.namespace } });
    cluster.apply(&namespace, false).await?;
    let passwords: serde_json::Map<String, Value> = keys
        .into_iter()
        .map(|key| (key, Value::String(context.random.password(PASSWORD_CHARACTERS).expose().to_owned())))
        .collect();
    let object = json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": { "name": reference.name, "namespace": reference.namespace },
        "type": "Opaque",
        "stringData": passwords,
    });
    // Two runs at once: the second must not replace what the first has begun to use.
    cluster.create(&object).await?;
    Ok(())
}

/// Applies the objects of a component, each marked with the hash of all.
pub(super) async fn apply_component(context: &Context<'_>, component: &str) -> Result<(), StepError> {
    let cluster = cluster(context).await?;
    let Some(manifests) = context.manifests.iter().find(|manifests| manifests.component == component) else {
        return Ok(());
    };
    for object in &manifests.objects {
        let mut object = object.clone();
        object["metadata"]["annotations"][HASH_ANNOTATION] = Value::String(manifests.hash.clone());
        cluster.apply(&object, true).await?;
    }
    Ok(())
}

/// Waits until a component works.
pub(super) async fn await_component(
    context: &Context<'_>,
    component: &str,
    waits: &dyn Fn(String),
) -> Result<(), StepError> {
    let Some(manifests) = context.manifests.iter().find(|manifests| manifests.component == component) else {
        return Ok(());
    };
    let cluster = cluster(context).await?;
    let began = Instant::now();
    loop {
        let seen = look_at(&cluster, manifests).await?;
        if seen.is_ready {
            return Ok(());
        }
        let what = seen.waits_for.unwrap_or_else(|| "its objects are not all there".to_owned());
        if began.elapsed() > COMPONENT_TIME_MAX {
            return Err(StepError::Waited {
                what: format!("`{component}` is not ready, {what},"),
                seconds: COMPONENT_TIME_MAX.as_secs(),
            });
        }
        waits(what);
        sleep(LOOK_TIME).await;
    }
}
