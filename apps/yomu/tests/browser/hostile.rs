//! Content that wants to run, as entries of a feed and as saved pages, in the real pages of a real browser.
//!
//! The payloads are those with which yomu-clean is tested. A watch is put into each page before anything of the page runs:
//! it counts dialogs and what a payload may call; the browser's own records say what was asked for and what was refused.
//! That the watch sees something is shown by the same payloads on a page that believes them.

#[path = "../../../../crates/yomu-clean/tests/hostile/payloads/mod.rs"]
mod payloads;

use serde_json::{Value, json};
use yomu::actions::save_page::save_page;
use yomu_store::{Order, View};

use crate::driver::Driver;
use crate::site::{Site, Web};
use payloads::FAMILIES;

/// Payloads on one saved page.
const ON_A_PAGE: usize = 8;

const WATCH: &str = "
    window.ran = [];
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
        window[name] = (what) => void window.ran.push(`${name}(${what})`);
    addEventListener('securitypolicyviolation', (event) =>
        window.ran.push(`refused: ${event.effectiveDirective} ${event.blockedURI}`));";

/// Touches everything as a restless reader would, and says what a click would lead to besides web pages.
const TOUCH: &str = "
    const touched = (root) => {
        const strange = [];
        for (const one of root.querySelectorAll('*')) {
            for (const kind of ['mouseover', 'focus', 'pointerdown', 'keydown', 'toggle', 'animationstart', 'load', 'error'])
                one.dispatchEvent(new Event(kind));
            const stop = (event) => event.preventDefault();
            addEventListener('click', stop, true);
            one.dispatchEvent(new MouseEvent('click', { cancelable: true }));
            removeEventListener('click', stop, true);
            for (const name of one.getAttributeNames())
                if (name.startsWith('on') || name === 'style' || name === 'srcdoc') strange.push(`${one.tagName} ${name}`);
            const address = one.href?.baseVal ?? one.href ?? one.action;
            if (typeof address === 'string' && address && !/^(https?|mailto|tel|sms|magnet|xmpp):/.test(address))
                strange.push(address);
        }
        return strange;
    };";

fn all() -> Vec<&'static str> {
    FAMILIES.iter().flat_map(|(_, payloads)| payloads.iter().copied()).collect()
}

/// What ran in the page that is shown.
async fn ran(browser: &Driver) -> Vec<String> {
    let ran = browser.script("return window.ran").await;
    ran.as_array().unwrap_or_else(|| panic!("the watch is gone: {ran}")).iter().map(Value::to_string).collect()
}

/// What the browser asked other sites for, except pictures and sound, and what scripts wrote to the console.
async fn records(browser: &Driver, base: &str) -> Vec<String> {
    let mut found = Vec::new();
    let performance = browser.command("se/log", json!({ "type": "performance" })).await;
    for line in performance.as_array().into_iter().flatten() {
        let message: Value = serde_json::from_str(line["message"].as_str().unwrap()).unwrap();
        let (message, parameters) = (&message["message"], &message["message"]["params"]);
        let url = parameters["request"]["url"].as_str().unwrap_or_default();
        let kind = parameters["type"].as_str().unwrap_or_default();
        let is_elsewhere = message["method"] == "Network.requestWillBeSent"
            && !url.starts_with(base)
            && !url.starts_with("data:")
            // The tab that a browser begins with is still loading. No page of the web may ask for these.
            && !url.starts_with("chrome://")
            && !matches!(kind, "Image" | "Media");
        if is_elsewhere {
            found.push(format!("{kind} {url}"));
        }
        if message["method"] == "Page.javascriptDialogOpening" {
            found.push(format!("a dialog: {parameters}"));
        }
    }
    let console = browser.command("se/log", json!({ "type": "browser" })).await;
    for line in console.as_array().into_iter().flatten() {
        // Pictures that are not there are "network".
        if line["source"] != "network" {
            found.push(line.to_string());
        }
    }
    found
}

async fn watched() -> Option<Driver> {
    let browser = Driver::start().await?;
    // Walking through some hundred entries is one script.
    browser.command("timeouts", json!({ "script": 300_000 })).await;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
    Some(browser)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_payload_runs_as_an_entry_or_in_a_list() {
    let Some(browser) = watched().await else { return };
    let web = Web::start().await;
    let site = Site::new().await;
    let payloads = all();
    assert!(payloads.len() >= 200, "{} payloads", payloads.len());
    let items: Vec<_> = payloads.iter().map(|payload| ((*payload).to_owned(), format!("<p>x</p>{payload}"))).collect();
    web.publish("/hostile", "<img src=x onerror=alert(1)>", &items);
    site.subscribe(&web.url("/hostile")).await;
    let count = site.app.store.counts(site.user).await.unwrap().0 as usize;
    assert!(count >= 200, "{count} entries of {} payloads", payloads.len());

    browser.open(&site.url("/all")).await;
    let grown = format!("document.querySelectorAll('.entries > li').length === {count}");
    browser.until(&format!("(document.querySelector('nav.turn a')?.scrollIntoView(), {grown})")).await;

    // Every one in the pane, as if somebody went through the list by its links.
    let walk = format!(
        "return (async () => {{ {TOUCH}
        const strange = touched(document.querySelector('.entries'));
        let shown = 0;
        for (const link of document.querySelectorAll('.entries h2 a')) {{
            const isShown = new Promise((done) => document.addEventListener('entry-shown', done, {{ once: true }}));
            link.click();
            const {{ detail }} = await isShown;
            strange.push(...touched(detail.querySelector('header')), ...touched(detail.querySelector('.body')));
            shown++;
        }}
        return [shown, strange];
        }})()"
    );
    let walked = browser.script(&walk).await;
    assert_eq!(walked[0], count, "{walked}");
    assert_eq!(walked[1], json!([]));
    assert_eq!(ran(&browser).await, Vec::<String>::new());
    assert_eq!(records(&browser, &site.base).await, Vec::<String>::new());
    assert!(browser.path().await.starts_with("/entries/"), "nothing led elsewhere");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_payload_runs_on_a_saved_page_or_an_entry_of_its_own() {
    let Some(browser) = watched().await else { return };
    let web = Web::start().await;
    let site = Site::new().await;
    let prose =
        "<p>The river was quiet, and the birds were not. Under the bridge, the water went slowly on.</p>".repeat(4);
    let payloads = all();
    for (number, some) in payloads.chunks(ON_A_PAGE).enumerate() {
        let hostile: String = some.iter().map(|payload| format!("{prose}<div>{payload}</div>")).collect();
        let page = format!("<title>{number} {}</title><article><h1>{}</h1>{hostile}{prose}", some[0], some[0]);
        let path = format!("/page/{number}");
        web.put(&path, "text/html; charset=utf-8", page);
        // A payload may leave nothing to read, but rarely.
        let _ = save_page(&site.app, site.user, &web.url(&path)).await;
    }
    let saved = site.app.store.entries(site.user, View::Saved, Order::Newest, None, 1_000).await.unwrap().entries;
    assert!(saved.len() * ON_A_PAGE >= 200, "{} pages", saved.len());
    for entry in &saved {
        browser.open(&site.url(&format!("/entries/{}?from=saved", entry.id))).await;
        let strange = browser.script(&format!("{TOUCH} return touched(document.querySelector('main .body'))")).await;
        assert_eq!(strange, json!([]), "{}", entry.title);
        assert_eq!(ran(&browser).await, Vec::<String>::new(), "{}", entry.title);
        assert_eq!(browser.path().await, format!("/entries/{}", entry.id), "nothing led elsewhere");
    }
    assert_eq!(records(&browser, &site.base).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_watch_sees_the_same_payloads_where_they_are_believed() {
    let Some(browser) = watched().await else { return };
    let web = Web::start().await;
    let (mut firing, mut strange) = (0, 0);
    for (_, payloads) in FAMILIES {
        // Each in a page of its own; one that swallows what is behind it would hide the others.
        for (number, payload) in payloads.iter().enumerate().step_by(6) {
            let path = format!("/raw/{number}");
            web.put(&path, "text/html; charset=utf-8", format!("<body>{payload}"));
            browser.open(&web.url(&path)).await;
            let found = browser.script(&format!("{TOUCH} return touched(document.body).length")).await;
            strange += usize::from(found.as_u64().is_some_and(|count| count > 0));
            let ran = browser.script("return window.ran?.length ?? 0").await;
            firing += usize::from(ran.as_u64().is_some_and(|count| count > 0));
        }
    }
    assert!(firing >= 20, "{firing} payloads run where nothing stops them");
    assert!(strange >= 40, "{strange} payloads leave something that would");
    assert!(!records(&browser, &web.url("")).await.is_empty(), "and what they ask for is recorded");
}
