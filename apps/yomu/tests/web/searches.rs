//! `/searches`

use crate::support::{Site, entry};

#[tokio::test]
async fn a_search_is_kept_under_a_name_changed_and_forgotten() {
    let site = Site::with_entries(vec![entry(1, "Soup", "leeks"), entry(2, "Stew", "leeks")]).await.0;
    site.get("/search?q=leeks").await.shows(&["Keep this search", "action=\"/searches\"", "value=\"leeks\""]);
    let form = [("name", "Leeks & co"), ("query", "leeks"), ("oldest", "on")];
    let kept = site.post("/searches", &form).await;
    kept.leads_to("/searches/1");
    let page = site.get("/searches/1").await;
    assert_eq!(page.is(200).titles(), ["Soup", "Stew"], "the oldest first");
    page.shows(&["aria-current=\"page\">Leeks &#38; co", "?order=newest", "?q=leeks"]);
    assert_eq!(site.get("/searches/1?order=newest").await.titles(), ["Stew", "Soup"]);
    site.get("/unread").await.shows(&["Saved searches", "href=\"/searches/1\""]);

    site.post("/searches/1", &[("name", "Soup"), ("query", "title:soup")]).await.leads_to("/searches/1");
    assert_eq!(site.get("/searches/1").await.titles(), ["Soup"]);
    site.post("/searches/1/remove", &[]).await.leads_to("/search");
    site.get("/searches/1").await.is(404);
    site.get("/unread").await.hides(&["Saved searches"]);
}

#[tokio::test]
async fn a_search_needs_a_name_of_its_own_and_a_condition() {
    let site = Site::new().await;
    site.post("/searches", &[("name", "One"), ("query", "cat")]).await.is(303);
    site.post("/searches", &[("name", "One"), ("query", "dog")]).await.is(422).shows(&["nother saved search"]);
    site.post("/searches", &[("name", ""), ("query", "dog")]).await.is(422);
    for query in ["", "  ", "!!!", "feed:"] {
        site.post("/searches", &[("name", "Two"), ("query", query)]).await.is(422);
    }
    site.post("/searches/9", &[("name", "Two"), ("query", "dog")]).await.is(404);
    site.post("/searches/9/remove", &[]).await.is(404);
}

#[tokio::test]
async fn a_search_can_run_the_other_way() {
    let site = Site::with_entries(vec![entry(1, "Soup", "leeks"), entry(2, "Stew", "leeks")]).await.0;
    assert_eq!(site.get("/search?q=leeks").await.titles(), ["Stew", "Soup"]);
    let oldest = site.get("/search?q=leeks&order=oldest").await;
    assert_eq!(oldest.titles(), ["Soup", "Stew"]);
    oldest.shows(&["href=\"/search?q=leeks\">Oldest first"]);
}
