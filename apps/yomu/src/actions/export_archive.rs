//! Writes everything that a user owns.

use std::io::Write;

use yomu_model::ids::UserId;
use yomu_model::secret::Secret;
use yomu_store::{ArchivedFeed, Credentials, User};

use crate::App;
use crate::archive::{Header, Line, VERSION, Writer};
use crate::trouble::{ActionError, Trouble};

/// Entries read at a time: with their bodies some hundred kilobytes, and megabytes at worst.
const ENTRIES_AT_A_TIME: usize = 50;

/// Writes folders, subscriptions, entries and what the user did with them. Returns the number of entries.
///
/// Passwords of feeds are in it, and sessions and app passwords are not: those belong to one installation.
///
/// # Errors
/// When it cannot be written; a failure of the database.
pub async fn export_archive(
    app: &App,
    user: &User,
    out: impl Write,
    mut progress: impl FnMut(u64),
) -> Result<u64, ActionError> {
    let mut writer = Writer::new(out);
    let program = env!("CARGO_PKG_VERSION").to_owned();
    let User { name, language, time_zone, reading, .. } = user.clone();
    let header = Header {
        version: VERSION,
        program,
        made_at: app.now().as_millisecond(),
        user: name,
        language,
        time_zone,
        reading: reading.to_string(),
        rules: app.store.rules(user.id).await?,
        searches: app.store.archived_searches(user.id).await?,
    };
    writer.line(&Line::YomuArchive(header)).map_err(unwritten)?;
    for title in app.store.archived_folders(user.id).await? {
        writer.line(&Line::Folder(title)).map_err(unwritten)?;
    }
    let mut count = 0;
    for (subscription, feed) in app.store.archived_feeds(user.id).await? {
        let feed = with_plain_password(app, feed);
        writer.line(&Line::Feed(Box::new(feed))).map_err(unwritten)?;
        let ids = app.store.archived_entry_ids(user.id, subscription).await?;
        for ids in ids.chunks(ENTRIES_AT_A_TIME) {
            let entries = app.store.archived_entries(user.id, subscription, ids).await?;
            count += entries.len() as u64;
            for entry in entries {
                writer.line(&Line::Entry(Box::new(entry))).map_err(unwritten)?;
            }
            progress(count);
        }
    }
    writer.end().map_err(unwritten)?;
    Ok(count)
}

/// An archive belongs to its user, who may take it anywhere; the key that seals passwords stays here. One that cannot be read
/// any more is left empty, so that the feed asks for it there.
fn with_plain_password(app: &App, feed: ArchivedFeed) -> ArchivedFeed {
    let Some((username, password)) = feed.username.clone().zip(feed.password.clone()) else { return feed };
    let plain = app.unsealed(&Credentials { username, password: Secret::new(password) });
    ArchivedFeed { password: Some(plain.map(|plain| plain.password.expose().to_owned()).unwrap_or_default()), ..feed }
}

fn unwritten(error: std::io::Error) -> Trouble {
    Trouble::new("archive", format!("the archive cannot be written: {error}"))
}

/// The user of a name, or the only one.
///
/// # Errors
/// Trouble that lists the names; a failure of the database.
pub async fn user_named(app: &App, name: Option<&str>, local: UserId) -> Result<User, ActionError> {
    let people = app.store.people().await?;
    let found = people.iter().find(|person| name.map_or(person.user.id == local, |name| person.user.name == name));
    if let Some(person) = found {
        return Ok(person.user.clone());
    }
    let names: Vec<&str> = people.iter().map(|person| person.user.name.as_str()).collect();
    let name = name.unwrap_or_default();
    Err(Trouble::new("user", format!("there is no user called `{name}`; there are: {}", names.join(", "))).into())
}
