//! `/search`

use crate::support::{Site, entry};

const TOKYO: &str = "/search?q=%E6%9D%B1%E4%BA%AC";

#[tokio::test]
async fn nothing_asked_shows_how_to_ask() {
    let site = Site::new().await;
    site.get("/search").await.is(200).shows(&["What you can type", "<code>is:starred</code>"]);
    site.get_with("/search?q=%20", "accept-language", "ja").await.is(200).shows(&["検索のしかた", "「各駅停車」"]);
}

#[tokio::test]
async fn found_words_are_highlighted_in_title_and_text() {
    let (site, _) = Site::with_entries(vec![
        entry(1, "東京の夜", "静かな町です"),
        entry(2, "A walk", "We walked through 東京都 at night"),
        entry(3, "Elsewhere", "nothing of the kind"),
    ])
    .await;
    let page = site.get(TOKYO).await;
    assert_eq!(page.is(200).titles(), ["A walk", "東京の夜"]);
    page.shows(&["<mark>東京</mark>の夜", "through <mark>東京</mark>都", "/entries/2?q=%E6%9D%B1%E4%BA%AC"]);
}

#[tokio::test]
async fn a_word_deep_in_the_text_is_shown_where_it_stands() {
    let text = format!("{} then a lighthouse & a cat appeared", "long ago and far away ".repeat(40));
    let mut deep = entry(1, "Deep", &text);
    deep.html = format!("<p>{}</p>", text.replace('&', "&amp;"));
    let (site, _) = Site::with_entries(vec![deep]).await;
    site.get("/search?q=lighthouse").await.shows(&["a <mark>lighthouse</mark> &#38; a cat"]);
}

#[tokio::test]
async fn what_cannot_be_used_is_said() {
    let site = Site::new().await;
    site.get("/search?q=before:soon").await.is(200).shows(&["“soon” is not a date", "Nothing found"]);
    let japanese = site.get_with("/search?q=is:odd", "accept-language", "ja").await;
    japanese.is(200).shows(&["「is:odd」はありません"]);
}

#[tokio::test]
async fn results_have_pages() {
    let entries = (1..=30).map(|number| entry(number, &format!("Cat {number}"), "purring")).collect();
    let (site, _) = Site::with_entries(entries).await;
    let first = site.get("/search?q=purring").await;
    assert_eq!(first.titles().len(), 25);
    let next = first.text().split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let second = site.get(&next.replace("&#38;", "&").replace("&amp;", "&")).await;
    assert_eq!(second.titles(), ["Cat 5", "Cat 4", "Cat 3", "Cat 2", "Cat 1"]);
}
