//! Addresses that are nobody's business, in every spelling.

use super::server::{Reply, Server};
use super::{FetchConfig, Fetcher, config, document, feed, get, problem};

fn strict() -> Fetcher {
    Fetcher::new(FetchConfig { allowed_networks: Vec::new(), ..config() }).unwrap()
}

#[tokio::test]
async fn literal_addresses_are_refused_in_every_spelling() {
    let cases = [
        ("127.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("１２７.0.0.1", "127.0.0.1"),
        ("%31%32%37.0.0.1", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("169.254.169.254", "169.254.169.254"),
        ("10.0.0.1", "10.0.0.1"),
        ("192.168.1.1", "192.168.1.1"),
        ("[::]", "::"),
        ("[::1]", "::1"),
        ("[::ffff:127.0.0.1]", "::ffff:127.0.0.1"),
        ("[::ffff:7f00:1]", "::ffff:127.0.0.1"),
        ("[::127.0.0.1]", "::7f00:1"),
        ("[64:ff9b::7f00:1]", "64:ff9b::7f00:1"),
        ("[2002:7f00:1::]", "2002:7f00:1::"),
        ("[fd00::1]", "fd00::1"),
        ("[fe80::1]", "fe80::1"),
    ];
    let server = Server::always(|| Reply::ok("secret")).await;
    let fetcher = strict();
    for (spelling, address) in cases {
        let (kind, sentence) = problem(fetcher.get(&feed(&format!("http://{spelling}:{}/", server.port()))).await);
        assert_eq!(kind, "private_address", "{spelling}");
        assert!(
            sentence.contains(&format!("is at {address}, which is not a public address")),
            "{spelling}: {sentence}"
        );
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_sentence_says_what_the_address_is_for() {
    let (_, sentence) = problem(strict().get(&feed("http://192.168.1.1/feed?token=secret")).await);
    assert_eq!(
        sentence,
        "`192.168.1.1` is at 192.168.1.1, which is not a public address (private network, RFC 1918); \
         name its network in `YOMU_ALLOW_NETWORKS` to fetch from it"
    );
}

#[tokio::test]
async fn localhost_is_refused_by_name() {
    let server = Server::always(|| Reply::ok("secret")).await;
    for name in ["localhost", "LOCALHOST", "localhost.", "anything.localhost"] {
        let (kind, _) = problem(strict().get(&feed(&format!("http://{name}:{}/", server.port()))).await);
        assert_eq!(kind, "private_address", "{name}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn localhost_is_fetched_from_when_loopback_is_allowed() {
    let server = Server::always(|| Reply::ok("mine")).await;
    assert_eq!(document(get(&format!("http://localhost:{}/", server.port())).await).bytes, b"mine");
}

#[tokio::test]
async fn a_redirect_does_not_lead_inside() {
    for inside in ["http://10.0.0.1/", "http://[::1]/", "http://0x0a000001/", "//169.254.169.254/latest/meta-data/"] {
        // The server's own address is allowed, those it points to are not.
        let server = Server::always(move || Reply::redirect(302, inside)).await;
        let (kind, _) = problem(get(&server.url("/")).await);
        assert_eq!(kind, "private_address", "{inside}");
    }
}

#[tokio::test]
async fn a_redirect_to_an_inside_name_does_not_either() {
    let inside = Server::always(|| Reply::ok("secret")).await;
    let target = format!("http://localhost:{}/", inside.port());
    let server = Server::start_at("127.0.0.2:0", move |_| Reply::redirect(302, &target)).await;
    let config = FetchConfig { allowed_networks: vec!["127.0.0.2/32".parse().unwrap()], ..config() };
    let (kind, sentence) = problem(Fetcher::new(config).unwrap().get(&feed(&server.url("/"))).await);
    assert_eq!(kind, "private_address");
    assert!(sentence.starts_with("`localhost` is at"), "{sentence}");
    assert!(inside.seen().is_empty());
}

#[tokio::test]
async fn ports_of_other_services_are_refused() {
    for url in ["http://example.com:25/", "https://example.com:22/", "http://8.8.8.8:6379/", "http://localhost:5432/"] {
        let (kind, sentence) = problem(get(url).await);
        assert_eq!(kind, "foreign_port", "{url}");
        assert!(sentence.ends_with("belongs to another service than the web, so it is not asked"), "{sentence}");
    }
}

#[tokio::test]
async fn an_allowed_address_may_use_any_port() {
    // Nothing listens there, but it was asked.
    let (kind, sentence) = problem(get("http://127.9.9.9:6379/").await);
    assert_eq!(
        (kind, sentence.as_str()),
        ("refused", "`127.9.9.9` refuses connections on port 6379; its server is not running")
    );
}

#[tokio::test]
async fn only_addresses_of_the_web_are_fetched() {
    for url in ["file:///etc/passwd", "ftp://example.com/", "gopher://example.com/", "data:,x", "mailto:a@example.com"]
    {
        assert_eq!(problem(get(url).await).0, "bad_url", "{url}");
    }
    let (kind, sentence) = problem(get(&format!("http://example.com/{}", "a".repeat(9_000))).await);
    assert_eq!((kind, sentence.as_str()), ("bad_url", "the address is longer than 8000 bytes"));
}
