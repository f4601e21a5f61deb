//! The ways into the real home that a command works with.

use std::env;
use std::future::Future;
use std::path::Path;

use dialoguer::Password;
use homelab_plan::config::Homelab;
use proxmox_client::{Credentials, Pending, SecondFactor, Secret};
use tokio::runtime::Builder;

use crate::reach::Reach;
use crate::reach::real;
use crate::rehearse::practice;
use crate::terminal::Terminal;
use crate::trouble::Trouble;

/// Where the password comes from, before anybody is asked.
const PASSWORD: &str = "HOMELAB_PROXMOX_PASSWORD";

/// Where the secret of the token comes from, before anybody is asked.
const TOKEN_SECRET: &str = "HOMELAB_PROXMOX_TOKEN_SECRET";

/// All ways into the home of the file.
pub(super) fn open(homelab: &Homelab, folder: &Path, terminal: &Terminal) -> Result<Reach, Trouble> {
    match practice(homelab, folder, terminal)? {
        Some(reach) => Ok(reach),
        None => Ok(real::reach(homelab, folder, credentials(homelab, terminal)?)?),
    }
}

/// The ways into the cluster of the file. Nothing is asked of the Proxmox host, and so nobody is asked for its password.
pub(super) fn open_cluster(homelab: &Homelab, folder: &Path, terminal: &Terminal) -> Result<Reach, Trouble> {
    if let Some(reach) = practice(homelab, folder, terminal)? {
        return Ok(reach);
    }
    let username = homelab.proxmox.user.as_str().to_owned();
    let nobody = Credentials::Password { username, password: Secret::new(""), second_factor: None };
    Ok(real::reach(homelab, folder, nobody)?)
}

/// The ways into a simulated home that is served here, if that is what is wanted.
fn practice(homelab: &Homelab, folder: &Path, terminal: &Terminal) -> Result<Option<Reach>, Trouble> {
    let Some(address) = practice::address()? else { return Ok(None) };
    let reach = wait(practice::reach(address, homelab, folder))??;
    terminal.note(&format!("practice: `{}` is set, so this is the simulated home at {address}", practice::VARIABLE));
    Ok(Some(reach))
}

/// Runs something that waits.
pub(super) fn wait<T>(something: impl Future<Output = T>) -> Result<T, Trouble> {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|reason| Trouble::CannotRead { path: "the clock and the network".into(), reason })?;
    Ok(runtime.block_on(something))
}

fn credentials(homelab: &Homelab, terminal: &Terminal) -> Result<Credentials, Trouble> {
    let proxmox = &homelab.proxmox;
    Ok(match &proxmox.token {
        Some(token) => {
            let id = format!("{}!{}", proxmox.user.as_str(), token.as_str());
            let secret = secret(TOKEN_SECRET, &format!("Secret of the token {id}"), terminal)?;
            Credentials::Token { id, secret }
        }
        None => {
            let username = proxmox.user.as_str().to_owned();
            let password = secret(PASSWORD, &format!("Password of {username}"), terminal)?;
            let can_ask = terminal.can_ask;
            Credentials::Password { username, password, second_factor: Some(std::sync::Arc::new(Asked { can_ask })) }
        }
    })
}

fn secret(variable: &'static str, question: &str, terminal: &Terminal) -> Result<Secret, Trouble> {
    if let Some(value) = env::var(variable).ok().filter(|value| !value.is_empty()) {
        return Ok(Secret::new(value));
    }
    let answer = terminal.can_ask.then(|| Password::new().with_prompt(question).interact().ok()).flatten();
    answer.map(Secret::new).ok_or(Trouble::NoSecret { variable, question: question.to_owned() })
}

/// The person at the terminal has the second factor.
struct Asked {
    can_ask: bool,
}

impl SecondFactor for Asked {
    fn code(&self, username: &str) -> Pending<'_, Option<Secret>> {
        let question = format!("Code of the second factor of {username}");
        let answer = self.can_ask.then(|| Password::new().with_prompt(question).interact().ok()).flatten();
        Box::pin(async move { answer.map(Secret::new) })
    }
}
