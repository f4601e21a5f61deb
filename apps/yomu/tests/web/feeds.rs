//! `/feeds`, `/feeds/{id}/settings` and `/trouble`

use crate::support::{Site, at, entry};

#[tokio::test]
async fn a_feed_that_fails_says_so_in_the_readers_words() {
    let site = Site::new().await;
    let stored = "the server at `example.com` says that there is nothing at this address (404)";
    let text = "The server at “example.com” says that there is nothing at this address (404)";
    let id = site.fail("https://example.com/feed", "not_found", stored).await;
    for path in [format!("/feeds/{id}"), "/trouble".to_owned(), format!("/feeds/{id}/settings")] {
        site.get(&path).await.is(200).shows(&[text, "Since", "next try"]);
        let japanese = site.get_with(&path, "accept-language", "ja").await;
        japanese.is(200).shows(&["このアドレスにフィードはありません"]);
    }
    site.get("/trouble").await.shows(&["Try again", "Unsubscribe", "https://example.com/feed"]);
    // The English sentence has the details and stays at hand.
    site.get_with("/trouble", "accept-language", "ja").await.shows(&[text, "もう一度試す"]);
}

#[tokio::test]
async fn an_unknown_failure_keeps_its_english_sentence() {
    let site = Site::new().await;
    site.fail("https://example.com/feed", "gremlins", "gremlins ate the feed").await;
    site.get_with("/trouble", "accept-language", "ja").await.shows(&["Gremlins ate the feed"]);
}

#[tokio::test]
async fn each_trouble_offers_what_may_help() {
    let site = Site::new().await;
    let lost = site.fail("https://example.com/lost", "not_found", "nothing there").await;
    let shut = site.fail("https://example.com/shut", "unauthorized", "a password, please").await;
    let slow = site.fail("https://example.com/slow", "timeout", "too slow").await;
    let find = |id| format!("formaction=\"/feeds/{id}/find\"");
    let open = |id| format!("action=\"/feeds/{id}/password\"");
    site.get("/trouble").await.shows(&[&find(lost), &open(shut)]);
    site.get("/trouble").await.hides(&[&find(shut), &open(lost), &find(slow), &open(slow), "/hush"]);
    site.get(&format!("/feeds/{lost}")).await.shows(&[&find(lost), "Find its new address", "Unsubscribe"]);
    let japanese = site.get_with("/trouble", "accept-language", "ja").await;
    japanese.shows(&["新しいアドレスを探す", "保存してもう一度試す"]);
    // Unsubscribed from its own page, the feed has none to return to.
    let own = format!("/feeds/{lost}");
    site.post(&format!("{own}/remove"), &[("back", &own)]).await.leads_to("/feeds");
}

#[tokio::test]
async fn a_password_is_given_where_it_is_missed() {
    let site = Site::new().await;
    // Nothing on this machine is fetched, so the feed goes on failing, and the page says why.
    let id = site.fail("http://127.0.0.1:9/feed", "unauthorized", "a password, please").await;
    let form = [("username", "ann"), ("password", "swordfish"), ("back", "/trouble")];
    site.post(&format!("/feeds/{id}/password"), &form).await.leads_to("/trouble");
    let stored = site.store.subscription(site.user, id).await.unwrap().unwrap();
    assert_eq!(stored.source.credentials.map(|given| given.username).as_deref(), Some("ann"));
    site.get("/trouble").await.hides(&["swordfish"]);
}

#[tokio::test]
async fn a_feed_that_ended_stays_without_a_word() {
    let site = Site::new().await;
    let id = site.fail("https://example.com/gone", "gone", "gone for good").await;
    let other = site.fail("https://example.com/lost", "not_found", "nothing there").await;
    let hush = format!("/feeds/{id}/hush");
    assert_eq!(site.store.counts(site.user).await.unwrap().1, 2);
    site.get("/trouble").await.shows(&[&hush, "Keep it, silently"]);
    let notice = site.post(&hush, &[("back", "/trouble")]).await.leads_to("/trouble").notice();
    let page = site.get_with("/trouble", "cookie", &notice).await;
    let undo = format!("/undo/hush-{id}");
    page.shows(&["nothing more is said", &undo, "example.com/lost"]).hides(&["<code>https://example.com/gone"]);
    assert_eq!(site.store.counts(site.user).await.unwrap().1, 1);
    let page = site.get(&format!("/feeds/{id}")).await;
    page.is(200).shows(&["Gone for good", "Kept silently"]).hides(&[&hush]);
    site.get("/feeds").await.hides(&["Gone for good", "Kept silently"]);
    site.post(&format!("/feeds/{other}/hush"), &[("back", "/trouble")]).await.leads_to("/trouble");
    site.get("/trouble").await.shows(&["All feeds are well", "Kept silently <small>2</small>"]);
    site.post(&undo, &[("back", "/trouble")]).await.leads_to("/trouble");
    site.get("/trouble").await.shows(&[&hush, "Kept silently <small>1</small>"]);
    site.post("/feeds/999/hush", &[]).await.is(404);
}

#[tokio::test]
async fn a_feed_that_is_kept_silently_is_heard_of_again_by_one_press() {
    let site = Site::new().await;
    let id = site.fail("https://example.com/gone", "gone", "gone for good").await;
    let (own, settings) = (format!("/feeds/{id}"), format!("/feeds/{id}/settings"));
    let (hush, unhush) = (format!("{own}/hush"), format!("{own}/unhush"));
    for page in [&own, &settings] {
        site.get(page).await.shows(&[&hush]).hides(&[&unhush]);
    }
    for page in [own.as_str(), settings.as_str(), "/trouble"] {
        site.post(&hush, &[("back", page)]).await.leads_to(page);
        assert_eq!(site.store.counts(site.user).await.unwrap().1, 0);
        site.get(page).await.shows(&[&format!("formaction=\"{unhush}\""), "Hear of it again"]).hides(&[&hush]);
        site.get_with(page, "accept-language", "ja").await.shows(&["また知らせる", "知らせずに残しています"]);
        let notice = site.post(&unhush, &[("back", page)]).await.leads_to(page).notice();
        assert_eq!(site.store.counts(site.user).await.unwrap().1, 1);
        site.get_with(page, "cookie", &notice).await.shows(&["You hear of this feed’s trouble again", &hush]);
    }
    site.post("/feeds/999/unhush", &[]).await.is(404);
}

#[tokio::test]
async fn the_list_of_feeds_and_the_settings_have_the_same_remedies() {
    let site = Site::new().await;
    let lost = site.fail("https://example.com/lost", "not_found", "nothing there").await;
    let shut = site.fail("https://example.com/shut", "unauthorized", "a password, please").await;
    let well = site.publish("https://example.com/well", "Well", vec![]).await;
    let helps = |id, what: &str| format!("action=\"/feeds/{id}/{what}\"");
    let list = site.get("/feeds").await;
    list.shows(&["<details><summary>Nothing there</summary>", &helps(lost, "find"), &helps(shut, "password")]);
    list.shows(&[&format!("formmethod=\"get\" formaction=\"/feeds/{lost}/remove\"")]);
    list.hides(&[&helps(well, "refresh"), &helps(shut, "find")]);
    let settings = |id| format!("/feeds/{id}/settings");
    site.get(&settings(lost)).await.shows(&[&helps(lost, "find"), &helps(lost, "refresh"), "Unsubscribing deletes"]);
    site.get(&settings(shut)).await.shows(&[&helps(shut, "password")]);
    site.get(&settings(well)).await.hides(&["class=\"trouble\"", &helps(well, "refresh")]);
    // Where the number stands beside the button there is no question before it.
    site.get(&settings(lost)).await.hides(&["formmethod=\"get\""]);
}

#[tokio::test]
async fn in_a_night_without_a_network_the_list_of_feeds_stays_small() {
    let site = Site::new().await;
    for number in 0..200 {
        site.fail(&format!("https://site-{number}.example/feed"), "dns", "no such name").await;
    }
    let page = site.get_with("/feeds", "accept-encoding", "br").await;
    assert!(page.bytes.len() < 12 * 1024, "{} bytes", page.bytes.len());
    let page = site.get("/feeds").await;
    assert_eq!(page.text().matches("<details><summary>No such name").count(), 20);
    assert_eq!(page.text().matches("aria-label=\"Trouble\"").count(), 200);
}

#[tokio::test]
async fn without_trouble_the_page_is_quiet() {
    let (site, feed) = Site::with_entries(vec![entry(1, "One", "text")]).await;
    site.get("/trouble").await.is(200).shows(&["All feeds are well"]);
    site.get(&format!("/feeds/{feed}")).await.hides(&["class=\"trouble\""]);
}

#[tokio::test]
async fn the_settings_show_what_is_stored_but_no_password() {
    let site = Site::new().await;
    let source = yomu_store::FeedSource {
        credentials: Some(yomu_store::Credentials {
            username: "reader".to_owned(),
            password: yomu_model::secret::Secret::new("hunter2"),
        }),
        encoding: Some("EUC-JP".to_owned()),
        ..yomu_store::FeedSource::at("https://example.com/private")
    };
    let (id, _, _) =
        site.store.subscribe(site.user, &source, None, Some("Mine"), crate::support::at(0)).await.expect("subscribed");
    let page = site.get(&format!("/feeds/{id}/settings")).await;
    page.is(200).shows(&[
        "value=\"Mine\"",
        "value=\"https://example.com/private\"",
        "value=\"reader\"",
        "<option selected>EUC-JP</option>",
        "placeholder=\"unchanged\"",
    ]);
    page.hides(&["hunter2"]);
}

#[tokio::test]
async fn unsubscribing_can_be_taken_back() {
    let (site, feed) = Site::with_entries(vec![entry(1, "One", "text")]).await;
    let notice = site.post(&format!("/feeds/{feed}/remove"), &[]).await.leads_to("/feeds").notice();
    site.get(&format!("/feeds/{feed}")).await.is(404);
    let page = site.get_with("/feeds", "cookie", &notice).await;
    let undo = page.shows(&["Unsubscribed"]).text().split("/undo/").nth(1).and_then(|rest| rest.split('"').next());
    site.post(&format!("/undo/{}", undo.unwrap()), &[("back", "/feeds")]).await.leads_to("/feeds");
    assert_eq!(site.get("/unread").await.titles(), ["One"]);
}

#[tokio::test]
async fn what_unsubscribing_deletes_and_what_stays_is_said_before_and_after() {
    let entries = vec![entry(1, "One", "a light"), entry(2, "Two", "text"), entry(3, "Three", "text")];
    let (site, feed) = Site::with_entries(entries).await;
    let settings = format!("/feeds/{feed}/settings");
    let back = "It can be taken back for 24 hours, on the page after it and under Storage.";
    site.get(&settings).await.shows(&[&format!("Unsubscribing deletes 3 entries. {back}")]);

    let one = site.id_of("One").await;
    site.post(&format!("/entries/{one}/star"), &[]).await.is(303);
    site.post(&format!("/entries/{one}/highlights"), &[("exact", "a light")]).await.is(303);
    site.post(&format!("/entries/{}/tags", site.id_of("Two").await), &[("add", "soup")]).await.is(303);
    let said = "Unsubscribing deletes 1 entry. 2 entries stay under Saved: 1 starred, 1 tagged, 1 highlighted.";
    site.get(&settings).await.shows(&[&format!("{said} {back}")]);
    site.get_with(&settings, "accept-language", "ja").await.shows(&[
        "購読をやめると、記事1件を削除します。印のある記事2件（スター1件、タグ1件、ハイライト1件）は「保存」に残ります。\
         24時間以内なら、この後の画面か「保存と削除」で元に戻せます。",
    ]);

    let done = site.post(&format!("/feeds/{feed}/remove"), &[]).await;
    let page = site.get_with("/saved", "cookie", &done.notice()).await;
    page.shows(&["2 entries that you had set apart are kept under Saved. It can be taken back for 24 hours"]);
    assert_eq!(page.titles(), ["Two", "One"]);
    page.shows(&["Example"]);
    assert_eq!(site.get("/all").await.titles(), ["Two", "One"]);
    let kept = site.get(&format!("/entries/{one}?from=saved")).await;
    kept.shows(&["<mark", "a light", &format!("/entries/{one}/article")]);

    let undo = page.text().split("/undo/").nth(1).and_then(|rest| rest.split('"').next());
    site.post(&format!("/undo/{}", undo.unwrap()), &[("back", "/feeds")]).await.is(303);
    assert_eq!(site.get("/saved").await.titles(), [""; 0]);
    assert_eq!(site.get(&format!("/feeds/{feed}")).await.titles(), ["Three", "Two", "One"]);
}

#[tokio::test]
async fn where_the_numbers_are_not_at_hand_unsubscribing_asks_first() {
    let (site, feed) = Site::with_entries(vec![entry(1, "One", "a light"), entry(2, "Two", "text")]).await;
    site.post(&format!("/entries/{}/star", site.id_of("One").await), &[]).await.is(303);
    let ask = format!("/feeds/{feed}/remove");
    let page = site.get(&format!("{ask}?back=/trouble")).await;
    page.is(200).shows(&[
        "Unsubscribe from this feed?",
        "Unsubscribing deletes 1 entry. 1 entry stays under Saved: 1 starred.",
        "name=\"back\" value=\"/trouble\"",
        "<a class=\"button\" href=\"/trouble\">Keep it</a>",
    ]);
    site.get_with(&ask, "accept-language", "ja")
        .await
        .shows(&["このフィードの購読をやめますか", "記事1件を削除します"]);
    site.get(&ask).await.shows(&[&format!("href=\"/feeds/{feed}\">Keep it</a>")]);
    let elsewhere = site.get(&format!("{ask}?back=//evil.example")).await;
    elsewhere.shows(&[&format!("href=\"/feeds/{feed}\">Keep it</a>")]).hides(&["\"//evil.example"]);
    assert_eq!(site.store.subscriptions(site.user).await.unwrap().len(), 1, "asking changes nothing");
    site.post(&ask, &[("back", "/trouble")]).await.leads_to("/trouble");
    site.get(&ask).await.is(404);
}

#[tokio::test]
async fn a_thousand_feeds_are_a_small_page() {
    let site = Site::new().await;
    let words = ["garden", "letter", "winter", "lantern", "harbour", "paper", "river", "morning", "thread", "stone"];
    for number in 0..1_000_usize {
        let source = yomu_store::FeedSource::at(format!("https://{}{number}.example/feed", words[number % 10]));
        let title = format!("{} {} {}", words[number * 7 % 10], words[number * number % 9], number * 37 % 1_009);
        let made = site.store.subscribe(site.user, &source, None, Some(&title), at(0)).await.expect("a subscription");
        assert!(made.2, "a new one");
    }
    let page = site.get_with("/feeds", "accept-encoding", "br").await;
    assert_eq!(page.is(200).header("content-encoding"), "br");
    assert!(page.bytes.len() <= 40 * 1024, "{} bytes", page.bytes.len());
}
