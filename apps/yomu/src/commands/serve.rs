//! `yomu serve`: the pages, and the background work beside them.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;
use yomu_model::ids::UserId;

use super::background::Background;
use super::open::{fetch_config, open_patiently};
use crate::App;
use crate::commands::{CommandError, Exit};
use crate::config::Config;
use crate::operations::{Readiness, Stop, gate, numbers, serve_until_stopped};
use crate::sign_in::SignIn;
use crate::web::{Access, SecurityHeaders, WebConfig, router, security_headers};

/// Serves until the program is told to stop.
pub(super) async fn serve(config: Config, with_worker: bool) -> Result<Exit, CommandError> {
    // The port first: a second start must not touch the data.
    let listener = listen(config.listen).await?;
    let readiness = Readiness::default();
    let stop = Stop::on_signal(readiness.clone());
    serve_numbers(&config, &readiness, &stop).await?;
    let (door, pages) = gate(readiness.clone());
    // Also before there are pages, and for the addresses that are none.
    let said =
        SecurityHeaders::new(config.base_url.as_ref(), config.trusted_proxies.clone().into(), config.image_proxy);
    let door = door.layer(from_fn_with_state(said, security_headers));
    let port = listener.local_addr().map_or(config.listen.port(), |address| address.port());
    let serving = tokio::spawn(serve_until_stopped(listener, door, stop.clone()));

    let Some(app) = open_patiently(&config, &readiness, &stop).await? else { return Ok(Exit::Done) };
    let user = app.store.local_user(app.now()).await?;
    let access = access(&config, &app, user.id).await?;
    let app = match config.image_proxy {
        true => app.with_image_proxy(fetch_config(&config)).await?,
        false => app,
    };
    let (base_url, trusted_proxies) = (config.base_url.clone(), config.trusted_proxies.clone());
    pages.open(router(app.clone(), WebConfig { access, base_url, trusted_proxies }));
    // Only now, because whoever is told that we are ready comes at once.
    readiness.opened(app.clone());
    announce(&config, port, &app);
    let background = with_worker.then(|| Background::start(&app, &stop));

    let served = serving.await;
    if let Some(background) = background {
        background.end().await;
    }
    served.map_err(|died| CommandError::Serve(std::io::Error::other(died)))?;
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

/// Takes a port.
pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address).await.map_err(|reason| CommandError::Listen {
        address: address.ip(),
        port: address.port(),
        reason,
    })
}

/// Serves the numbers, if that is asked for.
pub(super) async fn serve_numbers(config: &Config, readiness: &Readiness, stop: &Stop) -> Result<(), CommandError> {
    if let Some(address) = config.metrics {
        let listener = listen(address).await?;
        let port = listener.local_addr().map_or(address.port(), |address| address.port());
        tracing::info!(port, "numbers are served");
        tokio::spawn(serve_until_stopped(listener, numbers(readiness.clone()), stop.clone()));
    }
    Ok(())
}

/// Says where the reader is, for people on standard output and for logs.
fn announce(config: &Config, port: u16, app: &App) {
    match &config.base_url {
        Some(url) if config.sign_in.is_some() => println!("Yomu is ready at {}", url.origin().ascii_serialization()),
        _ => println!("Yomu is ready at http://localhost:{port}"),
    }
    tracing::info!(port, database = app.store.engine(), "ready");
}
