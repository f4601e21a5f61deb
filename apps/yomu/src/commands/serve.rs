//! `yomu serve`: the pages, and the background work beside them.

use tokio::net::TcpListener;
use tokio::signal;
use tokio::sync::watch;

use super::open::open;
use crate::App;
use crate::commands::{CommandError, Exit};
use crate::config::Config;
use crate::jobs::{purge_removed_forever, refresh_forever};
use crate::web::{WebConfig, router};

/// Serves until the program is told to stop.
pub(super) async fn serve(config: Config) -> Result<Exit, CommandError> {
    // The port first: a second start must not touch the data.
    let listener = TcpListener::bind(config.listen).await.map_err(|reason| CommandError::Listen {
        address: config.listen.ip(),
        port: config.listen.port(),
        reason,
    })?;
    let (app, user) = open(&config).await?;
    announce(&config, &listener, &app);

    let (stop, stopped) = watch::channel(false);
    let refresher = tokio::spawn(refresh_forever(app.clone(), stopped.clone()));
    let purger = tokio::spawn(purge_removed_forever(app.clone(), stopped.clone()));
    let pages = router(app, WebConfig { user: user.id, base_url: config.base_url });
    let served = axum::serve(listener, pages).with_graceful_shutdown(told_to_stop(stop)).await;
    // The background work has been told, too; it ends within seconds.
    for work in [refresher, purger] {
        if let Err(error) = work.await {
            tracing::error!(%error, "background work died");
        }
    }
    served.map_err(CommandError::Serve)?;
    Ok(Exit::Done)
}

/// Says where the reader is, for people on standard output and for logs.
fn announce(config: &Config, listener: &TcpListener, app: &App) {
    let port = listener.local_addr().map_or(config.listen.port(), |address| address.port());
    println!("Yomu is ready at http://localhost:{port}");
    tracing::info!(port, database = app.store.engine(), "ready");
}

/// Waits for Ctrl-C or SIGTERM, and passes it on.
async fn told_to_stop(stop: watch::Sender<bool>) {
    let interrupted = async {
        if let Err(error) = signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C cannot be listened for");
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated() => {}
    }
    tracing::info!("stopping");
    let _ = stop.send(true);
}

#[cfg(unix)]
async fn terminated() {
    match signal::unix::signal(signal::unix::SignalKind::terminate()) {
        Ok(mut signals) => drop(signals.recv().await),
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
