//! Servers that are not there, hang up, or speak something else.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::server::{Reply, Server};
use super::{get, problem};

#[tokio::test]
async fn a_port_without_a_server_refuses() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let (kind, sentence) = problem(get(&format!("http://127.0.0.1:{port}/")).await);
    assert_eq!(kind, "refused");
    assert_eq!(sentence, format!("`127.0.0.1` refuses connections on port {port}; its server is not running"));
}

#[tokio::test]
async fn hanging_up_before_the_answer_is_said_plainly() {
    for reply in
        [|| Reply::default().close(), || Reply::default().reset(), || Reply::raw("HTTP/1.1 200 OK\r\nX:").close()]
    {
        let server = Server::always(reply).await;
        let (kind, sentence) = problem(get(&server.url("/")).await);
        assert_eq!((kind, sentence.as_str()), ("reset", "`127.0.0.1` closed the connection without an answer"));
    }
}

#[tokio::test]
async fn what_is_not_http_is_called_so() {
    for greeting in ["220 mail.example ESMTP\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "\0\0\0\x04\0\0\0\0\0", "<rss/>\n\n"] {
        let server = Server::always(move || Reply::raw(greeting).close()).await;
        let (kind, sentence) = problem(get(&server.url("/")).await);
        assert_eq!(kind, "not_http", "{greeting}");
        assert_eq!(sentence, "what `127.0.0.1` answers is not HTTP; check the port and whether it should be https");
    }
}

#[tokio::test]
async fn a_server_that_speaks_first_is_no_http_server_either() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _ = stream.write_all(b"220 mail.example ESMTP\r\n").await;
                // It waits for what it understands.
                let mut asked = Vec::new();
                let _ = stream.read_to_end(&mut asked).await;
            });
        }
    });
    // The greeting comes before or after the request, as it happens.
    for _ in 0..20 {
        let (kind, sentence) = problem(get(&url).await);
        assert_eq!(kind, "not_http", "{sentence}");
    }
}

#[tokio::test]
async fn a_bomb_of_headers_is_refused() {
    let many = || {
        let lines: String = (0..500).map(|n| format!("X-{n}: 1\r\n")).collect();
        Reply::raw(format!("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n{lines}\r\nx"))
    };
    let long = || Reply::raw(format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "a".repeat(2_000_000)));
    let endless = || Reply::raw("HTTP/1.1 200 OK\r\nX: ").repeat("aaaaaaaa".repeat(1_000), std::time::Duration::ZERO);
    for server in [Server::always(many).await, Server::always(long).await, Server::always(endless).await] {
        let (kind, sentence) = problem(get(&server.url("/")).await);
        assert_eq!(kind, "headers_too_large", "{sentence}");
        assert_eq!(sentence, "the answer of `127.0.0.1` has more headers than any reader accepts");
    }
}

#[tokio::test]
async fn many_ordinary_headers_are_fine() {
    let server = Server::always(|| {
        let lines: String = (0..80).map(|n| format!("X-{n}: {}\r\n", "a".repeat(200))).collect();
        Reply::new(200, &lines, "<rss/>")
    })
    .await;
    assert_eq!(super::document(get(&server.url("/")).await).bytes, b"<rss/>");
}

#[tokio::test]
async fn headers_as_old_scripts_write_them_are_read() {
    let server = Server::always(|| {
        let headers = "Content-Type : text/xml\r\nX-Folded: one\r\n two\r\nWarning: <b>x</b>\r\nNot a header\r\n";
        Reply::new(200, headers, "<rss/>")
    })
    .await;
    let document = super::document(get(&server.url("/")).await);
    assert_eq!(document.content_type.as_deref(), Some("text/xml"));
}
