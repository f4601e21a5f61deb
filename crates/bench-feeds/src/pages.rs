//! Every address the server answers, on one page.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::corpus::Corpus;
use crate::document::{home, is_atom, opml};
use crate::http::{Request, Response};
use crate::icon::png;
use crate::options::ServeOptions;
use crate::stats::Stats;

/// The library being served, and what is known about those who read it.
pub(crate) struct Site {
    corpus: RwLock<Arc<Corpus>>,
    stats: Stats,
    latency_ms: AtomicU64,
}

impl Site {
    pub(crate) fn new(options: ServeOptions, midnight: u64) -> Site {
        Site {
            corpus: RwLock::new(Arc::new(Corpus::new(options, midnight))),
            stats: Stats::new(),
            latency_ms: AtomicU64::new(0),
        }
    }

    /// The library as it is now.
    pub(crate) fn corpus(&self) -> Arc<Corpus> {
        Arc::clone(&self.corpus.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) async fn answer(self: &Arc<Site>, request: &Request<'_>) -> Response {
        let path = request.path;
        if let Some(feed) = number_in(path, "/feed/", ".xml") {
            self.feed(feed, request).await
        } else if let Some(feed) = number_in(path, "/icon/", ".png") {
            self.stats.icons.fetch_add(1, Relaxed);
            Response::ok("image/png", png(feed))
        } else if let Some(rest) = path.strip_prefix("/site/") {
            self.stats.homes.fetch_add(1, Relaxed);
            match rest.split('/').next().and_then(|feed| feed.parse().ok()) {
                Some(feed) => Response::ok("text/html; charset=utf-8", home(self.corpus().options(), feed)),
                None => Response::not_found(),
            }
        } else if let Some(control) = path.strip_prefix("/_ctl/") {
            self.control(control).await
        } else {
            self.stats.others.fetch_add(1, Relaxed);
            Response::not_found()
        }
    }

    async fn feed(&self, number: u32, request: &Request<'_>) -> Response {
        self.stats.feed_begins();
        let latency = self.latency_ms.load(Relaxed);
        if latency > 0 {
            tokio::time::sleep(Duration::from_millis(latency)).await;
        }
        let response = self.feed_now(number, request);
        self.stats.feed_ends();
        response
    }

    fn feed_now(&self, number: u32, request: &Request<'_>) -> Response {
        let corpus = self.corpus();
        let Some(feed) = corpus.feed(number) else {
            return Response::not_found();
        };
        let mut headers = format!("ETag: {}\r\n", feed.etag);
        if let Some(date) = &feed.last_modified {
            let _ = write!(headers, "Last-Modified: {date}\r\n");
        }
        // RFC 9110, 13.2.2: the date counts only for those who sent no tag.
        let fresh = match (request.header("if-none-match"), request.header("if-modified-since")) {
            (Some(tags), _) => tags.contains(&feed.etag),
            (None, Some(date)) => feed.last_modified.as_deref() == Some(date),
            (None, None) => false,
        };
        if fresh {
            self.stats.feeds_not_modified.fetch_add(1, Relaxed);
            return Response::not_modified(headers);
        }
        let body = if request.header("accept-encoding").is_some_and(|accepted| accepted.contains("gzip")) {
            headers.push_str("Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n");
            Arc::clone(&feed.gzip)
        } else {
            Arc::new(feed.text())
        };
        self.stats.feeds_sent.fetch_add(1, Relaxed);
        self.stats.feed_bytes.fetch_add(body.len() as u64, Relaxed);
        let kind =
            if is_atom(number) { "application/atom+xml; charset=utf-8" } else { "application/rss+xml; charset=utf-8" };
        Response::shared(kind, headers, body)
    }

    async fn control(self: &Arc<Site>, control: &str) -> Response {
        let (name, query) = control.split_once('?').unwrap_or((control, ""));
        let argument = |key: &str| query.strip_prefix(key)?.strip_prefix('=')?.parse::<u32>().ok();
        match (name, argument("by"), argument("ms")) {
            ("stats", ..) => {
                let corpus = self.corpus();
                let mut fields = self.stats.fields();
                fields.extend([
                    ("feeds", u64::from(corpus.options().feeds)),
                    ("entries_shown", corpus.shown()),
                    ("entries_published", corpus.published()),
                ]);
                json(fields)
            }
            ("reset", ..) => {
                self.stats.reset();
                json([])
            }
            ("advance", Some(by), _) => {
                let site = Arc::clone(self);
                // Writing a thousand feeds takes seconds and every core; others are answered meanwhile.
                let written = tokio::task::spawn_blocking(move || {
                    let next = Arc::new(site.corpus().advance(by));
                    *site.corpus.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&next);
                    next.published()
                });
                json([("entries_published", written.await.unwrap_or(0))])
            }
            ("latency", _, Some(ms)) => {
                self.latency_ms.store(u64::from(ms), Relaxed);
                json([("latency_ms", u64::from(ms))])
            }
            ("truth", ..) => json(self.corpus().truth()),
            ("opml", ..) => Response::ok("text/x-opml; charset=utf-8", opml(self.corpus().options())),
            _ => Response::not_found(),
        }
    }
}

fn number_in(path: &str, before: &str, after: &str) -> Option<u32> {
    path.strip_prefix(before)?.strip_suffix(after)?.parse().ok()
}

/// An object of numbers. The names are our own, and need no escaping.
fn json(fields: impl IntoIterator<Item = (&'static str, u64)>) -> Response {
    let fields: Vec<String> = fields.into_iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
    Response::ok("application/json", format!("{{{}}}\n", fields.join(", ")))
}
