//! `/` and `/welcome`

use crate::support::{Site, entry};

#[tokio::test]
async fn a_new_reader_is_welcomed_in_either_language() {
    let site = Site::new().await;
    site.get("/").await.leads_to("/welcome");
    site.get("/welcome").await.is(200).shows(&[
        "<html lang=\"en\">",
        "action=\"/add\"",
        "action=\"/import\"",
        "action=\"/welcome/sample\"",
        "Open the sample library",
    ]);
    let japanese = site.get_with("/welcome", "accept-language", "ja").await;
    japanese.is(200).shows(&["<html lang=\"ja\">", "Yomuへようこそ", "見本を開く"]);
}

#[tokio::test]
async fn who_has_something_to_read_goes_there() {
    let (site, _) = Site::with_entries(vec![entry(1, "One", "text")]).await;
    site.get("/").await.leads_to("/unread");
}

#[tokio::test]
async fn a_language_is_chosen_once_and_remembered() {
    let site = Site::new().await;
    let chosen = site.get("/welcome?lang=ja").await;
    chosen.shows(&["<html lang=\"ja\">", "href=\"/welcome?lang=en\""]);
    let cookie = chosen.notice();
    assert_eq!(cookie, "yomu_lang=ja");
    site.get_with("/welcome", "cookie", &cookie).await.shows(&["<html lang=\"ja\">"]);
}
