//! `/feeds`: what the user reads. Making and changing one have files of their own.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde::Serialize;
use yomu_model::ids::SubscriptionId;

use super::error::{Answer, Refusal};
use super::feed_json::FeedJson;
use super::input::{Id, json, json_text};
use crate::actions::refresh_now::{refresh_all as make_all_due, refresh_feed};
use crate::actions::unsubscribe::unsubscribe;
use crate::api::Api;
use crate::api::caller::Caller;
use crate::api::library;
use crate::tallies::Tally;

/// All feeds.
pub(super) async fn list(State(api): State<Api>, caller: Caller) -> Answer {
    let feeds = library::feeds(&api.app, caller.user.id).await?;
    let now = api.app.now();
    Ok(json(&feeds.iter().map(|feed| FeedJson::new(&caller.user, feed, now)).collect::<Vec<_>>()))
}

/// One feed.
pub(super) async fn show(State(api): State<Api>, caller: Caller, Id(id): Id<SubscriptionId>) -> Answer {
    let feed = library::feed(&api.app, caller.user.id, id).await?.ok_or(Refusal::NotFound)?;
    Ok(json(&FeedJson::new(&caller.user, &feed, api.app.now())))
}

/// Ends a subscription. Pages have a button that takes it back for a day.
pub(super) async fn remove(State(api): State<Api>, caller: Caller, Id(id): Id<SubscriptionId>) -> Answer {
    unsubscribe(&api.app, caller.user.id, id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[derive(Default, Serialize)]
struct CountersJson {
    reads: BTreeMap<i64, u32>,
    unreads: BTreeMap<i64, u32>,
}

/// How many entries are read and unread; feeds with none are left out.
pub(super) async fn counters(State(api): State<Api>, caller: Caller) -> Answer {
    let user = caller.user.id;
    let text = api.app.tally(Tally::Counters, user, async || {
        let mut counters = CountersJson::default();
        for (feed, all, unread) in api.app.store.counters(user).await? {
            let read = all.saturating_sub(unread);
            if read > 0 {
                counters.reads.insert(feed.get(), read);
            }
            if unread > 0 {
                counters.unreads.insert(feed.get(), unread);
            }
        }
        Ok(serde_json::to_vec(&counters).expect("numbers are JSON"))
    });
    Ok(json_text(text.await?))
}

/// Makes all feeds due; they are fetched in the background.
pub(super) async fn refresh_all(State(api): State<Api>, caller: Caller) -> Answer {
    make_all_due(&api.app, caller.user.id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Fetches a feed now, and answers when that is done.
pub(super) async fn refresh(State(api): State<Api>, caller: Caller, Id(id): Id<SubscriptionId>) -> Answer {
    let feed = library::feed(&api.app, caller.user.id, id).await?.ok_or(Refusal::NotFound)?;
    if !feed.is_saved_pages {
        refresh_feed(&api.app, caller.user.id, id).await?;
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}
