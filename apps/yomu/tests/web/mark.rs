//! `/mark` and `/undo/{what}`

use crate::support::{Answer, Site, entry};

async fn three() -> Site {
    let entries = (1..=3).map(|number| entry(number, &format!("Entry {number}"), "text")).collect();
    Site::with_entries(entries).await.0
}

/// A value out of a page: what stands between two texts.
fn between<'p>(page: &'p Answer, before: &str, after: &str) -> &'p str {
    page.text().split(before).nth(1).and_then(|rest| rest.split(after).next()).expect("the page has it")
}

#[tokio::test]
async fn all_is_marked_and_taken_back() {
    let site = three().await;
    let page = site.get("/unread").await;
    let newest = between(&page, "name=\"newest\" value=\"", "\"");
    let marked = site.post("/mark", &[("list", "unread"), ("newest", newest), ("back", "/unread")]).await;
    let notice = marked.leads_to("/unread").notice();
    assert_eq!(site.unread_count().await, 0);

    let after = site.get_with("/unread", "cookie", &notice).await;
    after.shows(&["3 entries marked read", "Undo"]);
    assert!(after.header("set-cookie").starts_with("yomu_notice=; "), "a notice is shown once");
    let undo = between(&after, "action=\"/undo/", "\"");
    let undone = site.post(&format!("/undo/{undo}"), &[("back", "/all")]).await;
    let notice = undone.leads_to("/all").notice();
    assert_eq!(site.unread_count().await, 3);
    site.get_with("/all", "cookie", &notice).await.shows(&["Taken back"]);
}

#[tokio::test]
async fn a_list_is_marked_down_to_one_entry() {
    let site = three().await;
    let page = site.get("/unread").await;
    let newest = between(&page, "name=\"newest\" value=\"", "\"").to_owned();
    // The first row is entry 3, the second is entry 2.
    let up_to = page.text().split("name=\"up_to\" value=\"").nth(2).and_then(|rest| rest.split('"').next()).unwrap();
    site.post("/mark", &[("list", "unread"), ("newest", &newest), ("up_to", up_to)]).await.leads_to("/unread");
    assert_eq!(site.get("/unread").await.titles(), ["Entry 1"]);
}

#[tokio::test]
async fn what_came_after_the_page_stays_unread() {
    let site = three().await;
    let newest = between(&site.get("/unread").await, "name=\"newest\" value=\"", "\"").to_owned();
    site.publish("https://example.org/feed", "Late", vec![entry(9, "Late", "text")]).await;
    site.post("/mark", &[("list", "unread"), ("newest", &newest)]).await.is(303);
    assert_eq!(site.get("/unread").await.titles(), ["Late"]);
}

#[tokio::test]
async fn a_place_or_list_that_cannot_be_read_marks_nothing() {
    let site = three().await;
    for form in [
        &[("list", "unread"), ("newest", "99"), ("up_to", "here")][..],
        &[("list", "everything"), ("newest", "99")],
        &[("list", "unread")],
        &[],
    ] {
        let answer = site.post("/mark", form).await;
        assert!(answer.status.is_client_error(), "{form:?}");
    }
    assert_eq!(site.unread_count().await, 3);
}

#[tokio::test]
async fn an_undo_that_is_none_or_too_late_says_so() {
    let site = three().await;
    site.post("/undo/everything", &[]).await.is(404);
    let notice = site.post("/undo/mark-1767225600000", &[]).await.leads_to("/").notice();
    site.get_with("/unread", "cookie", &notice).await.shows(&["too late to take that back"]);
}

#[tokio::test]
async fn a_forged_notice_is_not_shown() {
    let site = three().await;
    for cookie in ["yomu_notice=<script>", "yomu_notice=marked.1.x", "yomu_notice=marked.99999999999.mark-1"] {
        site.get_with("/unread", "cookie", cookie).await.is(200).hides(&["class=\"notice\"", "<script>"]);
    }
}

#[tokio::test]
async fn several_entries_are_marked_together_as_often_as_it_is_said() {
    let site = three().await;
    let ids = format!("{},{},999", site.id_of("Entry 1").await, site.id_of("Entry 3").await);
    for _ in 0..2 {
        site.post("/entries/read", &[("ids", &ids)]).await.leads_to("/");
        assert_eq!(site.unread_count().await, 1);
        site.post("/entries/star", &[("ids", &ids), ("back", "/all")]).await.leads_to("/all");
        assert_eq!(site.get("/starred").await.titles(), ["Entry 3", "Entry 1"]);
    }
    site.post("/entries/unread", &[("ids", &ids)]).await.is(303);
    site.post("/entries/unstar", &[("ids", &ids)]).await.is(303);
    assert_eq!(site.unread_count().await, 3);
    assert!(site.get("/starred").await.titles().is_empty());
}

#[tokio::test]
async fn several_entries_have_numbers_and_are_not_too_many() {
    let site = three().await;
    for ids in ["", "x", "1,", "1;2", "-"] {
        site.post("/entries/read", &[("ids", ids)]).await.is(400);
    }
    let many = vec!["1"; 1_001].join(",");
    site.post("/entries/read", &[("ids", &many)]).await.is(413);
    assert_eq!(site.unread_count().await, 3);
}

#[tokio::test]
async fn behind_a_list_that_is_read_comes_the_next_one_with_something_unread() {
    let site = Site::new().await;
    let mut feeds = Vec::new();
    for (number, title) in [(1, "Apple"), (2, "Berry"), (3, "Cherry")] {
        let entries = vec![entry(number, &format!("Entry {number}"), "text")];
        feeds.push(site.publish(&format!("https://example.com/{number}"), title, entries).await);
    }
    let leads = async |list: &str| site.get(&format!("/next?list={list}")).await.header("location").to_owned();
    assert_eq!(leads(&format!("feed-{}", feeds[0])).await, format!("/feeds/{}", feeds[1]));
    let read = site.id_of("Entry 2").await;
    site.post(&format!("/entries/{read}/read"), &[]).await.is(303);
    assert_eq!(leads(&format!("feed-{}-oldest", feeds[0])).await, format!("/feeds/{}?order=oldest", feeds[2]));
    assert_eq!(leads(&format!("feed-{}", feeds[2])).await, format!("/feeds/{}", feeds[0]), "round");
    for list in ["unread", "starred", "nonsense", "feed-999", ""] {
        assert_eq!(leads(list).await, "/unread", "{list}");
    }
}
