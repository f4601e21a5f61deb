//! `/highlights` and the highlights of an entry

use crate::support::{Answer, Site, entry};

async fn page(text: &str) -> (Site, String) {
    let (site, _) = Site::with_entries(vec![entry(1, "The light", text)]).await;
    let path = format!("/entries/{}", site.id_of("The light").await);
    (site, path)
}

async fn highlight(site: &Site, path: &str, exact: &str, note: &str) -> Answer {
    let form = [("exact", exact), ("note", note), ("back", path)];
    site.post(&format!("{path}/highlights"), &form).await
}

#[tokio::test]
async fn a_passage_is_marked_in_the_text_and_listed_with_its_note() {
    let (site, path) = page("Every <b>harbour</b> has a light &amp; a keeper.").await;
    let done = highlight(&site, &path, "harbour  has\na light & a", "Is <that> so?").await;
    done.leads_to(&format!("{path}#h1"));
    let shown = site.get_with(&path, "cookie", &done.notice()).await;
    shown.is(200).shows(&[
        "Highlighted",
        "Every <b><mark id=\"h1\" class=\"noted\" data-h=\"1\">harbour</mark></b> <mark class=\"noted\" data-h=\"1\">has a \
         light &amp; a</mark> keeper.",
        "<p class=\"note\">Is &#60;that&#62; so?</p>",
    ]);
    let all = site.get("/highlights").await;
    all.is(200).shows(&["The light", &format!("{path}#h1"), "Is &#60;that&#62; so?"]);
    site.get("/highlights?q=KEEPER").await.shows(&["No highlight or note has these words"]);
    site.get("/highlights?q=HARBOUR").await.shows(&["#h1"]);

    let file = site.get("/highlights.md").await;
    assert_eq!(file.is(200).header("content-type"), "text/markdown; charset=utf-8");
    file.shows(&["## [The light](<https://example.com/1>)", "> harbour  has\n> a light & a", "Is <that> so?"]);
    assert_eq!(site.get(&format!("{path}/highlights.md")).await.text(), file.text());

    site.post("/highlights/1/note", &[("note", "It is."), ("back", &path)]).await.leads_to(&path);
    site.get(&path).await.shows(&["It is."]).hides(&["&#60;that"]);
}

#[tokio::test]
async fn a_removed_highlight_is_taken_back_with_its_note() {
    let (site, path) = page("Every harbour has a light.").await;
    highlight(&site, &path, "a light", "How bright?").await.is(303);
    let removed = site.post("/highlights/1/remove", &[("back", "/highlights")]).await;
    removed.leads_to("/highlights");
    site.get(&path).await.hides(&["<mark"]);
    let shown = site.get_with("/highlights", "cookie", &removed.notice()).await;
    shown.shows(&["No highlights yet", "Highlight removed"]);
    let undo = shown.text().split_once("action=\"/undo/highlight-1-").expect("a way back").1.to_owned();
    let undo = format!("/undo/highlight-1-{}", undo.split('"').next().unwrap());

    let back = site.post(&undo, &[("back", "/highlights")]).await;
    site.get_with("/highlights", "cookie", &back.leads_to("/highlights").notice())
        .await
        .shows(&["Taken back", "How bright?"]);
    site.get(&path).await.shows(&["data-h=\"1\">a light</mark>"]);
    let again = site.post(&undo, &[("back", "/highlights")]).await;
    site.get_with("/highlights", "cookie", &again.notice()).await.hides(&["Taken back"]);
}

#[tokio::test]
async fn a_passage_that_is_gone_is_kept_and_said_to_be() {
    let (site, path) = page("Every harbour has a light.").await;
    highlight(&site, &path, "has a light", "").await.is(303);
    let id = site.id_of("The light").await;
    let mut changed = entry(1, "The light", "Rewritten from the first to the last word.");
    changed.content_hash = [2; 16];
    site.store.store_article(id, changed).await.unwrap();
    site.get(&path).await.shows(&["No longer in the text", "has a light"]).hides(&["<mark"]);
    // The feed's own text still has it.
    site.get(&format!("{path}?text=feed")).await.shows(&["<mark id=\"h1\" data-h=\"1\">has a light</mark>"]);
}

#[tokio::test]
async fn the_right_one_of_equal_passages_is_marked() {
    let (site, path) = page("one cat sat, a cat ran").await;
    let form = [("exact", "cat"), ("prefix", "onecatsat,a"), ("suffix", "ran"), ("back", path.as_str())];
    site.post(&format!("{path}/highlights"), &form).await.is(303);
    site.get(&path).await.shows(&["one cat sat, a <mark id=\"h1\" data-h=\"1\">cat</mark> ran"]);
}

#[tokio::test]
async fn what_cannot_be_highlighted_is_refused_with_the_reason() {
    let (site, path) = page("Every harbour has a light.").await;
    highlight(&site, &path, "a lighthouse", "").await.is(422).shows(&["passage is not in the text"]);
    highlight(&site, &path, "  ", "").await.is(422);
    highlight(&site, &path, &"x".repeat(5_001), "").await.is(422).shows(&["5000 characters"]);
    highlight(&site, &path, "light", &"x".repeat(10_001)).await.is(422).shows(&["10000 characters"]);
    highlight(&site, "/entries/99", "light", "").await.is(404);
    site.post("/highlights/99/note", &[("note", "x")]).await.is(404);
    site.post("/highlights/99/remove", &[]).await.is(404);
    site.get("/entries/99/highlights.md").await.is(404);
}
