//! Takes in everything that a user owned elsewhere.

use std::io::BufRead;

use jiff::tz::TimeZone;
use yomu_model::ids::{SubscriptionId, UserId};
use yomu_model::reading::Reading;
use yomu_model::secret::Secret;
use yomu_store::{ArchivedEntry, ArchivedFeed, Credentials, Order, Restored};

use super::parse_folder_name;
use super::rules::check_rules;
use super::saved_search::{SearchForm, save_search};
use crate::App;
use crate::archive::{ArchiveProblem, Header, Line, Reader};
use crate::ingest::archived_entry;
use crate::trouble::{ActionError, Trouble};

/// What was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Subscriptions that are new.
    pub feeds: u64,
    /// Subscriptions that were there, and keep their settings.
    pub known_feeds: u64,
    /// Entries.
    pub entries: Restored,
}

/// Entries, or bytes of them, that are stored in one transaction.
const BATCH: (usize, usize) = (200, 8 << 20);

/// Reads an archive to its end without taking anything in, so that a damaged one changes nothing.
///
/// # Errors
/// Trouble that names the line.
pub fn check_archive(from: impl BufRead) -> Result<(), ActionError> {
    let mut reader = Reader::new(from);
    loop {
        match reader.next() {
            Ok(Some(_)) => {}
            Ok(None) => return Ok(()),
            Err(problem) => return Err(Trouble::new("archive", format!("{problem}; nothing was taken in")).into()),
        }
    }
}

/// Reads an archive to its end. What is there already stays; of two states of one entry the later one counts. So a file
/// may be taken in again, as after an interruption, and changes nothing then.
///
/// # Errors
/// Trouble when the file is none, damaged or cut off; what came before is taken in then. A failure of the database.
pub async fn import_archive(
    app: &App,
    user: UserId,
    from: impl BufRead,
    mut progress: impl FnMut(u64),
) -> Result<Imported, ActionError> {
    let mut reader = Reader::new(from);
    let mut import = Import { app, user, feed: None, batch: Vec::new(), bytes: 0, imported: Imported::default() };
    let ended = loop {
        match reader.next() {
            Ok(Some(line)) => import.take(line).await?,
            Ok(None) => break Ok(()),
            Err(problem) => break Err(problem),
        }
        let Restored { new, known } = import.imported.entries;
        progress(new + known);
    };
    import.store().await?;
    app.changed(user).await;
    app.wake_refresher().await;
    ended.map_err(|problem: ArchiveProblem| {
        let text =
            format!("{problem}; what stood before was taken in, and taking in the whole file later completes it");
        Trouble::new("archive", text)
    })?;
    Ok(import.imported)
}

struct Import<'a> {
    app: &'a App,
    user: UserId,
    /// The subscription that entries are for, and whether it is new.
    feed: Option<(SubscriptionId, bool)>,
    batch: Vec<ArchivedEntry>,
    bytes: usize,
    imported: Imported,
}

impl Import<'_> {
    async fn take(&mut self, line: Line) -> Result<(), ActionError> {
        match line {
            Line::YomuArchive(header) => self.prefer(&header).await?,
            Line::End(_) => {}
            Line::Folder(title) => {
                super::folder_titled(self.app, self.user, &title).await?;
            }
            Line::Feed(feed) => {
                self.store().await?;
                self.feed = Some(self.subscribe(&feed).await?);
            }
            Line::Entry(entry) => {
                let body = |html: &Option<String>| html.as_ref().map_or(0, String::len);
                self.bytes += body(&entry.html) + body(&entry.article);
                self.batch.push(*entry);
                if self.batch.len() >= BATCH.0 || self.bytes >= BATCH.1 {
                    self.store().await?;
                }
            }
        }
        Ok(())
    }

    /// Takes over how the pages should be, unless that was chosen here.
    async fn prefer(&self, header: &Header) -> Result<(), ActionError> {
        let chosen = self.app.store.user(self.user).await?;
        if chosen.as_ref().is_some_and(|user| user.reading == Reading::default()) {
            self.app.store.set_reading(self.user, Reading::from_words(&header.reading)).await?;
        }
        if chosen.is_some_and(|user| user.language.is_none() && user.time_zone.is_none()) {
            let language = header.language.as_deref().filter(|one| ["en", "ja"].contains(one));
            let zone = header.time_zone.as_deref().filter(|name| TimeZone::get(name).is_ok());
            self.app.store.set_preferences(self.user, language, zone).await?;
        }
        self.keep(header).await?;
        Ok(())
    }

    /// Takes over the rules for all feeds, unless there are some here, and the searches whose names are free.
    async fn keep(&self, header: &Header) -> Result<(), ActionError> {
        let here = self.app.store.rules(self.user).await?;
        if here.trim().is_empty() && check_rules(&header.rules).is_ok() {
            self.app.store.set_rules(self.user, &header.rules).await?;
        }
        for search in &header.searches {
            let order = if search.oldest_first { Order::Oldest } else { Order::Newest };
            let form = SearchForm { name: &search.name, query: &search.query, order };
            match save_search(self.app, self.user, form).await {
                // One of the name is there, or it is none: the rest is worth more than one search.
                Ok(_) | Err(ActionError::Trouble(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn subscribe(&mut self, feed: &ArchivedFeed) -> Result<(SubscriptionId, bool), ActionError> {
        let folder = feed.folder.as_deref().map(parse_folder_name).transpose()?;
        let given = feed.username.clone().zip(feed.password.clone());
        let sealed = given.map(|(username, password)| {
            self.app.sealed(Credentials { username, password: Secret::new(password) }).password.expose().to_owned()
        });
        let folder = folder.map(|name| name.as_str().to_owned());
        let feed = ArchivedFeed { folder, password: sealed, ..feed.clone() };
        let (id, is_new) = self.app.store.restore_feed(self.user, &feed, self.app.now()).await?;
        if !feed.saved_pages {
            *(if is_new { &mut self.imported.feeds } else { &mut self.imported.known_feeds }) += 1;
        }
        Ok((id, is_new))
    }

    /// Stores the entries that wait.
    async fn store(&mut self) -> Result<(), ActionError> {
        let batch = std::mem::take(&mut self.batch);
        self.bytes = 0;
        let Some((subscription, is_new)) = self.feed.filter(|_| !batch.is_empty()) else { return Ok(()) };
        let cleaned = self.app.compute(move || batch.into_iter().map(archived_entry).collect::<Vec<_>>()).await;
        let cleaned = cleaned.ok_or_else(|| Trouble::new("stopped", "the program is stopping"))?;
        let stored = self.app.store.restore_entries(self.user, subscription, cleaned, is_new).await?;
        self.imported.entries.new += stored.new;
        self.imported.entries.known += stored.known;
        Ok(())
    }
}
