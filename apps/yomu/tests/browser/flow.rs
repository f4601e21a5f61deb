//! Lists and entries side by side, marks that fail, and the way back.

use serde_json::json;

use crate::driver::Driver;
use crate::site::{Site, Web};
use crate::window::eventually;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_panes_on_a_wide_screen_and_one_on_a_phone() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::with_entries(&web, 30).await;
    browser.resize(1440, 900).await;
    browser.open(&site.url("/unread")).await;
    browser.click(".entries > li:nth-child(3) h2 a").await;
    browser.until("document.querySelector('.read-pane .entry')").await;
    let both = "[...document.querySelectorAll('.side, .list-pane, .read-pane')].every((one) => one.checkVisibility())";
    browser.until(both).await;
    let address = browser.script("return location.pathname + location.search").await;
    let id = site.entry("Entry 28").await.id;
    assert_eq!(address, format!("/entries/{id}?from=unread"), "the address is the entry's");
    browser.script("history.back()").await;
    browser.arrives("/unread").await;
    browser.until("!document.querySelector('.read-pane .entry')").await;

    // The same address in another window shows the same: the entry, and its list beside it.
    browser.open(&site.url(address.as_str().unwrap())).await;
    browser.until("document.querySelector('.list-pane .entries > li')").await;
    browser.until(both).await;

    browser.resize(390, 844).await;
    browser.open(&site.url("/all")).await;
    browser.script("document.querySelector('.entries > li:nth-child(20)').scrollIntoView()").await;
    let before = browser.script("return Math.round(scrollY)").await;
    assert!(before.as_i64().unwrap() > 500);
    browser.script("document.querySelector('.entries > li:nth-child(21) h2 a').click()").await;
    browser.until("document.querySelector('.read-pane .entry')").await;
    browser.until("!document.querySelector('.list-pane').checkVisibility() && scrollY === 0").await;
    browser.script("history.back()").await;
    browser.until("document.querySelector('.list-pane').checkVisibility()").await;
    assert_eq!(browser.script("return Math.round(scrollY)").await, before, "the list is at the same place");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_grows_under_the_reader_and_is_found_again_as_it_was() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::with_entries(&web, 180).await;
    browser.open(&site.url("/all")).await;
    browser.script("document.querySelector('nav.turn').scrollIntoView()").await;
    browser.until("document.querySelectorAll('.entries > li').length === 180").await;
    browser.until("!document.querySelector('nav.turn')").await;
    let titles = browser.rows().await;
    assert_eq!((titles[0].as_str(), titles[179].as_str()), ("• Entry 180", "• Entry 1"), "each once, in order");

    browser.script("document.querySelector('.entries > li:nth-child(150)').scrollIntoView()").await;
    let top = "Math.round(document.querySelector('.entries > li:nth-child(150)')?.getBoundingClientRect().top ?? 1e6)";
    let before = browser.script(&format!("return {top}")).await;
    browser.script("location.reload()").await;
    browser.until(&format!("Math.abs({top} - {before}) < 3")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_that_cannot_be_sent_is_shown_and_sent_again_in_order() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let mut site = Site::with_entries(&web, 3).await;
    browser.open(&site.url("/unread")).await;
    browser.press("j").await;
    site.go_away();
    browser.press("ms").await;
    browser.press("s").await;
    browser.press("jm").await;
    assert_eq!(browser.rows().await, ["Entry 3", "Entry 2", "• Entry 1"], "shown at once");
    browser.says("Marks that wait to be sent: 4").await;
    browser.until("document.querySelector('#net').checkVisibility()").await;
    assert!(site.all().await.iter().all(|entry| entry.unread));

    site.come_back().await;
    // At once for whoever asks, and otherwise after a while.
    browser.script("document.querySelector('#say button')?.click()").await;
    eventually(async || site.all().await.iter().filter(|entry| entry.unread).count() == 1).await;
    browser.until("Object.keys(localStorage).every((key) => !key.startsWith('mark.'))").await;
    assert!(!site.entry("Entry 3").await.starred, "the last word counts");
    browser.until("!document.querySelector('#net').checkVisibility()").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_of_somebody_else_is_not_sent_in_ones_own_name() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::with_entries(&web, 1).await;
    browser.open(&site.url("/unread")).await;
    let id = site.entry("Entry 1").await.id;
    let status = format!(
        "return fetch('/entries/read', {{ method: 'POST', body: new URLSearchParams({{ ids: {id} }}),
            headers: {{ 'x-yomu-user': '999' }}, redirect: 'manual' }}).then((answer) => answer.status)"
    );
    assert_eq!(browser.script(&status).await, 401);
    assert!(site.entry("Entry 1").await.unread);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_next_unread_entry_may_be_in_the_next_feed() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::with_entries(&web, 1).await;
    web.publish_numbered("/other", "Zebra", 1..=2);
    site.subscribe(&web.url("/other")).await;
    let feeds = site.app.store.subscriptions(site.user).await.unwrap();
    browser.open(&site.url(&format!("/feeds/{}", feeds[0].id))).await;
    browser.press("n").await;
    browser.until("document.querySelector('.read-pane .entry')").await;
    browser.press("n").await;
    browser.until(&format!("location.pathname === '/feeds/{}'", feeds[1].id)).await;
    assert_eq!(browser.rows().await, ["• Entry 2", "• Entry 1"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_finger_to_the_left_marks_to_the_right_stars_and_up_and_down_scrolls() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::with_entries(&web, 30).await;
    browser.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
    browser.resize(390, 844).await;
    browser.open(&site.url("/unread")).await;
    let swipe = async |from: (i32, i32), to: (i32, i32)| {
        let point = |(x, y): (i32, i32)| json!([{ "x": x, "y": y }]);
        let touch = async |kind: &str, points| {
            browser.cdp("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).await;
        };
        touch("touchStart", point(from)).await;
        for step in 1..=6 {
            let along = |from: i32, to: i32| from + (to - from) * step / 6;
            touch("touchMove", point((along(from.0, to.0), along(from.1, to.1)))).await;
        }
        touch("touchEnd", json!([])).await;
    };
    swipe((300, 300), (120, 305)).await;
    eventually(async || site.all().await.iter().filter(|entry| !entry.unread).count() == 1).await;
    swipe((100, 300), (280, 295)).await;
    eventually(async || site.all().await.iter().filter(|entry| entry.starred).count() == 1).await;
    assert_eq!(browser.path().await, "/unread", "a swipe opens nothing");
    swipe((200, 600), (190, 200)).await;
    browser.until("scrollY > 100").await;
    assert_eq!(site.all().await.iter().filter(|entry| !entry.unread).count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_scrolled_past_is_read_for_whoever_wants_it_and_taken_back_at_once() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::with_entries(&web, 40).await;
    let read = async || site.all().await.iter().filter(|entry| !entry.unread).count();
    browser.resize(900, 900).await;
    let scroll = async || {
        for row in [4, 8, 11] {
            browser.script(&format!("document.querySelector('.entries > li:nth-child({row})').scrollIntoView()")).await;
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    };
    browser.open(&site.url("/unread")).await;
    scroll().await;
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert_eq!(read().await, 0, "nobody wanted it");

    yomu::actions::reading::set_reading(&site.app, site.user, yomu_model::reading::Reading::from_words("scrolled"))
        .await
        .unwrap();
    browser.open(&site.url("/unread")).await;
    scroll().await;
    browser.says("Marked read: ").await;
    eventually(async || (9..=10).contains(&read().await)).await;
    browser.click("#say button").await;
    eventually(async || read().await == 0).await;
}
