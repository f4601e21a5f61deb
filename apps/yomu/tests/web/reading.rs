//! `/reading`, and what it does to every page; `/entries/{id}/position`

use yomu_store::NewEntry;

use crate::support::{Site, entry};

async fn one(lang: &str, html: &str) -> (Site, String) {
    let text = NewEntry { lang: Some(lang.to_owned()), html: html.to_owned(), ..entry(1, "第2章 <序>", "text") };
    let (site, _) = Site::with_entries(vec![text]).await;
    let path = format!("/entries/{}", site.id_of("第2章 <序>").await);
    (site, path)
}

#[tokio::test]
async fn what_is_chosen_holds_on_every_page_and_for_the_next_visit() {
    let (site, path) = one("ja", "<p>x</p>").await;
    let plain = site.get("/unread").await;
    plain.shows(&["<html lang=\"en\">", "content=\"light dark\""]);
    let form = [("theme", "sepia"), ("font", "serif"), ("size", "21"), ("width", "wide"), ("leading", "open")];
    site.post("/reading", &[&form[..], &[("back", path.as_str())]].concat()).await.leads_to(&path);
    let look = "<html lang=\"en\" data-theme=\"sepia\" data-font=\"serif\" data-size=\"21\" data-width=\"wide\" data-leading=\"open\">";
    for page in ["/unread", "/reading", "/feeds", path.as_str(), "/nothing/at/all"] {
        site.get(page).await.shows(&[look, "<meta name=\"color-scheme\" content=\"light\">"]);
    }
    site.get("/reading").await.shows(&["value=\"sepia\" checked", "value=\"21\"", "value=\"serif\" checked"]);
}

#[tokio::test]
async fn what_is_not_chosen_or_not_known_stays_as_it_was() {
    let (site, _) = one("ja", "<p>x</p>").await;
    site.post("/reading", &[("theme", "dark"), ("back", "https://elsewhere.example/")]).await.leads_to("/");
    site.post("/reading", &[("theme", "glowing"), ("size", "400"), ("font", "\"><script>")]).await.is(303);
    site.get("/unread").await.shows(&["<html lang=\"en\" data-theme=\"dark\">"]);
    site.post("/reading", &[("theme", "system"), ("size", "18")]).await.is(303);
    site.get("/unread").await.shows(&["<html lang=\"en\">"]);
}

#[tokio::test]
async fn japanese_stands_in_vertical_lines_where_the_reader_likes_it_and_anything_where_it_is_asked_for() {
    let (site, path) = one("ja", "<p>11月の<b>話</b></p><pre>11月</pre>").await;
    let upright = "<span class=\"tcy\">11</span>月の<b>話</b></p><pre tabindex=\"0\">11月</pre>";
    site.get(&path).await.shows(&["<p>11月の<b>", "第2章 &lt;序&gt;</a></h1>"]).hides(&["data-lines"]);
    let vertical = site.get(&format!("{path}?from=unread&lines=vertical")).await;
    vertical.shows(&[
        "data-lines=\"vertical\"",
        upright,
        "第<span class=\"tcy\">2</span>章",
        &format!("href=\"{path}?from=unread&#38;lines=horizontal\""),
    ]);
    site.post("/reading", &[("vertical", "yes")]).await.is(303);
    site.get(&path).await.shows(&["data-lines=\"vertical\"", upright]);
    site.get(&format!("{path}?lines=horizontal")).await.hides(&["data-lines", "tcy"]);
    site.get("/unread").await.hides(&["data-lines"]);
    let (english, path) = one("en", "<p>11 months</p>").await;
    english.post("/reading", &[("vertical", "yes")]).await.is(303);
    english.get(&path).await.hides(&["data-lines"]);
    english.get(&format!("{path}?lines=vertical")).await.shows(&["data-lines=\"vertical\"", "<p>11 months</p>"]);
}

#[tokio::test]
async fn the_place_in_a_text_is_remembered_for_every_device() {
    let (site, path) = one("en", "<p>text</p>").await;
    site.get(&path).await.hides(&["data-position"]);
    let note = async |permille: &str| site.post(&format!("{path}/position"), &[("permille", permille)]).await;
    note("437").await.is(204);
    site.get(&path).await.shows(&["data-position=\"437\""]);
    note("4000000").await.is(204);
    site.get(&path).await.shows(&["data-position=\"1000\""]);
    note("0").await.is(204);
    site.get(&path).await.hides(&["data-position"]);
    for wrong in ["-1", "half", ""] {
        assert!(note(wrong).await.status.is_client_error(), "{wrong}");
    }
    site.post("/entries/99/position", &[("permille", "1")]).await.is(404);
}

#[tokio::test]
async fn sound_goes_on_where_it_was_left() {
    let enclosures =
        r#"[{"url":"https://example.com/notes.pdf"},{"url":"https://example.com/a.mp3","media_type":"audio/mpeg"}]"#;
    let episode = NewEntry { enclosures: Some(enclosures.to_owned()), ..entry(1, "Episode", "text") };
    let (site, _) = Site::with_entries(vec![episode]).await;
    let path = format!("/entries/{}", site.id_of("Episode").await);
    site.get(&path).await.shows(&["<figure class=\"media\" data-number=\"1\">"]);
    let form = [("number", "1"), ("seconds", "95")];
    site.post(&format!("{path}/media-position"), &form).await.is(204);
    site.get(&path).await.shows(&["<figure class=\"media\" data-number=\"1\" data-seconds=\"95\">"]);
    site.post(&format!("{path}/media-position"), &[("number", "1024"), ("seconds", "1")]).await.is(404);
}
