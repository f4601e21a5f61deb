//! `/storage`

use crate::support::{Site, entry};

#[tokio::test]
async fn what_waits_to_be_deleted_is_said_with_its_time_and_can_be_brought_back() {
    let (site, feed) = Site::with_entries(vec![entry(1, "Soup", "leeks"), entry(2, "Stew", "beans")]).await;
    site.get("/storage").await.is(200).shows(&["Nothing is deleted because it is old", "for 24 hours"]);
    site.get("/storage").await.hides(&["Waiting to be deleted"]);
    site.post(&format!("/entries/{}/remove", site.id_of("Soup").await), &[]).await.is(303);
    site.get("/storage").await.shows(&["Waiting to be deleted", "1 entry · deleted for good from"]);
    site.post(&format!("/feeds/{feed}/remove"), &[]).await.is(303);
    let page = site.get("/storage").await;
    page.shows(&["<b>Example</b>", "/undo/feed-"]);
    let (_, undo) = page.text().split_once("action=\"/undo/").unwrap();
    let undo = undo.split('"').next().unwrap();
    site.post(&format!("/undo/{undo}"), &[("back", "/storage")]).await.leads_to("/storage");
    assert_eq!(site.get("/all").await.titles(), ["Stew"]);
}
