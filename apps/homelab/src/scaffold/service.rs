//! A service's repository: source, image, manifests, pipeline, and its own Application.

use homelab_plan::bytes::Bytes;
use homelab_plan::config::Name;
use minijinja::{Value, context};

use super::changes::NewFile;
use super::digests;
use super::template::{self, Template};
use crate::trouble::Trouble;

/// What a service is.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its name, which is also that of its namespace.
    pub name: Name,
    /// The account on GitHub that has its repository and its image.
    pub owner: String,
    /// The repository's name; most often that of the service.
    pub repository: String,
    /// The image without tag or digest.
    pub image: String,
    /// Where it listens.
    pub port: u16,
    /// How many of it run.
    pub replicas: u32,
    /// Memory of each.
    pub memory: Bytes,
    /// The name it is reached under, unless it is for the cluster alone.
    pub host: Option<String>,
    /// Whether it uses the shared PostgreSQL.
    pub postgres: bool,
    /// Whether it uses the shared Valkey.
    pub valkey: bool,
    /// Whether people sign in with Google.
    pub google: bool,
    /// Whether it fetches from the internet.
    pub internet: bool,
    /// Whether a NetworkPolicy says who may talk to it, and to whom it may talk.
    pub network_policy: bool,
    /// Whether nodes are emptied one replica at a time.
    pub disruption_budget: bool,
    /// How long it may take to stop.
    pub grace_seconds: u32,
    /// Settings for its ConfigMap beside the port.
    pub settings: Vec<(String, String)>,
}

macro_rules! template {
    ($path:literal, $source:literal) => {
        ($path, include_str!(concat!("../../templates/service/", $source)))
    };
}

const TEMPLATES: &[Template] = &[
    template!(".dockerignore", "dockerignore"),
    template!(".env.example", "env.example"),
    template!(".github/workflows/build.yml", "workflow.yml.jinja"),
    template!(".gitignore", "gitignore"),
    template!("Dockerfile", "image.jinja"),
    template!("README.md", "README.md"),
    template!("apps/«name»/Cargo.lock", "apps/Cargo.lock"),
    template!("apps/«name»/Cargo.toml", "apps/Cargo.toml"),
    template!("apps/«name»/src/main.rs", "apps/src/main.rs"),
    template!("k8s/argocd/README.md", "k8s/argocd/README.md"),
    template!("k8s/argocd/application.yaml", "k8s/argocd/application.yaml.jinja"),
    template!("k8s/«name»/configmap.yaml", "k8s/service/configmap.yaml.jinja"),
    template!("k8s/«name»/deployment.yaml", "k8s/service/deployment.yaml.jinja"),
    template!("k8s/«name»/kustomization.yaml", "k8s/service/kustomization.yaml.jinja"),
    template!("k8s/«name»/secret.yaml.example", "k8s/service/secret.yaml.example.jinja"),
    template!("k8s/«name»/service-account.yaml", "k8s/service/service-account.yaml.jinja"),
    template!("k8s/«name»/service.yaml", "k8s/service/service.yaml.jinja"),
];

const INGRESS: Template = template!("k8s/«name»/ingress.yaml", "k8s/service/ingress.yaml.jinja");
const NETWORK_POLICY: Template = template!("k8s/«name»/network-policy.yaml", "k8s/service/network-policy.yaml.jinja");
const DISRUPTION_BUDGET: Template =
    template!("k8s/«name»/disruption-budget.yaml", "k8s/service/disruption-budget.yaml.jinja");

/// Nobody: a number that no system gives to a person or a daemon.
const USER_ID: u32 = 65532;

/// A secret that the service finds in its environment.
struct SecretKey {
    name: &'static str,
    about: &'static str,
    placeholder: String,
}

impl SecretKey {
    /// The same for a run on one's own machine.
    fn at_home(&self) -> String {
        let clusters = ["postgres.postgres.svc.cluster.local", "valkey.valkey.svc.cluster.local"];
        clusters.iter().fold(self.placeholder.clone(), |text, host| text.replace(host, "localhost"))
    }
}

/// All files of the repository.
///
/// # Errors
/// A template is broken, which a test rules out for ours.
pub fn files(service: &Service) -> Result<Vec<NewFile>, Trouble> {
    let mut templates = TEMPLATES.to_vec();
    templates.extend(service.host.is_some().then_some(INGRESS));
    templates.extend(service.network_policy.then_some(NETWORK_POLICY));
    templates.extend(service.disruption_budget.then_some(DISRUPTION_BUDGET));
    template::fill(&templates, &values(service))
}

impl Service {
    /// The names of its secrets, in the order of the decision record.
    pub fn secret_names(&self) -> Vec<&'static str> {
        secret_keys(self).iter().map(|key| key.name).collect()
    }
}

fn values(service: &Service) -> Value {
    let keys = secret_keys(service).into_iter();
    let keys: Vec<Value> =
        keys.map(|key| context! { at_home => key.at_home(), name => key.name, about => key.about, placeholder => key.placeholder }).collect();
    let mut settings = vec![("PORT".to_string(), service.port.to_string())];
    settings.extend(service.settings.iter().cloned());
    let settings: Vec<Value> = settings.into_iter().map(|(name, value)| context! { name, value }).collect();
    context! {
        name => service.name.as_str(),
        image => service.image.clone(),
        repository => format!("https://github.com/{}/{}", service.owner, service.repository),
        port => service.port,
        replicas => service.replicas,
        memory => service.memory.to_kubernetes(),
        host => service.host.clone(),
        ingress => service.host.is_some(),
        postgres => service.postgres,
        valkey => service.valkey,
        internet => service.internet,
        network_policy => service.network_policy,
        disruption_budget => service.disruption_budget,
        grace_seconds => service.grace_seconds,
        secret_keys => keys,
        settings => settings,
        user_id => USER_ID,
        actions => digests::actions(),
        versions => digests::versions(),
    }
}

fn secret_keys(service: &Service) -> Vec<SecretKey> {
    let name = &service.name;
    let key = |name, about, placeholder: &str| SecretKey { name, about, placeholder: placeholder.to_string() };
    let mut keys = Vec::new();
    if service.postgres {
        let address = format!("postgres://{name}:<password>@postgres.postgres.svc.cluster.local:5432/{name}");
        keys.push(key("DATABASE_URL", "Where its database is, with its own role.", &address));
    }
    if service.valkey {
        let address = "redis://:<password>@valkey.valkey.svc.cluster.local:6379/0";
        keys.push(key("VALKEY_URL", "Where the shared Valkey is, with its password.", address));
    }
    if service.google {
        let about = "From the Google Cloud console: APIs & Services, Credentials, OAuth client.";
        keys.push(key("GOOGLE_CLIENT_ID", about, "<number>-<letters>.apps.googleusercontent.com"));
        keys.push(key("GOOGLE_CLIENT_SECRET", "From the same place.", "<from the Google Cloud console>"));
    }
    let about = "Signs sessions; whoever has it can be anybody.";
    keys.push(key("SESSION_SECRET", about, "<the output of: openssl rand -hex 32>"));
    keys
}
