//! Cookies, answers and addresses that nobody should send.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::site::Site;

#[tokio::test]
async fn a_cookie_that_is_none_of_ours_is_nobodys() {
    let site = Site::new().await;
    let good = site.signed_in("1", "ann@example.org").await.cookie("yomu").unwrap();
    for cookie in ["", "x", &good[1..], &format!("{good}="), &"A".repeat(43), &"A".repeat(8_000), "%00", "\"", "a=b=c"]
    {
        let visitor = site.visitor();
        visitor.set_cookie("yomu", cookie);
        visitor.set_cookie("yomu_sign_in", cookie);
        visitor.set_cookie("yomu_notice", cookie);
        visitor.set_cookie("yomu_lang", cookie);
        visitor.get("/unread").await.leads_to("/sign-in?back=%2Funread");
        visitor.get("/sign-in/callback?code=x&state=y").await.is(400);
    }
}

#[tokio::test]
async fn nobody_is_sent_elsewhere_after_signing_in() {
    let site = Site::new().await;
    for back in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "javascript%3Aalert(1)"] {
        let visitor = site.visitor();
        let page = visitor.get(&format!("/sign-in?back={back}")).await;
        page.is(200).shows(&["href=\"/sign-in/start?back=%2F\""]).hides(&["\"https:", "\"//", "\"javascript"]);
        visitor.sign_in_from(&format!("/sign-in/start?back={back}")).await.leads_to("/unread");
        visitor.get(&format!("/sign-in?back={back}")).await.leads_to("/");
    }
    let long = format!("/search?q={}", "a".repeat(5_000));
    site.visitor().sign_in_from(&format!("/sign-in/start?back={}", long.replace('?', "%3F"))).await.leads_to("/unread");
}

#[tokio::test]
async fn answers_that_nobody_gave_change_nothing() {
    let site = Site::new().await;
    let visitor = site.visitor();
    visitor.get("/sign-in/start").await.is(303);
    let flow = visitor.cookie("yomu_sign_in").unwrap();
    for query in [
        "",
        "?",
        "?code=",
        "?state=",
        "?code=x&state=",
        "?code=x",
        "?code=x&code=y&state=z",
        "?error=%3Cscript%3E",
        "?state[]=x",
    ] {
        let visitor = site.visitor();
        visitor.set_cookie("yomu_sign_in", &flow);
        let answer = visitor.get(&format!("/sign-in/callback{query}")).await;
        answer.is(400).hides(&["<script>"]);
        assert_eq!(visitor.cookie("yomu"), None, "{query}");
    }
    for token in ["x", "..%2F..", &"A".repeat(43), &"A".repeat(5_000)] {
        visitor.get(&format!("/invitations/{token}")).await.is(404);
    }
    assert_eq!(site.provider.asked("token"), 0, "the provider was never asked");
}

#[tokio::test]
async fn forms_of_other_sites_sign_nobody_out() {
    let site = Site::new().await;
    let ann = site.signed_in("1", "ann@example.org").await;
    let client = reqwest::Client::new();
    for path in
        ["/sign-out", "/account/sign-out-everywhere", "/account/delete", "/account/app-passwords", "/admin/invitations"]
    {
        let request = client.post(site.base.join(path).unwrap()).header("origin", "https://evil.example");
        let cookie = format!("yomu={}", ann.cookie("yomu").unwrap());
        let answer = request.header("cookie", cookie).body("").send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 403, "{path}");
    }
    ann.get("/unread").await.is(200);
}

#[tokio::test]
async fn a_body_that_stops_half_way_is_not_waited_for() {
    let site = Site::new().await;
    let mut stream = TcpStream::connect(("127.0.0.1", site.base.port().unwrap())).await.unwrap();
    let head =
        "POST /fever/?api HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\nconnection: close\r\n\r\napi_key=";
    stream.write_all(head.as_bytes()).await.unwrap();
    let started = Instant::now();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("the body stopped half-way"), "{answer}");
    let waited = started.elapsed();
    assert!(waited > Duration::from_secs(10) && waited < Duration::from_secs(40), "{waited:?}");
}
