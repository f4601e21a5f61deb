//! Being told to stop.

use tokio::signal;
use tokio::sync::watch;

use super::Readiness;

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

    /// Nobody tells it.
    #[cfg(test)]
    pub(crate) fn never() -> Self {
        let (tell, told) = watch::channel(false);
        // A sender that is gone would look like word to stop.
        std::mem::forget(tell);
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
