//! `yomu refresh`: fetch what is due, and stop.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::Format;
use super::open::open;
use crate::commands::{CommandError, Exit};
use crate::config::Config;
use crate::jobs::{Progress, Totals, refresh_until_done};

/// Refreshes, with a bar on a terminal and a line for each failure.
pub(super) async fn refresh(config: Config, all: bool, format: Format) -> Result<Exit, CommandError> {
    let (app, user) = open(&config).await?;
    if all {
        app.store.make_due(user.id, app.now()).await?;
    }
    let due = app.store.due_count(app.now()).await?;
    let bar = bar(u64::from(due), format);
    let totals = refresh_until_done(app, |progress| step(&bar, progress)).await?;
    bar.finish_and_clear();
    print(totals, format);
    Ok(if totals.failed > 0 { Exit::Nothing } else { Exit::Done })
}

fn bar(feeds: u64, format: Format) -> ProgressBar {
    if format == Format::Json || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(feeds);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} feeds, {eta} left  {wide_msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn step(bar: &ProgressBar, progress: &Progress) {
    bar.inc(1);
    match &progress.failure {
        Some(failure) => {
            let line = format!("{}: {failure}", progress.url);
            if bar.is_hidden() {
                eprintln!("{line}");
            } else {
                bar.println(line);
            }
        }
        None => bar.set_message(progress.url.clone()),
    }
}

fn print(totals: Totals, format: Format) {
    match format {
        Format::Human => println!(
            "{} feeds: {} with news ({} new entries), {} unchanged, {} failed, {} postponed",
            totals.feeds(),
            totals.changed,
            totals.new_entries,
            totals.unchanged,
            totals.failed,
            totals.postponed
        ),
        Format::Json => println!(
            "{}",
            serde_json::json!({
                "feeds": totals.feeds(),
                "changed": totals.changed,
                "unchanged": totals.unchanged,
                "failed": totals.failed,
                "postponed": totals.postponed,
                "new_entries": totals.new_entries,
            })
        ),
    }
}
