//! A home in which something is wrong, and a person who runs `homelab up` in it, reads what it says, and mends it.

use std::cell::RefCell;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use homelab::apply::{self, Listener, Moment, Outcome};
use homelab::exit::Exit;
use homelab::observe::Manifests;
use homelab::reach::Reach;
use homelab::rehearse::{Simulated, reach};
use homelab::removal;
use homelab::trouble::Trouble;
use homelab_plan::config::{self, Answers};
use homelab_plan::plan::Desired;
use homelab_sim::home::{ROOT_PASSWORD, TOKEN};
use homelab_sim::{Faults, Home, World};
use proxmox_client::{Credentials, Secret};
use tokio::runtime::{Builder, Runtime};

use crate::home::infrastructure_of;
use crate::town::Remembered;

/// The tag of our containers.
pub(crate) const TAG: &str = "homelab-home";

/// The home, its desk, and what should be.
pub(crate) struct House {
    runtime: Runtime,
    simulated: Simulated,
    home: RefCell<Home>,
    toml: RefCell<String>,
    password: RefCell<&'static str>,
    random: Remembered,
    said: Said,
}

/// Everything that was said, and what happens in the world when a step begins.
#[derive(Default)]
struct Said {
    text: Mutex<String>,
    begun: Mutex<Vec<String>>,
    surprise: Mutex<Option<Surprise>>,
    /// Ctrl-C is pressed when this step begins.
    stops_at: Mutex<Option<String>>,
    is_stopped: AtomicBool,
    world: Mutex<Option<World>>,
}

struct Surprise {
    step: String,
    act: Box<dyn FnOnce(&World) + Send>,
}

impl House {
    /// The usual home, after a change to it.
    pub(crate) fn with(change: impl FnOnce(&mut Home)) -> Self {
        let mut home = Home::default();
        change(&mut home);
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let simulated = runtime.block_on(async { Simulated::new(World::new(&home, 1, Faults::None)) });
        let said = Said::default();
        *said.world.lock().unwrap() = Some(simulated.world().clone());
        Self {
            runtime,
            simulated,
            home: RefCell::new(home),
            toml: RefCell::new(config::default_file(&Answers::default())),
            password: RefCell::new(ROOT_PASSWORD),
            random: Remembered::default(),
            said,
        }
    }

    /// The usual home.
    pub(crate) fn usual() -> Self {
        Self::with(|_| ())
    }

    /// The usual home, brought up.
    pub(crate) fn brought_up() -> Self {
        let house = Self::usual();
        house.goes_on();
        house
    }

    /// Changes `homelab.toml`.
    pub(crate) fn edit(&self, from: &str, to: &str) {
        let text = self.toml.borrow().clone();
        assert!(text.contains(from), "the file has no `{from}`");
        *self.toml.borrow_mut() = text.replace(from, to);
    }

    /// Changes the host and the network.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Home)) {
        change(&mut self.home.borrow_mut());
        self.happen(|world| world.change_home(&self.home.borrow()));
    }

    /// Something happens in the world.
    pub(crate) fn happen<T>(&self, act: impl FnOnce(&World) -> T) -> T {
        self.runtime.block_on(async { act(self.simulated.world()) })
    }

    /// Something happens in the world when this step begins for the first time.
    pub(crate) fn happen_at(&self, step: &str, act: impl FnOnce(&World) + Send + 'static) {
        *self.said.surprise.lock().unwrap() = Some(Surprise { step: step.to_owned(), act: Box::new(act) });
    }

    /// The person presses Ctrl-C when this step begins; what runs is finished.
    pub(crate) fn is_interrupted_at(&self, step: &str) {
        *self.said.stops_at.lock().unwrap() = Some(step.to_owned());
        assert_eq!(self.up(), Outcome::Interrupted);
        self.said.is_stopped.store(false, Ordering::SeqCst);
    }

    /// `homelab down`, for these numbers: the sentence for each that stays.
    pub(crate) fn down(&self, vmids: &[u32]) -> Vec<String> {
        let (desired, _) = self.desired();
        let reach = self.reach();
        self.runtime.block_on(async {
            let mut kept = Vec::new();
            for vmid in vmids {
                kept.extend(removal::remove(&reach, &desired, *vmid).await.err().map(|blind| blind.to_string()));
            }
            kept
        })
    }

    /// The numbers that `homelab down` would remove.
    pub(crate) fn would_remove(&self) -> Vec<u32> {
        let (desired, _) = self.desired();
        let ours = self.runtime.block_on(removal::ours(&self.reach(), &desired)).unwrap();
        ours.into_iter().map(|container| container.vmid).collect()
    }

    /// The person has this password from now on.
    pub(crate) fn type_password(&self, password: &'static str) {
        *self.password.borrow_mut() = password;
    }

    /// The person's kubeconfig.
    pub(crate) fn kubeconfig(&self) -> String {
        self.reach().desk.kubeconfig().unwrap()
    }

    /// The person writes into the kubeconfig.
    pub(crate) fn write_kubeconfig(&self, text: &str) {
        self.reach().desk.write_kubeconfig(text).unwrap();
    }

    /// Names of the steps that were begun so far.
    pub(crate) fn begun(&self) -> Vec<String> {
        self.said.begun.lock().unwrap().clone()
    }

    /// How many containers are ours.
    pub(crate) fn ours(&self) -> usize {
        self.happen(World::containers)
            .iter()
            .filter(|container| container.tags.split(';').any(|tag| tag == TAG))
            .count()
    }

    /// `homelab up` ends with a sentence and the next step, and with exit code 1.
    pub(crate) fn stops(&self) -> [String; 2] {
        let trouble = Trouble::of(self.up()).unwrap_or_else(|| panic!("it did not stop:\n{}", self.told()));
        assert_eq!((trouble.exit(), trouble.exit().code()), (Exit::Failed, 1));
        let stop = [trouble.to_string(), trouble.hint().unwrap_or_else(|| panic!("no next step after: {trouble}"))];
        self.say(&stop.concat());
        self.assert_no_secret();
        assert!(!stop[0].contains('\n'), "one sentence: {}", stop[0]);
        stop
    }

    /// `homelab up` comes to its end, and another one has nothing to do.
    pub(crate) fn goes_on(&self) {
        let outcome = self.up();
        assert!(matches!(outcome, Outcome::Done { .. }), "{outcome:?}\n{}", self.told());
        assert_eq!(self.up(), Outcome::Done { steps: 0 }, "{}", self.told());
        assert_eq!(self.ours(), 3, "no orphan");
        self.assert_no_secret();
    }

    /// One run. What is not ours is as it was before it.
    pub(crate) fn up(&self) -> Outcome {
        let before = self.others();
        let outcome = self.runtime.block_on(async {
            let (desired, manifests) = self.desired();
            apply::up(&self.reach(), &desired, &manifests, &self.random, &self.said).await
        });
        assert_eq!(self.others(), before, "something that is not ours was touched");
        outcome
    }

    /// Two runs at once, from two computers. Gives how the two ended.
    pub(crate) fn up_twice_at_once(&self) -> (Outcome, Outcome) {
        self.runtime.block_on(async {
            let (desired, manifests) = self.desired();
            let other = reach(&Simulated::new(self.simulated.world().clone()), self.credentials());
            let reach = self.reach();
            let run = |reach| apply::up(reach, &desired, &manifests, &self.random, &self.said);
            tokio::join!(run(&reach), run(&other))
        })
    }

    fn desired(&self) -> (Desired, Vec<Manifests>) {
        infrastructure_of(&self.toml.borrow())
    }

    fn reach(&self) -> Reach {
        reach(&self.simulated, self.credentials())
    }

    fn credentials(&self) -> Credentials {
        let home = config::parse(&self.toml.borrow()).unwrap();
        let username = home.proxmox.user.as_str().to_owned();
        match home.proxmox.token {
            Some(token) => {
                Credentials::Token { id: format!("{username}!{}", token.as_str()), secret: Secret::new(TOKEN.1) }
            }
            None => {
                let password = Secret::new(*self.password.borrow());
                Credentials::Password { username, password, second_factor: None }
            }
        }
    }

    /// What does not carry our tag, with its settings that a plan would touch.
    fn others(&self) -> Vec<String> {
        self.happen(|world| {
            let others =
                world.containers().into_iter().filter(|container| !container.tags.split(';').any(|tag| tag == TAG));
            others
                .map(|container| {
                    let settings =
                        ["memory", "net0", "features", "onboot"].map(|key| world.setting(container.vmid, key));
                    format!("{container:?} {settings:?}")
                })
                .collect()
        })
    }

    fn say(&self, text: &str) {
        self.said.text.lock().unwrap().push_str(&format!("{text}\n"));
    }

    fn told(&self) -> String {
        self.said.text.lock().unwrap().clone()
    }

    fn assert_no_secret(&self) {
        let told = self.told();
        for secret in [ROOT_PASSWORD, *self.password.borrow(), TOKEN.1, "PVE:root@pam", "csrf-of", "::server:"] {
            assert!(!told.contains(secret), "`{secret}` was said:\n{told}");
        }
        self.random.assert_not_in(&told);
    }
}

impl Listener for Said {
    fn hear(&self, moment: Moment<'_>) {
        let line = match moment {
            Moment::Planned(plan) => {
                plan.steps.iter().map(|step| step.action.sentence()).collect::<Vec<_>>().join("\n")
            }
            Moment::Began(step) => {
                self.begun.lock().unwrap().push(step.action.id());
                self.surprise(&step.action.id());
                if self.stops_at.lock().unwrap().take_if(|wanted| *wanted == step.action.id()).is_some() {
                    self.is_stopped.store(true, Ordering::SeqCst);
                }
                format!("begins {}", step.action.id())
            }
            Moment::Waits(step, what) => format!("{} waits: {what}", step.action.id()),
            Moment::Done(step) => format!("done {}", step.action.id()),
            Moment::Failed(step, failure) => {
                format!("failed {}: {} {:?}", step.action.id(), failure.sentence, failure.hint)
            }
            Moment::LookFailed(blind) => format!("looking again: {blind}"),
        };
        self.text.lock().unwrap().push_str(&format!("{line}\n"));
    }

    fn wants_to_stop(&self) -> bool {
        self.is_stopped.load(Ordering::SeqCst)
    }
}

impl Said {
    fn surprise(&self, step: &str) {
        let mut surprise = self.surprise.lock().unwrap();
        if let Some(found) = surprise.take_if(|surprise| surprise.step == step)
            && let Some(world) = self.world.lock().unwrap().as_ref()
        {
            (found.act)(world);
        }
    }
}
