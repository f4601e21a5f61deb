//! Devices: each signed out by itself, or all at once.

use crate::site::Site;

#[tokio::test]
async fn one_device_is_signed_out_from_another() {
    let site = Site::new().await;
    let phone = site.signed_in("1", "ann@example.org").await;
    let desk = site.signed_in("1", "ann@example.org").await;
    let number = desk.get("/account").await.between("/account/devices/", "/sign-out");
    desk.post(&format!("/account/devices/{number}/sign-out"), &[]).await.leads_to("/account");
    phone.get("/unread").await.leads_to("/sign-in?back=%2Funread");
    phone.post("/add", &[("address", "https://example.com")]).await.is(401).shows(&["You are signed out"]);
    desk.get("/unread").await.is(200);
    desk.post(&format!("/account/devices/{number}/sign-out"), &[]).await.is(404);
}

#[tokio::test]
async fn signing_out_everywhere_means_everywhere_and_nobody_else() {
    let site = Site::allowing(&["bob@example.org", "ann@example.org"], &[]).await;
    let phone = site.signed_in("1", "ann@example.org").await;
    let desk = site.signed_in("1", "ann@example.org").await;
    let bob = site.signed_in("2", "bob@example.org").await;
    desk.post("/account/sign-out-everywhere", &[]).await.leads_to("/sign-in");
    assert_eq!(desk.cookie("yomu"), None);
    desk.get("/sign-in").await.is(200).shows(&["You are signed out on all devices"]);
    phone.get("/unread").await.leads_to("/sign-in?back=%2Funread");
    bob.get("/unread").await.is(200);
}

#[tokio::test]
async fn this_device_is_signed_out_and_its_cookie_is_good_no_more() {
    let site = Site::new().await;
    let ann = site.signed_in("1", "ann@example.org").await;
    let kept = ann.cookie("yomu").unwrap();
    ann.post("/sign-out", &[]).await.leads_to("/sign-in");
    ann.get("/sign-in").await.is(200).shows(&["You are signed out"]);
    ann.set_cookie("yomu", &kept);
    ann.get("/unread").await.leads_to("/sign-in?back=%2Funread");
    ann.post("/sign-out", &[]).await.leads_to("/sign-in");
}

#[tokio::test]
async fn language_and_time_zone_are_the_readers_own() {
    let site = Site::new().await;
    let ann = site.signed_in("1", "ann@example.org").await;
    ann.post("/account", &[("language", "ja"), ("time_zone", "asia/tokyo")]).await.leads_to("/account");
    ann.get("/account").await.shows(&["<html lang=\"ja\">", "value=\"Asia/Tokyo\"", "設定を保存しました"]);
    let other_device = site.signed_in("1", "ann@example.org").await;
    other_device.get("/unread").await.shows(&["<html lang=\"ja\">"]);
    for (language, zone) in [("xx", ""), ("", "Nowhere/City"), ("", "../../etc/passwd")] {
        ann.post("/account", &[("language", language), ("time_zone", zone)]).await.is(422);
    }
    ann.post("/account", &[("language", ""), ("time_zone", "")]).await.leads_to("/account");
    ann.get("/account").await.shows(&["<html lang=\"en\">"]);
}

#[tokio::test]
async fn an_app_password_is_shown_once_and_removed() {
    let site = Site::new().await;
    let ann = site.signed_in("1", "ann@example.org").await;
    let made = ann.post("/account/app-passwords", &[("name", "Reeder on the phone")]).await;
    made.is(200).shows(&["<code>ann@example.org</code>", "<code>yomu_"]);
    assert_eq!(made.headers["cache-control"], "no-store");
    let account = ann.get("/account").await;
    account.shows(&["Reeder on the phone", "Never used"]).hides(&["yomu_"]);
    let number = account.between("/account/app-passwords/", "/remove");
    ann.post(&format!("/account/app-passwords/{number}/remove"), &[]).await.leads_to("/account");
    ann.get("/account").await.hides(&["Reeder on the phone"]);
    ann.post("/account/app-passwords", &[("name", "\n")]).await.is(422);
}
