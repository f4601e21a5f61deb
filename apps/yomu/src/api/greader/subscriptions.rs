//! `/subscription/list`.

use axum::extract::State;
use serde::Serialize;

use super::stream::{feed_name, label_name};
use super::visit::{Answer, Visit, json};
use crate::api::Api;
use crate::api::icon_links::IconLinks;
use crate::api::library::{self, Feed};

#[derive(Serialize)]
struct SubscriptionsJson<'a> {
    subscriptions: Vec<SubscriptionJson<'a>>,
}

#[derive(Serialize)]
struct SubscriptionJson<'a> {
    id: String,
    title: &'a str,
    categories: Vec<CategoryJson<'a>>,
    url: &'a str,
    #[serde(rename = "htmlUrl")]
    html_url: &'a str,
    #[serde(rename = "iconUrl")]
    icon_url: String,
    sortid: String,
    firstitemmsec: &'static str,
}

#[derive(Serialize)]
struct CategoryJson<'a> {
    id: String,
    label: &'a str,
}

/// All feeds with their labels.
pub(super) async fn list(State(api): State<Api>, visit: Visit) -> Answer {
    let feeds = library::feeds(&api.app, visit.user.id).await?;
    let icons = IconLinks::new(&api, &visit.headers, visit.user.id).await?;
    let subscriptions = feeds.iter().map(Feed::from).map(|feed| SubscriptionJson {
        id: feed_name(feed.id),
        title: feed.title(&visit.user),
        categories: feed.folder_title.map(|label| CategoryJson { id: label_name(label), label }).into_iter().collect(),
        url: feed.url,
        html_url: feed.site_url,
        icon_url: icons.link(feed.icon_id),
        sortid: format!("{:08X}", feed.id.get()),
        firstitemmsec: "0",
    });
    Ok(json(&SubscriptionsJson { subscriptions: subscriptions.collect() }))
}
