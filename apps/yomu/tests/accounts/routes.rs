//! Every address of the router, asked by somebody who has no business there.
//!
//! The list is read from the router's own source, so a new address is walked from its first day.

use yomu_store::{FeedSource, Order, Range, View};

use crate::site::Site;
use crate::visitor::{Answer, Visitor};

const ROUTER: &str = include_str!("../../src/web/router.rs");

/// A word that is in everything of Ann's and nowhere else.
const HERS: &str = "quokka";

/// Addresses that anybody may open without being signed in.
const OPEN: [&str; 12] = [
    "/sign-in",
    "/sign-in/start",
    "/sign-in/callback",
    "/sign-out",
    "/invitations/{token}",
    "/shared/{token}",
    "/shared/{token}/image/{signature}/{address}",
    "/assets/{file}",
    "/favicon.ico",
    "/manifest.webmanifest",
    "/sw.js",
    "/offline",
];

/// One address and how it is asked.
struct Route {
    path: &'static str,
    gets: bool,
    posts: bool,
}

fn routes() -> Vec<Route> {
    let chunks = ROUTER.split(".route(").skip(1);
    let routes = chunks.map(|chunk| {
        let path = chunk.split('"').nth(1).expect("an address begins with a quotation mark");
        Route { path, gets: chunk.contains("get("), posts: chunk.contains("post(") }
    });
    routes.collect()
}

/// The numbers of what is Ann's.
struct Hers {
    user: i64,
    feed: i64,
    folder: i64,
    entry: i64,
    icon: i64,
    tag: i64,
    highlight: i64,
    search: i64,
    share: i64,
    session: String,
    password: String,
    invitation: String,
    undo: Vec<String>,
}

impl Hers {
    /// The addresses of a route, filled with Ann's numbers.
    fn addresses(&self, path: &str) -> Vec<String> {
        let number = |number: &dyn std::fmt::Display| vec![path.replace("{id}", &number.to_string())];
        match path {
            "/undo/{what}" => self.undo.iter().map(|what| path.replace("{what}", what)).collect(),
            "/search" => vec![format!("/search?q={HERS}"), format!("/search?q=feed%3A{HERS}")],
            "/assets/{file}" => vec!["/assets/nothing.css".to_owned()],
            "/image/{signature}/{address}" => vec![format!("/image/{}/aHR0cHM6Ly9hLmV4YW1wbGUv", "A".repeat(43))],
            "/shared/{token}" => vec![format!("/shared/{}", "A".repeat(43))],
            "/shared/{token}/image/{signature}/{address}" => {
                vec![format!("/shared/{0}/image/{0}/aHR0cHM6Ly9hLmV4YW1wbGUv", "A".repeat(43))]
            }
            "/invitations/{token}" => vec![format!("/invitations/{}", "A".repeat(43))],
            _ if path.starts_with("/entries/") => number(&self.entry),
            _ if path.starts_with("/feeds/") => number(&self.feed),
            _ if path.starts_with("/folders/") => number(&self.folder),
            _ if path.starts_with("/shares/") => number(&self.share),
            _ if path.starts_with("/searches/") => number(&self.search),
            _ if path.starts_with("/highlights/") => number(&self.highlight),
            _ if path.starts_with("/tags/") => number(&self.tag),
            _ if path.starts_with("/icons/") => number(&self.icon),
            _ if path.starts_with("/account/devices/") => number(&self.session),
            _ if path.starts_with("/account/app-passwords/") => number(&self.password),
            _ if path.starts_with("/admin/invitations/") => number(&self.invitation),
            _ if path.starts_with("/admin/users/") => number(&self.user),
            _ => {
                assert!(!path.contains('{'), "say in this test what stands for the braces of `{path}`");
                vec![path.to_owned()]
            }
        }
    }

    /// Forms that would do harm, with all the fields that any form has.
    fn forms(&self) -> Vec<Vec<(&'static str, String)>> {
        let lists = ["unread".to_owned(), format!("feed-{}", self.feed), format!("folder-{}", self.folder)];
        let form = |list| {
            let fields = [
                ("list", list),
                ("newest", "9999999".to_owned()),
                ("ids", self.entry.to_string()),
                ("title", "taken".to_owned()),
                ("folder", HERS.to_owned()),
                ("address", "https://example.invalid/feed".to_owned()),
                ("encoding", String::new()),
                ("username", String::new()),
                ("password", String::new()),
                ("rules", String::new()),
                ("confirm", "ann@example.org".to_owned()),
                ("admin", "false".to_owned()),
                ("note", "a friend".to_owned()),
                ("name", "an app".to_owned()),
                ("theme", "dark".to_owned()),
                ("permille", "500".to_owned()),
                ("number", "0".to_owned()),
                ("seconds", "1".to_owned()),
                ("back", "/unread".to_owned()),
                ("add", HERS.to_owned()),
                ("exact", "the".to_owned()),
                ("query", HERS.to_owned()),
            ];
            fields.to_vec()
        };
        lists.into_iter().map(form).collect()
    }
}

/// Ann, who is the admin, with one of everything; and Bob, with nothing.
async fn world() -> (Site, Visitor, Visitor, Hers) {
    let site = Site::allowing(&["ann@example.org", "bob@example.org"], &[]).await;
    let ann = site.signed_in("1", "ann@example.org").await;
    let bob = site.signed_in("2", "bob@example.org").await;
    let user = site.user("ann@example.org").await;
    let store = &site.store;
    let now = jiff::Timestamp::now();
    // The sample library is fetched and stored as any other; then it is marked as hers alone.
    ann.post("/welcome/sample", &[]).await.is(303);
    let list = store.entries(user, View::All, Order::Newest, None, 100).await.unwrap().entries;
    let subscriptions = store.subscriptions(user).await.unwrap();
    let folder = store.folder_named(user, HERS).await.unwrap();
    for one in &subscriptions {
        let change = yomu_store::SubscriptionChange {
            title: Some(format!("{HERS} {}", one.id)),
            folder_id: Some(folder),
            full_text: false,
            rules: format!("star any contains {HERS}"),
            source: FeedSource { encoding: Some("utf-8".to_owned()), ..one.source.clone() },
        };
        store.change_subscription(user, one.id, &change, now).await.unwrap();
    }
    let feed = subscriptions[0].id;
    store.set_icon(subscriptions[0].feed_id, Some((&[1; 16], &icon())), now).await.unwrap();
    store.star(user, list[0].id, true, now).await.unwrap();
    let tag = yomu_model::name::TagName::parse(HERS).unwrap();
    store.add_tag(user, &[list[0].id], &tag, now).await.unwrap();
    let tag = store.tag_named(user, &tag).await.unwrap().unwrap().get();
    let passage = yomu_store::NewHighlight {
        quote: yomu_model::highlight::Quote::new(HERS, "", "").unwrap(),
        place: None,
        note: HERS.to_owned(),
    };
    let highlighted = store.add_highlight(user, list[0].id, &passage, (9, 9), now).await.unwrap();
    let yomu_store::Highlighted::Done(highlight) = highlighted else { panic!("{highlighted:?}") };
    let highlight = highlight.get();
    let search = yomu_store::NewSearch {
        name: yomu_model::name::SearchName::parse(HERS).unwrap(),
        query: HERS.to_owned(),
        order: Order::Newest,
    };
    let search = store.save_search(user, &search, 9, now).await.unwrap().unwrap().get();
    store.set_rules(user, &format!("star any contains {HERS}")).await.unwrap();
    store.share(user, list[0].id, [7; 32], 9, now).await.unwrap();
    let share = store.shares(user, None).await.unwrap()[0].id.get();
    let range =
        Range { order: Order::Newest, up_to: Some(list[3].cursor), newest_seen: store.newest_entry().await.unwrap() };
    let marked = store.mark_range(user, View::All, range, now).await.unwrap();
    let removed = store.remove_entry(user, list[5].id, now).await.unwrap().unwrap();
    let ended = store.unsubscribe(user, subscriptions[1].id, now).await.unwrap().unwrap();
    let undo = vec![
        format!("mark-{}", marked.at.as_millisecond()),
        format!("entry-{}-{}", list[5].id, removed.as_millisecond()),
        format!("feed-{}-{}", subscriptions[1].id, ended.at.as_millisecond()),
    ];
    ann.post("/account/app-passwords", &[("name", HERS)]).await.is(200);
    ann.post("/admin/invitations", &[("note", HERS)]).await.is(200);
    // A second device, so that one has a number.
    site.signed_in("1", "ann@example.org").await;
    let account = ann.get("/account").await;
    let icon = store.subscription(user, feed).await.unwrap().unwrap().icon_id.expect("it was set").get();
    let hers = Hers {
        user: user.get(),
        feed: feed.get(),
        folder: folder.get(),
        entry: list[0].id.get(),
        icon,
        tag,
        highlight,
        search,
        share,
        session: account.between("/account/devices/", "/sign-out"),
        password: account.between("/account/app-passwords/", "/remove"),
        invitation: ann.get("/admin").await.between("/admin/invitations/", "/remove"),
        undo,
    };
    (site, ann, bob, hers)
}

fn icon() -> yomu_store::Icon {
    yomu_store::Icon { media_type: "image/png".to_owned(), bytes: HERS.as_bytes().to_vec() }
}

/// All that Ann has, as one text.
async fn everything(site: &Site) -> String {
    let store = &site.store;
    let user = site.user("ann@example.org").await;
    let now = jiff::Timestamp::now();
    let list = store.entries(user, View::All, Order::Newest, None, 1000).await.unwrap();
    let life = yomu_store::SessionLife {
        idle: jiff::SignedDuration::from_hours(1),
        whole: jiff::SignedDuration::from_hours(1),
    };
    let sessions = store.sessions(user, life, now).await.unwrap().len();
    let mut subscriptions = store.subscriptions(user).await.unwrap();
    for one in &mut subscriptions {
        one.health = yomu_store::FeedHealth::default();
    }
    let person = site.people().await.into_iter().find(|person| person.user.id == user).unwrap();
    format!(
        "{list:#?} {subscriptions:#?} {:#?} {:#?} {:#?} {:#?} {:#?} {:#?} {sessions} {:?} {:?} {:?}",
        store.folders(user).await.unwrap(),
        store.tags(user).await.unwrap(),
        store.shares(user, None).await.unwrap(),
        store.saved_searches(user).await.unwrap(),
        store.rules(user).await.unwrap(),
        store.highlights(user, "", None, 100).await.unwrap(),
        store.app_passwords(user).await.unwrap().iter().map(|one| one.id).collect::<Vec<_>>(),
        store.invitations(now).await.unwrap().iter().map(|one| one.id).collect::<Vec<_>>(),
        person.user,
    )
}

/// Whether an address is about one thing of somebody's.
fn names_a_thing(path: &str) -> bool {
    path.contains("{id}") || path.starts_with("/admin")
}

/// Whatever the answer is, it keeps the browser on a leash.
#[track_caller]
fn is_guarded(answer: &Answer, address: &str) {
    for (name, says) in [
        ("content-security-policy", "default-src 'none'"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=()"),
    ] {
        let said = answer.headers.get(name).map_or("", |value| value.to_str().unwrap());
        assert!(said.contains(says), "{address} ({}) says `{name}: {said}`", answer.status);
    }
}

#[tokio::test]
async fn the_wrong_user_sees_nothing_and_changes_nothing() {
    let (site, ann, bob, hers) = world().await;
    let before = everything(&site).await;
    assert!(before.contains(HERS));
    ann.get(&format!("/entries/{}", hers.entry)).await.is(200);
    ann.get(&format!("/icons/{}", hers.icon)).await.is(200);
    ann.get(&format!("/search?q=feed%3A{HERS}")).await.is(200).shows(&["<ol class=\"entries\">"]);
    ann.get("/feeds").await.is(200).shows(&[HERS]);

    let mut walked = 0;
    for route in routes() {
        // They end Bob's own session or account, and are walked at the end.
        if ["/sign-out", "/account/sign-out-everywhere"].contains(&route.path) {
            continue;
        }
        for address in hers.addresses(route.path) {
            walked += 1;
            if route.path == "/events" {
                // It goes on for minutes; the first event is of Bob's own counts.
                let (unread, trouble) = site.store.counts(site.user("bob@example.org").await).await.unwrap();
                let event = format!("{{\"unread\":{unread},\"trouble\":{trouble},\"folders\":{{");
                assert!(bob.first_of(&address).await.contains(&event), "{event}");
                continue;
            }
            if route.gets {
                let answer = bob.get(&address).await;
                is_guarded(&answer, &address);
                let shown = answer
                    .text
                    .replace(&format!("value=\"{HERS}\""), "")
                    .replace(&format!("value=\"feed:{HERS}\""), "");
                let shown = shown.replace(&format!("?q={HERS}"), "").replace(&format!("?q=feed%3A{HERS}"), "");
                let shown = shown.replace(&format!("{HERS} · Yomu"), "").replace(&format!("feed:{HERS} · Yomu"), "");
                assert!(!shown.contains(HERS), "GET {address} shows what is Ann's:\n{}", answer.text);
                if names_a_thing(route.path) {
                    answer.is(404);
                }
            }
            if !route.posts {
                continue;
            }
            for form in hers.forms() {
                let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let answer = bob.post(&address, &fields).await;
                is_guarded(&answer, &address);
                assert!(!answer.text.contains("ann@example.org"), "POST {address} names Ann");
                if names_a_thing(route.path) {
                    assert_eq!(answer.status, 404, "POST {address}");
                }
            }
        }
    }
    assert!(walked > 50, "the list of addresses was read: {walked}");
    bob.post("/account/sign-out-everywhere", &[]).await.leads_to("/sign-in");
    assert_eq!(everything(&site).await, before, "all that Ann has is as it was");
    ann.get("/unread").await.is(200);
}

#[tokio::test]
async fn whoever_is_not_signed_in_gets_nowhere() {
    let (site, _, _, hers) = world().await;
    let before = everything(&site).await;
    let nobody = site.visitor();
    for route in routes().iter().filter(|route| !OPEN.contains(&route.path)) {
        for address in hers.addresses(route.path) {
            if route.gets && route.path.starts_with("/image/") {
                // What asks for it is an `<img>`, which a sign-in page would not help.
                is_guarded(nobody.get(&address).await.is(401), &address);
            } else if route.gets {
                let answer = nobody.get(&address).await;
                is_guarded(&answer, &address);
                let to = answer.is(303).location().unwrap();
                assert!(to.starts_with("/sign-in"), "GET {address} leads to {to}");
            }
            if route.posts {
                for form in hers.forms() {
                    let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
                    is_guarded(nobody.post(&address, &fields).await.is(401), &address);
                }
            }
        }
    }
    assert_eq!(everything(&site).await, before);
}
