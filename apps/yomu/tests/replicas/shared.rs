//! Three servers and two workers.

use std::time::Duration;

use tokio::time::{sleep, timeout};
use yomu_model::ids::{EntryId, UserId};
use yomu_model::secret::Secret;
use yomu_store::{FeedSource, Order, Store, StoreConfig, View};

use crate::process::{Process, client, eventually, get, new_database, post};
use crate::server::Server as Feeds;
use crate::valkey::Server as Valkey;

const FEEDS: usize = 150;
const ENTRIES: usize = 3;

/// Everything that runs in these tests.
struct Home {
    servers: Vec<Process>,
    workers: Vec<Process>,
    valkey: Valkey,
    feeds: Feeds,
    store: Store,
    user: UserId,
    url: String,
}

impl Home {
    /// Starts everything at once on an empty database; none where PostgreSQL or Valkey is missing.
    async fn start() -> Option<Self> {
        let (url, valkey) = (new_database().await?, Valkey::start()?);
        let valkey_url = format!("redis://127.0.0.1:{}", valkey.port());
        let variables = [("DATABASE_URL", url.as_str()), ("VALKEY_URL", &valkey_url)];
        let servers: Vec<_> = (0..3).map(|_| Process::start(&["serve", "--no-worker"], &variables)).collect();
        let workers: Vec<_> = (0..2).map(|_| Process::start(&["worker"], &variables)).collect();
        for process in servers.iter().chain(&workers) {
            process.ready().await;
        }
        let config = StoreConfig::Postgres(Secret::new(url.clone()));
        let store = Store::open(&config, jiff::Timestamp::now()).await.expect("the database opens");
        let user = store.local_user(jiff::Timestamp::now()).await.expect("a user").id;
        let feeds = Feeds::slow(Duration::from_millis(20)).await;
        Some(Self { servers, workers, valkey, feeds, store, user, url })
    }

    /// Subscribes to feeds that nobody has fetched yet.
    async fn subscribe(&self) {
        for number in 0..FEEDS {
            let items: String = (0..ENTRIES)
                .map(|item| format!("<item><guid>{item}</guid><title>{number}-{item}</title></item>"))
                .collect();
            let rss = format!("<rss version=\"2.0\"><channel><title>Feed</title>{items}</channel></rss>");
            let path = format!("/{number}");
            self.feeds.put(&path, "application/rss+xml", rss);
            let source = FeedSource::at(self.feeds.url(&path));
            self.store.subscribe(self.user, &source, None, None, jiff::Timestamp::now()).await.expect("a subscription");
        }
    }

    async fn entries(&self) -> Vec<EntryId> {
        let page = self.store.entries(self.user, View::All, Order::Newest, None, 10_000).await.expect("a list");
        page.entries.iter().map(|entry| entry.id).collect()
    }

    async fn unread(&self) -> usize {
        let page = self.store.entries(self.user, View::Unread, Order::Newest, None, 10_000).await.expect("a list");
        let (kept, _) = self.store.counts(self.user).await.expect("counts");
        assert_eq!(kept as usize, page.entries.len(), "the kept count is that of the list");
        page.entries.len()
    }

    async fn sql(&self, text: &str) -> u64 {
        let (client, connection) =
            tokio_postgres::connect(&self.url, tokio_postgres::NoTls).await.expect("the server answers");
        tokio::spawn(connection);
        client.execute(text, &[]).await.expect("it is done")
    }
}

/// How often a feed was fetched. Its icon is looked for on the same host, as a page.
fn fetched(home: &Home, path: &str) -> usize {
    home.feeds.asked(path).iter().filter(|head| head.contains("application/atom+xml")).count()
}

/// The number in the badge of a page, 0 without one.
async fn badge(process: &Process) -> usize {
    let page = get(&process.url("/all")).await;
    let after = page.split("i-unread").nth(1).expect("the place is on the page");
    let place = after.split("</a>").next().unwrap_or_default();
    place.split("<b>").nth(1).and_then(|text| text.split('<').next()?.parse().ok()).unwrap_or(0)
}

/// A new password for apps, from the page that shows it once.
async fn app_password(process: &Process) -> String {
    let form = client()
        .post(process.url("/account/app-passwords"))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    let made = form.body("name=Reader").send().await.expect("an answer");
    let page = made.text().await.expect("a page");
    let start = page.find("yomu_").expect("the password is shown");
    page[start..].chars().take_while(|char| char.is_ascii_alphanumeric() || *char == '_').collect()
}

/// All unread entries, as an app adds them up.
async fn app_counters(process: &Process, password: &str) -> usize {
    let asked = client().get(process.url("/v1/feeds/counters")).header("x-auth-token", password);
    let text = asked.send().await.expect("an answer").text().await.expect("a text");
    let counters: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let unread = counters["unreads"].as_object().expect("a number for each feed").values();
    unread.map(|number| number.as_u64().expect("a number") as usize).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_processes_share_feeds_marks_and_events() {
    let Some(home) = Home::start().await else { return };
    home.subscribe().await;

    // Asked for at one server, done by the workers, at once: they hear of it.
    assert_eq!(post(&home.servers[0].url("/refresh")).await, Some(303));
    eventually("all entries are there", async || home.entries().await.len() == FEEDS * ENTRIES).await;
    let twice: Vec<String> =
        (0..FEEDS).map(|number| format!("/{number}")).filter(|path| fetched(&home, path) != 1).collect();
    assert_eq!(twice, Vec::<String>::new(), "each feed was fetched once");
    eventually("the workers count what they did", async || {
        home.workers[0].number("yomu_refresh_seconds_count").await
            + home.workers[1].number("yomu_refresh_seconds_count").await
            == FEEDS as f64
    })
    .await;
    for worker in &home.workers {
        assert!(worker.number("yomu_refresh_seconds_count").await > 0.0, "both took part");
    }

    // Marks through all servers at once, some of them twice.
    let entries = home.entries().await;
    let marks = (0..120).map(|number| {
        let entry = entries[number % 90];
        post_owned(home.servers[number % 3].url(&format!("/entries/{entry}/read")))
    });
    for mark in marks.map(tokio::spawn).collect::<Vec<_>>() {
        assert_eq!(mark.await.expect("it ends"), Some(303));
    }
    let left = FEEDS * ENTRIES - 90;
    assert_eq!(home.unread().await, left);
    let password = app_password(&home.servers[0]).await;
    for server in &home.servers {
        assert_eq!(badge(server).await, left, "every server knows of the others' marks at once");
        assert_eq!(app_counters(server, &password).await, left);
    }

    // A page that is open at one server hears of a mark at another.
    let mut stream = client().get(home.servers[1].url("/events")).send().await.expect("a stream");
    assert_eq!(next_unread(&mut stream).await, left);
    assert_eq!(post(&home.servers[2].url(&format!("/entries/{}/read", entries[100]))).await, Some(303));
    assert_eq!(next_unread(&mut stream).await, left - 1);
    assert_eq!(app_counters(&home.servers[0], &password).await, left - 1, "an app does too");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_killed_nothing_is_lost() {
    let Some(mut home) = Home::start().await else { return };
    home.subscribe().await;

    // A worker dies with feeds in its hands.
    home.feeds.hold();
    assert_eq!(post(&home.servers[0].url("/refresh")).await, Some(303));
    eventually("both workers have feeds in their hands", async || {
        let queue = home.store.queue(jiff::Timestamp::now()).await.expect("numbers");
        home.feeds.arrived() >= 3 && queue.in_work > 64
    })
    .await;
    home.workers[0].kill();
    home.feeds.release();
    let leased = "UPDATE feed SET lease_until = lease_until WHERE lease_until IS NOT NULL";
    let all = FEEDS * ENTRIES;
    // The living one ends its own; then only the leases of the dead one are left.
    eventually("the other worker has done its part", async || {
        let before = home.sql(leased).await;
        sleep(Duration::from_millis(300)).await;
        before == home.sql(leased).await && home.feeds.asked_in_all() > 0
    })
    .await;
    assert!(home.sql(leased).await > 0, "the dead worker holds leases");
    assert!(home.entries().await.len() < all);
    // Ten minutes later. The number of the lease is the dead worker's still.
    home.sql("UPDATE feed SET lease_until = 0 WHERE lease_until IS NOT NULL").await;
    eventually("its leases were taken over", async || home.entries().await.len() == all).await;

    // A server dies under marks: what it confirmed is there.
    let entries = home.entries().await;
    let url = home.servers[0].url("");
    let marking = tokio::spawn(async move {
        let mut confirmed = 0;
        for entry in entries {
            match post(&format!("{url}/entries/{entry}/read")).await {
                Some(303) => confirmed += 1,
                _ => break,
            }
        }
        confirmed
    });
    sleep(Duration::from_millis(150)).await;
    home.servers[0].kill();
    let confirmed: usize = marking.await.expect("it ends");
    let left = home.unread().await;
    // The last one may have been stored without anybody being told.
    assert!(all - left == confirmed || all - left == confirmed + 1, "{confirmed} confirmed, {} stored", all - left);
    assert_eq!(badge(&home.servers[1]).await, left);

    // Valkey dies, and is back: pages and marks go on, and events come again.
    home.valkey.kill();
    let entry = home.store.entries(home.user, View::Unread, Order::Oldest, None, 3).await.expect("a list").entries;
    assert_eq!(post(&home.servers[1].url(&format!("/entries/{}/read", entry[0].id))).await, Some(303));
    assert_eq!(home.unread().await, left - 1);
    assert_eq!((badge(&home.servers[1]).await, badge(&home.servers[2]).await), (left - 1, left - 1));
    home.valkey.start_again();
    eventually("Valkey is used again", async || home.servers[2].number("yomu_valkey_up").await == 1.0).await;
    eventually("and by the other server", async || home.servers[1].number("yomu_valkey_up").await == 1.0).await;
    let mut stream = client().get(home.servers[2].url("/events")).send().await.expect("a stream");
    assert_eq!(next_unread(&mut stream).await, left - 1);
    // The subscription may be back a moment after the other connection.
    sleep(Duration::from_millis(300)).await;
    assert_eq!(post(&home.servers[1].url(&format!("/entries/{}/read", entry[1].id))).await, Some(303));
    eventually("the event arrives", async || badge(&home.servers[2]).await == left - 2).await;
    loop {
        if next_unread(&mut stream).await == left - 2 {
            break;
        }
    }
}

async fn post_owned(url: String) -> Option<u16> {
    post(&url).await
}

/// The number of unread entries in the next event.
async fn next_unread(stream: &mut reqwest::Response) -> usize {
    let mut text = String::new();
    loop {
        let chunk = timeout(Duration::from_secs(10), stream.chunk()).await.expect("an event").expect("a stream");
        text += &String::from_utf8_lossy(&chunk.expect("it goes on"));
        if let Some((_, rest)) = text.split_once("\"unread\":")
            && let Some((number, _)) = rest.split_once(',')
        {
            return number.parse().expect("a number");
        }
    }
}
