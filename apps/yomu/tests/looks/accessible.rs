//! Every page, judged by axe-core: no violation, in any theme. `YOMU_AXE` names the file `axe.min.js`; `scripts/test`
//! fetches it where npm is installed.

use std::fs;

use yomu_model::reading::Reading;

use crate::driver::Driver;
use crate::site::Site;

/// What axe-core says, in a few words for each finding.
const RUN: &str = "return axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, nodes }) => `${id}: ${nodes.length}, such as ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary ?? ''}`).join('\\n'))";

fn axe() -> Option<String> {
    let Ok(path) = std::env::var("YOMU_AXE") else {
        eprintln!("SKIPPED without axe-core: scripts/test fetches it by npm, or set YOMU_AXE to an axe.min.js");
        return None;
    };
    Some(fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_keeps_anybody_out() {
    let Some(axe) = axe() else { return };
    let Some(browser) = Driver::start().await else { return };
    let site = Site::new().await;
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
        "/trouble".to_owned(),
        "/account".to_owned(),
        "/admin".to_owned(),
        "/reading".to_owned(),
        "/welcome".to_owned(),
        "/nothing".to_owned(),
        format!("/entries/{english}?from=unread"),
        format!("/entries/{article}?from=unread"),
        format!("/entries/{article}?from=unread&lines=vertical"),
    ];
    let mut findings = Vec::new();
    for look in ["light", "dark", "sepia 24 wide serif"] {
        site.store.set_reading(site.user, Reading::from_words(look)).await.unwrap();
        for page in &pages {
            browser.open(&site.address(page)).await;
            browser.script(&axe).await;
            let found = browser.script(RUN).await;
            let found = found.as_str().unwrap_or("axe-core did not run").to_owned();
            if !found.is_empty() {
                findings.push(format!("{page} in {look}: {found}"));
            }
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n\n"));
}
