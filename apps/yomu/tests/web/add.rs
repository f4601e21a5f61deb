//! `/add`

use crate::support::Site;

#[tokio::test]
async fn the_form_is_filled_from_the_address() {
    let site = Site::new().await;
    let page = site.get("/add?url=https%3A%2F%2Fexample.com%2Fa%3Fb%26c").await;
    page.is(200).shows(&["value=\"https://example.com/a?b&#38;c\"", "Subscribe", "Save page for later"]);
    site.get_with("/add", "accept-language", "ja").await.is(200).shows(&["購読する", "ページを保存して後で読む"]);
}

#[tokio::test]
async fn what_is_no_address_is_said_and_what_was_typed_is_kept() {
    let site = Site::new().await;
    let page = site.post("/add", &[("address", "no address at all"), ("folder", "Shelf")]).await;
    page.is(422).shows(&["value=\"no address at all\"", "value=\"Shelf\"", "role=\"alert\""]);
    site.post("/add", &[("address", "ftp://example.com"), ("save", "page")]).await.is(422).shows(&["ftp"]);
}
