//! `homelab service new`: a complete service repository.

mod values;

use std::path::{Path, PathBuf};

use clap::Args;
use homelab_plan::capacity::{self, Verdict};
use homelab_plan::config::{Homelab, Name};
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
    /// Whose repository and image it is, on GitHub [default: that of homelab.toml, or of the image]
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
        let name = values::name(&self.name)?;
        let folder = self.folder.clone().unwrap_or_else(|| PathBuf::from(name.as_str()));
        if let Some(found) = foreign_entry(&folder)? {
            return Err(Trouble::ForeignFolder { folder, found });
        }
        let cluster = self.cluster()?;
        let anyway = self.anyway;
        let service = self.service(name, cluster.as_ref(), terminal)?;
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

    fn service(self, name: Name, cluster: Option<&Homelab>, terminal: &Terminal) -> Result<Service, Trouble> {
        let repository = self.repo.map(values::repository).transpose()?;
        let repository = repository.unwrap_or_else(|| name.to_string());
        let image = self.image.map(values::image).transpose()?;
        let owner = values::owner(self.owner.as_deref(), cluster, image.as_deref(), terminal)?;
        let image = image.unwrap_or_else(|| format!("ghcr.io/{}/{name}", owner.in_images()));
        let domain = cluster.map_or_else(|| "home.arpa".to_string(), |homelab| homelab.services.domain.to_string());
        let host = match (self.host, self.no_ingress) {
            (_, true) => None,
            (Some(host), false) => Some(values::host(host)?),
            (None, false) => Some(format!("{name}.{domain}")),
        };
        Ok(Service {
            memory: values::memory(self.memory.as_deref(), cluster)?,
            owner: owner.to_string(),
            repository,
            image,
            port: self.port,
            replicas: self.replicas,
            settings: values::settings(host.as_deref(), &self.set)?,
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
            "version": 1, "folder": folder, "name": service.name.as_str(), "owner": service.owner, "image": service.image,
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
  4. make the image public (k8s/argocd/README.md says where), then: homelab service secrets . && homelab service register .",
        folder.display()
    ));
}
