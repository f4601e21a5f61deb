//! Whose feed is next: hosts take turns, and none has more than its share of the places.
//!
//! A host with a thousand feeds answers a few of them at a time. The others wait here, where waiting costs nothing,
//! rather than in places that feeds of other hosts could use.

use std::collections::{HashMap, VecDeque};

use tokio::time::Instant;
use yomu_store::DueFeed;

/// Feeds whose leases are held and that are not yet in work, by host.
pub(super) struct HostQueue {
    /// Feeds of one host in work at once.
    share: usize,
    /// Every host with a feed in work or waiting.
    hosts: HashMap<Box<str>, Host>,
    /// Hosts with a feed waiting and part of their share left, in the order of their turns.
    turns: VecDeque<Box<str>>,
}

#[derive(Default)]
struct Host {
    in_work: usize,
    /// Each with the moment when its lease was taken.
    waiting: VecDeque<(DueFeed, Instant)>,
}

/// A feed whose turn has come.
pub(super) struct Next {
    pub(super) feed: DueFeed,
    /// When its lease was taken.
    pub(super) since: Instant,
    /// Whether none of its host waits any longer, so that more of them may be taken.
    pub(super) is_last: bool,
}

impl HostQueue {
    pub(super) fn new(share: usize) -> Self {
        Self { share: share.max(1), hosts: HashMap::new(), turns: VecDeque::new() }
    }

    /// Takes in a feed whose lease was just taken.
    pub(super) fn push(&mut self, feed: DueFeed, since: Instant) {
        let origin = feed.source.origin();
        let host = match self.hosts.get_mut(origin) {
            Some(host) => host,
            None => self.hosts.entry(origin.into()).or_default(),
        };
        if host.waiting.is_empty() && host.in_work < self.share {
            self.turns.push_back(origin.into());
        }
        host.waiting.push_back((feed, since));
    }

    /// The next feed, which counts as in work from now on; none when every host with waiting feeds has its share.
    pub(super) fn next(&mut self) -> Option<Next> {
        let origin = self.turns.pop_front()?;
        let host = self.hosts.get_mut(&origin)?;
        let (feed, since) = host.waiting.pop_front()?;
        host.in_work += 1;
        let is_last = host.waiting.is_empty();
        if !is_last && host.in_work < self.share {
            self.turns.push_back(origin);
        }
        Some(Next { feed, since, is_last })
    }

    /// A feed of this origin is in work no more.
    pub(super) fn ended(&mut self, origin: &str) {
        let Some(host) = self.hosts.get_mut(origin) else { return };
        // With its share used up, the host had no turn to come.
        if host.in_work == self.share && !host.waiting.is_empty() {
            self.turns.push_back(origin.into());
        }
        host.in_work = host.in_work.saturating_sub(1);
        if host.in_work == 0 && host.waiting.is_empty() {
            self.hosts.remove(origin);
        }
    }

    /// The origins that have feeds waiting: more of theirs would only wait longer.
    pub(super) fn crowded(&self) -> Vec<String> {
        let crowded = self.hosts.iter().filter(|(_, host)| !host.waiting.is_empty());
        crowded.map(|(origin, _)| origin.to_string()).collect()
    }

    /// Everything that still waits.
    pub(super) fn into_waiting(self) -> impl Iterator<Item = DueFeed> {
        self.hosts.into_values().flat_map(|host| host.waiting).map(|(feed, _)| feed)
    }
}

#[cfg(test)]
mod tests {
    use yomu_model::ids::FeedId;
    use yomu_store::{FeedSource, Lease, Validators};

    use super::*;

    #[test]
    fn hosts_take_turns_and_none_exceeds_its_share() {
        let mut queue = queue(2, &["http://a/1", "http://a/2", "http://a/3", "http://a/4", "http://b/1", "http://c/1"]);
        assert_eq!(ready(&mut queue), ["http://a/1", "http://b/1", "http://c/1", "http://a/2"]);
        assert_eq!(queue.crowded(), ["http://a/"]);
        queue.ended("http://b/");
        assert_eq!(ready(&mut queue), [""; 0], "what ends at one host makes no room at another");
        queue.ended("http://a/");
        assert_eq!(ready(&mut queue), ["http://a/3"]);
        queue.ended("http://a/");
        let last = queue.next().unwrap();
        assert_eq!((last.feed.source.url.as_str(), last.is_last), ("http://a/4", true));
        assert!(queue.crowded().is_empty());
    }

    #[test]
    fn two_that_end_make_room_for_two() {
        let mut queue = queue(2, &["http://a/1", "http://a/2", "http://a/3", "http://a/4"]);
        assert_eq!(ready(&mut queue).len(), 2);
        queue.ended("http://a/");
        queue.ended("http://a/");
        assert_eq!(ready(&mut queue), ["http://a/3", "http://a/4"]);
    }

    #[test]
    fn what_comes_later_waits_behind_its_own_host_alone() {
        let mut queue = queue(1, &["http://a/1", "http://a/2"]);
        assert_eq!(ready(&mut queue), ["http://a/1"]);
        for url in ["http://a/3", "http://b/1"] {
            queue.push(feed(url), Instant::now());
        }
        assert_eq!(ready(&mut queue), ["http://b/1"]);
        queue.ended("http://a/");
        assert_eq!(ready(&mut queue), ["http://a/2"]);
        let left: Vec<String> = queue.into_waiting().map(|feed| feed.source.url).collect();
        assert_eq!(left, ["http://a/3"]);
    }

    #[test]
    fn idle_hosts_are_forgotten() {
        let mut queue = queue(2, &["http://a/1", "http://b/1"]);
        ready(&mut queue);
        for origin in ["http://a/", "http://b/", "http://never-seen/"] {
            queue.ended(origin);
        }
        assert!(queue.hosts.is_empty() && queue.turns.is_empty());
    }

    fn queue(share: usize, urls: &[&str]) -> HostQueue {
        let mut queue = HostQueue::new(share);
        urls.iter().for_each(|url| queue.push(feed(url), Instant::now()));
        queue
    }

    /// Everything that may go to work now.
    fn ready(queue: &mut HostQueue) -> Vec<String> {
        std::iter::from_fn(|| queue.next()).map(|next| next.feed.source.url).collect()
    }

    fn feed(url: &str) -> DueFeed {
        DueFeed {
            lease: Lease { feed: FeedId::new(1), token: 1 },
            source: FeedSource::at(url),
            title: String::new(),
            validators: Validators::default(),
            body_hash: None,
            interval: None,
            error_count: 0,
            changed_at: None,
            site_url: None,
            icon_checked_at: None,
            full_text: false,
        }
    }
}
