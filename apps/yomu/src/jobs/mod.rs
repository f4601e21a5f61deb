//! Work that nobody waits for on a page: refreshing what is due, icons, articles, saved pages, purging.

mod fetch_article;
mod fetch_icon;
mod fetch_pages;
mod hear_due;
mod host_queue;
mod purge_removed;
mod refresh_due;
mod refresh_feed;
mod seal_passwords;
mod totals;

pub(crate) use fetch_article::fetch_article;
pub use fetch_pages::{fetch_pages_forever, fetch_some};
pub use hear_due::hear_due_forever;
pub use purge_removed::purge_removed_forever;
pub use refresh_due::{refresh_forever, refresh_until_done};
pub(crate) use refresh_feed::{Outcome, refresh_feed, take_in};
pub use seal_passwords::seal_passwords;
pub use totals::{Progress, Totals};
