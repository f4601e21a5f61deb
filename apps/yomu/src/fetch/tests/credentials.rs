//! Who sees a password.

use super::server::{Reply, Server};
use super::{document, feed, fetcher, problem};
use crate::fetch::{Credentials, Request};
use yomu_model::secret::Secret;

fn credentials() -> Option<Credentials> {
    Some(Credentials { user: "anna".to_owned(), password: Secret::new("pass:word") })
}

/// `anna:pass:word`
const SENT: &str = "Basic YW5uYTpwYXNzOndvcmQ=";

#[tokio::test]
async fn credentials_are_sent_to_the_address_they_are_for() {
    let server = Server::always(|| Reply::ok("<rss/>")).await;
    let request = Request { credentials: credentials(), ..feed(&server.url("/")) };
    document(fetcher().get(&request).await);
    assert_eq!(server.seen()[0].header("authorization"), Some(SENT));
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let server = Server::always(|| Reply::ok("<rss/>")).await;
    document(fetcher().get(&feed(&server.url("/"))).await);
    assert_eq!(server.seen()[0].header("authorization"), None);
}

#[tokio::test]
async fn a_user_in_the_url_is_sent_as_credentials_and_nowhere_to_be_seen() {
    let server = Server::always(|| Reply::ok("<rss/>")).await;
    let url = server.url("/feed").replace("http://", "http://anna:pass%3Aword@");
    let document = document(fetcher().get(&feed(&url)).await);
    assert_eq!(document.url.as_str(), server.url("/feed"));
    assert_eq!(server.seen()[0].header("authorization"), Some(SENT));
    assert_eq!(server.seen()[0].path, "/feed");
}

#[tokio::test]
async fn they_stay_on_a_redirect_within_the_origin() {
    let server = Server::start(|request| match request.path.as_str() {
        "/" => Reply::redirect(302, "/feed"),
        _ => Reply::ok("<rss/>"),
    })
    .await;
    document(fetcher().get(&Request { credentials: credentials(), ..feed(&server.url("/")) }).await);
    assert_eq!(server.seen()[1].header("authorization"), Some(SENT));
}

#[tokio::test]
async fn they_do_not_leak_to_another_host_or_port() {
    for other in ["127.0.0.1:0", "127.0.0.2:0"] {
        let other = Server::start_at(other, |_| Reply::ok("<rss/>")).await;
        let target = other.url("/stolen");
        let server = Server::always(move || Reply::redirect(301, &target)).await;
        let answer = fetcher().get(&Request { credentials: credentials(), ..feed(&server.url("/")) }).await;
        assert_eq!(other.seen()[0].header("authorization"), None);
        // They would be sent there next time.
        assert_eq!(document(answer).moved_to, None);
    }
}

#[tokio::test]
async fn a_move_within_the_origin_is_remembered_with_credentials_too() {
    let other = Server::always(|| Reply::ok("<rss/>")).await;
    let target = other.url("/end");
    let server = Server::start(move |request| match request.path.as_str() {
        "/1" => Reply::redirect(301, "/2"),
        "/2" => Reply::redirect(301, &target),
        _ => Reply::ok("<rss/>"),
    })
    .await;
    let request = Request { credentials: credentials(), ..feed(&server.url("/1")) };
    let document = document(fetcher().get(&request).await);
    assert_eq!(document.url.as_str(), other.url("/end"));
    assert_eq!(document.moved_to.unwrap().as_str(), server.url("/2"));
}

#[tokio::test]
async fn they_are_sent_again_when_the_way_leads_back() {
    let home = Server::start(|request| match request.path.strip_prefix("/out?") {
        Some(target) => Reply::redirect(302, target),
        None => Reply::ok("<rss/>"),
    })
    .await;
    let back = home.url("/in");
    let abroad = Server::always(move || Reply::redirect(302, &back)).await;
    let url = home.url(&format!("/out?{}", abroad.url("/")));
    document(fetcher().get(&Request { credentials: credentials(), ..feed(&url) }).await);
    assert_eq!(abroad.seen()[0].header("authorization"), None);
    assert_eq!(home.seen()[1].header("authorization"), Some(SENT));
}

#[tokio::test]
async fn a_password_in_a_redirect_is_neither_used_nor_kept() {
    let other = Server::always(|| Reply::ok("<rss/>")).await;
    let target = other.url("/").replace("http://", "http://eve:trap@");
    let server = Server::always(move || Reply::redirect(301, &target)).await;
    let document = document(fetcher().get(&feed(&server.url("/"))).await);
    assert_eq!(other.seen()[0].header("authorization"), None);
    assert_eq!(document.moved_to.unwrap().as_str(), other.url("/"));
}

#[tokio::test]
async fn a_wrong_password_is_told_from_a_missing_one() {
    let server = Server::always(|| Reply::status(401)).await;
    let (kind, sentence) =
        problem(fetcher().get(&Request { credentials: credentials(), ..feed(&server.url("/")) }).await);
    assert_eq!(kind, "credentials_refused");
    assert_eq!(sentence, "`127.0.0.1` does not accept the user and password that are set");
}

#[test]
fn a_secret_never_prints_itself() {
    let printed = format!("{:?} {}", credentials().unwrap(), Secret::new("pass:word"));
    assert_eq!(printed, "Credentials { user: \"anna\", password: [redacted] } [redacted]");
}
