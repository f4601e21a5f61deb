//! As much of an HTTP/1.1 server as a benchmark needs: GET, keep-alive, and answers of known length.

use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::pages::Site;

/// The longest question: a browser's headers have 2 KB, and nothing here needs more.
const HEAD_BYTES_MAX: usize = 16 * 1024;

/// A question, as far as it matters.
pub(crate) struct Request<'a> {
    pub(crate) path: &'a str,
    head: &'a str,
}

impl<'a> Request<'a> {
    fn parse(head: &'a str) -> Option<Request<'a>> {
        let mut words = head.lines().next()?.split(' ');
        let (method, path) = (words.next()?, words.next()?);
        (method == "GET").then_some(Request { path, head })
    }

    pub(crate) fn header(&self, name: &str) -> Option<&'a str> {
        let fields = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        fields.into_iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// An answer.
pub(crate) struct Response {
    status: &'static str,
    content_type: &'static str,
    /// Further headers, each with its line end.
    headers: String,
    body: Arc<Vec<u8>>,
}

impl Response {
    pub(crate) fn ok(content_type: &'static str, body: impl Into<Vec<u8>>) -> Response {
        Response::shared(content_type, String::new(), Arc::new(body.into()))
    }

    pub(crate) fn shared(content_type: &'static str, headers: String, body: Arc<Vec<u8>>) -> Response {
        Response { status: "200 OK", content_type, headers, body }
    }

    pub(crate) fn not_modified(headers: String) -> Response {
        Response { status: "304 Not Modified", content_type: "", headers, body: Arc::default() }
    }

    pub(crate) fn not_found() -> Response {
        Response { status: "404 Not Found", ..Response::ok("text/plain", "there is nothing here\n") }
    }

    fn not_understood() -> Response {
        Response { status: "400 Bad Request", ..Response::ok("text/plain", "only GET is answered here\n") }
    }

    fn head(&self) -> String {
        let Response { status, content_type, headers, body } = self;
        // An answer without a body of its own must not name a length (RFC 9110, 8.6).
        if content_type.is_empty() {
            return format!("HTTP/1.1 {status}\r\n{headers}\r\n");
        }
        format!("HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n{headers}\r\n", body.len())
    }
}

/// Answers everyone who comes to one address.
pub(crate) async fn accept(listener: TcpListener, site: Arc<Site>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let site = Arc::clone(&site);
                tokio::spawn(async move {
                    // A reader that goes away in the middle is the reader's affair.
                    let _ = converse(stream, &site).await;
                });
            }
            Err(error) => eprintln!("a connection was lost before it began: {error}"),
        }
    }
}

/// Answers questions on one connection until it ends or says something else than HTTP.
async fn converse(mut stream: TcpStream, site: &Arc<Site>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut received = Vec::with_capacity(2048);
    loop {
        while let Some(end) = end_of_head(&received) {
            let head: Vec<u8> = received.drain(..end).collect();
            let head = String::from_utf8_lossy(&head);
            let Some(request) = Request::parse(&head) else {
                stream.write_all(&whole(&Response::not_understood())).await?;
                return Ok(());
            };
            let response = site.answer(&request).await;
            stream.write_all(response.head().as_bytes()).await?;
            stream.write_all(&response.body).await?;
            if request.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close")) {
                return Ok(());
            }
        }
        if received.len() > HEAD_BYTES_MAX || stream.read_buf(&mut received).await? == 0 {
            return Ok(());
        }
    }
}

fn whole(response: &Response) -> Vec<u8> {
    let mut bytes = response.head().into_bytes();
    bytes.extend_from_slice(&response.body);
    bytes
}

fn end_of_head(received: &[u8]) -> Option<usize> {
    received.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::ServeOptions;

    async fn ask(site: &Arc<Site>, head: &str) -> String {
        let request = Request::parse(head).expect("a question that can be read");
        let response = site.answer(&request).await;
        format!("{}{}", response.head(), String::from_utf8_lossy(&response.body))
    }

    fn site() -> Arc<Site> {
        Arc::new(Site::new(ServeOptions { feeds: 4, ..ServeOptions::default() }, 1_795_392_000))
    }

    fn header<'a>(answer: &'a str, name: &str) -> &'a str {
        answer.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("no {name} in {answer:.300}"))
    }

    #[tokio::test]
    async fn a_feed_is_sent_once_and_then_not_modified() {
        let site = site();
        let first = ask(&site, "GET /feed/1.xml HTTP/1.1\r\n\r\n").await;
        assert!(first.starts_with("HTTP/1.1 200 OK\r\n") && first.ends_with("</rss>\n"));
        for condition in [
            format!("If-None-Match: {}", header(&first, "ETag: ")),
            format!("if-modified-since: {}", header(&first, "Last-Modified: ")),
        ] {
            let again = ask(&site, &format!("GET /feed/1.xml HTTP/1.1\r\n{condition}\r\n\r\n")).await;
            assert!(again.starts_with("HTTP/1.1 304 ") && again.ends_with("\r\n\r\n"), "{condition}");
        }
        let stats = ask(&site, "GET /_ctl/stats HTTP/1.1\r\n\r\n").await;
        assert!(stats.contains("\"feeds_sent\": 1, \"feeds_not_modified\": 2"), "{stats}");
    }

    #[tokio::test]
    async fn a_tag_of_yesterday_brings_the_feed_whatever_the_date_says() {
        let site = site();
        let first = ask(&site, "GET /feed/1.xml HTTP/1.1\r\n\r\n").await;
        let date = header(&first, "Last-Modified: ");
        let head = format!("GET /feed/1.xml HTTP/1.1\r\nIf-None-Match: \"old\"\r\nIf-Modified-Since: {date}\r\n\r\n");
        assert!(ask(&site, &head).await.starts_with("HTTP/1.1 200 "));
    }

    #[tokio::test]
    async fn advancing_makes_a_known_feed_new() {
        let site = site();
        let tag = header(&ask(&site, "GET /feed/0.xml HTTP/1.1\r\n\r\n").await, "ETag: ").to_string();
        ask(&site, "GET /_ctl/advance?by=2 HTTP/1.1\r\n\r\n").await;
        let again = ask(&site, &format!("GET /feed/0.xml HTTP/1.1\r\nIf-None-Match: {tag}\r\n\r\n")).await;
        assert!(again.starts_with("HTTP/1.1 200 "));
    }

    #[tokio::test]
    async fn homes_name_their_feed_and_unknown_addresses_are_not_found() {
        let site = site();
        assert!(ask(&site, "GET /site/3/ HTTP/1.1\r\n\r\n").await.contains("href=\"/feed/3.xml\""));
        for path in ["/feed/4.xml", "/feed/x.xml", "/", "/_ctl/nothing", "/_ctl/advance?by=many"] {
            assert!(ask(&site, &format!("GET {path} HTTP/1.1\r\n\r\n")).await.starts_with("HTTP/1.1 404 "), "{path}");
        }
    }

    #[test]
    fn only_get_is_understood() {
        assert!(Request::parse("POST / HTTP/1.1\r\n\r\n").is_none());
        assert!(Request::parse("\r\n\r\n").is_none());
    }
}
