//! `GET /unread`, `/all`, `/starred`, `/saved`, `/feeds/{id}`, `/folders/{id}`: lists of entries.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use yomu_model::ids::{FolderId, SubscriptionId};
use yomu_model::name::TagName;
use yomu_store::{Order, Page, Subscription, View};

use crate::web::Web;
use crate::web::cursor::{read_cursor, write_cursor};
use crate::web::error::WebError;
use crate::web::limits::LIST_ENTRIES;
use crate::web::list_name::ListName;
use crate::web::path_id::PathId;
use crate::web::views::{Frame, Link, ListView, Message, Places, Row, site_name, web_address};
use crate::web::visit::{Visit, see_other};
use crate::web::words::Words;

/// What an address says about a list. What it says wrongly counts as not said.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::web) struct ListQuery {
    /// `all` or `unread`, for feeds and folders.
    show: String,
    /// `oldest` or `newest`.
    order: String,
    /// Where the page before ended.
    after: String,
}

/// Everything unread.
pub(in crate::web) async fn unread(
    web: State<Web>,
    visit: Visit,
    query: Query<ListQuery>,
) -> Result<Response, WebError> {
    show(&web, &visit, &query, View::Unread, visit.words.unread, None).await
}

/// Everything.
pub(in crate::web) async fn all(web: State<Web>, visit: Visit, query: Query<ListQuery>) -> Result<Response, WebError> {
    show(&web, &visit, &query, View::All, visit.words.all, None).await
}

/// What was starred.
pub(in crate::web) async fn starred(
    web: State<Web>,
    visit: Visit,
    query: Query<ListQuery>,
) -> Result<Response, WebError> {
    show(&web, &visit, &query, View::Starred, visit.words.starred, None).await
}

/// Pages saved by hand.
pub(in crate::web) async fn saved(
    web: State<Web>,
    visit: Visit,
    query: Query<ListQuery>,
) -> Result<Response, WebError> {
    show(&web, &visit, &query, View::Saved, visit.words.saved, None).await
}

/// One feed.
pub(in crate::web) async fn feed(
    web: State<Web>,
    visit: Visit,
    PathId(id): PathId<SubscriptionId>,
    query: Query<ListQuery>,
) -> Result<Response, WebError> {
    let Some(feed) = web.app.store.subscription(visit.user, id).await? else { return Err(WebError::NotFound) };
    let view = View::Feed { id, unread_only: query.show != "all" };
    show(&web, &visit, &query, view, feed.title(), Some(&feed)).await
}

/// One folder.
pub(in crate::web) async fn folder(
    web: State<Web>,
    visit: Visit,
    PathId(id): PathId<FolderId>,
    query: Query<ListQuery>,
) -> Result<Response, WebError> {
    let Some(folder) = web.app.store.folder(visit.user, id).await? else { return Err(WebError::NotFound) };
    let view = View::Folder { id, unread_only: query.show != "all" };
    show(&web, &visit, &query, view, &folder.title, None).await
}

/// One tag, by its number; by its name, the way there.
pub(in crate::web) async fn tag(
    web: State<Web>,
    visit: Visit,
    Path(tag): Path<String>,
    query: Query<ListQuery>,
) -> Result<Response, WebError> {
    let store = &web.app.store;
    if let Ok(id) = tag.parse()
        && let Some(name) = store.tag_name(visit.user, id).await?
    {
        return show(&web, &visit, &query, View::Tag(id), &name, None).await;
    }
    let name = TagName::parse(&tag).map_err(|_| WebError::NotFound)?;
    let Some(id) = store.tag_named(visit.user, &name).await? else { return Err(WebError::NotFound) };
    Ok(see_other(&format!("/tags/{id}"), None))
}

/// One walk along an index, and three small numbers beside it.
async fn show(
    web: &Web,
    visit: &Visit,
    query: &ListQuery,
    view: View,
    title: &str,
    feed: Option<&Subscription>,
) -> Result<Response, WebError> {
    let order = if query.order == "oldest" { Order::Oldest } else { Order::Newest };
    let list = ListName { view, order };
    let store = &web.app.store;
    let (page, places, newest) = tokio::try_join!(
        store.entries(visit.user, view, order, read_cursor(&query.after), LIST_ENTRIES),
        Places::load(web, visit),
        store.newest_entry(),
    )?;
    visit.page(&ListView {
        site: feed.map(site),
        settings_path: feed.map(|feed| format!("/feeds/{}/settings", feed.id)).unwrap_or_default(),
        toggle: toggle(list, visit.words),
        order: order_link(list, visit.words),
        refresh_path: feed.map_or_else(|| "/refresh".to_owned(), |feed| format!("/feeds/{}/refresh", feed.id)),
        can_mark: page.entries.iter().any(|entry| entry.unread),
        trouble: feed.and_then(|feed| Some((feed.id, Message::of_feed(feed, visit)?))),
        list: list.to_string(),
        from: format!("from={list}"),
        newest,
        empty: empty(view, visit.words),
        empty_link: empty_link(list, visit.words),
        next: next_page(list, &page),
        entries: page.entries.into_iter().map(|entry| Row::new(entry, visit)).collect(),
        frame: Frame::new(visit, title, places),
        title: title.to_owned(),
    })
}

/// The feed's site; where it names none, its own address.
fn site(feed: &Subscription) -> Link {
    let site = feed.site_url.as_deref().and_then(web_address);
    let path = site.unwrap_or(&feed.source.url);
    Link { label: site_name(path).to_owned(), path: path.to_owned() }
}

fn toggle(list: ListName, words: &Words) -> Option<Link> {
    let shows_read = !list.is_unread_only();
    let label = if shows_read { words.show_unread } else { words.show_all };
    Some(Link { path: list.with_read(!shows_read)?.path(), label: label.to_owned() })
}

fn order_link(list: ListName, words: &Words) -> Link {
    // The link names what is, and leads to the other.
    let label = match list.order {
        Order::Newest => words.newest_first,
        Order::Oldest => words.oldest_first,
    };
    Link { path: list.reversed().path(), label: label.to_owned() }
}

fn empty(view: View, words: &Words) -> &'static str {
    match view {
        View::Unread | View::Feed { unread_only: true, .. } | View::Folder { unread_only: true, .. } => {
            words.nothing_unread
        }
        View::Starred => words.nothing_starred,
        View::Saved => words.nothing_saved,
        View::All | View::Feed { .. } | View::Folder { .. } | View::Tag(_) => words.nothing_here,
    }
}

/// Where to go from a list with nothing in it.
fn empty_link(list: ListName, words: &Words) -> Option<Link> {
    let link = |path: &str, label: &str| Some(Link { path: path.to_owned(), label: label.to_owned() });
    match list.view {
        View::Unread => link("/all", words.show_all),
        View::Feed { unread_only: true, .. } | View::Folder { unread_only: true, .. } => toggle(list, words),
        View::Saved | View::All => link("/add", words.add_title),
        View::Starred | View::Feed { .. } | View::Folder { .. } | View::Tag(_) => None,
    }
}

fn next_page(list: ListName, page: &Page) -> Option<String> {
    let path = list.path();
    let joint = if path.contains('?') { '&' } else { '?' };
    page.next.map(|cursor| format!("{path}{joint}after={}", write_cursor(cursor)))
}
