//! The infrastructure repository: `homelab.toml`, Argo CD and what services share. No service, no Application, no secret.

use homelab_plan::bytes::Bytes;
use homelab_plan::config::{Homelab, ImageVersion, Name};
use minijinja::context;

use super::changes::NewFile;
use super::template::{self, Template};
use crate::trouble::Trouble;

macro_rules! template {
    ($path:literal, $source:literal) => {
        ($path, include_str!(concat!("../../templates/infrastructure/", $source)))
    };
    ($path:literal) => {
        ($path, include_str!(concat!("../../templates/infrastructure/", $path, ".jinja")))
    };
}

/// Every file but `homelab.toml`, from which they are made.
const TEMPLATES: &[Template] = &[
    template!(".gitignore", "gitignore"),
    template!("README.md", "README.md"),
    template!("argocd/install.yaml"),
    template!("shared/postgres/dump.yaml"),
    template!("shared/postgres/kustomization.yaml"),
    template!("shared/postgres/namespace.yaml"),
    template!("shared/postgres/network-policy.yaml"),
    template!("shared/postgres/secret.yaml.example"),
    template!("shared/postgres/service-account.yaml"),
    template!("shared/postgres/service.yaml"),
    template!("shared/postgres/statefulset.yaml"),
    template!("shared/valkey/configmap.yaml"),
    template!("shared/valkey/kustomization.yaml"),
    template!("shared/valkey/namespace.yaml"),
    template!("shared/valkey/network-policy.yaml"),
    template!("shared/valkey/secret.yaml.example"),
    template!("shared/valkey/service-account.yaml"),
    template!("shared/valkey/service.yaml"),
    template!("shared/valkey/statefulset.yaml"),
];

/// PostgreSQL's own advice: a quarter of the memory for its cache, the rest for the system's and for sorting.
const SHARED_BUFFERS_DIVISOR: u64 = 4;

/// The repository that belongs to a `homelab.toml`. `folder` is the name people see it under.
///
/// # Errors
/// A template is broken, which a test rules out for ours.
pub fn files(toml: &str, homelab: &Homelab, folder: &str) -> Result<Vec<NewFile>, Trouble> {
    let (postgres, valkey, argocd) = (&homelab.shared.postgres, &homelab.shared.valkey, &homelab.argocd);
    let dump_at = postgres.dump_at;
    let values = context! {
        folder => folder,
        cluster_name => homelab.cluster.name.as_str(),
        argocd => context! {
            version => argocd.version.to_string(),
            controller_memory => argocd.controller_memory.to_kubernetes(),
            repo_server_memory => argocd.repo_server_memory.to_kubernetes(),
            server_memory => argocd.server_memory.to_kubernetes(),
            redis_memory => argocd.redis_memory.to_kubernetes(),
        },
        postgres => context! {
            version => postgres.version.as_str(),
            user_id => if is_alpine(&postgres.version) { 70 } else { 999 },
            memory => postgres.memory.to_kubernetes(),
            cpu => postgres.cpu.to_string(),
            storage => postgres.storage.to_kubernetes(),
            node => node(homelab, postgres.node.as_ref()),
            shared_buffers => format!("{}MB", postgres.memory.full_mib() / SHARED_BUFFERS_DIVISOR),
            max_connections => 100,
            dump_schedule => format!("{} {} * * *", dump_at.minute, dump_at.hour),
            dumps_kept_days => postgres.dumps_kept_days.to_string(),
        },
        valkey => context! {
            version => valkey.version.as_str(),
            group_id => if is_alpine(&valkey.version) { 1000 } else { 999 },
            memory => valkey.memory.to_kubernetes(),
            cpu => valkey.cpu.to_string(),
            storage => valkey.storage.to_kubernetes(),
            node => node(homelab, valkey.node.as_ref()),
            max_memory => three_quarters(valkey.memory),
        },
    };
    let mut files = vec![NewFile { path: "homelab.toml".to_string(), text: toml.to_string() }];
    files.extend(template::fill(TEMPLATES, &values)?);
    Ok(files)
}

/// Where something with a volume runs, so that capacity counts it there too.
fn node(homelab: &Homelab, wish: Option<&Name>) -> String {
    homelab.volume_node(wish).map(|node| node.name.to_string()).unwrap_or_default()
}

/// The images number their user as their distribution does.
fn is_alpine(version: &ImageVersion) -> bool {
    version.as_str().contains("alpine")
}

fn three_quarters(memory: Bytes) -> String {
    format!("{}mb", memory.full_mib() * 3 / 4)
}
