//! `/shares` and the page behind a public link

use crate::support::{Site, entry};

fn link(text: &str) -> String {
    let (_, link) = text.split_once("<code>http://localhost:3000").expect("a link");
    link.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_link_shows_the_entry_and_nothing_of_its_reader() {
    let (site, _) = Site::with_entries(vec![entry(1, "The light", "Every harbour has one.")]).await;
    let path = format!("/entries/{}", site.id_of("The light").await);
    site.post(&format!("{path}/tags"), &[("add", "mytag")]).await.is(303);
    let form = [("exact", "harbour"), ("note", "mynote")];
    site.post(&format!("{path}/highlights"), &form).await.is(303);
    let made = site.post(&format!("{path}/share"), &[("back", &path)]).await;
    assert_eq!(made.is(200).header("cache-control"), "no-store");
    let link = link(made.text());
    assert_eq!(link.len(), "/shared/".len() + 43);

    let shown = site.get_with(&link, "cookie", "yomu_notice=marked.3").await;
    shown.is(200).shows(&["The light", "Every harbour has one.", "Jane Doe", "https://example.com/1", "noindex"]);
    shown.hides(&["mytag", "mynote", "<mark", "/entries/", "Sign out", "marked read", "<form", "<script"]);
    assert_eq!(shown.header("x-robots-tag"), "noindex, nofollow, noarchive");
    assert_eq!((shown.header("set-cookie"), shown.header("cache-control")), ("", "private, no-store"));
    assert_eq!(site.get(&format!("{link}?lang=ja")).await.header("set-cookie"), "");

    site.get("/shares").await.shows(&["The light", "/shares/1/revoke"]);
    site.post("/shares/1/revoke", &[]).await.leads_to("/shares");
    site.get(&link).await.is(404);
    site.get("/shares").await.shows(&["Nothing is shared"]);
}

#[tokio::test]
async fn links_cannot_be_guessed_nor_made_to_what_is_not_there() {
    let site = Site::new().await;
    for token in ["1", "", "AAAA", &"A".repeat(43), "%00"] {
        site.get(&format!("/shared/{token}")).await.is(404);
    }
    site.post("/entries/9/share", &[]).await.is(404);
    site.post("/shares/9/revoke", &[]).await.is(404);
}
