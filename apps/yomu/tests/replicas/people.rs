//! People who sign in, at two servers that share PostgreSQL and Valkey.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};

use crate::process::{Process, client, new_database};
use crate::provider::{CLIENT_ID, CLIENT_SECRET, Provider};
use crate::valkey::Server as Valkey;
use crate::visitor::Visitor;

/// Somebody's address, as our proxy tells it.
const OFFICE: (&str, &str) = ("x-forwarded-for", "203.0.113.7");
const ELSEWHERE: (&str, &str) = ("x-forwarded-for", "198.51.100.9");

struct Home {
    servers: Vec<Process>,
    valkey: Valkey,
    provider: Provider,
    /// What must never be in a log.
    secrets: Vec<String>,
}

impl Home {
    async fn start() -> Option<Self> {
        let (url, valkey, provider) = (new_database().await?, Valkey::start()?, Provider::start().await);
        let database = url.replace("postgres@", "postgres:a-password-of-the-database@");
        let valkey_url = format!("redis://127.0.0.1:{}", valkey.port());
        let session_secret = "walnut-0815-Harbour-lantern-Quokka-violin";
        let variables = [
            ("DATABASE_URL", database.as_str()),
            ("VALKEY_URL", &valkey_url),
            ("GOOGLE_CLIENT_ID", CLIENT_ID),
            ("GOOGLE_CLIENT_SECRET", CLIENT_SECRET),
            ("SESSION_SECRET", session_secret),
            ("OIDC_ISSUER", &provider.issuer),
            ("YOMU_TRUSTED_PROXIES", "127.0.0.0/8"),
            ("LOG_LEVEL", "trace"),
        ];
        let servers: Vec<_> = (0..2).map(|_| Process::start(&["serve", "--no-worker"], &variables)).collect();
        for server in &servers {
            server.ready().await;
        }
        let secrets = ["a-password-of-the-database", CLIENT_SECRET, session_secret];
        let secrets = secrets.map(str::to_owned).to_vec();
        Some(Self { servers, valkey, provider, secrets })
    }

    /// A browser at one of the servers.
    fn visitor(&self, server: usize) -> Visitor {
        Visitor::new(self.servers[server].url("/").replace("127.0.0.1", "localhost").parse().expect("an address"))
    }

    /// The same browser at the other server.
    fn moved(&self, visitor: &Visitor, server: usize) -> Visitor {
        let moved = self.visitor(server);
        moved.set_cookie("yomu", &visitor.cookie("yomu").expect("signed in"));
        moved
    }

    /// Asks as an app with a password.
    async fn app(&self, server: usize, password: &str, from: (&str, &str)) -> StatusCode {
        let request = client().get(self.servers[server].url("/v1/me")).header("x-auth-token", password);
        request.header(from.0, from.1).send().await.expect("an answer").status()
    }

    async fn password(&mut self, ann: &Visitor) -> (String, String) {
        let page = ann.post("/account/app-passwords", &[("name", "a phone")]).await;
        let password = format!("yomu_{}", page.is(200).between("yomu_", "<"));
        let number = ann.get("/account").await.between("/account/app-passwords/", "/remove");
        self.secrets.push(password.clone());
        (password, number)
    }
}

fn wrong(number: usize) -> String {
    format!("yomu_{number:a>32}").replace(|letter: char| letter.is_ascii_digit(), "b")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ends_at_one_server_has_ended_at_the_other() {
    let Some(mut home) = Home::start().await else { return };
    let ann = home.visitor(0);
    ann.sign_in().await.leads_to("/unread");
    let there = home.moved(&ann, 1);
    let (password, number) = home.password(&ann).await;
    for server in [0, 1, 1, 0] {
        home.moved(&ann, server).get("/account").await.is(200).shows(&["ann@example.org"]);
        assert_eq!(home.app(server, &password, ELSEWHERE).await, 200, "both remember");
    }

    // A change of the account is seen at once.
    there.post("/account", &[("language", "ja"), ("time_zone", "Asia/Tokyo")]).await.is(303);
    ann.get("/account").await.shows(&["lang=\"ja\""]);

    // An app password ends everywhere at once, and so does a session.
    ann.post(&format!("/account/app-passwords/{number}/remove"), &[]).await.is(303);
    assert_eq!(home.app(1, &password, ELSEWHERE).await, 401);
    let (password, _) = home.password(&ann).await;
    assert_eq!(home.app(1, &password, ELSEWHERE).await, 200);
    there.get("/unread").await.is(200);
    ann.post("/sign-out", &[]).await.leads_to("/sign-in");
    there.get("/unread").await.leads_to("/sign-in?back=%2Funread");

    // Emptied, and then away: everything goes on, and what ends has ended.
    ann.sign_in().await.leads_to("/unread");
    let there = home.moved(&ann, 1);
    there.get("/unread").await.is(200);
    home.valkey.say("FLUSHALL");
    there.get("/unread").await.is(200);
    home.valkey.kill();
    there.get("/unread").await.is(200);
    assert_eq!(home.app(0, &password, ELSEWHERE).await, 200);
    let bob = home.visitor(1);
    home.provider.signs_in("1", "ann@example.org");
    bob.sign_in().await.leads_to("/unread");
    there.post("/account/sign-out-everywhere", &[]).await.leads_to("/sign-in");
    for gone in [&ann, &there, &bob] {
        gone.get("/unread").await.leads_to("/sign-in?back=%2Funread");
    }
    home.valkey.start_again();
    home.servers[0].ready().await;
    tokio::time::sleep(std::time::Duration::from_secs(4)).await;
    for gone in [&ann, &there, &bob] {
        gone.get("/unread").await.leads_to("/sign-in?back=%2Funread");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tries_are_counted_together_and_nobody_is_locked_out_by_a_neighbour() {
    let Some(mut home) = Home::start().await else { return };
    let ann = home.visitor(0);
    ann.sign_in().await.leads_to("/unread");
    let (password, _) = home.password(&ann).await;

    // Sixty wrong passwords from the office, half of them at each server.
    for number in 0..60 {
        assert_eq!(home.app(number % 2, &wrong(number), OFFICE).await, 401, "{number}");
    }
    let key = Md5::digest("ann@example.org:wrong").iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let basic = format!("Basic {}", STANDARD.encode(format!("ann@example.org:{}", wrong(1))));
    for server in &home.servers {
        for request in [
            client().get(server.url("/v1/me")).header("x-auth-token", wrong(1)),
            client().get(server.url("/reader/api/0/token")).header("authorization", &basic),
            client().get(server.url(&format!("/accounts/ClientLogin?Email=ann@example.org&Passwd={}", wrong(2)))),
            client().get(server.url(&format!("/fever/?api&api_key={key}"))),
        ] {
            let answer = request.header(OFFICE.0, OFFICE.1).send().await.unwrap();
            assert_eq!(answer.status(), 429, "{}", answer.url());
            let wait: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
            assert!((1..=301).contains(&wait), "{wait}");
            let text = answer.text().await.unwrap();
            assert!(text.contains("too many requests; ask again in "), "{text}");
        }
    }
    for server in [0, 1] {
        assert_eq!(home.app(server, &password, OFFICE).await, 200, "a colleague's right one opens");
        assert_eq!(home.app(server, &wrong(1), ELSEWHERE).await, 401, "others are only told that it is wrong");
        assert_eq!(home.app(server, &wrong(1), ("x-nothing", "")).await, 401, "this machine waits for nothing");
    }

    // Thirty sign-ins that nobody ends.
    for number in 0..30 {
        home.visitor(number % 2).get_with("/sign-in/start", OFFICE.0, OFFICE.1).await.is(303);
    }
    for server in [0, 1] {
        let refused = home.visitor(server).get_with("/sign-in/start", OFFICE.0, OFFICE.1).await;
        refused.is(429).shows(&["Too many tries from your network"]);
        home.visitor(server).get_with("/sign-in/start", ELSEWHERE.0, ELSEWHERE.1).await.is(303);
        let known = home.visitor(server);
        known.set_cookie("yomu_device", &ann.cookie("yomu_device").unwrap());
        known.get_with("/sign-in/start", OFFICE.0, OFFICE.1).await.is(303);
        known.set_cookie("yomu_device", "forged");
        known.get_with("/sign-in/start", OFFICE.0, OFFICE.1).await.is(429);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_opens_anything_is_in_a_log() {
    let Some(mut home) = Home::start().await else { return };
    let ann = home.visitor(0);
    let started = ann.get("/sign-in/start").await;
    let to = url::Url::parse(&started.location().unwrap()).unwrap();
    for (name, value) in to.query_pairs() {
        if ["state", "nonce", "code_challenge"].contains(&&*name) {
            home.secrets.push(value.into_owned());
        }
    }
    home.secrets.push(ann.cookie("yomu_sign_in").unwrap());
    let back = ann.open(to.as_str()).await.location().unwrap();
    let code = url::Url::parse(&back).unwrap().query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    home.secrets.push(code);
    ann.open(&back).await.is(303);
    home.secrets.extend(["yomu", "yomu_device"].map(|name| ann.cookie(name).unwrap()));
    let (password, _) = home.password(&ann).await;
    let link = ann.post("/admin/invitations", &[("note", "Bob")]).await.between("<code>", "</code>");
    home.secrets.push(link.rsplit('/').next().unwrap().to_owned());
    let fever: String =
        Md5::digest(format!("ann@example.org:{password}")).iter().map(|byte| format!("{byte:02x}")).collect();
    home.secrets.push(fever.clone());
    for server in [0, 1] {
        let url = |path: &str| home.servers[server].url(path);
        let basic = STANDARD.encode(format!("ann@example.org:{password}"));
        home.secrets.push(basic.clone());
        for request in [
            client().get(url("/v1/me")).header("x-auth-token", &password),
            client().get(url("/v1/me")).header("authorization", format!("Basic {basic}")),
            client().get(url(&format!("/accounts/ClientLogin?Email=ann@example.org&Passwd={password}"))),
            client().get(url("/reader/api/0/token")).header("authorization", format!("GoogleLogin auth={password}")),
            client().post(url("/fever/?api")).body(format!("api_key={fever}")),
        ] {
            assert_eq!(request.send().await.unwrap().status(), 200);
        }
    }
    // A feed with a password that its server does not like, and one in its address.
    let feed = format!("http://127.0.0.1:{}/feed", crate::port::free_port());
    let form = [("address", feed.as_str()), ("username", "ann"), ("password", "a-password-of-a-feed")];
    ann.post("/add", &form).await.is(422);
    let inside = feed.replace("127.0.0.1", "ann:a-password-in-an-address@127.0.0.1");
    ann.post("/add", &[("address", &inside)]).await.is(422);
    home.secrets.extend(["a-password-of-a-feed", "a-password-in-an-address"].map(str::to_owned));
    ann.post("/account/sign-out-everywhere", &[]).await.leads_to("/sign-in");
    for server in &home.servers {
        let log = server.log();
        for route in ["/v1/me", "/accounts/ClientLogin", "/reader/api/0/token", "/fever/"] {
            assert!(log.contains(&format!("route=\"{route}\"")), "{route} is in the log: {log}");
        }
        for secret in home.secrets.iter().filter(|secret| secret.len() > 3) {
            let telling: Vec<&str> = log.lines().filter(|line| line.contains(secret)).collect();
            assert_eq!(telling, Vec::<&str>::new(), "{secret}");
        }
    }
}
