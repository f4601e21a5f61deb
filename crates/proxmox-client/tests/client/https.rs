//! The transport against a real server: whom it believes, what it sends and what it reads.

use std::io::Write;

use proxmox_client::{
    Endpoint, Error, Fingerprint, HttpAnswer, HttpRequest, Https, Transport, TransportError, Trust, limits,
    presented_fingerprint,
};
use tokio::net::TcpListener;

use crate::server::{Identity, Server, change, look};

const HELLO: &str = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\nServer: pve-api-daemon/3.0\r\n\r\n{\"data\":null}";

async fn send(server: &Server, trust: Trust, request: HttpRequest) -> Result<HttpAnswer, TransportError> {
    Https::new(&server.endpoint(), &trust).unwrap().send(request).await
}

async fn pinned(server: &Server, request: HttpRequest) -> Result<HttpAnswer, TransportError> {
    send(server, Trust::Pinned(server.fingerprint()), request).await
}

fn ca_file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

#[tokio::test]
async fn a_pinned_certificate_is_believed() {
    let server = Server::answering(HELLO).await;
    let answer = pinned(&server, look()).await.unwrap();
    assert_eq!((answer.status, answer.body.as_slice()), (200, b"{\"data\":null}".as_slice()));
    assert_eq!(answer.header("server"), Some("pve-api-daemon/3.0"));
}

#[tokio::test]
async fn another_certificate_is_named_and_nothing_is_sent() {
    let server = Server::answering(HELLO).await;
    let expected = Fingerprint::of(&Identity::new().certificate);
    let failure = send(&server, Trust::Pinned(expected), change()).await.unwrap_err();
    assert_eq!(failure, TransportError::CertificateChanged { expected, seen: server.fingerprint() });
    assert_eq!(server.seen(), Vec::<String>::new());
}

#[tokio::test]
async fn a_copied_certificate_without_its_key_is_not_enough() {
    let server = Server::with_copied_certificate(HELLO).await;
    let failure = pinned(&server, change()).await.unwrap_err();
    assert!(matches!(failure, TransportError::CertificateUntrusted { .. }), "{failure:?}");
    assert_eq!(server.seen(), Vec::<String>::new());
}

#[tokio::test]
async fn the_first_look_brings_the_fingerprint_and_sends_nothing() {
    let server = Server::answering(HELLO).await;
    assert_eq!(presented_fingerprint(&server.endpoint()).await, Ok(server.fingerprint()));
    assert_eq!(server.seen(), Vec::<String>::new());
    let copied = Server::with_copied_certificate(HELLO).await;
    assert!(presented_fingerprint(&copied.endpoint()).await.is_err());
}

#[tokio::test]
async fn authorities_of_a_file_are_believed_and_those_of_the_system_do_not_know_our_host() {
    let server = Server::answering(HELLO).await;
    let file = ca_file(&server.pem());
    assert!(send(&server, Trust::CaFile(file.path().to_owned()), look()).await.is_ok());
    let failure = send(&server, Trust::System, look()).await.unwrap_err();
    assert!(matches!(failure, TransportError::CertificateUntrusted { .. }), "{failure:?}");
}

#[tokio::test]
async fn a_file_without_certificates_is_named() {
    let endpoint: Endpoint = "localhost".parse().unwrap();
    for text in ["", "-----BEGIN CERTIFICATE-----\n!\n"] {
        let file = ca_file(text);
        let refused = Https::new(&endpoint, &Trust::CaFile(file.path().to_owned())).unwrap_err();
        assert!(matches!(&refused, Error::CaFile { path, .. } if path == file.path()), "{refused}");
    }
    assert!(Https::new(&endpoint, &Trust::CaFile("/nowhere/ca.pem".into())).is_err());
}

#[tokio::test]
async fn the_reason_phrase_is_read() {
    for (line, reason) in [
        ("500 CT is locked (backup)", "CT is locked (backup)"),
        ("403 Permission check failed (/vms, VM.Allocate)", "Permission check failed (/vms, VM.Allocate)"),
        ("401 No ticket", "No ticket"),
        ("500 Internal Server Error", "Internal Server Error"),
    ] {
        let server = Server::answering(format!("HTTP/1.1 {line}\r\nContent-Length: 0\r\n\r\n")).await;
        let answer = pinned(&server, look()).await.unwrap();
        assert_eq!((answer.reason.as_str(), answer.body.len()), (reason, 0));
    }
}

#[tokio::test]
async fn a_change_goes_out_as_a_form_of_known_length() {
    let server = Server::answering(HELLO).await;
    pinned(&server, change()).await.unwrap();
    pinned(&server, HttpRequest { body: Vec::new(), ..change() }).await.unwrap();
    pinned(&server, look()).await.unwrap();
    let [full, empty, look] = &server.seen()[..] else { panic!("three requests were expected") };
    assert!(full.starts_with("post /api2/json/nodes/pve/lxc http/1.1\r\n"), "{full}");
    assert!(full.contains("content-length: 8\r\n") && full.ends_with("\r\n\r\nvmid=101"), "{full}");
    assert!(empty.contains("content-length: 0\r\n"), "{empty}");
    for request in [full, empty, look] {
        assert!(!request.contains("transfer-encoding") && !request.contains("accept-encoding"), "{request}");
    }
    assert!(!look.contains("content-length") && look.contains("accept: application/json\r\n"), "{look}");
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_followed() {
    let server = Server::answering("HTTP/1.1 301 Moved\r\nLocation: https://other/\r\nContent-Length: 0\r\n\r\n").await;
    let answer = pinned(&server, look()).await.unwrap();
    assert_eq!((answer.status, answer.header("location")), (301, Some("https://other/")));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn an_answer_that_never_ends_is_cut() {
    let chunk = format!("100000\r\n{}\r\n", "x".repeat(0x10_0000));
    let chunks = limits::ANSWER_BYTES_MAX / 0x10_0000 + 1;
    let answer = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}", chunk.repeat(chunks));
    let server = Server::answering(answer).await;
    assert_eq!(pinned(&server, look()).await.unwrap_err(), TransportError::AnswerTooLarge);
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_request_is_lost() {
    for broken in ["", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"da", "SSH-2.0-OpenSSH_10\r\n"] {
        let server = Server::answering(broken).await;
        let failure = pinned(&server, change()).await.unwrap_err();
        assert!(matches!(failure, TransportError::Lost { .. }), "{broken}: {failure:?}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_closed_port_and_a_server_without_tls_are_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint: Endpoint = format!("127.0.0.1:{}", listener.local_addr().unwrap().port()).parse().unwrap();
    let plain = tokio::spawn(async move {
        for _ in 0..2 {
            let Ok((mut stream, _)) = listener.accept().await else { return };
            let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 no TLS\r\n\r\n").await;
        }
    });
    let trust = Trust::Pinned(Fingerprint::of(&Identity::new().certificate));
    let https = Https::new(&endpoint, &trust).unwrap();
    assert!(matches!(https.send(change()).await, Err(TransportError::Unreachable { .. })));
    assert!(matches!(presented_fingerprint(&endpoint).await, Err(Error::Unreachable { .. })));
    plain.await.unwrap();

    let failure = https.send(change()).await.unwrap_err();
    let TransportError::Unreachable { cause } = &failure else { panic!("{failure:?}") };
    assert!(cause.contains("refused"), "{cause}");
    assert!(presented_fingerprint(&endpoint).await.is_err());
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_refused_before() {
    let server = Server::answering(HELLO).await;
    let request = HttpRequest { headers: vec![("authorization", "a\r\nb".to_owned())], ..look() };
    let failure = pinned(&server, request).await.unwrap_err();
    assert!(!format!("{failure:?}").contains("a\\r"), "{failure:?}");
    assert_eq!(server.seen(), Vec::<String>::new());
}
