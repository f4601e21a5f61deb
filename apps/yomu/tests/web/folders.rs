//! `/folders/{id}` and its forms

use crate::support::{Site, entry};

#[tokio::test]
async fn a_folder_is_a_list_with_its_own_forms() {
    let (site, feed) = Site::with_entries(vec![entry(1, "One", "text")]).await;
    let folder = site.store.folder_named(site.user, "本棚").await.expect("a folder");
    site.store.move_subscription(site.user, feed, Some(folder)).await.expect("moved");
    let page = site.get(&format!("/folders/{folder}")).await;
    assert_eq!(page.is(200).titles(), ["One"]);
    page.shows(&["<h1>本棚</h1>", "aria-current=\"page\">本棚"]);

    site.get("/feeds").await.shows(&["本棚", "value=\"本棚\""]);
    site.post(&format!("/folders/{folder}/rename"), &[("title", "Shelf")]).await.leads_to("/feeds");
    site.get("/feeds").await.shows(&["value=\"Shelf\""]);
    site.post(&format!("/folders/{folder}/remove"), &[]).await.leads_to("/feeds");
    site.get(&format!("/folders/{folder}")).await.is(404);
    assert_eq!(site.get("/unread").await.titles(), ["One"], "its feeds stay");
}

#[tokio::test]
async fn two_folders_of_one_name_are_refused_in_one_sentence() {
    let site = Site::new().await;
    site.store.folder_named(site.user, "Shelf").await.expect("a folder");
    let other = site.store.folder_named(site.user, "Table").await.expect("a folder");
    site.post(&format!("/folders/{other}/rename"), &[("title", "Shelf")]).await.is(422).shows(&["class=\"side\""]);
    site.post(&format!("/folders/{other}/rename"), &[("title", " ")]).await.is(422);
    site.post("/folders/99/rename", &[("title", "New")]).await.is(404);
}
