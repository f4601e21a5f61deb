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
