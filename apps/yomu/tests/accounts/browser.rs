//! Signing in and out in a real browser: cookies, redirects between two sites, the content security policy, forms.

use crate::driver::Driver;
use crate::site::Site;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_browsers_sign_in_and_one_signs_both_out() {
    let Some(phone) = Driver::start().await else { return };
    let Some(desk) = Driver::start().await else { return };
    let site = Site::new().await;
    site.provider.is().asks = true;
    let address = |path: &str| site.base.join(path).unwrap().to_string();
    for browser in [&phone, &desk] {
        browser.open(&address("/account")).await;
        browser.arrives("/sign-in").await;
        browser.click("a.main").await;
        browser.arrives("/auth").await;
        browser.click("#allow").await;
        browser.arrives("/account").await;
        browser.says("Signed in as ann@example.org").await;
        let seen = browser.script("return document.cookie").await;
        assert!(!seen.as_str().unwrap().contains("yomu="), "scripts cannot read the session: {seen}");
    }
    desk.open(&address("/account")).await;
    let devices = desk.script("return document.querySelectorAll('[action^=\"/account/devices/\"]').length").await;
    assert_eq!(devices, 1, "the other browser");

    desk.fill("[action='/account/app-passwords'] input", "an app").await;
    desk.click("[action='/account/app-passwords'] button").await;
    desk.says("yomu_").await;
    desk.open(&address("/account")).await;
    desk.click("[action='/account/sign-out-everywhere'] button").await;
    desk.arrives("/sign-in").await;
    desk.says("You are signed out on all devices").await;
    phone.open(&address("/unread")).await;
    phone.arrives("/sign-in").await;
}
