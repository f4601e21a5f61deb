//! Being told to stop, and stopping in time.

use std::net::SocketAddr;

use axum::Router;
use tokio::net::TcpListener;
use tokio::signal;
use tokio::sync::watch;
use tokio::time::sleep;

use super::Readiness;
use crate::operations::limits::DRAINING;

/// Whether the program was told to stop. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Stop {
    told: watch::Receiver<bool>,
}

impl Stop {
    /// Listens for Ctrl-C and SIGTERM from now on.
    pub(crate) fn on_signal(readiness: Readiness) -> Self {
        let (tell, told) = watch::channel(false);
        tokio::spawn(async move {
            tokio::select! {
                () = interrupted() => {}
                () = terminated() => {}
            }
            tracing::info!("stopping");
            readiness.stops();
            let _ = tell.send(true);
            // Who asks twice does not want to wait.
            interrupted().await;
            std::process::exit(130);
        });
        Self { told }
    }

    /// Waits until it was told.
    pub(crate) async fn told(&self) {
        // The sender lives for as long as signals are listened for, which is for ever.
        let _ = self.told.clone().wait_for(|told| *told).await;
    }

    /// The same for work that looks at it between steps.
    pub(crate) fn watch(&self) -> watch::Receiver<bool> {
        self.told.clone()
    }
}

/// Serves until told to stop: takes no new connections then, lets open requests end, and leaves those that do not.
pub(crate) async fn serve_until_stopped(listener: TcpListener, router: Router, stop: Stop) -> std::io::Result<()> {
    let told = stop.clone();
    // Who asks is told to whoever wants to know: sign-in counts by address.
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, router).with_graceful_shutdown(async move { told.told().await });
    let late = async {
        stop.told().await;
        sleep(DRAINING).await;
    };
    tokio::select! {
        served = served.into_future() => served,
        () = late => {
            tracing::warn!("requests are still open; leaving them");
            Ok(())
        }
    }
}

async fn interrupted() {
    if let Err(error) = signal::ctrl_c().await {
        tracing::error!(%error, "Ctrl-C cannot be listened for");
        std::future::pending::<()>().await;
    }
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
