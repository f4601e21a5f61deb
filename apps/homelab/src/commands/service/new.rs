//! `homelab service new`: a complete service repository.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use clap::Args;
use homelab_plan::bytes::Bytes;
use homelab_plan::capacity::{self, Verdict};
use homelab_plan::config::{GithubOwner, Homelab, Name, reserved_for_services};
use serde_json::json;

use crate::cluster_file;
use crate::commands::init::foreign_entry;
use crate::exit::Exit;
use crate::scaffold::service::{self, Service};
use crate::scaffold::{self, NewFile};
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Write a complete service repository: source, image, manifests, pipeline and its own Application
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  homelab service new notes --owner TakashiAihara
  homelab service new notes --postgres --valkey --google --memory 1Gi
  homelab service new worker --no-ingress --replicas 1
  homelab service new notes --cluster ~/homelab-k3s/homelab.toml

A service that does not fit the cluster of the next homelab.toml upwards is refused, unless `--anyway` is given.")]
pub(crate) struct New {
    /// Its name: a DNS label, which is also its namespace
    name: String,
    /// Where to write [default: a folder of its name]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Uses the shared PostgreSQL (secret DATABASE_URL)
    #[arg(long)]
    postgres: bool,
    /// Uses the shared Valkey (secret VALKEY_URL)
    #[arg(long)]
    valkey: bool,
    /// People sign in with Google (secrets GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET)
    #[arg(long)]
    google: bool,
    /// It fetches from the internet; `--google` implies it
    #[arg(long)]
    internet: bool,
    /// Where it listens
    #[arg(long, default_value_t = 3000, value_parser = clap::value_parser!(u16).range(1024..))]
    port: u16,
    /// Memory of each replica, such as 384Mi [default: that of homelab.toml, or 256Mi]
    #[arg(long, value_name = "SIZE")]
    memory: Option<String>,
    /// How many of it run
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=50))]
    replicas: u32,
    /// Whose repository and image it is, on GitHub [default: that of homelab.toml]
    #[arg(long, value_name = "GITHUB_NAME")]
    owner: Option<String>,
    /// The repository's name [default: that of the service]
    #[arg(long, value_name = "NAME")]
    repo: Option<String>,
    /// The image, without tag [default: ghcr.io/OWNER/NAME]
    #[arg(long)]
    image: Option<String>,
    /// The name it is reached under [default: NAME in the domain of homelab.toml, or in home.arpa]
    #[arg(long, conflicts_with = "no_ingress")]
    host: Option<String>,
    /// Reached from within the cluster only
    #[arg(long)]
    no_ingress: bool,
    /// A setting for its ConfigMap; may be repeated. Secrets have no place there
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// How many seconds it may take to stop
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=600))]
    grace: u32,
    /// Everybody may talk to it, and it may talk to everybody
    #[arg(long)]
    no_network_policy: bool,
    /// Without a disruption budget
    #[arg(long)]
    no_disruption_budget: bool,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
    /// Write it even if it does not fit
    #[arg(long)]
    anyway: bool,
}

impl New {
    /// Decides everything, then writes everything.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let name = service_name(&self.name)?;
        let folder = self.folder.clone().unwrap_or_else(|| PathBuf::from(name.as_str()));
        if let Some(found) = foreign_entry(&folder)? {
            return Err(Trouble::ForeignFolder { folder, found });
        }
        let cluster = self.cluster()?;
        let anyway = self.anyway;
        let service = self.service(name, cluster.as_ref())?;
        if let (Some(homelab), false) = (&cluster, anyway) {
            fits(homelab, &service)?;
        }
        let files = service::files(&service)?;
        scaffold::write(&folder, &files.iter().collect::<Vec<_>>())?;
        report(&folder, &service, &files, cluster.is_some(), terminal);
        Ok(Exit::Done)
    }

    /// What the next homelab.toml says. Without one a service can be written, too: nobody has to have a cluster at hand.
    fn cluster(&self) -> Result<Option<Homelab>, Trouble> {
        let Some(path) = cluster_file::find(self.cluster.as_deref(), Path::new(".")) else { return Ok(None) };
        cluster_file::parse(&path, &cluster_file::read(&path)?).map(Some)
    }

    fn service(self, name: Name, cluster: Option<&Homelab>) -> Result<Service, Trouble> {
        let owner = owner(self.owner.as_deref(), cluster)?;
        let repository = self.repo.unwrap_or_else(|| name.to_string());
        let image = match self.image {
            Some(image) => checked_image(image)?,
            None => format!("ghcr.io/{}/{name}", owner.in_images()),
        };
        let domain = cluster.map_or_else(|| "home.arpa".to_string(), |homelab| homelab.services.domain.to_string());
        let host = match (self.host, self.no_ingress) {
            (_, true) => None,
            (Some(host), false) => Some(checked_host(host)?),
            (None, false) => Some(format!("{name}.{domain}")),
        };
        Ok(Service {
            memory: memory(self.memory.as_deref(), cluster)?,
            owner: owner.to_string(),
            repository,
            image,
            port: self.port,
            replicas: self.replicas,
            settings: settings(host.as_deref(), &self.set)?,
            host,
            postgres: self.postgres,
            valkey: self.valkey,
            google: self.google,
            internet: self.internet || self.google,
            network_policy: !self.no_network_policy,
            // A budget for a single replica would either do nothing or keep a node from being emptied.
            disruption_budget: !self.no_disruption_budget && self.replicas > 1,
            grace_seconds: self.grace,
            name,
        })
    }
}

/// The address it is reached under, unless it is given, and what else is given.
fn settings(host: Option<&str>, given: &[String]) -> Result<Vec<(String, String)>, Trouble> {
    let mut settings = Vec::new();
    for text in given {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let is_name = !name.is_empty()
            && !name.starts_with(|first: char| first.is_ascii_digit())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        // The value stands between quotes in YAML.
        if !is_name || !text.contains('=') || value.contains(['"', '\\', '\n']) {
            return Err(Trouble::BadValue {
                value: text.clone(),
                what: "a setting",
                reason: "it needs the name of a variable, `=`, and a value without quotes and backslashes".into(),
                hint: "write it as `LOG_LEVEL=info`".into(),
            });
        }
        settings.push((name.to_string(), value.to_string()));
    }
    if let Some(host) = host.filter(|_| !settings.iter().any(|(name, _)| name == "BASE_URL")) {
        settings.push(("BASE_URL".to_string(), format!("http://{host}")));
    }
    settings.retain(|(name, _)| name != "PORT");
    settings.sort();
    Ok(settings)
}

fn service_name(text: &str) -> Result<Name, Trouble> {
    let bad = |reason, hint| Trouble::BadValue { value: text.to_string(), what: "the name of a service", reason, hint };
    let name = Name::parse(text).map_err(|why| {
        let hint = Name::near(text)
            .map_or_else(|| "take small letters, digits and `-`".into(), |near| format!("`{near}` would do"));
        bad(format!("it {why}"), hint)
    })?;
    match reserved_for_services(&name) {
        Some(reason) => Err(bad(reason.to_string(), format!("`{name}-app` would do"))),
        None => Ok(name),
    }
}

fn owner(given: Option<&str>, cluster: Option<&Homelab>) -> Result<GithubOwner, Trouble> {
    if let Some(given) = given {
        return GithubOwner::from_str(given).map_err(|why| Trouble::BadValue {
            value: given.to_string(),
            what: "the owner on GitHub",
            reason: format!("it {why}"),
            hint: "give another with `--owner`".into(),
        });
    }
    cluster.and_then(|homelab| homelab.services.github_owner.clone()).ok_or_else(|| Trouble::NoAnswer {
        question: "whose repository is it on GitHub? (`--owner NAME`, or `services.github_owner` in homelab.toml)"
            .into(),
    })
}

fn memory(given: Option<&str>, cluster: Option<&Homelab>) -> Result<Bytes, Trouble> {
    match given {
        Some(given) => given.parse().map_err(|why| Trouble::BadValue {
            value: given.to_string(),
            what: "the memory of a service",
            reason: format!("it {why}"),
            hint: "write it as `384Mi` or `1Gi`".into(),
        }),
        None => Ok(cluster.map_or(Bytes::mib(256), |homelab| homelab.services.memory)),
    }
}

/// An image without tag or digest: the digest is what the workflow writes.
fn checked_image(image: String) -> Result<String, Trouble> {
    let last = image.rsplit('/').next().unwrap_or_default();
    let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'/' | b':');
    if image.contains('/') && !last.is_empty() && !last.contains(':') && image.bytes().all(is_allowed) {
        return Ok(image);
    }
    Err(Trouble::BadValue {
        value: image,
        what: "an image",
        reason: "it needs a registry and a name in small letters, and neither tag nor digest".into(),
        hint: "write it as `ghcr.io/owner/name`".into(),
    })
}

fn checked_host(host: String) -> Result<String, Trouble> {
    match homelab_plan::config::DomainName::from_str(&host) {
        Ok(domain) => Ok(domain.to_string()),
        Err(why) => Err(Trouble::BadValue {
            value: host,
            what: "the host of a service",
            reason: format!("it {why}"),
            hint: "write it as `notes.home.arpa`".into(),
        }),
    }
}

/// Whether the cluster has room for it, beside the platform. What else runs is not known from files.
fn fits(homelab: &Homelab, service: &Service) -> Result<(), Trouble> {
    let name = service.name.to_string();
    let (memory, cpu, replicas) = (service.memory, homelab.services.cpu, service.replicas);
    let asked = capacity::Service { name: name.clone(), memory, cpu, replicas };
    match capacity::fits(homelab, &[], &asked) {
        Verdict::Fits { .. } => Ok(()),
        Verdict::DoesNotFit { reason, help } => Err(Trouble::DoesNotFit { name, reason, help }),
    }
}

fn report(folder: &Path, service: &Service, files: &[NewFile], knows_cluster: bool, terminal: &Terminal) {
    if terminal.format != Format::Human {
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let result = json!({
            "version": 1, "folder": folder, "name": service.name.as_str(), "image": service.image,
            "secrets": service.secret_names(), "files": paths, "capacity_checked": knows_cluster,
        });
        return terminal.data(&result.to_string());
    }
    let mut text = String::new();
    for file in files {
        text += &format!("{} {}\n", terminal.out.green("new"), folder.join(&file.path).display());
    }
    terminal.data(&text);
    if !knows_cluster {
        terminal.note(
            "\nThere is no homelab.toml here or above, so nobody looked whether it fits; `--cluster FILE` names one.",
        );
    }
    let (name, owner, repository) = (&service.name, &service.owner, &service.repository);
    terminal.note(&format!(
        "
Next steps:
  1. cd {} && git init --initial-branch main && homelab check --install-hook
  2. put your own source into apps/{name}, and keep /healthz and /readyz
  3. create https://github.com/{owner}/{repository} and push to main: the workflow builds the image
  4. make the image public, create its secret, register it: k8s/argocd/README.md says how",
        folder.display()
    ));
}
