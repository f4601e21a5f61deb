//! A passage selected with the mouse, its note, the page of all highlights, a text that changed, and the way back.

use serde_json::{Value, json};

use crate::driver::Driver;
use crate::site::{Site, Web};
use crate::window::eventually;

/// The text of the entry's page when it is first read, and when it has been written anew: in another order, under another
/// heading, with other markup around the passage.
const BEFORE: &str = "<p>The harbour is dark at night, and the boats come late.</p>
    <p>Every harbour has a light, and somebody who keeps it.</p>";
const AFTER: &str = "<h2>The keeper</h2><p>Somebody wrote this paragraph later, and put it before all the others.</p>
    <p>Every <b>harbour</b> has <em>a light</em>, and somebody who keeps it.</p>
    <p>The harbour is dark at night, and the boats come late.</p>";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passage_is_selected_noted_found_again_in_a_new_text_and_taken_back() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::new().await;
    web.publish("/feed", "Two chairs", &[("The light".to_owned(), "<p>In short.</p>".to_owned())]);
    web.put("/pages/0", "text/html", page_of(BEFORE));
    site.subscribe(&web.url("/feed")).await;
    let id = site.entry("The light").await.id;
    let path = format!("/entries/{id}");
    yomu::actions::fetch_article::fetch_article(&site.app, site.user, id).await.unwrap();

    // With the mouse, from the first letter to the last.
    browser.open(&site.url(&path)).await;
    browser.drag_over(".entry .body p:nth-of-type(2)", "harbour has a light").await;
    browser.until("document.querySelector('.selected')?.checkVisibility()").await;
    browser.click(".selected button:nth-of-type(2)").await;
    browser.until("document.querySelector('#passage').open").await;
    assert_eq!(
        browser.script("return document.querySelector('#passage [name=exact]').value").await,
        "harbour has a light"
    );
    browser.press("How bright?").await;
    browser.click("#passage button.main").await;
    browser.says("Highlighted").await;
    assert_eq!(browser.marked().await, json!(["harbour has a light"]));

    browser.open(&site.url("/highlights")).await;
    browser.says("How bright?").await;
    assert_eq!(
        browser.script("return document.querySelector('.passages blockquote').innerText").await,
        "harbour has a light"
    );

    // The page says the same in other words around it, and its text is fetched anew.
    web.put("/pages/0", "text/html", page_of(AFTER));
    browser.open(&site.url(&format!("{path}?text=feed"))).await;
    assert_eq!(browser.marked().await, json!([]), "the feed's own text does not have it");
    yomu::actions::fetch_article::fetch_article(&site.app, site.user, id).await.unwrap();
    browser.open(&site.url("/highlights")).await;
    browser.click(".passages blockquote a").await;
    browser.until("document.querySelector('.entry .body h2')").await;
    let through_the_markup = json!(["harbour", "has", "a light"]);
    assert_eq!(browser.marked().await, through_the_markup);
    assert_eq!(browser.script("return location.hash.startsWith('#h')").await, true);
    browser.says("How bright?").await;

    // Removed by mistake.
    browser.script("document.querySelector('.passages details').open = true").await;
    browser.click(".passages [formaction$='/remove']").await;
    browser.says("Highlight removed").await;
    assert_eq!(browser.marked().await, json!([]));
    assert_eq!(site.app.store.highlights(site.user, "", None, 10).await.unwrap().len(), 0);
    browser.click(".notice button").await;
    browser.says("Taken back").await;
    assert_eq!(browser.marked().await, through_the_markup);
    browser.says("How bright?").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_enough_and_without_a_selection_it_does_nothing() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::with_entries(&web, 1).await;
    let count = async || site.app.store.highlights(site.user, "", None, 10).await.unwrap().len();
    let path = format!("/entries/{}", site.entry("Entry 1").await.id);
    browser.open(&site.url(&path)).await;
    browser.press("h").await;
    browser.drag_over(".entry .body p", "text of entry").await;
    browser.press("h").await;
    eventually(async || count().await == 1).await;
    browser.until("document.querySelector('.entry .body mark')?.textContent === 'text of entry'").await;
    assert_eq!(count().await, 1, "the first key had nothing to highlight");
}

/// A page with an article that is long enough to be one.
fn page_of(article: &str) -> String {
    let more = "<p>The rest of it is about the sea, the weather and the long evenings, and goes on for a while, as pages do.</p>";
    format!(
        "<!doctype html><html lang=\"en\"><title>The light</title><body><nav><a href=\"/\">Home</a></nav>
         <article><h1>The light</h1>{article}{}</article></body></html>",
        more.repeat(6)
    )
}

impl Driver {
    /// Presses the mouse before some words of the only text in an element, and lets it go behind them.
    async fn drag_over(&self, selector: &str, words: &str) {
        let script = format!(
            "const text = document.querySelector({}).firstChild, at = text.data.indexOf({words});
             const range = document.createRange(); range.setStart(text, at); range.setEnd(text, at + {words}.length);
             text.parentNode.scrollIntoView({{ block: 'center' }});
             const box = range.getBoundingClientRect();
             return [box.left, box.right, (box.top + box.bottom) / 2].map(Math.round)",
            json!(selector),
            words = json!(words),
        );
        let place = self.script(&script).await;
        let to =
            |x: &Value| json!({ "type": "pointerMove", "duration": 50, "x": x, "y": place[2], "origin": "viewport" });
        let steps = [
            to(&place[0]),
            json!({ "type": "pointerDown", "button": 0 }),
            to(&place[1]),
            json!({ "type": "pointerUp", "button": 0 }),
        ];
        let actions = json!({ "actions": [
            { "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": steps },
        ] });
        self.command("actions", actions).await;
        self.until(&format!("getSelection().toString() === {}", json!(words))).await;
    }

    /// The texts of the marks in the article.
    async fn marked(&self) -> Value {
        self.script("return [...document.querySelectorAll('.entry .body mark')].map((one) => one.textContent)").await
    }
}
