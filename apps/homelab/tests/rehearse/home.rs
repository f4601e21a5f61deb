//! A simulated home for tests, and somebody who works in it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use homelab::apply::{self, Listener, Moment, Outcome, Random};
use homelab::manifests;
use homelab::observe::Manifests;
use homelab::rehearse::{Simulated, reach};
use homelab::scaffold::infrastructure;
use homelab_plan::config::{self, Answers};
use homelab_plan::plan::Desired;
use homelab_sim::home::ROOT_PASSWORD;
use homelab_sim::{Faults, Home, World};
use proxmox_client::{Credentials, Secret};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;

/// A world, its desk, and what should be.
pub(crate) struct Bench {
    runtime: Runtime,
    pub(crate) simulated: Simulated,
    desired: Desired,
    manifests: Vec<Manifests>,
    listener: Story,
}

/// Writes down what happens, and may stop it.
#[derive(Default)]
struct Story {
    lines: Mutex<Vec<String>>,
    begun: AtomicUsize,
    kill_at: Mutex<Option<usize>>,
    killed: Notify,
}

/// What `homelab init` would write around this file.
pub(crate) fn infrastructure_of(toml: &str) -> (Desired, Vec<Manifests>) {
    let home = config::parse(toml).unwrap();
    let files = infrastructure::files(toml, &home, "my-home").unwrap();
    let files: Vec<(String, String)> = files.into_iter().map(|file| (file.path, file.text)).collect();
    let manifests = manifests::read(&files).unwrap();
    (Desired { home, components: manifests::components(&manifests) }, manifests)
}

impl Bench {
    pub(crate) fn new(seed: u64, faults: Faults) -> Self {
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let (desired, manifests) = infrastructure_of(&config::default_file(&Answers::default()));
        let simulated = runtime.block_on(async { Simulated::new(World::new(&Home::default(), seed, faults)) });
        Self { runtime, simulated, desired, manifests, listener: Story::default() }
    }

    /// One run of `homelab up` to its end.
    pub(crate) fn run(&self) -> Outcome {
        *self.listener.kill_at.lock().unwrap() = None;
        self.runtime.block_on(self.up())
    }

    /// One run that ends, as if the power went, when the step of this number begins.
    pub(crate) fn run_killed_at(&self, step: usize) -> Option<Outcome> {
        *self.listener.kill_at.lock().unwrap() = Some(self.begun() + step);
        self.runtime.block_on(async {
            let killed = async {
                self.listener.killed.notified().await;
                // The step has begun: what it sent is on its way.
                tokio::time::sleep(std::time::Duration::from_millis(40)).await;
            };
            tokio::select! {
                outcome = self.up() => Some(outcome),
                () = killed => None,
            }
        })
    }

    async fn up(&self) -> Outcome {
        let password = Credentials::Password {
            username: "root@pam".to_owned(),
            password: Secret::new(ROOT_PASSWORD),
            second_factor: None,
        };
        let reach = reach(&self.simulated, password);
        apply::up(&reach, &self.desired, &self.manifests, &Counting::default(), &self.listener).await
    }

    pub(crate) fn begun(&self) -> usize {
        self.listener.begun.load(Ordering::SeqCst)
    }

    /// What was heard, for a test that fails.
    pub(crate) fn story(&self) -> String {
        let lines = self.listener.lines.lock().unwrap();
        let world = self.runtime.block_on(async { self.simulated.world().events() });
        let world = world.iter().map(|event| format!("{:>6.1} {} {}", event.at.as_secs_f64(), event.place, event.what));
        format!("{}\n--- the world\n{}", lines.join("\n"), world.collect::<Vec<_>>().join("\n"))
    }

    pub(crate) fn foreign(&self) -> Vec<String> {
        let containers = self.runtime.block_on(async { self.simulated.world().containers() });
        let foreign = containers.iter().filter(|container| container.tags.is_empty());
        foreign
            .map(|container| {
                format!(
                    "{} {} {}",
                    container.vmid,
                    container.name,
                    if container.is_running { "running" } else { "stopped" }
                )
            })
            .collect()
    }

    pub(crate) fn ours(&self) -> Vec<String> {
        let containers = self.runtime.block_on(async { self.simulated.world().containers() });
        let mut names: Vec<_> = containers
            .into_iter()
            .filter(|container| !container.tags.is_empty())
            .map(|container| container.name)
            .collect();
        names.sort();
        names
    }
}

impl Listener for Story {
    fn hear(&self, moment: Moment<'_>) {
        let line = match moment {
            Moment::Planned(plan) => {
                format!("plan: {}", plan.steps.iter().map(|step| step.action.id()).collect::<Vec<_>>().join(" "))
            }
            Moment::Began(step) => {
                let number = self.begun.fetch_add(1, Ordering::SeqCst);
                if *self.kill_at.lock().unwrap() == Some(number) {
                    self.killed.notify_one();
                }
                format!("began {}", step.action.id())
            }
            Moment::Waits(..) => return,
            Moment::Done(step) => format!("done {}", step.action.id()),
            Moment::Failed(step, failure) => format!("FAILED {}: {}", step.action.id(), failure.sentence),
            Moment::LookFailed(blind) => format!("look failed: {blind}"),
        };
        self.lines.lock().unwrap().push(line);
    }
}

/// Secrets that differ and can be told apart.
#[derive(Default)]
struct Counting(AtomicUsize);

impl Random for Counting {
    fn password(&self, characters: usize) -> Secret {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Secret::new(format!("secret{number:0>width$}", width = characters - 6))
    }
}
