//! `/unread`, `/all`, `/starred`, `/saved`, `/feeds/{id}`, `/folders/{id}`

use yomu_store::NewEntry;

use crate::support::{Site, entry};

fn numbered(count: u32) -> Vec<NewEntry> {
    (1..=count).map(|number| entry(number, &format!("Entry {number}"), "Some text")).collect()
}

#[tokio::test]
async fn every_list_is_there_in_both_languages_even_when_it_is_empty() {
    let site = Site::new().await;
    for (path, english, japanese) in [
        ("/unread", "Nothing unread", "未読はありません"),
        ("/all", "Nothing here yet", "まだ何もありません"),
        ("/starred", "Nothing starred yet", "スターを付けた記事は"),
        ("/saved", "No saved pages yet", "保存したページはまだありません"),
    ] {
        site.get(path).await.is(200).shows(&[english]);
        site.get_with(path, "accept-language", "ja").await.is(200).shows(&[japanese]);
    }
}

#[tokio::test]
async fn a_feed_shows_what_is_unread_or_all_of_it_in_either_direction() {
    let (site, feed) = Site::with_entries(numbered(3)).await;
    site.post(&format!("/entries/{}/read", site.id_of("Entry 2").await), &[]).await.is(303);
    let list = |query: &str| format!("/feeds/{feed}{query}");
    assert_eq!(site.get(&list("")).await.titles(), ["Entry 3", "Entry 1"]);
    assert_eq!(site.get(&list("?show=all")).await.titles(), ["Entry 3", "Entry 2", "Entry 1"]);
    assert_eq!(site.get(&list("?show=all&order=oldest")).await.titles(), ["Entry 1", "Entry 2", "Entry 3"]);
    site.get(&list("")).await.shows(&["<h1>Example</h1>", "example.com", &format!("from=feed-{feed}")]);
}

#[tokio::test]
async fn a_long_list_has_pages_that_meet_without_gap_or_overlap() {
    let (site, _) = Site::with_entries(numbered(220)).await;
    let (mut path, mut titles) = ("/unread".to_owned(), Vec::new());
    for _ in 0..3 {
        let page = site.get(&path).await;
        titles.extend(page.titles());
        let next = page.text().split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
        path = next.unwrap_or_default().to_owned();
    }
    assert_eq!(path, "", "three pages are all");
    let expected: Vec<String> = (1..=220).rev().map(|number| format!("Entry {number}")).collect();
    assert_eq!(titles, expected);
}

#[tokio::test]
async fn a_place_that_is_none_shows_the_beginning() {
    let (site, _) = Site::with_entries(numbered(2)).await;
    for query in ["?after=x", "?after=", "?after=1-2-3-4-", "?order=sideways", "?show=most", "?unknown=1"] {
        assert_eq!(site.get(&format!("/unread{query}")).await.is(200).titles().len(), 2, "{query}");
    }
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let site = Site::new().await;
    for path in ["/feeds/99", "/folders/99", "/entries/99", "/feeds/x", "/entries/", "/nothing", "/feeds/99/settings"] {
        site.get(path).await.is(404).shows(&["There is nothing at this address", "href=\"/\""]);
        site.get_with(path, "accept-language", "ja").await.is(404).shows(&["このアドレスには何もありません"]);
    }
}

#[tokio::test]
async fn nothing_that_a_feed_says_becomes_markup() {
    let hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    let hostile_entry = NewEntry {
        author: hostile.to_owned(),
        url: "javascript:alert(1)".to_owned(),
        lang: Some("\"><script>".to_owned()),
        comments_url: Some("javascript:alert(2)".to_owned()),
        categories: Some(serde_json::to_string(&[hostile]).unwrap()),
        enclosures: Some(r#"[{"url":"javascript:alert(3)","media_type":"audio/mpeg"}]"#.to_owned()),
        html: "<p>clean</p>".to_owned(),
        ..entry(1, hostile, hostile)
    };
    let site = Site::new().await;
    let feed = site.publish("https://example.com/feed", hostile, vec![hostile_entry]).await;
    let id = site.id_of(hostile).await;
    for path in [
        "/unread".to_owned(),
        format!("/feeds/{feed}"),
        format!("/feeds/{feed}/settings"),
        "/feeds".to_owned(),
        format!("/entries/{id}?from=%22%3E%3Cscript%3E"),
        "/search?q=alert".to_owned(),
        "/search?q=%3Cscript%3E%22%27".to_owned(),
        "/add?url=%22%3E%3Cscript%3E".to_owned(),
    ] {
        site.get(&path).await.is(200).hides(&[
            "<script>",
            "<img src=x",
            "href=\"javascript:alert",
            "src=\"javascript:",
        ]);
    }
}

#[tokio::test]
async fn a_page_of_a_list_is_small_on_the_wire() {
    let words = ["garden", "letter", "winter", "lantern", "harbour", "paper", "river", "morning", "thread", "stone"];
    let text = |seed: u32| {
        let pick = |step: u32| words[((seed * 7 + step * step * 3 + step) % 10) as usize];
        (0..30).map(|step| format!("{}{}", pick(step), (seed * 31 + step * 17) % 97)).collect::<Vec<_>>().join(" ")
    };
    let entries = (1..=100).map(|number| entry(number, &text(number * 3)[..50], &text(number))).collect();
    let (site, _) = Site::with_entries(entries).await;
    let page = site.get_with("/unread", "accept-encoding", "br").await;
    assert_eq!(page.header("content-encoding"), "br");
    assert!(page.bytes.len() < 15 * 1024, "{} bytes", page.bytes.len());
}
