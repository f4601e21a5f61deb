//! Steps on machines, over SSH.

use std::sync::Arc;
use std::time::Duration;

use homelab_plan::config::Node;
use homelab_plan::plan::files;
use sha2::{Digest as _, Sha256};
use tokio::time::{Instant, sleep};

use super::context::Context;
use super::failure::StepError;
use crate::limits::K3S_BYTES_MAX;
use crate::observe::{SHARED_MOUNT_TRIAL, token_of};
use crate::reach::HostError;

/// A container boots in seconds; one that does not answer by then has another trouble.
const BOOT_TIME_MAX: Duration = Duration::from_secs(180);

/// How often a machine is knocked at.
const KNOCK_TIME: Duration = Duration::from_secs(2);

/// Characters of the token with which nodes join: 256 bits and more.
const TOKEN_CHARACTERS: usize = 48;

/// Waits for a machine's SSH server, and remembers or compares its host key.
pub(super) async fn meet(
    context: &Context<'_>,
    node: &str,
    is_new: bool,
    waits: &dyn Fn(String),
) -> Result<(), StepError> {
    let node = context.node(node)?;
    let address = node.address.0;
    let began = Instant::now();
    loop {
        match greet(context, node, is_new).await {
            Ok(()) => return Ok(()),
            Err(StepError::Host(error @ (HostError::Silent { .. } | HostError::Dropped { .. }))) => {
                if began.elapsed() > BOOT_TIME_MAX {
                    return Err(StepError::Host(error));
                }
                waits(format!("{address} does not answer yet"));
                sleep(KNOCK_TIME).await;
            }
            Err(error) => return Err(error),
        }
    }
}

async fn greet(context: &Context<'_>, node: &Node, is_new: bool) -> Result<(), StepError> {
    let (address, desk) = (node.address.0, &context.reach.desk);
    let shown = context.reach.hosts.host_key(address).await?;
    // A container that we made just now has a new key, and whatever had the address before is gone.
    match desk.host_key(address)?.filter(|_| !is_new) {
        Some(known) if known != shown => return Err(HostError::Stranger { address }.into()),
        Some(_) => {}
        None => desk.remember_host_key(address, &shown)?,
    }
    match context.tell(node, "true", &[]).await {
        // We gave the key to the new container ourselves, so this is not it; and what is not it is not remembered.
        Err(StepError::Host(HostError::Denied { .. })) if is_new => {
            desk.forget_host_key(address)?;
            let name = node.name.as_str();
            Err(StepError::Final {
                sentence: format!("{address} is not the new container `{name}`: another computer has the address"),
                hint: format!("free the address, or give `{name}` another `address` in homelab.toml"),
            })
        }
        outcome => outcome.map(drop),
    }
}

/// Shares mounts with pods.
pub(super) async fn prepare(context: &Context<'_>, node: &str) -> Result<(), StepError> {
    let node = context.node(node)?;
    let unit = files::SHARED_MOUNT_UNIT;
    context.write(node, &files::unit_path(unit), "0644", files::SHARED_MOUNT.as_bytes()).await?;
    let commands = format!("systemctl daemon-reload && systemctl enable {unit} && systemctl restart {unit}");
    context.tell(node, &commands, &[]).await.map(drop)
}

/// Fetches the release once, and compares its checksum.
pub(crate) async fn fetch_k3s(context: &Context<'_>, version: &str) -> Result<(), StepError> {
    let mut place = context.release.lock().await;
    if place.is_some() {
        return Ok(());
    }
    let base = format!("https://github.com/k3s-io/k3s/releases/download/{}", version.replace('+', "%2B"));
    let sums = context.reach.web.get(&format!("{base}/sha256sum-amd64.txt"), 64 * 1024).await?;
    let sums = String::from_utf8_lossy(&sums).into_owned();
    let expected =
        sums.lines().find_map(|line| line.split_once("  ").filter(|(_, file)| *file == "k3s")).map(|(sum, _)| sum);
    let binary = context.reach.web.get(&format!("{base}/k3s"), K3S_BYTES_MAX).await?;
    let found = hex(&Sha256::digest(&binary));
    if expected != Some(found.as_str()) {
        return Err(StepError::NotYet {
            what: format!("the download of K3s {version} has not its published checksum"),
        });
    }
    *place = Some(Arc::new(binary));
    Ok(())
}

/// Copies the binary to a node, unless it is there.
pub(crate) async fn install_k3s(context: &Context<'_>, node: &str, version: &str) -> Result<(), StepError> {
    let node = context.node(node)?;
    let Some(binary) = context.release.lock().await.clone() else {
        return Err(StepError::NotYet { what: format!("K3s {version} was not fetched") });
    };
    let sum = context.ask(node, &format!("sha256sum {}", files::BINARY_PATH)).await?;
    if sum.status != 0 || !sum.text().starts_with(&hex(&Sha256::digest(binary.as_slice()))) {
        context.write(node, files::BINARY_PATH, "0755", &binary).await?;
    }
    Ok(())
}

/// Writes configuration and unit.
pub(crate) async fn configure_k3s(context: &Context<'_>, node: &str) -> Result<(), StepError> {
    let node = context.node(node)?;
    let can_overlay = context.ask(node, SHARED_MOUNT_TRIAL).await?.status == 0;
    let snapshotter = files::snapshotter(context.desired, can_overlay);
    let token = token(context, node).await?;
    let text = files::config(context.desired, node, snapshotter) + &files::token_line(&token);
    // The token is in it.
    context.write(node, files::CONFIG_PATH, "0600", text.as_bytes()).await?;
    let unit = files::unit_name(node.role);
    context.write(node, &files::unit_path(unit), "0644", files::unit(node.role).as_bytes()).await?;
    context.tell(node, "systemctl daemon-reload", &[]).await.map(drop)
}

/// The token of the cluster. The first server keeps the one in its configuration if there is one: a server that has begun a
/// cluster begins no other. All others get the server's, in the form that pins the cluster's authority.
async fn token(context: &Context<'_>, node: &Node) -> Result<String, StepError> {
    let first = context.desired.first_server().map_or(node, |first| first);
    if first.name != node.name {
        let output = context.tell(first, &format!("cat {}", files::SERVER_TOKEN_PATH), &[]).await?;
        return Ok(output.text());
    }
    let config = context.ask(node, &format!("cat {}", files::CONFIG_PATH)).await?;
    let kept = token_of(&config.text()).filter(|_| config.status == 0);
    Ok(kept.unwrap_or_else(|| context.random.password(TOKEN_CHARACTERS).expose().to_owned()))
}

/// Starts K3s with what is written. When it does not start, its own last words are the reason.
pub(crate) async fn start_k3s(context: &Context<'_>, node: &str) -> Result<(), StepError> {
    let node = context.node(node)?;
    let unit = files::unit_name(node.role);
    let commands = format!("systemctl daemon-reload && systemctl enable {unit} && systemctl restart {unit}");
    match context.tell(node, &commands, &[]).await {
        Err(StepError::Command { node: name, command, complaint }) => {
            let journal = context.ask(node, &format!("journalctl -u {unit} -n 3 --no-pager -o cat")).await?.text();
            let complaint = journal.lines().last().map_or(complaint, str::to_owned);
            Err(StepError::Command { node: name, command, complaint })
        }
        outcome => outcome.map(drop),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
