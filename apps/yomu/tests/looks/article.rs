//! What an article does when it is touched: pictures, notes, code, choices.

use yomu_model::reading::{Reading, Theme};

use crate::driver::Driver;
use crate::site::{Site, until};

const TEXT: &str = "<p>Some text<sup><a id=\"in-article-ref1\" href=\"#in-article-fn1\">1</a></sup> and \
    <a href=\"#in-article-fn1\">a long link</a>.</p>\
    <figure><img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='4000' height='3000'/%3E\" alt=\"A bridge\" width=\"640\" height=\"480\"><figcaption>Over the river</figcaption></figure>\
    <pre><code class=\"language-rust\">let a = 1;</code></pre>\
    <ol><li id=\"in-article-fn1\">The note <a href=\"#in-article-ref1\">↩</a></li></ol>";

async fn open(text: &str) -> Option<(Driver, Site)> {
    let browser = Driver::start().await?;
    let site = Site::new().await;
    let id = site.save("An article", "en", text).await;
    browser.open(&site.address(&format!("/entries/{id}"))).await;
    Some((browser, site))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_note_is_shown_where_it_is_referred_to() {
    let Some((browser, _site)) = open(TEXT).await else { return };
    browser.click("sup a").await;
    until(&browser, "document.querySelector('.note:popover-open')?.textContent.trim() === 'The note'").await;
    browser.script("document.querySelector('.note').hidePopover()").await;
    until(&browser, "!document.querySelector('.note') && document.activeElement.matches('sup a')").await;
    // Another link within the text leads to the place itself.
    browser.click(".body p > a").await;
    until(&browser, "location.hash === '#in-article-fn1' && !document.querySelector('.note')").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_is_shown_large_and_code_in_colours() {
    let Some((browser, _site)) = open(TEXT).await else { return };
    browser.click(".body img").await;
    until(&browser, "document.querySelector('dialog.zoom[open] img')?.alt === 'A bridge'").await;
    until(&browser, "document.querySelector('dialog.zoom').innerText.includes('Over the river')").await;
    browser.click("dialog.zoom button").await;
    until(&browser, "!document.querySelector('dialog.zoom')").await;
    let colours = "getComputedStyle(document.querySelector('pre .k')).color !== getComputedStyle(document.querySelector('pre')).color";
    until(&browser, colours).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_choice_holds_at_once_and_is_kept() {
    let Some((browser, site)) = open(TEXT).await else { return };
    browser.click(".i-letters").await;
    until(&browser, "document.querySelector('#letters:popover-open')").await;
    browser.click("#letters [value=sepia] + span").await;
    until(&browser, "document.documentElement.dataset.theme === 'sepia'").await;
    for _ in 0..100 {
        let user = site.store.user(site.user).await.unwrap().unwrap();
        if user.reading == (Reading { theme: Theme::Sepia, ..Reading::default() }) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the choice was not kept");
}
