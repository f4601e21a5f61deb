//! Every page, judged by axe-core: no violation, in any theme. `YOMU_AXE` names the file `axe.min.js`; `scripts/test`
//! fetches it where npm is installed.

use std::fs;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use serde_json::json;
use yomu::actions::change_feed::{FeedChange, change_feed_partly};
use yomu::actions::find_address::hush_feed;
use yomu::actions::highlight::{Passage, highlight};
use yomu::actions::invitation::invite;
use yomu::actions::refresh_now::refresh_feed;
use yomu::actions::saved_search::{SearchForm, save_search};
use yomu::actions::share::share;
use yomu::actions::tag::change_tags;
use yomu_model::ids::SubscriptionId;
use yomu_model::reading::Reading;
use yomu_store::Order;

use crate::driver::Driver;
use crate::site::{Site, until};

/// What axe-core says, in a few words for each finding.
const RUN: &str = "return axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, nodes }) => `${id}: ${nodes.length}, such as ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary ?? ''}`).join('\\n'))";

/// All themes, and the largest letters.
const LOOKS: [&str; 3] = ["light", "dark", "sepia 24 wide serif"];

fn axe() -> Option<String> {
    let Ok(path) = std::env::var("YOMU_AXE") else {
        eprintln!("SKIPPED without axe-core: scripts/test fetches it by npm, or set YOMU_AXE to an axe.min.js");
        return None;
    };
    Some(fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}")))
}

/// What axe-core finds on the page that is open, with everything unfolded.
async fn findings(browser: &Driver, axe: &str) -> String {
    browser.script("for (const one of document.querySelectorAll('details')) one.open = true").await;
    browser.script(axe).await;
    let found = browser.script(RUN).await;
    found.as_str().unwrap_or("axe-core did not run").to_owned()
}

/// Something to see on every page of the library: a highlight, a tag, a link, a search, a feed that fails.
async fn fill(site: &Site) {
    let (app, user) = (&site.app, site.user);
    let entry = site.entry("The comfortable line").await;
    let passage = Passage { exact: "six numbers", prefix: "", suffix: "", note: "The arm decides." };
    highlight(app, user, entry, passage).await.unwrap();
    change_tags(app, user, entry, "type, 日本語", "").await.unwrap();
    share(app, user, entry).await.unwrap();
    let form = SearchForm { name: "Lines", query: "line", order: Order::Newest };
    save_search(app, user, form).await.unwrap();
    let feed = SubscriptionId::new(2);
    let nowhere = FeedChange { address: Some("http://127.0.0.1:9/".to_owned()), ..FeedChange::default() };
    change_feed_partly(app, user, feed, nowhere).await.unwrap();
    refresh_feed(app, user, feed).await.unwrap_err();
    // Another of which nothing is to be heard.
    let silent = SubscriptionId::new(3);
    let elsewhere = FeedChange { address: Some("http://127.0.0.1:9/silent".to_owned()), ..FeedChange::default() };
    change_feed_partly(app, user, silent, elsewhere).await.unwrap();
    refresh_feed(app, user, silent).await.unwrap_err();
    hush_feed(app, user, silent).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_keeps_anybody_out() {
    let Some(axe) = axe() else { return };
    let Some(browser) = Driver::start().await else { return };
    let site = Site::new().await;
    fill(&site).await;
    let article = site.entry("ルビという小さな親切").await;
    let english = site.entry("The comfortable line").await;
    let pages = [
        "/unread".to_owned(),
        "/all?order=oldest".to_owned(),
        "/starred".to_owned(),
        "/saved".to_owned(),
        "/feeds".to_owned(),
        "/feeds/2".to_owned(),
        "/feeds/2/settings".to_owned(),
        "/search".to_owned(),
        "/search?q=%E6%9C%AC".to_owned(),
        "/add".to_owned(),
        "/add?url=example".to_owned(),
        "/transfer".to_owned(),
        "/import?since=0".to_owned(),
        "/import".to_owned(),
        "/feeds/2/remove?back=/trouble".to_owned(),
        "/feeds/3".to_owned(),
        "/feeds/3/settings".to_owned(),
        "/trouble".to_owned(),
        "/account".to_owned(),
        "/admin".to_owned(),
        "/reading".to_owned(),
        "/welcome".to_owned(),
        "/suggestions".to_owned(),
        "/highlights".to_owned(),
        "/highlights?q=nothing".to_owned(),
        "/tags".to_owned(),
        "/tags/1".to_owned(),
        "/searches/1".to_owned(),
        "/rules".to_owned(),
        "/shares".to_owned(),
        "/storage".to_owned(),
        "/save?url=https://example.com/".to_owned(),
        "/keys".to_owned(),
        "/offline".to_owned(),
        "/nothing".to_owned(),
        format!("/entries/{english}?from=unread"),
        format!("/entries/{article}?from=unread"),
        format!("/entries/{article}?from=unread&lines=vertical"),
    ];
    let mut all = Vec::new();
    for look in LOOKS {
        site.store.set_reading(site.user, Reading::from_words(look)).await.unwrap();
        for page in &pages {
            browser.open(&site.address(page)).await;
            let found = findings(&browser, &axe).await;
            if !found.is_empty() {
                all.push(format!("{page} in {look}: {found}"));
            }
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_kept_out_by_a_phone() {
    let Some(axe) = axe() else { return };
    let Some(browser) = Driver::start().await else { return };
    let site = Site::new().await;
    fill(&site).await;
    browser.command("window/rect", json!({ "width": 500, "height": 844 })).await;
    for look in LOOKS {
        site.store.set_reading(site.user, Reading::from_words(look)).await.unwrap();
        browser.open(&site.address("/trouble")).await;
        assert_eq!(findings(&browser, &axe).await, "", "/trouble in {look}");
        browser.click(".top [popovertarget]").await;
        until(&browser, "document.querySelector('.more:popover-open [href=\"/highlights\"]').checkVisibility()").await;
        assert_eq!(findings(&browser, &axe).await, "", "the menu in {look}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_press_shows_keeps_nobody_out() {
    let Some(axe) = axe() else { return };
    let Some(browser) = Driver::start().await else { return };
    let site = Site::new().await;
    fill(&site).await;
    let entry = site.entry("The comfortable line").await;
    for look in LOOKS {
        site.store.set_reading(site.user, Reading::from_words(look)).await.unwrap();
        browser.open(&site.address("/unread")).await;
        browser.click(".foot").await;
        until(&browser, "document.querySelector('.settings:popover-open')").await;
        assert_eq!(findings(&browser, &axe).await, "", "the settings beside a page in {look}");

        browser.open(&site.address("/rules")).await;
        browser.fill("textarea", "star any contains line").await;
        browser.click("[name=preview]").await;
        until(&browser, "document.querySelector('#preview .rows')").await;
        assert_eq!(findings(&browser, &axe).await, "", "the preview of rules in {look}");

        browser.open(&site.address(&format!("/entries/{entry}"))).await;
        browser.script("document.querySelector('[formaction$=\"/share\"], [action$=\"/share\"] button').click()").await;
        until(&browser, "document.querySelector('.secret')").await;
        assert_eq!(findings(&browser, &axe).await, "", "a new link in {look}");

        browser.open(&site.address("/account")).await;
        browser.script("document.querySelector('[action=\"/account/app-passwords\"] input').value = 'A phone'").await;
        browser.script("document.querySelector('[action=\"/account/app-passwords\"] button').click()").await;
        until(&browser, "document.querySelector('dl.secret')").await;
        assert_eq!(findings(&browser, &axe).await, "", "a new app password in {look}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_choice_between_feeds_keeps_nobody_out() {
    let Some(axe) = axe() else { return };
    let Some(browser) = Driver::start().await else { return };
    let site = Site::with_neighbours().await;
    let two = two_feeds().await;
    let (feed, moved) = (SubscriptionId::new(2), FeedChange { address: Some(two.clone()), ..FeedChange::default() });
    change_feed_partly(&site.app, site.user, feed, moved).await.unwrap();
    refresh_feed(&site.app, site.user, feed).await.unwrap_err();
    for look in LOOKS {
        site.store.set_reading(site.user, Reading::from_words(look)).await.unwrap();
        browser.open(&site.address("/add")).await;
        browser.fill("[name=address]", &two).await;
        browser.click("button.main").await;
        until(&browser, "document.querySelectorAll('.choices button').length === 2").await;
        assert_eq!(findings(&browser, &axe).await, "", "the feeds of a page in {look}");

        browser.open(&site.address("/feeds/2")).await;
        browser.click("[formaction$=\"/find\"]").await;
        until(&browser, "document.querySelectorAll('[name=choice]').length === 2").await;
        assert_eq!(findings(&browser, &axe).await, "", "the new addresses of a feed in {look}");
    }
}

/// The address of a page with two feeds.
async fn two_feeds() -> String {
    const PAGE: &str = "<!doctype html><title>Two</title>
        <link rel=alternate type=application/rss+xml title=Articles href=/articles>
        <link rel=alternate type=application/atom+xml title=Comments href=/comments>";
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let pages = Router::new().route("/", get(async || Html(PAGE)));
    tokio::spawn(async move { axum::serve(listener, pages).await });
    address
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_kept_out_at_the_door() {
    let Some(axe) = axe() else { return };
    let Some(browser) = Driver::start().await else { return };
    let site = Site::with_sign_in().await;
    let invitation = invite(&site.app, site.user, "Mother").await.unwrap();
    let doors = ["/sign-in".to_owned(), format!("/invitations/{}", invitation.token.expose()), "/nothing".to_owned()];
    for door in doors {
        browser.open(&site.address(&door)).await;
        // A guest has chosen nothing yet; the browser chooses between the three.
        for theme in ["light", "dark", "sepia"] {
            browser.script(&format!("document.documentElement.dataset.theme = '{theme}'")).await;
            assert_eq!(findings(&browser, &axe).await, "", "{door} in {theme}");
        }
    }
    // Whoever comes to a page of a reader stands at the door.
    browser.open(&site.address("/unread")).await;
    assert_eq!(browser.path().await, "/sign-in");
}
