//! `yomu add`: subscribe to a feed, or save a page.

use super::open::open;
use crate::actions::add_feed::{AddFeed, Added, add_feed};
use crate::actions::save_page::save_page;
use crate::commands::{CommandError, Exit};
use crate::config::Config;

/// Adds what is at an address.
pub(super) async fn add(config: Config, address: &str, folder: Option<&str>, page: bool) -> Result<Exit, CommandError> {
    let (app, user) = open(&config).await?;
    if page {
        let id = save_page(&app, user.id, address).await?;
        let title = app.store.entry(user.id, id).await?.map(|entry| entry.summary.title).unwrap_or_default();
        println!("Saved \"{title}\"");
        return Ok(Exit::Done);
    }
    match add_feed(&app, user.id, AddFeed { address, folder, credentials: None }).await? {
        Added::Subscribed { id, is_new } => {
            let subscription = app.store.subscription(user.id, id).await?;
            let title = subscription.as_ref().map_or(address, |one| one.title());
            let unread = subscription.as_ref().map_or(0, |one| one.unread_count);
            let done = if is_new { "Subscribed to" } else { "You read already" };
            println!("{done} \"{title}\", {unread} unread");
            Ok(Exit::Done)
        }
        Added::Choose(choices) => {
            let lines: Vec<String> =
                choices.iter().map(|choice| format!("  yomu add {}   {}", choice.url, choice.title)).collect();
            Err(CommandError::Choose { address: address.to_owned(), list: lines.join("\n") })
        }
    }
}
