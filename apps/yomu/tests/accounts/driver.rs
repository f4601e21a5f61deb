//! A real browser, driven by the WebDriver protocol over plain HTTP. Debian has what it needs in `chromium-driver`.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::panic::Location;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long anything may take that a person would wait for.
pub(crate) const TURNS: usize = 400;
pub(crate) const TURN: Duration = Duration::from_millis(50);

/// A browser with a profile of its own. It is closed when it is dropped.
pub(crate) struct Driver {
    session: String,
    client: reqwest::Client,
    process: Child,
    _profile: TempDir,
}

impl Driver {
    /// Starts a browser; none, loudly, where there is none to start.
    pub(crate) async fn start() -> Option<Self> {
        Self::start_with(json!({})).await
    }

    /// The same, with preferences.
    pub(crate) async fn start_with(preferences: Value) -> Option<Self> {
        let port = crate::port::free_port();
        let spawned = Command::new("chromedriver")
            .args([format!("--port={port}"), "--log-level=SEVERE".to_owned()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(process) = spawned else {
            let message = "there is no chromedriver; on Debian: apt-get install chromium chromium-driver";
            assert!(std::env::var("CI").as_deref() != Ok("true"), "{message}; CI=true asks for all tests");
            eprintln!("SKIPPED in a browser: {message}");
            return None;
        };
        let _ = rustls::crypto::ring::default_provider().install_default();
        let profile = tempfile::tempdir().unwrap();
        let mut driver = Self {
            session: format!("http://127.0.0.1:{port}/session"),
            client: reqwest::Client::builder().no_proxy().build().unwrap(),
            process,
            _profile: profile,
        };
        driver.begin(preferences).await;
        Some(driver)
    }

    async fn begin(&mut self, preferences: Value) {
        let profile = format!("--user-data-dir={}", self._profile.path().display());
        let arguments = json!([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--lang=en",
            "--window-size=1280,900",
            profile
        ]);
        let wish = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": arguments, "prefs": preferences },
            // What the browser noticed can be asked for afterwards.
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        } } });
        let address = self.session.clone();
        for _ in 0..100 {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let Ok(answer) = self.send(&address, &wish).await else { continue };
            let id = answer["sessionId"].as_str().unwrap_or_else(|| panic!("no browser: {answer}"));
            self.session = format!("{address}/{id}");
            return;
        }
        panic!("chromedriver does not answer");
    }

    async fn send(&self, address: &str, body: &Value) -> reqwest::Result<Value> {
        let request = self.client.post(address).header("content-type", "application/json").body(body.to_string());
        let answer = request.send().await?.text().await?;
        let answer: Value = serde_json::from_str(&answer).unwrap_or_else(|_| panic!("no JSON: {answer}"));
        Ok(answer["value"].clone())
    }

    /// A command of the WebDriver protocol.
    pub(crate) async fn command(&self, name: &str, body: Value) -> Value {
        self.send(&format!("{}/{name}", self.session), &body).await.unwrap()
    }

    /// Opens an address and waits until it is there.
    pub(crate) async fn open(&self, address: &str) {
        self.command("url", json!({ "url": address })).await;
    }

    /// Clicks what a CSS selector finds, as soon as it is there. A page that follows may take a moment more.
    pub(crate) async fn click(&self, selector: &str) {
        let wish = json!({ "using": "css selector", "value": selector });
        let mut found = Value::Null;
        for _ in 0..TURNS {
            found = self.command("element", wish.clone()).await;
            if found.get("error").is_none() {
                break;
            }
            tokio::time::sleep(TURN).await;
        }
        let element = found.as_object().and_then(|fields| fields.values().next()).and_then(Value::as_str);
        let element = element.filter(|_| found.get("error").is_none());
        let element = element.unwrap_or_else(|| panic!("there is no `{selector}`: {found}")).to_owned();
        // What stands fixed on the page must not lie over it.
        self.script(&format!("document.querySelector({}).scrollIntoView({{ block: 'center' }})", json!(selector)))
            .await;
        let clicked = self.command(&format!("element/{element}/click"), json!({})).await;
        assert!(clicked.is_null(), "`{selector}` cannot be clicked: {clicked}");
    }

    /// Types into what a CSS selector finds.
    pub(crate) async fn fill(&self, selector: &str, text: &str) {
        self.script(&format!("document.querySelector({}).value = {}", json!(selector), json!(text))).await;
    }

    /// What a script returns.
    pub(crate) async fn script(&self, script: &str) -> Value {
        self.command("execute/sync", json!({ "script": script, "args": [] })).await
    }

    /// Waits until the page at `path` is shown: what a click starts may take a moment.
    #[track_caller]
    pub(crate) fn arrives(&self, path: &'static str) -> impl Future<Output = ()> {
        let caller = Location::caller();
        async move {
            let mut seen = String::new();
            for _ in 0..TURNS {
                seen = self.path().await;
                if seen == path {
                    return;
                }
                tokio::time::sleep(TURN).await;
            }
            panic!("{caller}: the page is `{seen}` and not `{path}`");
        }
    }

    /// Waits until the page says something.
    #[track_caller]
    pub(crate) fn says(&self, text: &str) -> impl Future<Output = ()> {
        let condition = format!("document.body?.innerText.includes({})", json!(text));
        let caller = Location::caller();
        async move {
            for _ in 0..TURNS {
                if self.script(&format!("return Boolean({condition})")).await == true {
                    return;
                }
                tokio::time::sleep(TURN).await;
            }
            panic!("{caller}: `{}` is not said on {}:\n{}", condition, self.path().await, self.text().await);
        }
    }

    /// The path of the page that is shown.
    pub(crate) async fn path(&self) -> String {
        let path = self.script("return location.pathname").await;
        path.as_str().unwrap_or_default().to_owned()
    }

    /// The text of the page, as people read it.
    pub(crate) async fn text(&self) -> String {
        let text = self.script("return document.body.innerText").await;
        text.as_str().unwrap_or_default().to_owned()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A driver that is killed leaves its browser running, with a dozen processes; one whose session ends closes it.
        let ended = self.end_session();
        let _ = self.process.kill();
        let _ = self.process.wait();
        if let Err(error) = ended {
            eprintln!("a browser may still be running: {error}");
        }
    }
}

impl Driver {
    /// Ends the session, which closes the browser. Blocking, because that is how things are dropped.
    fn end_session(&self) -> std::io::Result<()> {
        let address = url::Url::parse(&self.session).map_err(std::io::Error::other)?;
        let place = ("127.0.0.1", address.port().unwrap_or_default());
        let mut connection = TcpStream::connect(place)?;
        connection.set_read_timeout(Some(Duration::from_secs(20)))?;
        write!(connection, "DELETE {} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n", address.path())?;
        // The answer comes when the browser is gone.
        connection.read(&mut [0; 64]).map(drop)
    }
}
