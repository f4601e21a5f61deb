//! `/tags` and the tags of an entry

use crate::support::{Site, entry};

#[tokio::test]
async fn an_entry_is_tagged_by_a_form_and_found_by_its_tag() {
    let (site, _) = Site::with_entries(vec![entry(1, "Soup", "leeks"), entry(2, "Stew", "beans")]).await;
    let id = site.id_of("Soup").await;
    let path = format!("/entries/{id}");
    site.get(&path).await.is(200).hides(&["href=\"/tags/"]);
    let form = [("add", "Recipes, 冬 の夜"), ("back", path.as_str())];
    let done = site.post(&format!("{path}/tags"), &form).await;
    done.leads_to(&path);
    site.get_with(&path, "cookie", &done.notice()).await.shows(&[
        "Tags changed",
        "<a href=\"/tags/Recipes\">Recipes</a>",
        "<a href=\"/tags/%E5%86%AC%20%E3%81%AE%E5%A4%9C\">冬 の夜</a>",
        "title=\"Remove the tag “Recipes”\"",
    ]);
    let tags = site.get("/tags").await;
    tags.is(200).shows(&["Recipes</a><small>1 entry, 1 unread", "冬 の夜</a>"]);
    let listed = site.get("/tags/recipes").await;
    assert!(listed.header("location").starts_with("/tags/"));
    let list = site.get(listed.header("location")).await;
    assert_eq!(list.is(200).titles(), ["Soup"]);
    list.shows(&["aria-current=\"page\">Recipes", &format!("/entries/{id}?from=tag-")]);
    assert_eq!(site.get("/search?q=tag%3Arecipes").await.titles(), ["Soup"]);

    // In a field, Enter gives a tag; it never takes one.
    site.post(&format!("{path}/tags"), &[("take", "recipes"), ("add", "")]).await.is(303);
    site.get(&path).await.shows(&["冬 の夜</a>"]).hides(&["<a href=\"/tags/Recipes\">"]);
}

#[tokio::test]
async fn a_tag_is_renamed_made_one_with_another_and_removed() {
    let (site, _) = Site::with_entries(vec![entry(1, "Soup", "leeks")]).await;
    let path = format!("/entries/{}/tags", site.id_of("Soup").await);
    site.post(&path, &[("add", "one, two")]).await.is(303);
    let one = site.get("/tags/one").await.header("location").to_owned();
    site.post(&format!("{one}/rename"), &[("title", "Two")]).await.leads_to("/tags");
    site.get("/tags").await.shows(&["Two</a><small>1 entry"]).hides(&[">one</a>"]);
    let two = site.get("/tags/two").await.header("location").to_owned();
    site.post(&format!("{two}/remove"), &[]).await.leads_to("/tags");
    site.get("/tags").await.shows(&["No tags yet"]);
}

#[tokio::test]
async fn names_that_cannot_be_are_refused_and_unknown_tags_are_not_found() {
    let (site, _) = Site::with_entries(vec![entry(1, "Soup", "leeks")]).await;
    let path = format!("/entries/{}/tags", site.id_of("Soup").await);
    site.post(&path, &[("add", &"x".repeat(201))]).await.is(422);
    site.post("/entries/999/tags", &[("add", "x")]).await.is(404);
    for path in ["/tags/nothing", "/tags/12", "/tags/%00"] {
        site.get(path).await.is(404);
    }
    site.post("/tags/12/rename", &[("title", "x")]).await.is(404);
    site.post("/tags/12/remove", &[]).await.is(404);
}
