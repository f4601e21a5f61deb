//! `yomu worker`: the background work alone, beside servers that run with `--no-worker`.

use super::background::Background;
use super::open::open_patiently;
use super::serve::serve_numbers;
use crate::commands::{CommandError, Exit};
use crate::config::Config;
use crate::operations::{Readiness, Stop};

/// Works until the program is told to stop.
pub(super) async fn worker(config: Config) -> Result<Exit, CommandError> {
    let readiness = Readiness::default();
    let stop = Stop::on_signal(readiness.clone());
    serve_numbers(&config, &readiness, &stop).await?;
    let Some(app) = open_patiently(&config, &readiness, &stop).await? else { return Ok(Exit::Done) };
    readiness.opened(app.clone());
    println!("Yomu is at work");
    tracing::info!(database = app.store.engine(), "at work");
    let background = Background::start(&app, &stop);
    stop.told().await;
    background.end().await;
    Ok(Exit::Done)
}
