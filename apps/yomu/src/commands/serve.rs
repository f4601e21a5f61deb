//! `yomu serve`: the pages, and the background work beside them.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::signal;
use tokio::sync::watch;
use yomu_model::ids::UserId;

use super::open::{fetch_config, open};
use crate::App;
use crate::commands::{CommandError, Exit};
use crate::config::Config;
use crate::jobs::{purge_removed_forever, refresh_forever};
use crate::sign_in::SignIn;
use crate::web::{Access, WebConfig, router};

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
    let access = access(&config, &app, user.id).await?;
    let Config { base_url, trusted_proxies, .. } = config;
    let pages = router(app, WebConfig { access, base_url, trusted_proxies });
    let pages = pages.into_make_service_with_connect_info::<SocketAddr>();
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

/// Who may come in: the local user alone, or whoever has an account.
async fn access(config: &Config, app: &App, local: UserId) -> Result<Access, CommandError> {
    let (Some(sign_in), Some(base_url)) = (config.sign_in.clone(), &config.base_url) else {
        return Ok(Access::Local(local));
    };
    if sign_in.allowed.is_empty() && !app.store.has_identities().await? {
        tracing::warn!(
            "nobody has signed in yet: whoever does so first becomes the admin; \
             set YOMU_ALLOWED_EMAILS to say who that may be"
        );
    }
    Ok(Access::SignIn(Arc::new(SignIn::new(app, sign_in, fetch_config(config), base_url)?)))
}

/// Says where the reader is, for people on standard output and for logs.
fn announce(config: &Config, listener: &TcpListener, app: &App) {
    let port = listener.local_addr().map_or(config.listen.port(), |address| address.port());
    match &config.base_url {
        Some(url) if config.sign_in.is_some() => println!("Yomu is ready at {}", url.origin().ascii_serialization()),
        _ => println!("Yomu is ready at http://localhost:{port}"),
    }
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
