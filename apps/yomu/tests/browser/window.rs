//! What the tests do in a browser beyond opening and clicking: keys, sizes, waiting, and what the browser noticed.

use std::panic::Location;

use serde_json::{Value, json};

use crate::driver::{Driver, TURN, TURNS};

impl Driver {
    /// A browser that runs no scripts of pages.
    pub(crate) async fn without_scripts() -> Option<Self> {
        Self::start_with(json!({ "profile.managed_default_content_settings.javascript": 2 })).await
    }

    /// A command of the browser's own protocol.
    pub(crate) async fn cdp(&self, name: &str, parameters: Value) -> Value {
        self.command("goog/cdp/execute", json!({ "cmd": name, "params": parameters })).await
    }

    /// Makes the window a phone, a desk or anything between.
    pub(crate) async fn resize(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Presses keys one after the other, wherever the focus is.
    pub(crate) async fn press(&self, keys: &str) {
        let steps = keys.chars().flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key })));
        let steps: Vec<Value> = steps.collect();
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": steps }] });
        self.command("actions", actions).await;
    }

    /// Waits until an expression of JavaScript, which may await something, is true.
    #[track_caller]
    pub(crate) fn until(&self, condition: &str) -> impl Future<Output = ()> {
        let caller = Location::caller();
        async move {
            let script = format!("return (async () => Boolean({condition}))()");
            for _ in 0..TURNS {
                if self.script(&script).await == true {
                    return;
                }
                tokio::time::sleep(TURN).await;
            }
            panic!("{caller}: never true: {condition}\non {}:\n{}", self.path().await, self.text().await);
        }
    }

    /// Waits for the service worker to be in charge of the page.
    pub(crate) async fn is_kept(&self) {
        self.until("navigator.serviceWorker.controller?.state === 'activated'").await;
    }

    /// The titles of the list, with a dot before those that are unread.
    pub(crate) async fn rows(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('.entries > li')].map((row) =>
            (row.classList.contains('u') ? '• ' : '') + row.querySelector('h2').textContent)";
        let rows = self.script(script).await;
        rows.as_array().into_iter().flatten().map(|row| row.as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// Waits until something is so in the library: what a page sends may take a moment to arrive.
#[track_caller]
pub(crate) fn eventually(is_so: impl AsyncFn() -> bool) -> impl Future<Output = ()> {
    let caller = Location::caller();
    async move {
        for _ in 0..TURNS {
            if is_so().await {
                return;
            }
            tokio::time::sleep(TURN).await;
        }
        panic!("{caller}: it never became so");
    }
}
