//! An OPML file from another reader, and how its feeds come in.

use serde_json::json;

use crate::driver::Driver;
use crate::site::{Site, Web};

/// Uploads a subscription list as the form does, and goes where the answer leads.
async fn upload(browser: &Driver, site: &Site, opml: &str) {
    browser.open(&site.url("/transfer")).await;
    let script = format!(
        "const files = new DataTransfer(); files.items.add(new File([{}], 'feeds.opml'));
         document.querySelector('[name=file]').files = files.files;",
        json!(opml)
    );
    browser.script(&script).await;
    browser.click("[action='/import'] button.main").await;
    browser.arrives("/import").await;
}

fn opml(web: &Web, paths: &[&str]) -> String {
    let feed = |path: &&str| format!("<outline text=\"Feed {path}\" xmlUrl=\"{}\"/>", web.url(path));
    format!("<opml version=\"2.0\"><body>{}</body></opml>", paths.iter().map(feed).collect::<String>())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_tells_by_itself_how_far_it_is_and_what_failed_and_moves_nothing() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::new().await;
    web.publish_numbered("/one", "One", 1..=2);
    web.publish_numbered("/two", "Two", 1..=2);
    upload(&browser, &site, &opml(&web, &["/one", "/two", "/gone"])).await;
    browser.says("0 of 3 feeds asked").await;
    let place = "return JSON.stringify(['progress', '#import .ask a'].map((one) =>
        document.querySelector(one).getBoundingClientRect().toJSON()))";
    let before = browser.script(place).await;
    browser.until("!document.querySelector('#import noscript a')").await;

    for feed in site.app.store.subscriptions(site.user).await.unwrap() {
        // Whatever comes of it: one of them is not there.
        let _ = yomu::actions::refresh_now::refresh_feed(&site.app, site.user, feed.id).await;
    }
    browser.says("3 of 3 feeds asked; 1 could not be fetched").await;
    browser.until("document.querySelector('#import .rows')?.innerText.includes('Feed /gone')").await;
    browser.until("document.querySelector('#import progress').value === 3").await;
    assert_eq!(browser.script(place).await, before, "nothing has moved");
    browser.click("#import .rows a").await;
    browser.says("404").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_the_page_of_an_import_is_looked_at_again() {
    let Some(browser) = Driver::without_scripts().await else { return };
    let web = Web::start().await;
    let site = Site::new().await;
    web.publish_numbered("/one", "One", 1..=2);
    let began = site.app.now();
    let list = opml(&web, &["/one"]).into_bytes();
    yomu::actions::import_opml::import_opml(&site.app, site.user, list).await.unwrap();
    browser.open(&site.url(&format!("/import?since={}", began.as_millisecond()))).await;
    browser.says("0 of 1 feeds asked").await;
    site.refresh().await;
    browser.click("#import noscript a").await;
    browser.says("1 of 1 feeds asked").await;
}
