//! Steps, and the order that they need.

use core::time::Duration;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::action::{Action, Class};
use super::preflight::Problem;

/// What is to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What is to be done; each after those that it names.
    pub steps: Vec<Step>,
    /// What is missing before anything may be done.
    pub problems: Vec<Problem>,
    /// What is there and belongs to somebody else: number and name.
    pub left_alone: Vec<(u32, String)>,
    /// What a person should know, and nothing is done about.
    pub notes: Vec<String>,
}

/// One action, and what must be done before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it does.
    pub action: Action,
    /// The names of the steps before it, among those of this plan.
    pub after: BTreeSet<String>,
}

/// A step as `--format json` shows it.
#[derive(Serialize)]
struct StepView<'a> {
    id: String,
    place: &'a str,
    class: Class,
    sentence: String,
    undo: &'static str,
    after: &'a BTreeSet<String>,
}

impl Serialize for Step {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let action = &self.action;
        StepView {
            id: action.id(),
            place: action.place(),
            class: action.class(),
            sentence: action.sentence(),
            undo: action.undo(),
            after: &self.after,
        }
        .serialize(serializer)
    }
}

impl Plan {
    /// Whether nothing is to be done.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// As much of it as there is before K3s is configured or started anywhere.
    #[must_use]
    pub fn before_k3s(mut self) -> Self {
        self.steps.retain(|step| {
            matches!(
                step.action,
                Action::DownloadTemplate { .. }
                    | Action::CreateContainer { .. }
                    | Action::ConfigureContainer { .. }
                    | Action::GrowDisk { .. }
                    | Action::StartContainer { .. }
                    | Action::MeetMachine { .. }
                    | Action::PrepareMachine { .. }
                    | Action::FetchK3s { .. }
                    | Action::InstallK3s { .. }
            )
        });
        self
    }

    /// The longest chain of steps that wait for each other, given how long each takes: what the whole takes when everything
    /// that may run side by side does.
    pub fn longest_chain(&self, time: impl Fn(&Action) -> Duration) -> Chain {
        // For each step, when it ends and which step it waited for.
        let mut ends: BTreeMap<String, (Duration, Option<String>)> = BTreeMap::new();
        for step in &self.steps {
            let before = step.after.iter().filter_map(|id| Some((ends.get(id)?.0, id))).max();
            let begins = before.map_or(Duration::ZERO, |(end, _)| end);
            ends.insert(step.action.id(), (begins + time(&step.action), before.map(|(_, id)| id.clone())));
        }
        let last = ends.iter().max_by_key(|(_, (end, _))| *end).map(|(id, (end, _))| (id.clone(), *end));
        let Some((last, whole)) = last else { return Chain::default() };
        let mut steps = vec![last];
        while let Some(before) = steps.last().and_then(|id| ends.get(id)?.1.clone()) {
            steps.push(before);
        }
        steps.reverse();
        Chain { steps, time: whole }
    }
}

/// Steps that wait for each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// Their names, in their order.
    pub steps: Vec<String>,
    /// How long they take one after another.
    pub time: Duration,
}

/// A plan while it is made.
#[derive(Debug, Default)]
pub(super) struct Draft {
    steps: Vec<Step>,
    ids: BTreeSet<String>,
    /// Whether a machine is there that does not answer: what it lacks is not in this plan yet.
    pub(super) has_unknown: bool,
}

impl Draft {
    /// Adds a step after those of `after` that this plan has; what is done already needs no waiting.
    pub(super) fn add(&mut self, action: Action, after: &[&str]) {
        let after = after.iter().filter(|id| self.ids.contains(**id)).map(|id| (*id).to_owned()).collect();
        self.ids.insert(action.id());
        self.steps.push(Step { action, after });
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// The names of all steps so far that `wanted` picks.
    pub(super) fn ids(&self, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        self.ids.iter().filter(|id| wanted(id)).cloned().collect()
    }

    pub(super) fn plan(self) -> Plan {
        Plan { steps: self.steps, ..Plan::default() }
    }
}
