//! Where a service belongs: in the cluster, or in a container of its own beside it.
//!
//! The decision record (its section 8) leaves media servers outside: they have much data, use the graphics processor, need one
//! instance and never more, and get nothing from Kubernetes but its overhead. Each of these is asked for by itself here, so
//! that other services can be judged by the same words.

mod known;
mod reasons;

use serde::Serialize;

use crate::bytes::Bytes;
use crate::config::Homelab;

pub use known::{KNOWN, Known};
use reasons::{decisive, further};

/// What is known about a service. What is not known is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Description {
    /// How much data it keeps by itself, beside what is in the shared database.
    pub data: Option<Bytes>,
    /// Whether it uses hardware of the host: a graphics processor, a USB stick, a TV card.
    pub hardware: Option<bool>,
    /// Whether it takes part in the network at home itself: DHCP, DNS on port 53, broadcast, multicast.
    pub local_network: Option<bool>,
    /// Whether more than one instance of it may run.
    pub scales: Option<bool>,
    /// Whether it is your own and deployed by `git push`.
    pub own: Option<bool>,
}

/// Where a service may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In the cluster.
    Cluster,
    /// In a container of its own beside it.
    OwnContainer,
}

/// A reason for a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Where it points to.
    pub place: Place,
    /// The reason, in a sentence without its full stop.
    pub why: String,
}

/// Something to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The option that answers it: `data`, `hardware`, `local-network`.
    pub option: &'static str,
    /// The question.
    pub text: &'static str,
}

/// Where a service belongs, or what must be known first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Placement {
    /// It belongs there.
    Decided {
        /// Where.
        place: Place,
        /// Why: first what decides, then what else speaks for either.
        reasons: Vec<Reason>,
        /// What was taken from the table of known services, to be corrected by options.
        taken_as_known: Option<&'static Known>,
    },
    /// That depends.
    Undecided {
        /// What must be known first.
        questions: Vec<Question>,
        /// What is known by now.
        reasons: Vec<Reason>,
    },
}

/// Decides where a service belongs. Options come before the table of known services.
pub fn place(home: &Homelab, name: &str, given: &Description) -> Placement {
    if let Some(guest) = home.guests.iter().find(|guest| guest.name.as_str() == name) {
        let why = format!("`homelab.toml` keeps it outside: {}", guest.reason);
        let reasons = vec![Reason { place: Place::OwnContainer, why }];
        return Placement::Decided { place: Place::OwnContainer, reasons, taken_as_known: None };
    }
    let known = known::find(name);
    let described = known.map_or_else(|| given.clone(), |known| known.description().corrected_by(given));
    let (mut reasons, questions) = decisive(home, &described);
    let is_outside = reasons.iter().any(|reason| reason.place == Place::OwnContainer);
    if !is_outside && !questions.is_empty() {
        return Placement::Undecided { questions, reasons };
    }
    reasons.sort_by_key(|reason| reason.place != Place::OwnContainer);
    reasons.extend(further(&described));
    let place = if is_outside { Place::OwnContainer } else { Place::Cluster };
    Placement::Decided { place, reasons, taken_as_known: known }
}

impl Description {
    fn corrected_by(self, given: &Self) -> Self {
        Self {
            data: given.data.or(self.data),
            hardware: given.hardware.or(self.hardware),
            local_network: given.local_network.or(self.local_network),
            scales: given.scales.or(self.scales),
            own: given.own.or(self.own),
        }
    }
}
