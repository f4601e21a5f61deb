//! What can be done for a feed that is no longer where it was: its site is asked where it is now, or it is let be.

use url::Url;
use yomu_model::ids::{SubscriptionId, UserId};
use yomu_store::Subscription;

use super::add_feed::{Discovered, discover_feeds};
use super::change_feed::{FeedChange, change_feed_partly};
use super::refresh_now::refresh_feed;
use super::undo::Undo;
use crate::App;
use crate::trouble::{ActionError, Trouble};

/// What the search for a feed's address brought.
#[derive(Debug, PartialEq, Eq)]
pub enum NewAddress {
    /// The one that was found is the feed's address now, and what is there was fetched.
    Used,
    /// The feed is well where it is.
    Same,
    /// The site names several.
    Choose(Vec<Discovered>),
}

/// Looks for a feed at its own address and then on its site, and takes what it finds if that is one.
///
/// # Errors
/// Trouble when there is none, or it cannot be fetched; a failure of the database.
pub async fn find_address(app: &App, user: UserId, id: SubscriptionId) -> Result<NewAddress, ActionError> {
    let feed = subscription(app, user, id).await?;
    for place in places(&feed) {
        // Neither place is sent the feed's password: what is found there may belong to others.
        let found = match discover_feeds(app, &place, None).await {
            Ok(found) => found,
            Err(ActionError::Trouble(_)) => continue,
            Err(error) => return Err(error),
        };
        if found.iter().any(|one| one.url == feed.source.url) {
            refresh_feed(app, user, id).await?;
            return Ok(NewAddress::Same);
        }
        match found.as_slice() {
            [] => {}
            [one] => {
                use_address(app, user, id, &one.url).await?;
                return Ok(NewAddress::Used);
            }
            _ => return Ok(NewAddress::Choose(found)),
        }
    }
    let title = feed.title();
    let text = format!("no feed was found on the site of `{title}`; look there in a browser, or unsubscribe");
    Err(Trouble::new("no_new_address", text).into())
}

/// Asks for a feed at another address from now on, and at once.
///
/// # Errors
/// Trouble when the address cannot be used or fetched; a failure of the database.
pub async fn use_address(app: &App, user: UserId, id: SubscriptionId, address: &str) -> Result<(), ActionError> {
    let feed = subscription(app, user, id).await?;
    let origin = |url: &str| Url::parse(url).map(|url| url.origin());
    let is_elsewhere = !matches!((origin(&feed.source.url), origin(address)), (Ok(old), Ok(new)) if old == new);
    // A password was given for one site and is not told to another.
    let username = is_elsewhere.then(String::new);
    let change = FeedChange { address: Some(address.to_owned()), username, ..FeedChange::default() };
    change_feed_partly(app, user, id, change).await?;
    refresh_feed(app, user, id).await
}

/// Keeps a feed in trouble as it is, and says no more of that trouble. Returns the way back.
///
/// # Errors
/// When the user has no such feed; a failure of the database.
pub async fn hush_feed(app: &App, user: UserId, id: SubscriptionId) -> Result<Undo, ActionError> {
    if !app.store.hush(user, id, app.now()).await? {
        return Err(ActionError::NotFound { what: "feed" });
    }
    app.changed(user).await;
    Ok(Undo::Hush { id })
}

/// Says again what is wrong with a feed that was kept silently.
///
/// # Errors
/// When the user has no such feed; a failure of the database.
pub async fn unhush_feed(app: &App, user: UserId, id: SubscriptionId) -> Result<(), ActionError> {
    if !app.store.unhush(user, id).await? {
        return Err(ActionError::NotFound { what: "feed" });
    }
    app.changed(user).await;
    Ok(())
}

async fn subscription(app: &App, user: UserId, id: SubscriptionId) -> Result<Subscription, ActionError> {
    app.store.subscription(user, id).await?.ok_or(ActionError::NotFound { what: "feed" })
}

/// Where a feed may be named: at its own address, on its site, and else at the front door of its host.
fn places(feed: &Subscription) -> Vec<String> {
    let own = feed.source.url.clone();
    let door = Url::parse(&own).and_then(|url| url.join("/")).map(String::from).ok();
    let site = feed.site_url.clone().filter(|url| url.starts_with("http")).or(door).filter(|site| *site != own);
    std::iter::once(own).chain(site).collect()
}
