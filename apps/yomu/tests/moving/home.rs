//! Readers with libraries, and the program as a command.

use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;
use yomu::App;
use yomu::actions::open_sample::open_sample;
use yomu::fetch::FetchConfig;
use yomu_model::ids::UserId;
use yomu_model::secret::Secret;
use yomu_store::{Credentials, FeedSource, NewEntry, Order, Store, StoreConfig, SubscriptionChange, View};

/// A PostgreSQL database without anything in it, not even tables.
pub(crate) struct EmptyPostgres {
    url: String,
}

impl EmptyPostgres {
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) async fn client(&self) -> tokio_postgres::Client {
        let connecting = tokio_postgres::connect(&self.url, tokio_postgres::NoTls);
        let (client, connection) = connecting.await.expect("the server answers");
        tokio::spawn(connection);
        client
    }

    /// The names of its tables.
    pub(crate) async fn tables(&self) -> Vec<String> {
        let sql = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";
        let rows = self.client().await.query(sql, &[]).await.expect("tables");
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// Waits until a condition holds for one of its sessions.
    pub(crate) async fn wait_until(&self, condition: &str) {
        let client = self.client().await;
        let sql = format!("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND {condition}");
        for _ in 0..400 {
            if client.query_opt(&format!("{sql} LIMIT 1"), &[]).await.expect("sessions").is_some() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("within ten seconds: {condition}");
    }

    /// What is in it now.
    pub(crate) async fn open_again(&self) -> Home {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Home::open(StoreConfig::Postgres(Secret::new(self.url.clone())), self.url.clone(), folder).await
    }
}

/// One database.
pub(crate) struct Home {
    pub(crate) store: Store,
    pub(crate) user: UserId,
    url: String,
    folder: TempDir,
}

impl Home {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("yomu.sqlite3");
        let url = format!("sqlite:{}", file.display());
        Self::open(StoreConfig::Sqlite(file), url, folder).await
    }

    /// On PostgreSQL, where there is one.
    pub(crate) async fn postgres() -> Option<Self> {
        let url = new_database().await?;
        let folder = tempfile::tempdir().expect("a temporary folder");
        Some(Self::open(StoreConfig::Postgres(Secret::new(url.clone())), url, folder).await)
    }

    pub(crate) async fn empty_postgres() -> Option<EmptyPostgres> {
        Some(EmptyPostgres { url: new_database().await? })
    }

    async fn open(config: StoreConfig, url: String, folder: TempDir) -> Self {
        let store = Store::open(&config, Timestamp::now()).await.expect("the database opens");
        let user = store.local_user(Timestamp::now()).await.expect("a user").id;
        Self { store, user, url, folder }
    }

    /// Runs the program on this database.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yomu"));
        command.args(arguments).env_clear().env("YOMU_DATA", self.folder.path()).env("DATABASE_URL", &self.url);
        command.output().expect("the program runs")
    }

    /// The same on the file in its folder, which needs no variable.
    pub(crate) fn run_without_database(&self, arguments: &[&str]) -> Output {
        self.command_without_database(arguments).output().expect("the program runs")
    }

    pub(crate) fn start_without_database(&self, arguments: &[&str]) -> Child {
        self.command_without_database(arguments).stderr(Stdio::null()).spawn().expect("the program runs")
    }

    fn command_without_database(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yomu"));
        command.args(arguments).env_clear().env("YOMU_DATA", self.folder.path());
        command
    }

    /// Everything that the user owns, but for the first and the last line, which tell of the export itself.
    pub(crate) fn everything(&self) -> Vec<String> {
        let output = self.run(&["export", "--all"]);
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8(output.stdout).expect("a text");
        let lines: Vec<&str> = text.lines().collect();
        lines[1..lines.len() - 1].iter().map(|line| (*line).to_owned()).collect()
    }

    /// Fails with the first line that is another.
    pub(crate) fn assert_has(&self, everything: &[String]) {
        let found = self.everything();
        for (number, (found, expected)) in found.iter().zip(everything).enumerate() {
            assert_eq!(found, expected, "line {} on {}", number + 2, self.store.engine());
        }
        assert_eq!(found.len(), everything.len(), "on {}", self.store.engine());
    }

    /// A path in a folder of its own.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Fills it with feeds in many scripts, saved pages, and everything that one can do with them.
    pub(crate) async fn fill(&self) {
        let (store, user, now) = (&self.store, self.user, Timestamp::now());
        let app = App::new(store.clone(), FetchConfig::default()).expect("an app");
        open_sample(&app, user).await.expect("the sample library opens");
        let all = store.entries(user, View::All, Order::Newest, None, 1000).await.expect("a list").entries;
        assert!(all.len() > 30, "the sample has {} entries", all.len());
        store.mark_entries(user, &[all[0].id, all[1].id, all[2].id], false, now).await.expect("read");
        store.star(user, all[1].id, true, now).await.expect("a star");
        store.star(user, all[5].id, true, now).await.expect("a star");
        store.remove_entry(user, all[7].id, now).await.expect("removed");
        store.set_media_position(user, all[3].id, 0, 754).await.expect("listened");
        store.set_reading_position(user, all[3].id, 437, now).await.expect("read up to there");
        store.set_reading(user, yomu_model::reading::Reading::from_words("sepia 20 vertical")).await.expect("a look");
        let article = NewEntry {
            html: "<p>読書の秋 &amp; <em>more</em></p>".to_owned(),
            text: "読書の秋 & more".to_owned(),
            reading_minutes: 3,
            ..NewEntry::default()
        };
        store.store_article(all[4].id, article).await.expect("an article");
        store.folder_named(user, "Empty \"folder\"").await.expect("a folder");
        let credentials = Credentials { username: "ann".to_owned(), password: Secret::new("p@ss\n") };
        let source = FeedSource {
            credentials: Some(credentials),
            encoding: Some("euc-jp".to_owned()),
            ..FeedSource::at("https://private.example/feed")
        };
        let folder = store.folder_named(user, "ニュース").await.expect("a folder");
        let (id, _, _) = store.subscribe(user, &source, Some(folder), Some("Mine"), now).await.expect("a subscription");
        let change = SubscriptionChange {
            title: Some("Mine, changed".to_owned()),
            folder_id: Some(folder),
            full_text: true,
            rules: "drop title:advert\nread author:bot".to_owned(),
            source,
        };
        assert!(store.change_subscription(user, id, &change, now).await.expect("changed"));
        store.set_preferences(user, Some("ja"), Some("Asia/Tokyo")).await.expect("preferences");
    }

    /// Titles of what a search finds.
    pub(crate) async fn search(&self, words: &str) -> Vec<String> {
        let query = yomu_model::search::Query::parse(words, &jiff::tz::TimeZone::UTC);
        let page = self.store.search(self.user, &query, Order::Newest, None, 100).await.expect("a search");
        page.entries.into_iter().map(|entry| entry.title).collect()
    }
}

async fn new_database() -> Option<String> {
    let Ok(server) = std::env::var("YOMU_TEST_POSTGRES") else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "CI=true asks for the tests with PostgreSQL");
        eprintln!("SKIPPED on PostgreSQL: YOMU_TEST_POSTGRES is not set; run `scripts/postgres cargo nextest run`");
        return None;
    };
    let (client, connection) =
        tokio_postgres::connect(&server, tokio_postgres::NoTls).await.expect("the server answers");
    tokio::spawn(connection);
    let name = format!("yomu_{}_{}", std::process::id(), Timestamp::now().as_nanosecond());
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("a new database");
    let (base, _) = server.rsplit_once('/').expect("an address that ends with a database");
    Some(format!("{base}/{name}"))
}
