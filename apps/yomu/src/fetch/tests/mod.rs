//! Fetching, against servers that behave and servers that do not. All of them are on loopback.

mod address;
mod answers;
mod bodies;
mod compress;
mod credentials;
mod decoder;
mod encodings;
mod failures;
mod name_server;
mod names;
mod politeness;
mod private;
mod redirects;
mod sample;
mod server;
mod slowness;
mod statuses;
mod tls;
mod tls_server;

use std::time::Duration;

use url::Url;

use super::{Answer, BodyLimits, Document, FetchConfig, FetchError, Fetcher, Kind, Limits, NotModified, Request};

/// A configuration that may reach the servers of the tests, and waits for nothing long.
fn config() -> FetchConfig {
    let limits =
        Limits { connect_time: Duration::from_secs(5), first_byte_time: Duration::from_secs(5), ..Limits::default() };
    FetchConfig { allowed_networks: vec!["127.0.0.0/8".parse().unwrap()], limits, ..FetchConfig::default() }
}

fn fetcher() -> Fetcher {
    Fetcher::new(config()).unwrap()
}

/// A fetcher whose feeds may have so many bytes.
fn small(bytes_max: usize) -> Fetcher {
    let config = config();
    let feed = BodyLimits { bytes_max, ..config.limits.feed };
    Fetcher::new(FetchConfig { limits: Limits { feed, ..config.limits }, ..config }).unwrap()
}

fn feed(url: &str) -> Request {
    Request::new(Url::parse(url).unwrap(), Kind::Feed)
}

async fn get(url: &str) -> Result<Answer, FetchError> {
    fetcher().get(&feed(url)).await
}

#[track_caller]
fn document(answer: Result<Answer, FetchError>) -> Document {
    match answer {
        Ok(Answer::Document(document)) => document,
        other => panic!("not a document: {other:?}"),
    }
}

#[track_caller]
fn not_modified(answer: Result<Answer, FetchError>) -> NotModified {
    match answer {
        Ok(Answer::NotModified(not_modified)) => not_modified,
        other => panic!("not `not modified`: {other:?}"),
    }
}

/// The code and the sentence of an error.
#[track_caller]
fn problem(answer: Result<Answer, FetchError>) -> (&'static str, String) {
    match answer {
        Ok(answer) => panic!("no error: {answer:?}"),
        Err(error) => (error.kind(), error.to_string()),
    }
}
