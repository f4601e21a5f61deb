//! Processes of the program, and what to ask them.

use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use crate::port::free_port;

/// How long anything may take before a test gives up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);

/// A running process, killed at the end. What it logs is kept.
pub(crate) struct Process {
    child: Child,
    port: u16,
    numbers: u16,
    folder: TempDir,
}

impl Process {
    /// Starts `yomu` with these arguments and variables, and no others.
    pub(crate) fn start(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (port, numbers) = (free_port(), free_port());
        let log = std::fs::File::create(folder.path().join("log")).expect("a file");
        let child = Command::new(env!("CARGO_BIN_EXE_yomu"))
            .args(arguments)
            .env_clear()
            .env("YOMU_DATA", folder.path())
            .env("YOMU_ALLOW_NETWORKS", "127.0.0.0/8")
            .env("PORT", port.to_string())
            .env("YOMU_METRICS_ADDRESS", format!("127.0.0.1:{numbers}"))
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        Self { child, port, numbers, folder }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn numbers_url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.numbers)
    }

    /// Everything that was logged so far.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).expect("a log")
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it runs");
        let _ = self.child.wait();
    }

    /// Tells it to stop, as a container engine does.
    pub(crate) fn terminate(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill runs");
        assert!(sent.success());
    }

    /// Waits for its end. Says how long that took, and whether it went well.
    pub(crate) async fn end(&mut self) -> (Duration, bool) {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("its state") {
                return (started.elapsed(), status.success());
            }
            assert!(started.elapsed() < PATIENCE, "it ends; its log:\n{}", self.log());
            sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until it can do its work.
    pub(crate) async fn ready(&self) {
        eventually(&self.numbers_url("/readyz"), async || status(&self.numbers_url("/readyz")).await == Some(200))
            .await;
    }

    /// Whether `yomu health` with the same settings ends well, and what it says.
    pub(crate) fn health(&self) -> (bool, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_yomu"))
            .arg("health")
            .env_clear()
            .env("YOMU_DATA", self.folder.path())
            .env("YOMU_METRICS_ADDRESS", format!("127.0.0.1:{}", self.numbers))
            .output()
            .expect("the program runs");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// The sum of a metric over its labels.
    pub(crate) async fn number(&self, name: &str) -> f64 {
        let page = get(&self.numbers_url("/metrics")).await;
        let lines = page.lines().filter(|line| line.starts_with(name));
        lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("the log of a process:\n{}", self.log());
        }
    }
}

pub(crate) fn client() -> &'static reqwest::Client {
    static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();
    CLIENT.get_or_init(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE);
        // Each test has a runtime of its own, and a connection belongs to one.
        client.pool_max_idle_per_host(0).build().expect("a client")
    })
}

pub(crate) async fn get(url: &str) -> String {
    let answer = client().get(url).send().await.expect("an answer");
    answer.text().await.expect("a text")
}

/// The status of an answer; none when nobody listens.
pub(crate) async fn status(url: &str) -> Option<u16> {
    Some(client().get(url).send().await.ok()?.status().as_u16())
}

/// Sends a form as a browser does from the same site.
pub(crate) async fn post(url: &str) -> Option<u16> {
    let sent = client()
        .post(url)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("content-length", "0")
        .send()
        .await;
    Some(sent.ok()?.status().as_u16())
}

/// Asks again and again until it is so.
pub(crate) async fn eventually(what: &str, is_so: impl AsyncFn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so().await {
        assert!(Instant::now() < deadline, "in vain: {what}");
        sleep(Duration::from_millis(20)).await;
    }
}

/// An address of a new database, or none where there is no PostgreSQL.
pub(crate) async fn new_database() -> Option<String> {
    let Ok(server) = std::env::var("YOMU_TEST_POSTGRES") else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "CI=true asks for the tests with PostgreSQL");
        eprintln!("SKIPPED: YOMU_TEST_POSTGRES is not set; run `scripts/postgres cargo nextest run`");
        return None;
    };
    let (client, connection) =
        tokio_postgres::connect(&server, tokio_postgres::NoTls).await.expect("the server answers");
    tokio::spawn(connection);
    let name = format!("yomu_{}_{}", std::process::id(), jiff::Timestamp::now().as_nanosecond());
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("a new database");
    let (base, _) = server.rsplit_once('/').expect("an address that ends with a database");
    Some(format!("{base}/{name}"))
}
