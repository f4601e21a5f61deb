//! `homelab doctor`: what is missing, before anything is created.

use std::path::PathBuf;

use clap::Args;
use homelab_plan::config::TokenName;
use homelab_plan::plan::{Desired, role};
use proxmox_client::{Endpoint, Error, presented_fingerprint};
use serde_json::json;

use super::{infrastructure, ways};
use crate::apply;
use crate::exit::Exit;
use crate::observe::Blind;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Who may do everything.
const ROOT: &str = "root@pam";

/// A login that is made for this alone, and the name of its token.
const OTHER_LOGIN: (&str, Option<&str>) = ("homelab@pve", Some("homelab"));

/// Is everything there that `homelab up` needs? Privileges, packages, storages, addresses
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  homelab doctor
  homelab doctor --print-role     the commands that give a login the smallest role, to be run on the host

Exit codes: 0 nothing is missing, 1 something is, 64 wrong usage.")]
pub(crate) struct Doctor {
    /// Print the commands that make the smallest role for the login of the file, and stop
    #[arg(long)]
    print_role: bool,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl Doctor {
    /// Looks, and says what is missing.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let found = infrastructure::read(self.cluster.as_deref())?;
        if self.print_role {
            let proxmox = &found.desired.home.proxmox;
            let (mut user, mut token) = (proxmox.user.as_str(), proxmox.token.as_ref().map(TokenName::as_str));
            if user == ROOT {
                (user, token) = OTHER_LOGIN;
                terminal.note(&format!(
                    "`{ROOT}` needs no role. Without `keyctl`, which it alone may set, another login is enough:\n`keyctl = false` below `[container]`, `user = \"{user}\"` and `token = \"{}\"` below `[proxmox]`, and on the host:\n",
                    token.unwrap_or_default()
                ));
            }
            terminal.data(&role_commands(&found.desired, user, token));
            return Ok(Exit::Done);
        }
        let reach = ways::open(&found.desired.home, &found.folder, terminal)?;
        let plan = match ways::wait(apply::plan(&reach, &found.desired, &found.manifests))? {
            Err(Blind::Proxmox(error @ Error::CertificateUntrusted { .. })) => {
                return Err(not_pinned(&found.desired, error));
            }
            plan => plan?,
        };
        if terminal.format != Format::Human {
            terminal.data(&json!({ "version": 1, "missing": plan.problems, "notes": plan.notes }).to_string());
        } else {
            for problem in &plan.problems {
                terminal.data(&format!(
                    "{} {}\n  {} {}",
                    terminal.out.red("missing:"),
                    problem.sentence,
                    terminal.out.cyan("hint:"),
                    problem.hint
                ));
            }
            if plan.problems.is_empty() {
                terminal.data(&format!(
                    "{} nothing is missing; `homelab plan` shows what is to be done",
                    terminal.out.green("well:")
                ));
            }
        }
        Ok(if plan.problems.is_empty() { Exit::Done } else { Exit::Failed })
    }
}

/// A certificate that no authority vouches for is shown, so that a person can compare it. It is never believed by itself.
fn not_pinned(desired: &Desired, untrusted: Error) -> Trouble {
    let Ok(endpoint) = desired.home.proxmox.url.to_string().parse::<Endpoint>() else { return untrusted.into() };
    match ways::wait(presented_fingerprint(&endpoint)) {
        Ok(Ok(seen)) => Trouble::NotPinned { host: endpoint.to_string(), seen },
        _ => untrusted.into(),
    }
}

/// What root types on the host. Privileges at several paths need a role each: Proxmox gives a role whole.
fn role_commands(desired: &Desired, user: &str, token: Option<&str>) -> String {
    let mut lines = vec![format!("pveum user add {user}")];
    if let Some(token) = token {
        lines.push(format!("pveum user token add {user} {token} --privsep 0"));
    }
    for (number, grant) in role(desired).into_iter().enumerate() {
        let name = format!("Homelab{}", number + 1);
        lines.push(format!("pveum role add {name} --privs '{}'", grant.privileges.join(" ")));
        lines.push(format!("pveum acl modify {} --users {user} --roles {name}", grant.path));
    }
    lines.join("\n")
}
