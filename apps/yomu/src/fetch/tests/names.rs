//! Names, known and unknown, honest and not.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::name_server::{NameServer, Says, at};
use super::server::{Reply, Server};
use super::{FetchConfig, Fetcher, Limits, config, document, feed, problem};

fn fetcher(dns: &NameServer) -> Fetcher {
    let limits = Limits { dns_time: Duration::from_millis(300), ..config().limits };
    Fetcher::new(FetchConfig { name_servers: vec![dns.address], limits, ..config() }).unwrap()
}

#[tokio::test]
async fn a_name_leads_to_its_server() {
    let dns = NameServer::start(|_| at("127.0.0.1")).await;
    let server = Server::always(|| Reply::ok("<rss/>")).await;
    let url = format!("http://blog.example:{}/feed", server.port());
    assert_eq!(document(fetcher(&dns).get(&feed(&url)).await).url.as_str(), url);
    assert_eq!(server.seen()[0].header("host").unwrap(), format!("blog.example:{}", server.port()));
}

#[tokio::test]
async fn an_unknown_name_is_said_to_be_unknown() {
    let dns = NameServer::start(|_| Says::NoSuchName).await;
    let (kind, sentence) = problem(fetcher(&dns).get(&feed("http://typo.example/")).await);
    assert_eq!(kind, "dns");
    assert_eq!(sentence, "no host is named `typo.example`; check the spelling, or the site is gone");
}

#[tokio::test]
async fn a_name_without_addresses_is_as_good_as_unknown() {
    let dns = NameServer::start(|_| Says::Addresses(Vec::new())).await;
    assert_eq!(problem(fetcher(&dns).get(&feed("http://mail-only.example/")).await).0, "dns");
}

#[tokio::test]
async fn a_silent_name_server_is_told_from_an_unknown_name() {
    let dns = NameServer::start(|_| Says::Nothing).await;
    let (kind, sentence) = problem(fetcher(&dns).get(&feed("http://blog.example/")).await);
    assert_eq!(kind, "dns_timeout");
    assert_eq!(sentence, "the DNS server did not say in time where `blog.example` is");
}

#[tokio::test]
async fn a_failing_name_server_is_told_too() {
    let dns = NameServer::start(|_| Says::Failure).await;
    let (kind, sentence) = problem(fetcher(&dns).get(&feed("http://blog.example/")).await);
    assert_eq!(kind, "dns_failed");
    assert!(sentence.starts_with("looking up `blog.example` failed: "), "{sentence}");
}

#[tokio::test]
async fn a_name_that_points_inside_is_refused() {
    let dns = NameServer::start(|_| at("10.1.2.3")).await;
    let (kind, sentence) = problem(fetcher(&dns).get(&feed("http://evil.example/")).await);
    assert_eq!(kind, "private_address");
    assert_eq!(
        sentence,
        "`evil.example` is at 10.1.2.3, which is not a public address (private network, RFC 1918); \
         name its network in `YOMU_ALLOW_NETWORKS` to fetch from it"
    );
}

#[tokio::test]
async fn of_several_addresses_only_the_permitted_are_used() {
    let dns =
        NameServer::start(|_| Says::Addresses(vec!["10.1.2.3".parse().unwrap(), "127.0.0.1".parse().unwrap()])).await;
    let server = Server::always(|| Reply::ok("<rss/>")).await;
    document(fetcher(&dns).get(&feed(&format!("http://both.example:{}/", server.port()))).await);
}

#[tokio::test]
async fn a_redirect_to_a_name_that_points_inside_is_refused() {
    let dns = NameServer::start(|name| at(if name == "outside.example." { "127.0.0.1" } else { "10.1.2.3" })).await;
    let server = Server::always(|| Reply::redirect(302, "http://inside.example/")).await;
    let (kind, sentence) =
        problem(fetcher(&dns).get(&feed(&format!("http://outside.example:{}/", server.port()))).await);
    assert_eq!(kind, "private_address");
    assert!(sentence.starts_with("`inside.example` is at 10.1.2.3"), "{sentence}");
}

#[tokio::test]
async fn a_name_that_changes_its_mind_is_checked_for_every_connection() {
    // DNS rebinding: a public address for the first look, a private one with a TTL of zero for the next.
    let looks = AtomicUsize::new(0);
    // Each look asks for IPv4 and IPv6.
    let dns = NameServer::start(move |_| {
        at(if looks.fetch_add(1, Ordering::Relaxed) < 2 { "127.0.0.1" } else { "10.1.2.3" })
    })
    .await;
    let server = Server::always(|| Reply::new(200, "Connection: close\r\n", "<rss/>").close()).await;
    let (fetcher, request) = (fetcher(&dns), feed(&format!("http://rebind.example:{}/", server.port())));
    document(fetcher.get(&request).await);
    assert_eq!(problem(fetcher.get(&request).await).0, "private_address");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_name_is_asked_for_once_and_without_search_domains() {
    let dns = NameServer::start(|_| Says::NoSuchName).await;
    problem(fetcher(&dns).get(&feed("http://blog.example/")).await);
    let mut asked = dns.asked();
    asked.dedup();
    // Once for IPv4 and once for IPv6.
    assert_eq!(asked, ["blog.example."]);
    assert_eq!(dns.asked().len(), 2);
}
