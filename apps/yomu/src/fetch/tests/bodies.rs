//! Bodies that are empty, large, endless or cut.

use std::time::Duration;

use super::server::{Reply, Server};
use super::{compress, document, feed, fetcher, get, problem, small};
use crate::fetch::{Kind, Request};

#[tokio::test]
async fn an_empty_body_is_an_error() {
    for reply in
        [|| Reply::ok(""), || Reply::open_ended("").close(), || Reply::new(200, "Content-Encoding: gzip\r\n", "")]
    {
        let server = Server::always(reply).await;
        let (kind, sentence) = problem(get(&server.url("/")).await);
        assert_eq!((kind, sentence.as_str()), ("empty", "the answer of `127.0.0.1` is empty"));
    }
}

#[tokio::test]
async fn a_feed_of_twenty_megabytes_is_read() {
    let body: Vec<u8> = (0..20_000_000_u32).map(|n| b'a' + (n % 23) as u8).collect();
    let sent = body.clone();
    let server = Server::start(move |request| match request.path.as_str() {
        "/plain" => Reply::ok(&sent),
        "/chunked" => {
            let size = format!("{:x}\r\n", sent.len());
            Reply::open_ended("Transfer-Encoding: chunked\r\n").then(size).then(sent.clone()).then("\r\n0\r\n\r\n")
        }
        _ => Reply::open_ended("").then(sent.clone()).close(),
    })
    .await;
    for path in ["/plain", "/chunked", "/open"] {
        let document = document(get(&server.url(path)).await);
        assert!(document.bytes == body, "{path}: {} bytes", document.bytes.len());
    }
}

#[tokio::test]
async fn a_body_over_its_bound_is_refused_by_its_length() {
    let server = Server::always(|| Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")).await;
    let (kind, sentence) = problem(get(&server.url("/")).await);
    assert_eq!((kind, sentence.as_str()), ("too_large", "the answer of `127.0.0.1` is larger than 32 MiB"));
}

#[tokio::test]
async fn an_endless_body_is_refused_at_the_bound() {
    let server = Server::always(|| Reply::open_ended("").repeat(vec![b'a'; 65_536], Duration::ZERO)).await;
    for (kind, bound) in [(Kind::Icon, "512 KiB"), (Kind::Page, "8 MiB")] {
        let (code, sentence) = problem(fetcher().get(&Request { kind, ..feed(&server.url("/")) }).await);
        assert_eq!(code, "too_large");
        assert_eq!(sentence, format!("the answer of `127.0.0.1` is larger than {bound}"));
    }
}

#[tokio::test]
async fn a_body_of_exactly_the_bound_is_read() {
    let server = Server::start(|request| Reply::new(200, "", vec![b'a'; request.path[1..].parse().unwrap()])).await;
    let fetcher = small(1_000);
    assert_eq!(document(fetcher.get(&feed(&server.url("/1000"))).await).bytes.len(), 1_000);
    assert_eq!(problem(fetcher.get(&feed(&server.url("/1001"))).await).0, "too_large");
}

#[tokio::test]
async fn a_body_shorter_than_promised_is_cut_off() {
    for reply in [
        || Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>").close(),
        || Reply::open_ended("Transfer-Encoding: chunked\r\n").then("64\r\n<rss>").close(),
        || Reply::open_ended("Transfer-Encoding: chunked\r\n").then("5\r\n<rss>\r\n").close(),
    ] {
        let server = Server::always(reply).await;
        let (kind, sentence) = problem(get(&server.url("/")).await);
        assert_eq!((kind, sentence.as_str()), ("cut_off", "the answer of `127.0.0.1` broke off after 5 bytes"));
    }
}

#[tokio::test]
async fn a_compressed_body_without_its_end_is_cut_off() {
    let body = compress::gzip(&b"<rss>".repeat(1_000));
    let server =
        Server::always(move || Reply::open_ended("Content-Encoding: gzip\r\n").then(&body[..body.len() - 20]).close())
            .await;
    assert_eq!(problem(get(&server.url("/")).await).0, "cut_off");
}

#[tokio::test]
async fn large_bodies_take_turns_and_all_arrive() {
    let body = vec![b'a'; 3_000_000];
    let server = Server::always(move || Reply::ok(&body)).await;
    let fetcher = super::Fetcher::new(super::FetchConfig { per_host_max: 8, ..super::config() }).unwrap();
    let requests = (0..8).map(|_| {
        let (fetcher, request) = (fetcher.clone(), feed(&server.url("/")));
        tokio::spawn(async move { document(fetcher.get(&request).await).bytes.len() })
    });
    for request in requests.collect::<Vec<_>>() {
        assert_eq!(request.await.unwrap(), 3_000_000);
    }
}
