//! A site of pictures, most of which are none.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use futures_util::stream::{repeat, unfold};
use tokio::net::TcpListener;

/// The smallest beginning of a picture, and some more.
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0123456789";

pub(crate) struct PictureServer {
    base: String,
    /// The headers of each request.
    asked: Arc<Mutex<Vec<HeaderMap>>>,
}

impl PictureServer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::<Mutex<Vec<HeaderMap>>>::default();
        let (seen, feed) = (Arc::clone(&asked), feed(&base));
        let router = Router::new()
            .route("/feed", get(async || ([(header::CONTENT_TYPE, "application/rss+xml")], feed)))
            .route("/good.png", get(async move |headers: HeaderMap| good(&seen, headers)))
            .route("/2x.png", get(async || PNG))
            .route("/page.png", get(async || picture("<!doctype html><script>alert(1)</script>")))
            .route("/huge.png", get(async || ([(header::CONTENT_LENGTH, "1073741824")], endless())))
            .route("/endless.png", get(async || endless()))
            .route("/drip.png", get(async || drip()))
            .route("/inside.png", get(async || (StatusCode::FOUND, [(header::LOCATION, "http://169.254.169.254/")])))
            .route(
                "/drawing.svg",
                get(async || "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
            )
            .route("/packed.png", get(async || ([(header::CONTENT_ENCODING, "gzip")], picture("\x1f\u{8b}"))))
            .route("/broken.png", get(async || StatusCode::INTERNAL_SERVER_ERROR));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { base, asked }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// What the last request for the good picture said.
    pub(crate) fn last_asked(&self) -> HeaderMap {
        self.asked.lock().unwrap().last().cloned().expect("somebody asked")
    }
}

/// A feed with one article that has all the pictures.
fn feed(base: &str) -> String {
    let names = [
        "page.png",
        "huge.png",
        "endless.png",
        "drip.png",
        "inside.png",
        "drawing.svg",
        "packed.png",
        "broken.png",
        "gone.png",
    ];
    let pictures: String = names.iter().map(|name| format!("<p><img src='{base}/{name}' alt='{name}'></p>")).collect();
    let good = format!("<p><img src='{base}/good.png' srcset='{base}/2x.png 2x' alt='good.png'></p>");
    format!(
        "<rss version='2.0'><channel><title>Pictures</title><item><guid>1</guid><title>All pictures</title>\
         <description><![CDATA[<p>Enough words to be an article of its own.</p>{good}{pictures}]]></description>\
         </item></channel></rss>"
    )
}

fn picture(body: &'static str) -> Response {
    ([(header::CONTENT_TYPE, "image/png")], body).into_response()
}

fn good(asked: &Mutex<Vec<HeaderMap>>, headers: HeaderMap) -> Response {
    let is_known = headers.get(header::IF_NONE_MATCH).is_some_and(|tag| tag == "\"1\"");
    asked.lock().unwrap().push(headers);
    let tag = [(header::ETAG, "\"1\""), (header::CACHE_CONTROL, "max-age=0")];
    let kind = [(header::CONTENT_TYPE, "text/html")];
    if is_known { (StatusCode::NOT_MODIFIED, tag).into_response() } else { (tag, kind, PNG).into_response() }
}

fn endless() -> Body {
    Body::from_stream(repeat(Ok::<_, std::convert::Infallible>([PNG, &[0; 10_000]].concat())))
}

fn drip() -> Body {
    Body::from_stream(unfold(0_usize, async |place| {
        tokio::time::sleep(Duration::from_millis(100)).await;
        Some((Ok::<_, std::convert::Infallible>(vec![PNG.get(place).copied().unwrap_or(0)]), place + 1))
    }))
}
