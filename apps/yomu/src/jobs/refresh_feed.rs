//! Refreshes one feed: fetch, read, keep what is new, plan the next check.

use std::time::Duration;

use sha2::{Digest as _, Sha256};
use url::Url;
use yomu_model::ids::UserId;
use yomu_model::schedule::{self, Check, Failure, next_check};
use yomu_store::{
    DueFeed, FailedCheck, FetchedFeed, KnownFeed, PackedEntry, PostponedCheck, StoreError, UnchangedCheck, Validators,
    Verdict,
};

use super::{fetch_article, fetch_icon};
use crate::App;
use crate::fetch::{Answer, Credentials, Document, FetchError, Freshness, Kind, Request};
use crate::ingest::{CUT_OFF, Judges, ReadDocument, new_entry};
use crate::limits::{ARTICLES_PER_REFRESH, POSTPONED};
use crate::random::random_share;
use crate::trouble::Trouble;

/// How a refresh ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// News were stored.
    Stored {
        /// The number of new entries.
        new: u64,
    },
    /// There was nothing new. The check is still to be written down, together with others.
    Unchanged(UnchangedCheck),
    /// It was not asked, and comes later. That is still to be written down, together with others.
    Postponed(PostponedCheck),
    /// It failed, and the reason is written down.
    Failed(Trouble),
    /// The lease ran out, and another worker has the feed.
    TakenOver,
}

/// Refreshes a feed whose lease is held.
///
/// # Errors
/// A failure of the database; the lease then runs out by itself.
pub(crate) async fn refresh_feed(app: &App, due: DueFeed) -> Result<Outcome, StoreError> {
    let answer = match request(app, &due) {
        Ok(request) => app.fetcher.get(&request).await,
        Err(trouble) => return fail(app, &due, trouble, Failure::Lasting, None).await,
    };
    match answer {
        Ok(Answer::NotModified(answer)) => {
            follow(app, &due, answer.moved_to.as_ref()).await;
            // What the answer does not repeat stays good (RFC 9111, section 3.2).
            let validators = Validators {
                etag: answer.etag.or_else(|| due.validators.etag.clone()),
                last_modified: answer.last_modified.or_else(|| due.validators.last_modified.clone()),
            };
            Ok(unchanged(app, &due, validators, answer.freshness))
        }
        Ok(Answer::Document(document)) => take_in(app, due, document).await,
        // The host asked for rest, or we have too much to do: that says nothing about the feed.
        Err(error) if matches!(error.kind(), "resting" | "busy") => Ok(postponed(app, &due, &error)),
        Err(error) if error.kind() == "gone" => stop(app, &due, &error).await,
        Err(error) => {
            let trouble = Trouble::new(error.kind(), error.to_string());
            fail(app, &due, trouble, lasting(&error), error.retry_after()).await
        }
    }
}

/// Stores what a fetched document brings. The lease ends here.
///
/// # Errors
/// A failure of the database.
pub(crate) async fn take_in(app: &App, due: DueFeed, document: Document) -> Result<Outcome, StoreError> {
    let body_hash = hash(&document.bytes);
    let freshness = document.freshness;
    let moved_to = document.moved_to.clone();
    let validators = Validators { etag: document.etag.clone(), last_modified: document.last_modified.clone() };
    if due.body_hash.as_deref() == Some(body_hash.as_slice()) {
        follow(app, &due, moved_to.as_ref()).await;
        return Ok(unchanged(app, &due, validators, freshness));
    }
    let encoding = due.source.encoding.clone();
    let turn = app.documents.acquire().await;
    let read = app.compute(move || ReadDocument::read(&document, encoding.as_deref())).await;
    let read = match read.unwrap_or_else(|| Err(stopped())) {
        Ok(read) => read,
        Err(trouble) => {
            let failure = if trouble.kind == CUT_OFF { Failure::Temporary } else { Failure::Lasting };
            return fail(app, &due, trouble, failure, None).await;
        }
    };

    let known = app.store.known_feed(due.lease, read.entries.iter().map(|one| one.identity).collect()).await?;
    let published = read.published();
    let ttl = read.feed.ttl.map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
    let (icon_hint, lang) = (read.feed.icon_url.clone(), read.feed.lang.clone());
    let header = Header::of(&read);
    // A document that breaks off is asked for once more in full. One that is always like this comes again the same.
    let validators = if read.is_cut_off { Validators::default() } else { validators };
    let store = app.store.clone();
    let Some(news) = app.compute(move || News::among(&store, read, lang.as_deref(), known)).await else {
        return fail(app, &due, stopped(), Failure::Temporary, None).await;
    };

    let new = u32::try_from(news.new.len()).unwrap_or(u32::MAX);
    let outcome = if new == 0 { schedule::Outcome::Unchanged } else { schedule::Outcome::New(new) };
    let next = plan(app, &due, outcome, &published, freshness, ttl, None);
    let fetched = FetchedFeed {
        lease: due.lease,
        title: header.title,
        site_url: header.site_url.clone(),
        description: header.description,
        lang: header.lang,
        validators,
        body_hash,
        problems: header.problems,
        next_check_at: next.map(|next| next.at),
        interval: next.map_or(Duration::ZERO, |next| next.interval),
        new_entries: news.new,
        changed_entries: news.changed,
        subscribers: news.subscribers,
    };
    let readers: Vec<UserId> = fetched.subscribers.iter().map(|one| one.user).collect();
    let stored = match app.store.ingest(fetched, app.now()).await {
        Ok(stored) => stored,
        Err(StoreError::LeaseLost) => return Ok(Outcome::TakenOver),
        Err(error) => return Err(error),
    };
    drop(turn);
    if !stored.new.is_empty() {
        for reader in readers {
            app.changed(reader).await;
        }
    }
    fetch_icon::fetch_icon(app, &due, header.site_url.as_deref(), icon_hint.as_deref()).await;
    if due.full_text {
        fetch_article::fetch_articles(app, news.links, &stored.new, ARTICLES_PER_REFRESH).await;
    }
    // Last, because the feed and its new entries may be others afterwards.
    follow(app, &due, moved_to.as_ref()).await;
    Ok(Outcome::Stored { new: stored.new.len() as u64 })
}

/// Remembers where a feed moved to. When that fails, the redirect will still be there at the next check.
async fn follow(app: &App, due: &DueFeed, moved_to: Option<&Url>) {
    let Some(url) = moved_to.filter(|url| url.as_str() != due.source.url) else { return };
    match app.store.move_feed(due.lease.feed, url.as_str(), app.now()).await {
        Ok(moved) => tracing::info!(feed = %due.lease.feed, ?moved, "a feed moved"),
        Err(error) => tracing::warn!(%error, feed = %due.lease.feed, "a feed's new address could not be stored"),
    }
}

/// What a document says of its feed.
struct Header {
    title: String,
    site_url: Option<String>,
    description: String,
    lang: Option<String>,
    problems: Option<String>,
}

impl Header {
    fn of(read: &ReadDocument) -> Self {
        Self {
            title: read.feed.title.clone(),
            site_url: read.feed.site_url.clone(),
            description: read.feed.description.clone().unwrap_or_default(),
            lang: read.feed.lang.clone(),
            problems: read.problems.clone(),
        }
    }
}

/// What is new in a document.
struct News {
    new: Vec<(PackedEntry, Vec<Verdict>)>,
    changed: Vec<(yomu_model::ids::EntryId, PackedEntry)>,
    subscribers: Vec<yomu_store::Subscriber>,
    /// The addresses of the new entries, in their order.
    links: Vec<String>,
}

impl News {
    /// Cleans and packs what is new or changed, and nothing else.
    fn among(store: &yomu_store::Store, read: ReadDocument, lang: Option<&str>, known: KnownFeed) -> Self {
        let judges = Judges::new(&known.subscribers);
        let mut news = Self { new: Vec::new(), changed: Vec::new(), subscribers: known.subscribers, links: Vec::new() };
        // Oldest first, as documents run from new to old: numbers then grow with time.
        for one in read.entries.into_iter().rev() {
            match known.entries.get(&one.identity) {
                Some(stored) if stored.content_hash == one.content_hash => {}
                Some(stored) => {
                    news.changed.push((stored.id, store.pack(new_entry(one, lang, &read.base))));
                }
                None => {
                    let entry = new_entry(one, lang, &read.base);
                    news.links.push(entry.url.clone());
                    let verdicts = judges.verdicts(&entry);
                    news.new.push((store.pack(entry), verdicts));
                }
            }
        }
        news
    }
}

fn request(app: &App, due: &DueFeed) -> Result<Request, Trouble> {
    let url = Url::parse(&due.source.url)
        .map_err(|error| Trouble::new("bad_url", format!("`{}` is not an address: {error}", due.source.url)))?;
    let known =
        due.source.credentials.as_ref().map(|stored| app.unsealed(stored).ok_or_else(password_lost)).transpose()?;
    Ok(Request {
        etag: due.validators.etag.clone(),
        last_modified: due.validators.last_modified.clone(),
        credentials: known.map(|known| Credentials { user: known.username, password: known.password }),
        ..Request::new(url, Kind::Feed)
    })
}

/// The feed is not asked without its password: servers that see the wrong thing often enough lock accounts.
fn password_lost() -> Trouble {
    Trouble::new(
        "password_lost",
        "the password of this feed can no longer be read, because `SESSION_SECRET` has changed; type it again in the settings",
    )
}

fn unchanged(app: &App, due: &DueFeed, validators: Validators, freshness: Freshness) -> Outcome {
    let next = plan(app, due, schedule::Outcome::Unchanged, &[], freshness, None, None);
    // Only 410 stops a feed.
    let (next_check_at, interval) = next.map_or((app.now(), Duration::ZERO), |next| (next.at, next.interval));
    let validators = (validators != due.validators).then_some(validators);
    Outcome::Unchanged(UnchangedCheck { lease: due.lease, next_check_at, interval, validators })
}

/// Asks again when the host has rested.
fn postponed(app: &App, due: &DueFeed, error: &FetchError) -> Outcome {
    let wait = error.retry_after().unwrap_or(POSTPONED).max(POSTPONED);
    let next_check_at = app.now().checked_add(wait).unwrap_or_else(|_| app.now());
    Outcome::Postponed(PostponedCheck { lease: due.lease, next_check_at })
}

fn plan(
    app: &App,
    due: &DueFeed,
    outcome: schedule::Outcome,
    published: &[jiff::Timestamp],
    freshness: Freshness,
    ttl: Option<Duration>,
    retry_after: Option<Duration>,
) -> Option<schedule::Next> {
    next_check(&Check {
        now: app.now(),
        outcome,
        interval: due.interval,
        published,
        freshness: freshness.fresh_for,
        ttl,
        retry_after: retry_after.or(freshness.retry_after),
        jitter: random_share(),
    })
}

async fn fail(
    app: &App,
    due: &DueFeed,
    trouble: Trouble,
    failure: Failure,
    retry_after: Option<Duration>,
) -> Result<Outcome, StoreError> {
    let outcome = schedule::Outcome::Failed { count: due.error_count.saturating_add(1), failure };
    let next = plan(app, due, outcome, &[], Freshness::default(), None, retry_after);
    write_failure(app, due, trouble, next.map(|next| next.at)).await
}

/// 410: the publisher says that there will be nothing more.
async fn stop(app: &App, due: &DueFeed, error: &FetchError) -> Result<Outcome, StoreError> {
    write_failure(app, due, Trouble::new(error.kind(), error.to_string()), None).await
}

async fn write_failure(
    app: &App,
    due: &DueFeed,
    trouble: Trouble,
    next_check_at: Option<jiff::Timestamp>,
) -> Result<Outcome, StoreError> {
    // By its number: an address may hold a password, or a token that is as good as one.
    tracing::debug!(feed = %due.lease.feed, kind = %trouble.kind, "a feed could not be refreshed");
    let check = FailedCheck { lease: due.lease, kind: trouble.kind.clone(), text: trouble.text.clone(), next_check_at };
    app.store.finish_failed(&check, app.now()).await?;
    Ok(Outcome::Failed(trouble))
}

/// Whether a failure may pass by itself.
fn lasting(error: &FetchError) -> Failure {
    match error.kind() {
        "rate_limited" => Failure::TooOften,
        "not_found" | "forbidden" | "unauthorized" | "tls" | "private_address" | "bad_url" | "redirect_loop"
        | "too_many_redirects" | "too_large" | "bomb" | "status" | "bad_encoding" => Failure::Lasting,
        _ => Failure::Temporary,
    }
}

fn stopped() -> Trouble {
    Trouble::new("stopped", "the program stopped while the feed was read")
}

/// The first half of a SHA-256, which tells a document from its earlier versions.
fn hash(bytes: &[u8]) -> [u8; 16] {
    let full: [u8; 32] = Sha256::digest(bytes).into();
    let mut half = [0; 16];
    half.copy_from_slice(&full[..16]);
    half
}
