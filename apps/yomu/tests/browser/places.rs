//! The way to everything else, beside a page.

use serde_json::{Value, json};
use yomu_store::Store;

use crate::driver::Driver;
use crate::site::{Site, Web};

async fn make_folders(store: &Store, site: &Site) {
    for number in 1..=100 {
        store.folder_named(site.user, &format!("Folder {number}")).await.unwrap();
    }
}

/// Whether all of an element is seen, without scrolling.
const IN_SIGHT: &str =
    "(selector) => { const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight + 1 && bottom > top; }";

async fn is_in_sight(browser: &Driver, selector: &str) -> bool {
    browser.script(&format!("return ({IN_SIGHT})('{selector}')")).await == Value::Bool(true)
}

/// The settings beside a hundred folders, at several heights.
async fn the_settings_stay_in_sight(browser: &Driver) {
    let site = Site::new().await;
    make_folders(&site.app.store, &site).await;
    for height in [900, 600, 320] {
        browser.resize(1280, height).await;
        browser.open(&site.url("/all")).await;
        assert!(is_in_sight(browser, ".foot").await, "at {height}");
        browser.script("document.querySelector('.side').scrollTo(0, 2000)").await;
        assert!(is_in_sight(browser, ".foot").await, "at {height}, in the middle of the folders");
        assert!(!is_in_sight(browser, ".brand").await, "the folders did scroll");
        browser.click(".foot").await;
        browser.until("document.querySelector('.settings:popover-open')").await;
        assert!(is_in_sight(browser, ".settings").await, "at {height}");
        browser.click(".settings [href='/storage']").await;
        browser.arrives("/storage").await;
        // The page says where it is, and the menu is closed again.
        let weight = "return getComputedStyle(document.querySelector('.foot')).fontWeight";
        assert_eq!(browser.script(weight).await, "600");
        assert_eq!(browser.script("return document.querySelectorAll(':popover-open').length").await, 0);
    }
    // A small library ends at the foot of the window, too.
    let other = Site::new().await;
    browser.resize(1280, 900).await;
    browser.open(&other.url("/all")).await;
    let bottom = "return Math.round(innerHeight - document.querySelector('.foot').getBoundingClientRect().bottom)";
    assert_eq!(browser.script(bottom).await, 0);
    // On a phone they stand in the menu with the rest.
    browser.resize(390, 844).await;
    browser.open(&other.url("/all")).await;
    browser.click(".top [popovertarget]").await;
    browser.until("document.querySelector('.more:popover-open [href=\"/storage\"]').checkVisibility()").await;
    assert_eq!(browser.script("return document.querySelector('.foot').checkVisibility()").await, false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_settings_are_in_sight_beside_a_hundred_folders() {
    let Some(browser) = Driver::start().await else { return };
    the_settings_stay_in_sight(&browser).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_they_are_too() {
    let Some(browser) = Driver::without_scripts().await else { return };
    the_settings_stay_in_sight(&browser).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_paper_there_is_the_page_alone_however_wide_it_is() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::with_entries(&web, 3).await;
    browser.resize(1280, 900).await;
    browser.open(&site.url("/unread")).await;
    browser.click(".entries > li:first-child h2 a").await;
    browser.until("document.querySelector('.read-pane .entry')").await;
    let seen = "return ['.side', '.list-pane', '.say', '.read-pane h1'].map((one) =>
        document.querySelector(one)?.checkVisibility() ?? false)";
    assert_eq!(browser.script(seen).await, json!([true, true, true, true]));
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    assert_eq!(browser.script(seen).await, json!([false, false, false, true]));
}
