//! Secure connections, and why there is none.

use std::path::Path;

use super::tls_server::{certificate, start};
use super::{FetchConfig, Fetcher, config, document, feed, fetcher, problem};
use crate::fetch::FetchSetupError;

const REPLY: &str = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>";

fn data(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/fetch/tests/data").join(name)
}

/// A fetcher that trusts the authority of the tests.
fn trusting() -> Fetcher {
    Fetcher::new(FetchConfig { ca_file: Some(data("authority.pem")), ..config() }).unwrap()
}

async fn check(certificate: &'static [u8], sentence: &str) {
    let url = format!("https://localhost:{}/", start(certificate, REPLY, true).port());
    let problem = problem(trusting().get(&feed(&url)).await);
    assert_eq!((problem.0, problem.1.as_str()), ("tls", sentence));
}

#[tokio::test]
async fn a_good_certificate_is_good() {
    for host in ["localhost", "127.0.0.1"] {
        let url = format!("https://{host}:{}/", start(certificate::GOOD, REPLY, true).port());
        assert_eq!(document(trusting().get(&feed(&url)).await).bytes, b"<rss/>");
    }
}

#[tokio::test]
async fn each_bad_certificate_has_its_sentence() {
    check(certificate::EXPIRED, "no secure connection to `localhost`: its certificate has expired").await;
    check(
        certificate::FUTURE,
        "no secure connection to `localhost`: its certificate is not valid yet; check the clock of this machine",
    )
    .await;
    check(certificate::ELSEWHERE, "no secure connection to `localhost`: its certificate is for `elsewhere.example`")
        .await;
    check(
        certificate::SELF_SIGNED,
        "no secure connection to `localhost`: its certificate is from an unknown authority",
    )
    .await;
}

#[tokio::test]
async fn an_authority_that_is_not_configured_is_unknown() {
    let url = format!("https://localhost:{}/", start(certificate::GOOD, REPLY, true).port());
    let (_, sentence) = problem(fetcher().get(&feed(&url)).await);
    assert_eq!(sentence, "no secure connection to `localhost`: its certificate is from an unknown authority");
}

#[tokio::test]
async fn a_server_without_tls_is_recognized() {
    // Not the usual server of the tests: the greeting of TLS has no line end, so that one would wait for ever.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let (kind, sentence) = problem(fetcher().get(&feed(&format!("https://localhost:{port}/"))).await);
    assert_eq!(kind, "tls");
    assert_eq!(sentence, "no secure connection to `localhost`: the server does not speak TLS on this port; try http");
}

#[tokio::test]
async fn a_server_that_hangs_up_during_the_handshake_is_named() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { while listener.accept().await.is_ok() {} });
    let (kind, sentence) = problem(fetcher().get(&feed(&format!("https://localhost:{port}/"))).await);
    assert_eq!(kind, "tls");
    assert_eq!(sentence, "no secure connection to `localhost`: the server broke off the handshake");
}

#[tokio::test]
async fn a_body_that_ends_without_good_bye_is_complete_unless_a_length_says_otherwise() {
    let open = start(certificate::GOOD, "HTTP/1.0 200 OK\r\n\r\n<rss/>", false);
    let url = format!("https://localhost:{}/", open.port());
    assert_eq!(document(trusting().get(&feed(&url)).await).bytes, b"<rss/>");
    let short = start(certificate::GOOD, "HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n<rss/>", false);
    let url = format!("https://localhost:{}/", short.port());
    assert_eq!(problem(trusting().get(&feed(&url)).await).0, "cut_off");
}

fn setup_error(ca_file: &Path) -> String {
    let config = FetchConfig { ca_file: Some(ca_file.to_owned()), ..config() };
    Fetcher::new(config).err().map(|error: FetchSetupError| error.to_string()).unwrap_or_default()
}

#[tokio::test]
async fn a_missing_or_empty_file_of_authorities_stops_the_start() {
    assert!(setup_error(&data("nowhere.pem")).contains("cannot be read: No such file or directory"));
    let der = data("good.der");
    assert_eq!(
        setup_error(&der),
        format!("there is no certificate in `{}`; it should hold certificate authorities in PEM form", der.display())
    );
}

#[tokio::test]
async fn a_user_agent_with_a_line_break_stops_the_start() {
    let config = FetchConfig { user_agent: "Yomu\r\nX: 1".to_owned(), ..config() };
    let error = Fetcher::new(config).err().map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("the user agent has characters that cannot stand in an HTTP header"));
}
