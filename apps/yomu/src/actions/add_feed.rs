//! Subscribes to what is at an address: a feed, or the feed of a page.

use url::Url;
use yomu_feed::Format;
use yomu_feed::discover::{Candidate, FormatHint, How, candidates, common_paths, from_address};
use yomu_feed::encoding::decode;
use yomu_model::ids::{SubscriptionId, UserId};
use yomu_store::{Credentials, FeedSource};

use super::{folder_titled, parse_address};
use crate::App;
use crate::fetch::{self, Answer, Document, Kind, Request};
use crate::ingest::{CUT_OFF, ReadDocument};
use crate::jobs::take_in;
use crate::limits::{COMMON_PATHS_TRIED, LEASE};
use crate::random::random_i64;
use crate::trouble::{ActionError, Trouble};

/// What to subscribe to.
#[derive(Debug)]
pub struct AddFeed<'a> {
    /// The address of a feed or a page, as it was pasted.
    pub address: &'a str,
    /// The title of a folder, made if there is none.
    pub folder: Option<&'a str>,
    /// Name and password, for a feed that asks for them.
    pub credentials: Option<Credentials>,
}

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Added {
    /// The user reads the feed.
    Subscribed {
        /// The subscription.
        id: SubscriptionId,
        /// Whether it is new.
        is_new: bool,
    },
    /// The page has several feeds.
    Choose(Vec<Choice>),
}

/// One of several feeds of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its address.
    pub url: String,
    /// What the page calls it.
    pub title: String,
    /// What the page says it is: `rss`, `atom` or `json`.
    pub format: &'static str,
}

/// Subscribes the user to a feed, or says among which feeds of a page to choose.
///
/// # Errors
/// Trouble when nothing can be fetched there or no feed is found; a failure of the database.
pub async fn add_feed(app: &App, user: UserId, add: AddFeed<'_>) -> Result<Added, ActionError> {
    let url = parse_address(add.address)?;
    // What was typed without a scheme may live on a server at home that has no certificate.
    let may_be_plain = !add.address.contains("://");
    let found = match find(app, &url, add.credentials.as_ref()).await {
        Err(ActionError::Trouble(trouble)) if may_be_plain && matches!(trouble.kind.as_str(), "refused" | "tls") => {
            let mut plain = url.clone();
            // Only addresses without a host cannot change their scheme, and this one has a host.
            let _ = plain.set_scheme("http");
            find(app, &plain, add.credentials.as_ref()).await.map_err(|_| trouble)?
        }
        found => found?,
    };
    match found {
        Found::Feed(document, asked) => subscribe(app, user, add, *document, asked).await,
        Found::Several(choices) => Ok(Added::Choose(choices)),
    }
}

/// A feed that an address leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovered {
    /// Its address.
    pub url: String,
    /// What it or the page calls it.
    pub title: String,
    /// What it is: `rss`, `atom`, `json` or `rdf`.
    pub format: &'static str,
}

/// The feeds that an address leads to, without subscribing: itself, or those of the page there. None is no failure.
///
/// # Errors
/// Trouble when nothing can be fetched there.
pub async fn discover_feeds(
    app: &App,
    address: &str,
    credentials: Option<&Credentials>,
) -> Result<Vec<Discovered>, ActionError> {
    let url = parse_address(address)?;
    match find(app, &url, credentials).await {
        Ok(Found::Feed(document, asked)) => {
            let url = document.moved_to.clone().unwrap_or(asked);
            let read = app.compute(move || ReadDocument::read(&document, None)).await;
            let Some(Ok(read)) = read else { return Ok(Vec::new()) };
            let format = match read.feed.format {
                Format::Atom03 | Format::Atom10 => "atom",
                Format::JsonFeed10 | Format::JsonFeed11 => "json",
                Format::Rss10 => "rdf",
                _ => "rss",
            };
            Ok(vec![Discovered { url: without_user(url), title: read.feed.title, format }])
        }
        Ok(Found::Several(choices)) => Ok(choices
            .into_iter()
            .map(|choice| Discovered { url: choice.url, title: choice.title, format: choice.format })
            .collect()),
        Err(ActionError::Trouble(trouble)) if trouble.kind == "no_feed" => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

enum Found {
    /// A feed's document, and the address that was asked for it.
    Feed(Box<Document>, Url),
    Several(Vec<Choice>),
}

async fn find(app: &App, url: &Url, credentials: Option<&Credentials>) -> Result<Found, ActionError> {
    for known in from_address(url) {
        if let Some(found) = try_feed(app, known.url).await {
            return Ok(found);
        }
    }
    let document = get(app, url, credentials).await?;
    let (document, is_feed) = check(app, document).await?;
    if is_feed {
        return Ok(Found::Feed(Box::new(document), url.clone()));
    }
    let html = decode(&document.bytes, document.content_type.as_deref(), None).text;
    let named = candidates(&html, &document.url);
    let (certain, guessed): (Vec<_>, Vec<_>) =
        named.into_iter().partition(|one| matches!(one.how, How::LinkElement | How::KnownSite));
    if certain.len() > 1 {
        return Ok(Found::Several(certain.into_iter().map(choice).collect()));
    }
    let paths = common_paths(&document.url).into_iter().take(COMMON_PATHS_TRIED);
    for one in certain.into_iter().chain(guessed.into_iter().take(COMMON_PATHS_TRIED)).chain(paths) {
        if let Some(found) = try_feed(app, one.url).await {
            return Ok(found);
        }
    }
    Err(Trouble::new("no_feed", format!("no feed was found at {url}; save the page for later instead")).into())
}

fn choice(candidate: Candidate) -> Choice {
    let url = candidate.url.to_string();
    let format = match candidate.format {
        FormatHint::Atom => "atom",
        FormatHint::Json => "json",
        FormatHint::Rss | FormatHint::Unknown => "rss",
    };
    Choice { title: candidate.title.unwrap_or_else(|| url.clone()), url, format }
}

/// The document at an address, if it is a feed.
async fn try_feed(app: &App, url: Url) -> Option<Found> {
    let document = get(app, &url, None).await.ok()?;
    let (document, is_feed) = check(app, document).await.ok()?;
    is_feed.then(|| Found::Feed(Box::new(document), url))
}

async fn get(app: &App, url: &Url, credentials: Option<&Credentials>) -> Result<Document, Trouble> {
    let credentials =
        credentials.map(|given| fetch::Credentials { user: given.username.clone(), password: given.password.clone() });
    let request = Request { credentials, ..Request::new(url.clone(), Kind::Feed) };
    match app.fetcher.get(&request).await {
        Ok(Answer::Document(document)) => Ok(document),
        Ok(Answer::NotModified(_)) => Err(Trouble::new("empty", format!("{url} sent nothing"))),
        Err(error) => Err(Trouble::new(error.kind(), error.to_string())),
    }
}

/// Whether a document is a feed. One that breaks off at its beginning is an error: it holds no links to look through.
async fn check(app: &App, document: Document) -> Result<(Document, bool), Trouble> {
    let read = app.compute(move || match ReadDocument::read(&document, None) {
        Ok(_) => Ok((document, true)),
        Err(trouble) if trouble.kind == CUT_OFF => Err(trouble),
        Err(_) => Ok((document, false)),
    });
    read.await.unwrap_or_else(|| Err(Trouble::new("stopped", "the program is stopping")))
}

async fn subscribe(
    app: &App,
    user: UserId,
    add: AddFeed<'_>,
    document: Document,
    asked: Url,
) -> Result<Added, ActionError> {
    let folder = folder_titled(app, user, add.folder.unwrap_or_default()).await?;
    let url = document.moved_to.clone().unwrap_or(asked);
    let credentials = add.credentials.map(|given| app.sealed(given));
    let source = FeedSource { credentials, ..FeedSource::at(without_user(url)) };
    let (id, feed, is_new) = app.store.subscribe(user, &source, folder, None, app.now()).await?;
    // What was fetched to look at is taken in, so that the feed is asked once. Where another worker has it already, the
    // entries come from there.
    if let Some(due) = app.store.claim_feed(feed, random_i64(), LEASE, app.now()).await? {
        let outcome = take_in(app, due, document).await?;
        super::refresh_now::settle(app, outcome).await?;
    }
    app.changed(user).await;
    Ok(Added::Subscribed { id, is_new })
}

/// Name and password are kept apart from the address, never in it.
fn without_user(mut url: Url) -> String {
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.into()
}
