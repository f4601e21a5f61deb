//! Servers that take their time.

use std::time::{Duration, Instant};

use super::server::{Reply, Server};
use super::{FetchConfig, Fetcher, Limits, config, document, feed, problem};
use crate::fetch::BodyLimits;

const MS: Duration = Duration::from_millis(1);

fn impatient() -> Fetcher {
    let limits = Limits {
        connect_time: 200 * MS,
        first_byte_time: 100 * MS,
        stall_time: 200 * MS,
        bytes_per_second_min: 1_000,
        feed: BodyLimits { bytes_max: 1_000_000, time_max: 1_000 * MS },
        ..Limits::default()
    };
    Fetcher::new(FetchConfig { limits, ..config() }).unwrap()
}

async fn wait_for(server: &Server) -> (&'static str, String, Duration) {
    let fetcher = impatient();
    let started = Instant::now();
    let (kind, sentence) = problem(fetcher.get(&feed(&server.url("/"))).await);
    (kind, sentence, started.elapsed())
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    let server = Server::always(|| Reply::default().wait(60_000 * MS)).await;
    let (kind, sentence, time) = wait_for(&server).await;
    assert_eq!((kind, sentence.as_str()), ("timeout", "`127.0.0.1` did not begin to answer within 1 second"));
    assert!(time < 900 * MS, "{time:?}");
}

#[tokio::test]
async fn headers_that_never_end_are_given_up() {
    let server = Server::always(|| Reply::raw("HTTP/1.1 200 OK\r\n").repeat("X: 1\r\n", 20 * MS)).await;
    assert_eq!(wait_for(&server).await.0, "timeout");
}

#[tokio::test]
async fn a_body_that_stops_is_too_slow() {
    let server = Server::always(|| Reply::open_ended("").then("<rss>").wait(60_000 * MS)).await;
    let (kind, sentence, time) = wait_for(&server).await;
    assert_eq!((kind, sentence.as_str()), ("slow", "`127.0.0.1` sends too slowly: 5 bytes in 1 second"));
    assert!(time < 900 * MS, "{time:?}");
}

#[tokio::test]
async fn a_slow_drip_is_too_slow_although_it_never_stops() {
    let server = Server::always(|| Reply::open_ended("").repeat("a", 10 * MS)).await;
    let (kind, _, time) = wait_for(&server).await;
    assert_eq!(kind, "slow");
    assert!(time < 900 * MS, "{time:?}");
}

#[tokio::test]
async fn an_endless_body_at_a_good_pace_ends_with_its_time() {
    let server = Server::always(|| Reply::open_ended("").repeat(vec![b'a'; 100], 20 * MS)).await;
    let (kind, sentence, _) = wait_for(&server).await;
    assert_eq!((kind, sentence.as_str()), ("timeout", "the answer of `127.0.0.1` was not complete within 1 second"));
}

#[tokio::test]
async fn a_slow_but_honest_server_is_waited_for() {
    let server = Server::always(|| {
        let reply = Reply::open_ended("").wait(50 * MS);
        (0..20).fold(reply, |reply, _| reply.then(vec![b'a'; 100]).wait(25 * MS)).close()
    })
    .await;
    assert_eq!(document(impatient().get(&feed(&server.url("/"))).await).bytes.len(), 2_000);
}

#[tokio::test]
async fn a_tarpit_of_redirects_ends_with_the_time_for_all() {
    let server = Server::start(|request| {
        Reply::default()
            .wait(250 * MS)
            .then(format!("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {}x\r\n\r\n", request.path))
    })
    .await;
    let (kind, _, time) = wait_for(&server).await;
    assert_eq!(kind, "timeout");
    assert!(time < 1_500 * MS, "{time:?}");
}

#[tokio::test]
async fn a_server_that_accepts_no_connection_is_given_up() {
    // A full backlog: the kernel drops what comes after it.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    for _ in 0..8 {
        let connect = tokio::net::TcpStream::connect(address);
        if let Ok(Ok(stream)) = tokio::time::timeout(50 * MS, connect).await {
            waiting.push(stream);
        }
    }
    let (kind, _) = problem(impatient().get(&feed(&format!("http://{address}/"))).await);
    assert!(kind == "connect_timeout" || kind == "timeout", "{kind}");
}
