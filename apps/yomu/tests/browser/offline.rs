//! Without a network: what was opened or kept can be read and marked, and the marks arrive once.

use crate::driver::Driver;
use crate::site::{Site, Web};
use crate::window::eventually;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_opened_is_read_and_marked_without_a_network_and_the_marks_arrive() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let mut site = Site::with_entries(&web, 4).await;
    browser.open(&site.url("/all")).await;
    browser.is_kept().await;
    browser.open(&site.url("/all")).await;
    browser.click(".entries > li:nth-child(1) h2 a").await;
    browser.until("document.querySelector('.read-pane .entry')").await;
    eventually(async || !site.entry("Entry 4").await.unread).await;
    let address = browser.script("return location.pathname + location.search").await;
    let unread = format!("<li id=\"e{}\" class=\"u\">", site.entry("Entry 4").await.id);
    browser
        .until(&format!("!(await (await caches.match('/all', {{ ignoreVary: true }})).text()).includes('{unread}')"))
        .await;
    site.go_away();

    // A new page of the list, and the entry as a page of its own.
    browser.open(&site.url("/all")).await;
    assert_eq!(
        browser.rows().await,
        ["Entry 4", "• Entry 3", "• Entry 2", "• Entry 1"],
        "what was marked before is kept"
    );
    browser.until("document.querySelector('#net').checkVisibility()").await;
    browser.press("jjm").await;
    browser.press("js").await;
    browser.open(&site.url(address.as_str().unwrap())).await;
    browser.says("The text of entry 4.").await;
    browser.press("m").await;
    browser.open(&site.url("/all")).await;
    assert_eq!(
        browser.rows().await,
        ["• Entry 4", "Entry 3", "• Entry 2", "• Entry 1"],
        "the kept page shows what was marked since"
    );

    // What was not opened says so.
    browser.open(&site.url("/feeds")).await;
    browser.says("This page is not kept on this device").await;

    site.come_back().await;
    browser.open(&site.url("/all")).await;
    eventually(async || {
        let entry = async |number: u32| site.entry(&format!("Entry {number}")).await;
        entry(4).await.unread && !entry(3).await.unread && entry(2).await.starred && entry(2).await.unread
    })
    .await;
    browser.until("Object.keys(localStorage).every((key) => !key.startsWith('mark.'))").await;
    browser.until("!document.querySelector('#net').checkVisibility()").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_is_kept_when_it_is_asked_for_and_saved_pages_by_themselves() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let prose = "<p>The river was quiet, and the birds were not. Under the bridge, the water went on.</p>".repeat(8);
    web.put(
        "/river.html",
        "text/html",
        format!("<title>The river</title><article><h1>The river</h1>{prose}</article>"),
    );
    let mut site = Site::with_entries(&web, 6).await;
    let saved = yomu::actions::save_page::save_page(&site.app, site.user, &web.url("/river.html")).await.unwrap();
    browser.open(&site.url("/all")).await;
    browser.is_kept().await;
    browser.until(&format!("await caches.match('/entries/{saved}', {{ ignoreVary: true }})")).await;
    browser.click("[data-keep]").await;
    browser.says("Kept on this device: 8").await;
    site.go_away();

    browser.open(&site.url(&format!("/entries/{saved}?from=saved"))).await;
    browser.says("The river was quiet").await;
    let oldest = site.entry("Entry 1").await.id;
    browser.open(&site.url(&format!("/entries/{oldest}?from=all"))).await;
    browser.says("The text of entry 1.").await;
    browser.open(&site.url("/all")).await;
    browser.press("j").await;
    browser.press("o").await;
    browser.until("document.querySelector('.read-pane .entry')").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_reader_can_be_installed() {
    let Some(browser) = Driver::start().await else { return };
    let site = Site::new().await;
    browser.open(&site.url("/unread")).await;
    browser.is_kept().await;
    let problems = browser.cdp("Page.getInstallabilityErrors", serde_json::json!({})).await;
    let problems: Vec<&str> =
        problems["installabilityErrors"].as_array().unwrap().iter().filter_map(|one| one["errorId"].as_str()).collect();
    // A headless browser keeps no profile in which to install.
    assert!(problems.iter().all(|problem| *problem == "in-incognito"), "{problems:?}");
    let manifest = browser.cdp("Page.getAppManifest", serde_json::json!({})).await;
    assert_eq!(manifest["errors"], serde_json::json!([]), "{manifest}");
}
