//! Starting in a world that is not ready.

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use yomu_model::secret::Secret;
use yomu_store::{Store, StoreConfig};

use crate::port::free_port;
use crate::process::{Process, eventually, get, new_database, status};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_away_is_waited_for() {
    let Some(url) = new_database().await else { return };
    let address = url.split('@').nth(1).and_then(|rest| rest.split('/').next()).expect("a host").to_owned();
    let port = free_port();
    let through = url.replace(&address, &format!("127.0.0.1:{port}"));
    let processes =
        [&["serve"][..], &["worker"]].map(|arguments| Process::start(arguments, &[("DATABASE_URL", through.as_str())]));
    for process in &processes {
        eventually("it lives", async || status(&process.numbers_url("/healthz")).await == Some(200)).await;
        eventually("it says what is missing", async || {
            get(&process.numbers_url("/readyz")).await.contains("Connection refused")
        })
        .await;
        assert_eq!(status(&process.numbers_url("/readyz")).await, Some(503));
        assert_eq!(process.number("yomu_database_up").await, 0.0);
        assert!(process.log().contains("waiting for the database"), "{}", process.log());
    }
    assert_eq!(status(&processes[0].url("/healthz")).await, Some(200));
    assert_eq!(status(&processes[0].url("/readyz")).await, Some(503));
    for process in &processes {
        let (went_well, said) = process.health();
        assert!(!went_well && said.starts_with("not ready: ") && said.contains("Connection refused"), "{said}");
    }
    assert_eq!(status(&processes[0].url("/unread")).await, Some(503));

    let proxy = Proxy::start(port, address).await;
    for process in &processes {
        process.ready().await;
        assert_eq!(process.health(), (true, String::new()));
    }
    assert_eq!(status(&processes[0].url("/unread")).await, Some(200));

    // It goes away while the program runs, and comes back.
    proxy.stop();
    eventually("not ready", async || status(&processes[0].url("/readyz")).await == Some(503)).await;
    assert_eq!(status(&processes[0].url("/healthz")).await, Some(200));
    assert_eq!(status(&processes[0].url("/unread")).await, Some(503));
    assert!(get(&processes[0].url("/unread")).await.contains("Yomu cannot reach its database"));
    let _proxy =
        Proxy::start(port, url.split('@').nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned()).await;
    eventually("ready again", async || status(&processes[0].url("/readyz")).await == Some(200)).await;
    assert_eq!(status(&processes[0].url("/unread")).await, Some(200));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newer_schema_is_refused_with_the_version_to_run() {
    let Some(url) = new_database().await else { return };
    let config = StoreConfig::Postgres(Secret::new(url.clone()));
    Store::open(&config, jiff::Timestamp::now()).await.expect("the database opens");
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let newer = "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (999, 'later', 0, 0);
                 INSERT INTO schema_program (number, version) VALUES (999, '9.8.7')";
    client.batch_execute(newer).await.unwrap();
    let mut process = Process::start(&["serve"], &[("DATABASE_URL", url.as_str())]);
    let (_, went_well) = process.end().await;
    assert!(!went_well);
    let log = process.log();
    assert!(log.contains("run yomu 9.8.7 or newer"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_setting_that_is_missing_or_weak_ends_the_start_with_one_sentence() {
    let google = [("GOOGLE_CLIENT_ID", "1-a.apps.googleusercontent.com"), ("GOOGLE_CLIENT_SECRET", "hunter2")];
    for (secret, says) in [
        (None, "error: the environment variable `SESSION_SECRET` is missing: "),
        (Some("hunter2"), "error: the environment variable `SESSION_SECRET` is not hard to guess"),
    ] {
        let variables: Vec<_> = google.into_iter().chain(secret.map(|secret| ("SESSION_SECRET", secret))).collect();
        for arguments in ["serve", "worker"] {
            let mut process = Process::start(&[arguments], &variables);
            let (_, went_well) = process.end().await;
            let log = process.log();
            assert!(!went_well && log.starts_with(says) && log.lines().count() == 1, "{arguments}: {log}");
            assert!(!log.contains("hunter2"), "{log}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_processes_may_start_at_once_on_one_new_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite:{}", folder.path().join("new").join("yomu.sqlite3").display());
    let processes: Vec<_> = (0..5).map(|_| Process::start(&["serve"], &[("DATABASE_URL", file.as_str())])).collect();
    for process in &processes {
        process.ready().await;
    }
}

/// A way to the database that can be closed.
struct Proxy {
    accepting: tokio::task::JoinHandle<()>,
}

impl Proxy {
    async fn start(port: u16, target: String) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free");
        let accepting = tokio::spawn(async move {
            // They end with this task.
            let mut open = tokio::task::JoinSet::new();
            while let Ok((mut client, _)) = listener.accept().await {
                let target = target.clone();
                open.spawn(async move {
                    if let Ok(mut server) = TcpStream::connect(target).await {
                        let _ = copy_bidirectional(&mut client, &mut server).await;
                    }
                });
            }
        });
        Self { accepting }
    }

    fn stop(self) {
        self.accepting.abort();
    }
}
