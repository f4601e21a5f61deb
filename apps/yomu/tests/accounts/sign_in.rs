//! Signing in with an identity provider that keeps its promises, and with one that breaks each of them.

use std::time::Duration;

use serde_json::json;

use crate::site::Site;

#[tokio::test]
async fn somebody_signs_in_and_comes_back_to_where_they_were() {
    let site = Site::new().await;
    let ann = site.visitor();
    ann.get("/starred?order=oldest").await.leads_to("/sign-in?back=%2Fstarred%3Forder%3Doldest");
    let page = ann.get("/sign-in?back=%2Fstarred%3Forder%3Doldest").await;
    page.is(200).shows(&[
        "Sign in with 127.0.0.1",
        "Nobody has signed in yet",
        "href=\"/sign-in/start?back=%2Fstarred%3Forder%3Doldest\"",
    ]);
    ann.sign_in_from("/sign-in/start?back=%2Fstarred%3Forder%3Doldest").await.leads_to("/starred?order=oldest");
    ann.get("/starred?order=oldest").await.is(200).shows(&["Sign out"]);
    ann.get("/sign-in?back=%2Fall").await.leads_to("/all");
    ann.get("/account").await.is(200).shows(&["Signed in as ann@example.org", "This device"]);
}

#[tokio::test]
async fn a_session_is_a_cookie_that_nobody_can_guess_or_read() {
    let site = Site::new().await;
    let ann = site.visitor();
    let start = ann.get("/sign-in/start").await;
    let back = ann.open(&start.location().unwrap()).await.location().unwrap();
    let signed_in = ann.open(&back).await;
    let cookies: Vec<&str> =
        signed_in.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    let session = cookies.iter().find(|cookie| cookie.starts_with("yomu=")).unwrap();
    assert!(session.ends_with("; Path=/; Max-Age=15552000; HttpOnly; SameSite=Lax"), "{session}");
    assert!(cookies.iter().any(|cookie| cookie.starts_with("yomu_sign_in=; ")), "the sign-in is over");
    assert_eq!(ann.cookie("yomu").unwrap().len(), 43);
}

#[tokio::test]
async fn a_broken_promise_lets_nobody_in() {
    let site = Site::new().await;
    for (change, status, says) in [
        (json!({"nonce": "another"}), 403, "belongs to another sign-in"),
        (json!({"nonce": null}), 403, "belongs to another sign-in"),
        (json!({"exp": 1_000_000_000}), 403, "has expired"),
        (json!({"iat": 9_000_000_000_i64}), 403, "is not valid yet"),
        (json!({"aud": "another"}), 403, "is meant for another program"),
        (json!({"aud": ["yomu-test", "another"]}), 403, "is meant for another program"),
        (json!({"azp": "another"}), 403, "is meant for another program"),
        (json!({"iss": "https://accounts.google.com"}), 403, "comes from another issuer"),
        (json!({"email_verified": false}), 403, "was never verified"),
        (json!({"email": null}), 403, "has no mail address"),
        (json!({"sub": ""}), 403, "does not say who signed in"),
    ] {
        site.provider.is().claims = change.clone();
        let visitor = site.visitor();
        visitor.sign_in().await.is(status).shows(&[says, "Sign in with"]);
        assert_eq!(visitor.cookie("yomu"), None, "{change}");
        visitor.get("/unread").await.leads_to("/sign-in?back=%2Funread");
    }
    assert!(!site.store.has_identities().await.unwrap());
    site.provider.is().claims = json!({});
    site.visitor().sign_in().await.leads_to("/unread");
}

#[tokio::test]
async fn a_token_of_another_key_or_without_any_lets_nobody_in() {
    let site = Site::new().await;
    site.provider.is().wrong_key = true;
    site.visitor().sign_in().await.is(403).shows(&["has a wrong signature"]);
    site.provider.is().wrong_key = false;
    site.provider.is().unsigned = true;
    site.visitor().sign_in().await.is(403).shows(&["a method that is not accepted"]);
}

#[tokio::test]
async fn keys_are_remembered_and_not_asked_for_more_often_than_once_a_minute() {
    let site = Site::new().await;
    site.visitor().sign_in().await.leads_to("/unread");
    site.visitor().sign_in().await.leads_to("/unread");
    assert_eq!((site.provider.asked("keys"), site.provider.asked("configuration")), (1, 1), "both are remembered");
    site.provider.rotate_keys("second");
    // The keys were fetched a moment ago, so an unknown one is not asked for again: a flood of wrong tokens costs nothing.
    for _ in 0..3 {
        site.visitor().sign_in().await.is(403).shows(&["a key that the issuer does not show"]);
    }
    assert_eq!(site.provider.asked("keys"), 1);
}

#[tokio::test]
async fn a_code_is_good_once_and_in_its_own_browser() {
    let site = Site::new().await;
    let ann = site.visitor();
    let start = ann.get("/sign-in/start").await;
    let flow = ann.cookie("yomu_sign_in").unwrap();
    let back = ann.open(&start.location().unwrap()).await.location().unwrap();

    let thief = site.visitor();
    thief.open(&back).await.is(400).shows(&["begun in another browser"]);
    thief.get("/sign-in/start").await;
    thief.open(&back).await.is(400).shows(&["begun in another browser"]);
    assert_eq!(thief.cookie("yomu"), None);

    ann.open(&back).await.leads_to("/");
    ann.open(&back).await.leads_to("/");
    let copy = site.visitor();
    copy.set_cookie("yomu_sign_in", &flow);
    copy.open(&back).await.is(400).shows(&["please sign in again"]);
    assert_eq!(copy.cookie("yomu"), None, "the provider knows the code no more");
}

#[tokio::test]
async fn a_provider_that_is_away_or_slow_is_one_clear_sentence() {
    let site = Site::new().await;
    site.provider.is().down = true;
    let visitor = site.visitor();
    visitor.get("/sign-in/start").await.is(502).shows(&["The sign-in service cannot be reached"]);
    for _ in 0..5 {
        visitor.get("/sign-in/start").await.is(502);
    }
    assert_eq!(site.provider.asked("configuration"), 1, "it is left alone for a moment");

    let site = Site::new().await;
    site.visitor().sign_in().await.leads_to("/unread");
    let visitor = site.visitor();
    let start = visitor.get("/sign-in/start").await;
    let back = visitor.open(&start.location().unwrap()).await.location().unwrap();
    site.provider.is().delay = Duration::from_secs(5);
    visitor.open(&back).await.is(502).shows(&["The sign-in service cannot be reached"]);
}

#[tokio::test]
async fn whoever_changes_their_mind_is_told_so() {
    let site = Site::new().await;
    let visitor = site.visitor();
    let start = visitor.get("/sign-in/start").await.location().unwrap();
    let state = url::Url::parse(&start).unwrap();
    let state = state.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let answer = visitor.get(&format!("/sign-in/callback?error=access_denied&state={state}")).await;
    answer.is(400).shows(&["You did not sign in; nothing has changed"]);
    let visitor = site.visitor();
    let start = visitor.get("/sign-in/start").await.location().unwrap();
    let back = visitor.open(&start).await.location().unwrap();
    let mixed = visitor.open(&format!("{back}&iss=https%3A%2F%2Fevil.example")).await;
    mixed.is(400).shows(&["comes from another sign-in service"]);
}

#[tokio::test]
async fn a_new_sign_in_ends_what_the_browser_had_before() {
    let site = Site::new().await;
    let ann = site.signed_in("1", "ann@example.org").await;
    let first = ann.cookie("yomu").unwrap();
    ann.sign_in().await.leads_to("/unread");
    assert_ne!(ann.cookie("yomu").unwrap(), first);
    let old = site.visitor();
    old.set_cookie("yomu", &first);
    old.get("/unread").await.leads_to("/sign-in?back=%2Funread");
    assert_eq!(
        ann.get("/account").await.text.matches("/sign-out\"><button>").count(),
        1,
        "one device, with no other to end"
    );
}

#[tokio::test]
async fn who_tries_too_often_waits() {
    let site = Site::new().await;
    let visitor = site.visitor();
    for _ in 0..30 {
        visitor.get("/sign-in/start").await.is(303);
    }
    let refused = visitor.get("/sign-in/start").await;
    refused.is(429).shows(&["Too many tries"]);
    assert!(refused.headers.contains_key("retry-after"));
    visitor.get("/sign-in").await.is(200);
}
