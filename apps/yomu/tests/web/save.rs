//! `/save`, and the bookmark that leads to it

use crate::support::Site;

#[tokio::test]
async fn opening_the_page_shows_what_would_be_saved_and_saves_nothing() {
    let site = Site::new().await;
    let page = site.get("/save?url=https%3A%2F%2Fa.example%2F%3Fb%3Dc%26d&title=%3CHello%3E").await;
    page.is(200).shows(&["value=\"https://a.example/?b=c&#38;d\"", "&#60;Hello&#62;", "action=\"/save\""]);
    let shared = site.get("/save?title=Hello&text=Look%20https%3A%2F%2Fb.example%2Fx").await;
    shared.shows(&["value=\"https://b.example/x\""]);
    site.get("/save").await.is(200);
    site.get("/saved").await.shows(&["No saved pages yet"]);
}

#[tokio::test]
async fn what_cannot_be_saved_is_said_in_the_form_with_all_that_was_typed() {
    let site = Site::new().await;
    let form = [("url", "ftp://a.example/"), ("title", "Hello"), ("tags", "one, two")];
    site.post("/save", &form).await.is(422).shows(&["value=\"ftp://a.example/\"", "value=\"one, two\"", "Hello"]);
    let long = "x".repeat(201);
    let form = [("url", "https://a.example/"), ("tags", long.as_str())];
    site.post("/save", &form).await.is(422).shows(&["value=\"https://a.example/\""]);
}

#[tokio::test]
async fn the_bookmark_knows_the_address_of_this_reader() {
    let site = Site::new().await;
    site.get("/add").await.shows(&["javascript:location.href=&#39;http://localhost:3000/save?url="]);
    let site = Site::at_address(Some("https://yomu.example.com/")).await;
    let page = site.get("/add").await;
    page.shows(&["javascript:location.href=&#39;https://yomu.example.com/save?url="]);
}
