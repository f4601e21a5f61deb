//! A home that is up, a service's repository on this computer, and somebody who takes the power away.

use std::cell::RefCell;
use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use homelab::apply::{self, Listener, Moment, Outcome, Random};
use homelab::manifests;
use homelab::observe::Manifests;
use homelab::reach::Reach;
use homelab::rehearse::{Simulated, reach};
use homelab::scaffold::{infrastructure, service};
use homelab::services::{self, Repository};
use homelab_plan::bytes::Bytes;
use homelab_plan::config::{self, Answers, Name};
use homelab_plan::plan::Desired;
use homelab_plan::service::Rotation;
use homelab_sim::home::ROOT_PASSWORD;
use homelab_sim::{Faults, Home, World};
use proxmox_client::{Credentials, Secret};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

/// The digest of the service's image.
pub(crate) const DIGEST: &str = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

/// A home that is up. Everything happens on its clock.
pub(crate) struct Town {
    runtime: Runtime,
    pub(crate) simulated: Simulated,
    pub(crate) toml: RefCell<String>,
    pub(crate) random: Remembered,
    /// What was said to the person.
    pub(crate) said: Mutex<String>,
    folder: TempDir,
}

/// Secrets that differ, and of which it is known what they are.
#[derive(Default)]
pub(crate) struct Remembered(Mutex<Vec<String>>);

struct Silent;

impl Listener for Silent {
    fn hear(&self, _: Moment<'_>) {}
}

impl Random for Remembered {
    fn password(&self, characters: usize) -> Secret {
        let mut made = self.0.lock().unwrap();
        let secret = format!("made{:0>width$}", made.len() + 1, width = characters - 4);
        made.push(secret.clone());
        Secret::new(secret)
    }
}

impl Remembered {
    /// None of them stands in what was said.
    pub(crate) fn assert_not_in(&self, said: &str) {
        for secret in self.0.lock().unwrap().iter() {
            assert!(!said.contains(secret.as_str()), "a secret was said:\n{said}");
        }
    }
}

impl Town {
    /// A home that was brought up on a good day, and from then on has the faults of `faults`.
    pub(crate) fn new(seed: u64, faults: Faults) -> Self {
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let simulated = runtime.block_on(async { Simulated::new(World::new(&Home::default(), seed, faults)) });
        let toml = RefCell::new(config::default_file(&Answers::default()));
        let folder = tempfile::tempdir().unwrap();
        let town = Self { runtime, simulated, toml, random: Remembered::default(), said: Mutex::default(), folder };
        town.world().set_faults_on(false);
        assert!(matches!(town.up(), Outcome::Done { .. }));
        town.world().set_faults_on(true);
        town
    }

    pub(crate) fn world(&self) -> &World {
        self.simulated.world()
    }

    pub(crate) fn reach(&self) -> Reach {
        let username = "root@pam".to_owned();
        let password = Secret::new(ROOT_PASSWORD);
        reach(&self.simulated, Credentials::Password { username, password, second_factor: None })
    }

    pub(crate) fn manifests(&self) -> Vec<Manifests> {
        let toml = self.toml.borrow().clone();
        let home = config::parse(&toml).unwrap();
        let files = infrastructure::files(&toml, &home, "my-home").unwrap();
        let files: Vec<(String, String)> = files.into_iter().map(|file| (file.path, file.text)).collect();
        manifests::read(&files).unwrap()
    }

    pub(crate) fn desired(&self) -> Desired {
        let home = config::parse(&self.toml.borrow()).unwrap();
        Desired { home, components: manifests::components(&self.manifests()) }
    }

    /// `homelab up`.
    pub(crate) fn up(&self) -> Outcome {
        let (desired, manifests, reach) = (self.desired(), self.manifests(), self.reach());
        self.run(apply::up(&reach, &desired, &manifests, &self.random, &Silent))
    }

    /// Runs something to its end.
    pub(crate) fn run<T>(&self, something: impl Future<Output = T>) -> T {
        self.runtime.block_on(something)
    }

    /// Runs something until the power goes, after so much time. None if it went.
    pub(crate) fn run_for<T>(&self, time: Duration, something: impl Future<Output = T>) -> Option<T> {
        self.runtime.block_on(async { tokio::time::timeout(time, something).await.ok() })
    }

    /// How long something takes on a good day.
    pub(crate) fn time<T>(&self, something: impl Future<Output = T>) -> (T, Duration) {
        self.runtime.block_on(async {
            let began = tokio::time::Instant::now();
            let outcome = something.await;
            (outcome, began.elapsed())
        })
    }

    /// Something happens in the world.
    pub(crate) fn happen<T>(&self, act: impl FnOnce(&World) -> T) -> T {
        self.runtime.block_on(async { act(self.world()) })
    }

    /// Time passes.
    pub(crate) fn wait(&self, seconds: u64) {
        self.runtime.block_on(async { tokio::time::sleep(Duration::from_secs(seconds)).await });
    }

    /// A sentence for the person.
    pub(crate) fn say(&self, text: &str) {
        self.said.lock().unwrap().push_str(&format!("{text}\n"));
    }

    /// An object of the cluster, without any fault.
    pub(crate) fn object(&self, path: &str) -> Option<Value> {
        self.world().set_faults_on(false);
        let desired = self.desired();
        let reach = self.reach();
        let found = self.run(async {
            // A machine that fell over a moment ago comes back first.
            tokio::time::sleep(std::time::Duration::from_secs(180)).await;
            let access = homelab::observe::access(&reach, &desired).await.unwrap();
            let request = homelab::kubernetes::ApiRequest {
                method: "GET",
                target: path.to_owned(),
                ..homelab::kubernetes::ApiRequest::default()
            };
            let answer = reach.clusters.open(&access).unwrap().send(request).await.unwrap();
            (answer.status == 200).then(|| serde_json::from_slice(&answer.body).unwrap())
        });
        self.world().set_faults_on(true);
        found
    }

    /// The plain value in a Secret.
    pub(crate) fn secret(&self, namespace: &str, name: &str, key: &str) -> Option<String> {
        use base64::Engine as _;
        let secret = self.object(&format!("/api/v1/namespaces/{namespace}/secrets/{name}"))?;
        let bytes = base64::engine::general_purpose::STANDARD.decode(secret["data"][key].as_str()?).unwrap();
        Some(String::from_utf8(bytes).unwrap())
    }

    /// What is not ours, and that it is as it was.
    pub(crate) fn assert_nothing_foreign_was_touched(&self, when: &str) {
        let containers = self.happen(World::containers);
        let foreign: Vec<String> = containers
            .iter()
            .filter(|container| container.tags.is_empty())
            .map(|container| format!("{} {} {}", container.vmid, container.name, container.is_running))
            .collect();
        assert_eq!(foreign, ["101 jellyfin true", "102 komga true"], "{when}");
    }

    /// No secret that was made here, and none of `more`, was said to the person.
    pub(crate) fn assert_no_secret_was_said(&self, more: &[String]) {
        let said = self.said.lock().unwrap();
        let made = self.random.0.lock().unwrap();
        for secret in made.iter().chain(more) {
            assert!(!said.contains(secret.as_str()), "a secret was said:\n{said}");
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The repository of a service `notes`, as `service new` writes it, with the digest of its first image; pushed, so that
    /// Argo CD finds it.
    pub(crate) fn write_service(&self) -> Repository {
        let folder = self.folder.path().join("notes");
        let service = service::Service {
            name: Name::parse("notes").unwrap(),
            owner: "TakashiAihara".to_owned(),
            repository: "notes".to_owned(),
            image: "ghcr.io/takashiaihara/notes".to_owned(),
            port: 3000,
            replicas: 2,
            memory: Bytes::mib(256),
            host: Some("notes.home.arpa".to_owned()),
            postgres: true,
            valkey: true,
            google: true,
            internet: true,
            network_policy: true,
            disruption_budget: true,
            grace_seconds: 10,
            settings: Vec::new(),
        };
        for file in service::files(&service).unwrap() {
            let path = folder.join(&file.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, file.text).unwrap();
        }
        let path = folder.join("k8s/notes/kustomization.yaml");
        let zeros = format!("sha256:{}", "0".repeat(64));
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(&zeros), "{text}");
        fs::write(&path, text.replace(&zeros, DIGEST)).unwrap();
        self.happen(|world| world.publish("https://github.com/TakashiAihara/notes", "k8s/notes", rendered(&folder)));
        Repository::find(folder.to_str().unwrap(), &[]).unwrap()
    }

    /// The service `notes` runs.
    pub(crate) fn bring_service(&self) {
        let repository = self.write_service();
        self.push_image(true);
        let (reach, desired) = (self.reach(), self.desired());
        self.run(async {
            let given = "GOOGLE_CLIENT_ID=a\nGOOGLE_CLIENT_SECRET=b\n";
            let values = services::Values::from_env_file(given).unwrap();
            let names = values.names();
            let prepared =
                services::prepare_secrets(&reach, &desired, &repository, &names, &Rotation::Nothing, &self.random);
            let prepared = prepared.await.unwrap();
            let (random, say) = (&self.random, |_: &str| {});
            services::write_secrets(&reach, &desired, &repository, &prepared, &values, random, &say).await.unwrap();
            services::register(&reach, &desired, &repository, random, &say).await.unwrap();
        });
    }

    /// One more manifest in the repository of the service, and Argo CD has brought it.
    pub(crate) fn publish_extra(&self, manifest: Value) {
        let mut manifests = rendered(&self.folder.path().join("notes"));
        manifests.retain(|found| found["kind"] != manifest["kind"]);
        manifests.push(manifest);
        self.happen(|world| world.publish("https://github.com/TakashiAihara/notes", "k8s/notes", manifests));
        self.wait(60);
    }

    /// Changes homelab.toml.
    pub(crate) fn edit(&self, change: impl FnOnce(&str) -> String) {
        let changed = change(&self.toml.borrow());
        *self.toml.borrow_mut() = changed;
    }

    /// The image of the service comes to the registry.
    pub(crate) fn push_image(&self, is_public: bool) {
        self.happen(|world| world.push_image("takashiaihara/notes", DIGEST, is_public));
    }
}

/// What Argo CD makes of the folder: all resources, with the digest in the image.
fn rendered(folder: &Path) -> Vec<Value> {
    let place: PathBuf = folder.join("k8s/notes");
    let read = |name: &str| {
        let text = fs::read_to_string(place.join(name)).unwrap();
        manifests::objects(name, &text).unwrap()
    };
    let kustomization = read("kustomization.yaml").remove(0);
    let names = kustomization["resources"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned());
    let mut all: Vec<Value> = names.flat_map(|name| read(&name)).collect();
    for object in all.iter_mut().filter(|object| object["kind"] == "Deployment") {
        object["spec"]["template"]["spec"]["containers"][0]["image"] =
            json!(format!("ghcr.io/takashiaihara/notes@{DIGEST}"));
    }
    all
}
