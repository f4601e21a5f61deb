//! Watches: an answer that goes on, a line for each change.
//!
//! `docs/reference/using-api/api-concepts.md` of kubernetes/website, "Efficient detection of changes", and
//! `staging/src/k8s.io/apiserver/pkg/storage/cacher` of kubernetes/kubernetes.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep_until};

use super::limits::{BOOKMARK_TIME, WATCH_TIME};
use super::objects::{Change, Forgotten};
use super::selector::Selector;
use super::store::{self, Key, Refusal};
use super::{is_server_up, nodes};
use crate::fault::Fault;
use crate::http::Response;
use crate::latency;
use crate::world::{Lost, State, World};

/// An open watch.
#[derive(Debug)]
pub struct Watch {
    world: World,
    address: String,
    start: Start,
    /// The time of the client runs on its own clock, however fast the world's is.
    ends: Instant,
    next_bookmark: Instant,
    is_over: bool,
}

/// How somebody wants to watch.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    /// Only what happened after the change of this number; none for whoever wants what is there first.
    pub(super) since: Option<u64>,
    /// Whether what is there shall come first, where somebody says so.
    pub(super) sends_what_is_there: Option<bool>,
    pub(super) time: Option<Duration>,
    pub(super) wants_bookmarks: bool,
}

/// A watch as it begins.
#[derive(Debug)]
pub(super) struct Start {
    collection: Key,
    selector: Selector,
    /// The cluster that is watched: another one answers to nobody who watched this one.
    authority: String,
    began: Duration,
    /// The number of the last change that was looked at.
    seen: u64,
    /// What comes first.
    first: Vec<u8>,
    time: Duration,
    wants_bookmarks: bool,
}

/// What a watch has to say now.
enum Turn {
    Lines(Vec<u8>),
    /// The last lines, if there are any, and then the end of the body.
    End(Vec<u8>),
    Broken,
}

/// The head of every watch's answer.
pub(crate) fn head() -> Response {
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    Response { headers, ..Response::empty(200, "OK") }
}

/// Somebody begins to watch a collection.
pub(super) fn begin(state: &State, collection: Key, selector: Selector, wish: &Wish) -> Result<Start, Refusal> {
    let revision = state.cluster.objects.revision();
    let begins_with_all = wish.sends_what_is_there.unwrap_or(wish.since.is_none());
    let mut first = Vec::new();
    if begins_with_all {
        store::select(state, &collection, &selector).for_each(|object| first.extend(line("ADDED", object)));
        if wish.sends_what_is_there.is_some() && wish.wants_bookmarks {
            first.extend(bookmark(&collection, revision, &json!({ "k8s.io/initial-events-end": "true" })));
        }
    }
    let seen = wish.since.filter(|_| !begins_with_all).unwrap_or(revision);
    Ok(Start {
        collection,
        selector,
        authority: state.cluster.authority.clone(),
        began: state.cluster.began,
        seen,
        first,
        time: wish.time.unwrap_or(WATCH_TIME),
        wants_bookmarks: wish.wants_bookmarks,
    })
}

impl Watch {
    pub(super) fn new(world: World, address: &str, start: Start) -> Self {
        let now = Instant::now();
        // A time-out beyond all time is none.
        let ends = now.checked_add(start.time).unwrap_or(now + WATCH_TIME);
        Self { world, address: address.to_owned(), start, ends, next_bookmark: now + BOOKMARK_TIME, is_over: false }
    }

    /// The next lines of the body, as soon as there are any; none at its end.
    ///
    /// # Errors
    /// [`Lost`] when the connection breaks. It stays broken.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Lost> {
        if self.is_over {
            return Ok(None);
        }
        let turn = self.turn().await;
        self.world.pass(latency::KUBERNETES_WAY).await;
        match turn {
            Turn::Lines(lines) => Ok(Some(lines)),
            Turn::End(lines) => {
                self.is_over = true;
                Ok((!lines.is_empty()).then_some(lines))
            }
            Turn::Broken => {
                self.is_over = true;
                Err(Lost { reason: "connection reset by peer".to_owned(), was_sent: true })
            }
        }
    }

    async fn turn(&mut self) -> Turn {
        let world = self.world.clone();
        loop {
            // Asked for before the look, so that nothing is missed that happens right after it.
            let stirred = world.stirred();
            let wakes = {
                let mut state = world.look();
                if let Some(turn) = self.look(&mut state) {
                    return turn;
                }
                state.next_happening().map_or(self.ends, |at| world.instant(at))
            };
            let wakes =
                wakes.min(self.ends).min(if self.start.wants_bookmarks { self.next_bookmark } else { self.ends });
            tokio::select! {
                () = stirred => {}
                () = sleep_until(wakes) => {}
            }
        }
    }

    /// What there is to say, if anything.
    fn look(&mut self, state: &mut State) -> Option<Turn> {
        let start = &mut self.start;
        let is_the_same = state.cluster.authority == start.authority && state.cluster.began == start.began;
        if !is_the_same || !is_server_up(state, &self.address) {
            return Some(Turn::Broken);
        }
        if start.collection.kind == "Node" {
            nodes::publish(state);
        }
        let mut lines = std::mem::take(&mut start.first);
        match state.cluster.objects.since(start.seen) {
            Ok(changes) => changes.for_each(|change| lines.extend(start.line_of(change))),
            Err(forgotten) => return Some(Turn::End(expired(start.seen, forgotten))),
        }
        start.seen = start.seen.max(state.cluster.objects.revision());
        if !lines.is_empty() {
            if state.fault("cluster", Fault::KubernetesError, 1) {
                // In good order, as when the server is about to restart, or not.
                return Some(if state.faults.below(2) == 0 { Turn::End(Vec::new()) } else { Turn::Broken });
            }
            return Some(Turn::Lines(lines));
        }
        let bookmark = || bookmark(&start.collection, start.seen, &Value::Null);
        let now = Instant::now();
        if now >= self.ends {
            return Some(Turn::End(if start.wants_bookmarks { bookmark() } else { Vec::new() }));
        }
        if start.wants_bookmarks && now >= self.next_bookmark {
            self.next_bookmark = now + BOOKMARK_TIME;
            return Some(Turn::Lines(bookmark()));
        }
        None
    }
}

impl Start {
    /// What a change is to this watch: an object that comes to be what is asked for is new to it, and one that ceases to be so
    /// is gone.
    fn line_of(&self, change: &Change) -> Vec<u8> {
        if !change.key.is_in(&self.collection) {
            return Vec::new();
        }
        let selected = |object: &'_ Option<Value>| object.as_ref().is_some_and(|object| self.selector.selects(object));
        match (&change.before, &change.after) {
            (before, Some(after)) if selected(&change.after) => {
                line(if selected(before) { "MODIFIED" } else { "ADDED" }, after)
            }
            (Some(before), _) if selected(&change.before) => {
                // The object as it was last seen, with the number of its end.
                let mut object = before.clone();
                object["metadata"]["resourceVersion"] = json!(change.revision.to_string());
                line("DELETED", &object)
            }
            _ => Vec::new(),
        }
    }
}

fn line(what: &str, object: &Value) -> Vec<u8> {
    format!("{}\n", json!({ "type": what, "object": object })).into_bytes()
}

/// How far the watch is.
fn bookmark(collection: &Key, revision: u64, annotations: &Value) -> Vec<u8> {
    let mut metadata = json!({ "resourceVersion": revision.to_string() });
    if !annotations.is_null() {
        metadata["annotations"] = annotations.clone();
    }
    let object = json!({ "kind": collection.kind, "apiVersion": collection.api_version, "metadata": metadata });
    line("BOOKMARK", &object)
}

/// Whoever hears this lists anew.
fn expired(seen: u64, forgotten: Forgotten) -> Vec<u8> {
    let message = format!("too old resource version: {seen} ({})", forgotten.oldest);
    let status = json!({
        "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
        "message": message, "reason": "Expired", "code": 410,
    });
    line("ERROR", &status)
}

#[cfg(test)]
mod tests;
