//! `/entries/{id}` and what can be done with one

use yomu_store::{NewEntry, Order, SavedPage, View};

use crate::support::{Site, at, entry};

async fn three() -> Site {
    let entries = (1..=3).map(|number| entry(number, &format!("Entry {number}"), &format!("Text {number}"))).collect();
    Site::with_entries(entries).await.0
}

#[tokio::test]
async fn an_entry_is_shown_with_its_neighbours_and_marks_nothing() {
    let site = three().await;
    let [one, two, three] = [site.id_of("Entry 1").await, site.id_of("Entry 2").await, site.id_of("Entry 3").await];
    let page = site.get(&format!("/entries/{two}?from=unread")).await;
    page.is(200).shows(&[
        "<p>Text 2</p>",
        "Jane Doe",
        "1 min read",
        "href=\"https://example.com/2\"",
        &format!("rel=\"prev\" href=\"/entries/{three}?from=unread\""),
        &format!("rel=\"next\" href=\"/entries/{one}?from=unread\""),
        &format!("data-path=\"/entries/{two}\" data-unread"),
        "Mark read and next",
    ]);
    assert_eq!(site.unread_count().await, 3, "a page that is looked at changes nothing");
}

#[tokio::test]
async fn an_entry_keeps_its_place_after_it_left_the_list() {
    let site = three().await;
    let [one, two] = [site.id_of("Entry 1").await, site.id_of("Entry 2").await];
    site.post(&format!("/entries/{two}/read"), &[]).await.is(303);
    let page = site.get(&format!("/entries/{two}?from=unread")).await;
    page.shows(&[&format!("rel=\"next\" href=\"/entries/{one}?from=unread\"")])
        .hides(&[&format!("data-path=\"/entries/{two}\" data-unread")]);
}

#[tokio::test]
async fn each_language_says_it_in_its_words() {
    let site = Site::new().await;
    let text = NewEntry { lang: Some("ja".to_owned()), ..entry(1, "猫の話", "本文です") };
    site.publish("https://example.com/feed", "栞", vec![text]).await;
    let path = format!("/entries/{}", site.id_of("猫の話").await);
    site.get(&path).await.shows(&["<html lang=\"en\">", "<h1 lang=\"ja\">", "class=\"body\" lang=\"ja\""]);
    let japanese = site.get_with(&path, "accept-language", "ja").await;
    japanese.shows(&["<html lang=\"ja\">", "約1分", "既読にする", "<h1><a", "2026年1月1日(木)"]);
}

#[tokio::test]
async fn a_saved_page_is_called_by_its_site_else_by_its_host() {
    let site = Site::new().await;
    let named = NewEntry { site: Some("River & Sons".to_owned()), ..entry(1, "Named", "text") };
    let nameless = NewEntry { site: Some("  ".to_owned()), ..entry(2, "Nameless", "text") };
    for (page, shown, not_shown) in
        [(named, "River &#38; Sons", "example.com</span>"), (nameless, "example.com", "River")]
    {
        let title = page.title.clone();
        let id = site.store.save_page(site.user, SavedPage { entry: page }, at(1)).await.unwrap();
        let source = format!("<span>{shown}</span>");
        site.get("/saved").await.shows(&[&title, &source]);
        site.get(&format!("/entries/{id}")).await.shows(&[&source]).hides(&[not_shown]);
    }
}

#[tokio::test]
async fn an_undated_entry_says_nothing_about_when() {
    let site = Site::new().await;
    let undated = NewEntry { published_at: None, author: String::new(), ..entry(1, "Undated", "text") };
    site.publish("https://example.com/feed", "Example", vec![undated, entry(2, "Dated", "text")]).await;
    let by = async |title| {
        let page = site.get(&format!("/entries/{}", site.id_of(title).await)).await;
        let (_, line) = page.text().split_once("<p class=\"by\">").unwrap();
        line.split_once("</p>").unwrap().0.to_owned()
    };
    assert_eq!(by("Undated").await, "<span>1 min read</span>");
    assert!(by("Dated").await.contains("</time> · <span>1 min read</span>"));
}

#[tokio::test]
async fn stars_come_and_go() {
    let site = three().await;
    let id = site.id_of("Entry 2").await;
    let back = [("back", "/all?order=oldest")];
    site.post(&format!("/entries/{id}/star"), &back).await.leads_to(&format!("/all?order=oldest#e{id}"));
    assert_eq!(site.get("/starred").await.titles(), ["Entry 2"]);
    site.post(&format!("/entries/{id}/unstar"), &back).await.is(303);
    assert!(site.get("/starred").await.titles().is_empty());
}

#[tokio::test]
async fn an_entry_kept_unread_is_left_for_its_list() {
    let site = three().await;
    let id = site.id_of("Entry 2").await;
    site.post(&format!("/entries/{id}/read"), &[]).await.is(303);
    let back = format!("/entries/{id}?from=feed-1");
    site.post(&format!("/entries/{id}/unread"), &[("back", &back)]).await.leads_to(&format!("/feeds/1#e{id}"));
    assert_eq!(site.unread_count().await, 3);
}

#[tokio::test]
async fn a_removed_entry_can_be_brought_back() {
    let site = three().await;
    let id = site.id_of("Entry 2").await;
    let back = format!("/entries/{id}?from=all");
    let removed = site.post(&format!("/entries/{id}/remove"), &[("back", &back)]).await;
    let notice = removed.leads_to("/all").notice();
    site.get(&format!("/entries/{id}")).await.is(404);
    assert_eq!(site.get("/all").await.titles(), ["Entry 3", "Entry 1"]);

    let page = site.get_with("/all", "cookie", &notice).await;
    let undo = page.shows(&["Deleted"]).text().split("action=\"").find_map(|rest| rest.strip_prefix("/undo/")).unwrap();
    let undo = undo.split('"').next().unwrap();
    site.post(&format!("/undo/{undo}"), &[]).await.is(303);
    site.get(&format!("/entries/{id}")).await.is(200);
}

#[tokio::test]
async fn a_form_never_leads_to_another_site() {
    let site = three().await;
    let id = site.id_of("Entry 2").await;
    for back in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nb"] {
        let answer = site.post(&format!("/entries/{id}/star"), &[("back", back)]).await;
        answer.leads_to(&format!("/#e{id}"));
    }
}

#[tokio::test]
async fn what_is_attached_can_be_played_or_fetched() {
    let site = Site::new().await;
    let enclosures = r#"[{"url":"https://example.com/a.mp3","media_type":"audio/mpeg","length":5000000,"duration_s":1860},
        {"url":"https://example.com/b.pdf","media_type":"application/pdf"}]"#;
    let podcast = NewEntry {
        enclosures: Some(enclosures.to_owned()),
        categories: Some(r#"["Talk & tea"]"#.to_owned()),
        comments_url: Some("https://example.com/talk".to_owned()),
        ..entry(1, "Episode", "notes")
    };
    site.publish("https://example.com/feed", "Two chairs", vec![podcast]).await;
    let page = site.get(&format!("/entries/{}", site.id_of("Episode").await)).await;
    page.shows(&[
        "<audio controls preload=\"none\" src=\"https://example.com/a.mp3\">",
        "31 min · 5 MB",
        "b.pdf",
        "Talk &#38; tea",
        "href=\"https://example.com/talk\"",
    ]);
}

#[tokio::test]
async fn marks_of_what_is_not_there_change_nothing() {
    let site = three().await;
    for verb in ["read", "unread", "star", "unstar", "remove", "article"] {
        let status = site.post(&format!("/entries/99/{verb}"), &[]).await.status.as_u16();
        assert!([303, 404].contains(&status), "{verb}: {status}");
    }
    let all = site.store.entries(site.user, View::All, Order::Newest, None, 10).await.unwrap().entries;
    assert!(all.iter().all(|entry| entry.unread && !entry.starred));
}
