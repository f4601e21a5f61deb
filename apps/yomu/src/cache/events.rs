//! Word of something new, within the process and from other replicas.

use tokio::sync::broadcast;
use yomu_model::ids::UserId;

use super::limits::EVENTS_BEHIND;

/// Something that others want to know at once. Whoever does not hear of it finds it in the database later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A user's entries or marks changed.
    Changed(UserId),
    /// Feeds became due.
    Due,
    /// Word may have been missed: anything may have changed.
    Missed,
}

/// The events of one process.
#[derive(Clone)]
pub(super) struct Events {
    sender: broadcast::Sender<Event>,
}

/// One who listens.
pub struct Listener {
    receiver: broadcast::Receiver<Event>,
}

impl Default for Events {
    fn default() -> Self {
        Self { sender: broadcast::channel(EVENTS_BEHIND).0 }
    }
}

impl Events {
    pub(super) fn tell(&self, event: Event) {
        // An error means that nobody listens.
        let _ = self.sender.send(event);
    }

    pub(super) fn listen(&self) -> Listener {
        Listener { receiver: self.sender.subscribe() }
    }
}

impl Listener {
    /// Waits for the next event.
    pub async fn next(&mut self) -> Event {
        match self.receiver.recv().await {
            Ok(event) => event,
            Err(broadcast::error::RecvError::Lagged(_)) => Event::Missed,
            // The program ends.
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }

    /// Passes over what was told and not heard yet, because everything is looked at now.
    pub fn skip(&mut self) {
        self.receiver = self.receiver.resubscribe();
    }

    /// Waits until something of the user's may have changed.
    pub async fn changed(&mut self, user: UserId) {
        loop {
            match self.next().await {
                Event::Changed(other) if other != user => {}
                Event::Due => {}
                Event::Changed(_) | Event::Missed => return,
            }
        }
    }
}

impl Event {
    /// As it goes from replica to replica.
    pub(super) fn to_wire(self) -> String {
        match self {
            Self::Changed(user) => format!("changed {user}"),
            Self::Due => "due".to_owned(),
            Self::Missed => "missed".to_owned(),
        }
    }

    /// A newer replica may send words that this one does not know.
    pub(super) fn from_wire(text: &str) -> Option<Self> {
        match text.split_once(' ').unwrap_or((text, "")) {
            ("changed", user) => user.parse().ok().map(Self::Changed),
            ("due", "") => Some(Self::Due),
            ("missed", "") => Some(Self::Missed),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_survive_the_way_and_strange_words_are_passed_over() {
        for event in [Event::Changed(UserId::new(7)), Event::Due, Event::Missed] {
            assert_eq!(Event::from_wire(&event.to_wire()), Some(event));
        }
        for text in ["", "changed", "changed x", "due 1", "exploded 3"] {
            assert_eq!(Event::from_wire(text), None, "{text}");
        }
    }

    #[tokio::test]
    async fn a_listener_that_fell_behind_looks_at_everything() {
        let events = Events::default();
        let mut listener = events.listen();
        for _ in 0..=EVENTS_BEHIND {
            events.tell(Event::Due);
        }
        assert_eq!(listener.next().await, Event::Missed);
    }
}
