//! An article in vertical lines: everything fits the sheet, wheel and keys follow the line of reading, and the place in
//! the text is found again.

use std::time::Duration;

use serde_json::Value;

use crate::driver::Driver;
use crate::site::{Site, until};

/// A text with everything that could be too large.
fn text() -> String {
    let paragraph =
        format!("<p>{}</p>", "令和7年11月23日、川の向こうの町で<ruby>祭<rt>まつり</rt></ruby>があった。".repeat(12));
    let code = format!(
        "<pre><code class=\"language-c\">{}</code></pre>",
        "int a_rather_long_line_of_code = 1; /* and more */\n".repeat(60)
    );
    let table = format!("<table>{}</table>", "<tr><td>一</td><td>二</td></tr>".repeat(60));
    let picture = "<figure><img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='4000' height='3000'/%3E\" alt=\"\" width=\"4000\" height=\"3000\"></figure>";
    format!("{}{code}{table}{picture}{}", paragraph.repeat(3), paragraph.repeat(12))
}

async fn open(site: &Site, browser: &Driver, path: &str) {
    browser.open(&site.address(path)).await;
    until(browser, "document.querySelector('.page').scrollWidth > 2 * document.querySelector('.page').clientWidth")
        .await;
}

async fn number(browser: &Driver, expression: &str) -> f64 {
    let value = browser.script(&format!("return {expression}")).await;
    value.as_f64().unwrap_or_else(|| panic!("{expression} is {value}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_fits_the_sheet_and_the_page_itself_does_not_move() {
    let Some(browser) = Driver::start().await else { return };
    let site = Site::new().await;
    let id = site.save("縦書き", "ja", &text()).await;
    open(&site, &browser, &format!("/entries/{id}?lines=vertical")).await;
    let too_high = "return [...document.querySelectorAll('.page *')].filter((one) => !one.closest('pre, .scroll')
        || one.matches('pre, .scroll')).filter((one) => {
            const sheet = document.querySelector('.page').getBoundingClientRect();
            const { top, bottom, height } = one.getBoundingClientRect();
            return height > 0 && !one.matches('rt, rp') && (top < sheet.top - 1 || bottom > sheet.bottom + 1);
        }).map((one) => one.outerHTML.slice(0, 80)).join('\\n')";
    assert_eq!(browser.script(too_high).await, Value::String(String::new()));
    assert_eq!(
        browser.script("return getComputedStyle(document.querySelector('.tcy')).textCombineUpright").await,
        "all"
    );
    let sideways =
        number(&browser, "document.documentElement.scrollWidth - document.documentElement.clientWidth").await;
    assert!(sideways <= 0.0, "the page is {sideways} px too wide");
    let title = number(&browser, "document.querySelector('.page h1').getBoundingClientRect().left").await;
    let text = number(&browser, "document.querySelector('.body p').getBoundingClientRect().right").await;
    assert!(text <= title, "the text begins to the left of its title");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wheel_and_keys_follow_the_line_of_reading_and_the_place_is_found_again() {
    let Some(browser) = Driver::start().await else { return };
    let site = Site::new().await;
    let id = site.save("縦書き", "ja", &text()).await;
    let path = format!("/entries/{id}?lines=vertical");
    open(&site, &browser, &path).await;
    assert_eq!(number(&browser, "document.querySelector('.page').scrollLeft").await, 0.0, "it begins at its right end");
    let wheel = "document.querySelector('.body p').dispatchEvent(new WheelEvent('wheel', { deltaY: 300, bubbles: true, cancelable: true }))";
    assert_eq!(browser.script(&format!("return {wheel}")).await, Value::Bool(false), "the wheel is taken");
    until(&browser, "document.querySelector('.page').scrollLeft === -300").await;
    let key =
        "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }))";
    browser.script(key).await;
    until(
        &browser,
        "document.querySelector('.page').scrollLeft < -300 - 0.8 * document.querySelector('.page').clientWidth",
    )
    .await;
    let mut kept = None;
    for _ in 0..200 {
        kept = site.store.reading_position(site.user, id).await.unwrap();
        if kept.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let kept = kept.expect("the position was kept");
    open(&site, &browser, &path).await;
    until(&browser, "document.querySelector('.page').scrollLeft < -300").await;
    let share = number(&browser, "-1000 * document.querySelector('.page').scrollLeft / (document.querySelector('.page').scrollWidth - document.querySelector('.page').clientWidth)").await;
    assert!((share - f64::from(kept)).abs() < 15.0, "at {share} instead of {kept}");
}
