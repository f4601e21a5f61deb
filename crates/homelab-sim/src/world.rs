//! The world: one state, its clock, and what is still to happen.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::sync::futures::Notified;
use tokio::time::{Instant, sleep};

use crate::cluster::Cluster;
use crate::event::Event;
use crate::fault::{Fault, FaultPlan, Faults};
use crate::home::Home;
use crate::host::Machines;
use crate::proxmox::Proxmox;
use crate::random::Random;

/// A simulated home. Clones are handles to the same one.
#[derive(Clone, Debug)]
pub struct World {
    began: Instant,
    /// What the time was when it began.
    offset: Duration,
    /// How many of its seconds go by in one.
    speed: u32,
    state: Arc<Mutex<State>>,
    /// Wakes whoever waits for something to happen, each time that somebody could have done something.
    stir: Arc<Notify>,
}

/// The connection broke: nothing came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// What the caller's system would say, such as `connection reset by peer`.
    pub reason: String,
    /// Whether the caller knows that something went out: then it may have been acted upon.
    pub was_sent: bool,
}

/// A container, for those who look at the world from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glimpse {
    /// Its number.
    pub vmid: u32,
    /// Its host name.
    pub name: String,
    /// Its tags as Proxmox keeps them; empty for none.
    pub tags: String,
    /// Whether it runs.
    pub is_running: bool,
}

/// Everything there is.
pub(crate) struct State {
    /// Since the world began.
    pub(crate) now: Duration,
    pub(crate) proxmox: Proxmox,
    /// Addresses of computers that are not on the host.
    pub(crate) neighbours: Vec<String>,
    pub(crate) machines: Machines,
    pub(crate) cluster: Cluster,
    /// Whether each image of the registry, by `owner/name@digest`, is public.
    pub(crate) images: BTreeMap<String, bool>,
    pub(crate) random: Random,
    pub(crate) faults: FaultPlan,
    events: Vec<Event>,
    /// What is still to happen, by time and then in the order in which it was planned.
    agenda: BTreeMap<(Duration, u64), Happening>,
    planned: u64,
}

type Happening = Box<dyn FnOnce(&mut State) + Send>;

impl World {
    /// The world of `home`. Must be made inside a tokio runtime, whose clock is its clock.
    pub fn new(home: &Home, seed: u64, faults: Faults) -> Self {
        let state = State {
            now: Duration::ZERO,
            proxmox: Proxmox::new(home),
            neighbours: home.neighbours.clone(),
            machines: Machines::new(),
            cluster: Cluster::default(),
            images: BTreeMap::new(),
            random: Random::new(seed),
            faults: FaultPlan::new(faults, seed),
            events: Vec::new(),
            agenda: BTreeMap::new(),
            planned: 0,
        };
        let (state, stir) = (Arc::new(Mutex::new(state)), Arc::default());
        Self { began: Instant::now(), offset: Duration::ZERO, speed: 1, state, stir }
    }

    /// The same world, in which so many seconds go by in one from now on: for people who wait in front of it.
    #[must_use]
    pub fn at_speed(self, speed: u32) -> Self {
        let offset = self.state().now;
        Self { began: Instant::now(), offset, speed: speed.max(1), ..self }
    }

    /// What has happened so far.
    pub fn events(&self) -> Vec<Event> {
        self.state().events.clone()
    }

    /// How often each kind of fault has happened.
    pub fn fault_counts(&self) -> BTreeMap<Fault, u64> {
        self.state().faults.counts().clone()
    }

    /// All containers, ours and others.
    pub fn containers(&self) -> Vec<Glimpse> {
        let state = self.state();
        let containers = state.proxmox.containers.values();
        containers
            .map(|container| Glimpse {
                vmid: container.vmid,
                name: container.get("hostname").unwrap_or_default().to_owned(),
                tags: container.get("tags").unwrap_or_default().to_owned(),
                is_running: container.is_running,
            })
            .collect()
    }

    /// Stops all faults, or lets them begin again: for those who look at the world from outside.
    pub fn set_faults_on(&self, are_on: bool) {
        self.state().faults.set_on(are_on);
    }

    /// From now on so much goes wrong.
    pub fn set_fault_level(&self, level: Faults) {
        self.state().faults.set_level(level);
    }

    /// Takes the power from a container for good: nothing starts it again but somebody who asks for it.
    pub fn break_container(&self, name: &str) {
        let mut state = self.state();
        let found = state.proxmox.containers.values().find(|container| container.get("hostname") == Some(name));
        let Some(vmid) = found.map(|container| container.vmid) else { return };
        if let Some(container) = state.proxmox.containers.get_mut(&vmid) {
            container.is_running = false;
        }
        crate::host::power_off(&mut state, vmid);
    }

    /// The state as it is now: everything that was to happen until now has happened.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        let state = self.look();
        // They have to wait for the state, and so they see what is done with it now.
        self.stir.notify_waiters();
        state
    }

    /// The same for those who do nothing with it but look, and wake nobody.
    pub(crate) fn look(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.advance(self.offset + self.began.elapsed() * self.speed);
        state
    }

    /// Ready when somebody else has been at the state, from this call on.
    pub(crate) fn stirred(&self) -> Notified<'_> {
        self.stir.notified()
    }

    /// When it is that late in this world.
    pub(crate) fn instant(&self, at: Duration) -> Instant {
        self.began + at.saturating_sub(self.offset) / self.speed
    }

    /// So much of its time goes by.
    pub(crate) async fn pass(&self, time: Duration) {
        sleep(time / self.speed).await;
    }

    /// One call through a door: there, the effect, and back, with what may go wrong on the way.
    ///
    /// `latency` is one way. `effect` runs at most once; when [`Lost`] comes back it may have run or not.
    pub(crate) async fn call<T>(
        &self,
        place: &str,
        latency: Duration,
        effect: impl FnOnce(&mut State) -> T,
    ) -> Result<T, Lost> {
        self.pass(latency).await;
        let (outcome, delay) = {
            let mut state = self.state();
            if state.fault(place, Fault::LostBefore, 1) {
                return Err(Lost { reason: "connection refused".to_owned(), was_sent: false });
            }
            let delay = if state.fault(place, Fault::Slow, 1) { state.faults.delay() } else { Duration::ZERO };
            let outcome = effect(&mut state);
            let is_lost = state.fault(place, Fault::LostAfter, 1);
            if !is_lost {
                state.faults.went_well();
            }
            (
                if is_lost {
                    Err(Lost { reason: "connection closed before message completed".to_owned(), was_sent: true })
                } else {
                    Ok(outcome)
                },
                delay,
            )
        };
        self.pass(latency + delay).await;
        outcome
    }
}

impl State {
    /// Lets `happening` happen after `delay`.
    pub(crate) fn later(&mut self, delay: Duration, happening: impl FnOnce(&mut Self) + Send + 'static) {
        self.planned += 1;
        self.agenda.insert((self.now + delay, self.planned), Box::new(happening));
    }

    /// When something happens next by itself.
    pub(crate) fn next_happening(&self) -> Option<Duration> {
        self.agenda.keys().next().map(|(at, _)| *at)
    }

    /// Writes into the timeline.
    pub(crate) fn tell(&mut self, place: &str, what: impl Into<String>) {
        self.events.push(Event { at: self.now, place: place.to_owned(), what: what.into(), fault: None });
    }

    /// Whether `fault` happens here and now; if so it is written into the timeline.
    pub(crate) fn fault(&mut self, place: &str, fault: Fault, weight: u64) -> bool {
        let happens = self.faults.happens(fault, weight);
        if happens {
            let what = format!("{fault:?}");
            self.events.push(Event { at: self.now, place: place.to_owned(), what, fault: Some(fault) });
        }
        happens
    }

    /// As [`State::fault`], where it could happen at all.
    pub(crate) fn fault_if(&mut self, place: &str, fault: Fault, can_happen: impl FnOnce(&Self) -> bool) -> bool {
        can_happen(self) && self.fault(place, fault, 1)
    }

    /// Lets everything happen that is due until `now`, each at its own time.
    fn advance(&mut self, now: Duration) {
        while let Some(entry) = self.agenda.first_entry()
            && entry.key().0 <= now
        {
            let (at, _) = *entry.key();
            let happening = entry.remove();
            self.now = self.now.max(at);
            happening(self);
        }
        self.now = self.now.max(now);
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("State").field("now", &self.now).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_is_planned_happens_in_order_and_at_its_time() {
        let world = World::new(&Home::default(), 1, Faults::None);
        {
            let mut state = world.state();
            state.later(Duration::from_secs(9), |state| state.tell("pve", "second"));
            state.later(Duration::from_secs(3), |state| {
                state.tell("pve", "first");
                state.later(Duration::from_secs(20), |state| state.tell("pve", "too late"));
            });
        }
        sleep(Duration::from_secs(10)).await;
        let told: Vec<_> = world.events().into_iter().map(|event| (event.at.as_secs(), event.what)).collect();
        assert_eq!(told, [(3, "first".to_owned()), (9, "second".to_owned())]);
    }

    #[tokio::test(start_paused = true)]
    async fn without_faults_every_call_comes_back() {
        let world = World::new(&Home::default(), 1, Faults::None);
        for number in 0..100 {
            assert_eq!(world.call("pve", Duration::from_millis(5), |_| number).await, Ok(number));
        }
        assert!(world.fault_counts().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn the_same_seed_loses_the_same_calls() {
        async fn losses(seed: u64) -> Vec<bool> {
            let world = World::new(&Home::default(), seed, Faults::Many);
            let mut losses = Vec::new();
            for _ in 0..200 {
                losses.push(world.call("pve", Duration::ZERO, |_| ()).await.is_err());
            }
            losses
        }
        let first = losses(7).await;
        assert_eq!(first, losses(7).await);
        assert_ne!(first, losses(8).await);
        assert!(first.iter().filter(|lost| **lost).count() > 3);
    }
}
