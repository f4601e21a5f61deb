//! One fetch: hop by hop, each with its own checks and its own turn.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Response;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED, LOCATION,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout, timeout_at};

use super::body::BodyReader;
use super::decode::Encoding;
use super::intake::Intake;
use super::limits::{HOST_REST_DEFAULT, LARGE_BODIES_MAX, VALIDATOR_BYTES_MAX};
use super::politeness::{Politeness, Resting, Turn};
use super::redirect::Trail;
use super::resolver::PublicResolver;
use super::status::{Sent, Verdict, verdict};
use super::stream::{Opened, Stream};
use super::target::Target;
use super::{
    AddressRules, Answer, BodyLimits, Credentials, Document, Embedded, FetchConfig, FetchError, FetchSetupError,
    Freshness, Limits, NotModified, Request, client, failure, http_date, sample,
};

/// Fetches documents. Cheap to clone; all clones share connections, DNS answers and manners.
#[derive(Clone)]
pub struct Fetcher {
    pub(super) shared: Arc<Shared>,
}

pub(super) struct Shared {
    pub(super) client: reqwest::Client,
    pub(super) rules: Arc<AddressRules>,
    politeness: Politeness,
    /// Places for requests to all hosts.
    pub(super) places: Arc<Semaphore>,
    /// Places for bodies that grow large.
    pub(super) large: Semaphore,
    per_host_max: usize,
    host_gap: Duration,
    embedded: Option<fn(&url::Url) -> Option<Embedded>>,
    pub(super) limits: Limits,
}

impl Fetcher {
    /// Makes a fetcher: reads the system's DNS settings and sets up TLS, once.
    pub fn new(config: FetchConfig) -> Result<Self, FetchSetupError> {
        let rules = Arc::new(AddressRules::new(config.allowed_networks.clone()));
        let resolver = PublicResolver::new(&config, Arc::clone(&rules))?;
        let shared = Shared {
            client: client::build(&config, resolver)?,
            rules,
            politeness: Politeness::new(config.per_host_max),
            places: Arc::new(Semaphore::new(config.requests_max.max(1))),
            large: Semaphore::new(LARGE_BODIES_MAX),
            per_host_max: config.per_host_max.max(1),
            host_gap: config.host_gap,
            embedded: config.embedded,
            limits: config.limits,
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// How many requests to one host are in flight at most. Who sends more than that finds the others waiting.
    #[must_use]
    pub fn per_host_max(&self) -> usize {
        self.shared.per_host_max
    }

    /// Fetches one document.
    ///
    /// Dropping the future ends the fetch and gives its places back.
    pub async fn get(&self, request: &Request) -> Result<Answer, FetchError> {
        let (url, credentials) = request.split();
        if sample::is_sample(&url) {
            let embedded = self.shared.embedded.and_then(|find| find(&url));
            return sample::answer(request, url, embedded);
        }
        Hop::new(&self.shared, request, url, credentials).get().await
    }

    /// Fetches one document without keeping it: the caller passes its pieces on. It comes as it is, never compressed.
    ///
    /// Dropping the future or the stream ends the fetch and gives its places back.
    pub async fn open(&self, request: &Request) -> Result<Opened, FetchError> {
        let (url, credentials) = request.split();
        let hop = Hop { as_it_is: true, ..Hop::new(&self.shared, request, url, credentials) };
        hop.open().await
    }
}

/// A fetch under way.
struct Hop<'a> {
    shared: &'a Shared,
    request: &'a Request,
    credentials: Option<Credentials>,
    body: BodyLimits,
    trail: Trail,
    /// When the whole fetch must be over. Waiting for a turn moves it.
    deadline: Instant,
    /// Whether the body must not be compressed for its way.
    as_it_is: bool,
}

/// What stands at the end of the redirects.
enum Arrival {
    NotModified(NotModified),
    Open(Open),
}

/// An answer whose body is still to be read. It keeps its places until then.
struct Open {
    response: Response,
    host: String,
    places: (Turn, OwnedSemaphorePermit),
}

impl<'a> Hop<'a> {
    fn new(shared: &'a Shared, request: &'a Request, url: url::Url, credentials: Option<Credentials>) -> Self {
        let body = shared.limits.body(request.kind);
        let trail = Trail::new(url, credentials.is_some());
        Self { shared, request, credentials, body, trail, deadline: Instant::now() + body.time_max, as_it_is: false }
    }

    async fn get(mut self) -> Result<Answer, FetchError> {
        match self.arrive().await? {
            Arrival::NotModified(answer) => Ok(Answer::NotModified(answer)),
            Arrival::Open(open) => self.read(open).await,
        }
    }

    async fn open(mut self) -> Result<Opened, FetchError> {
        let Open { response, host, places } = match self.arrive().await? {
            Arrival::NotModified(answer) => return Ok(Opened::NotModified(answer)),
            Arrival::Open(open) => open,
        };
        match Encoding::of(response.headers()) {
            Ok(Encoding::Identity) => {}
            Ok(encoding) => return Err(FetchError::UnknownEncoding { host, encoding: encoding.name().to_owned() }),
            Err(encoding) => return Err(FetchError::UnknownEncoding { host, encoding }),
        }
        let intake = Intake::new(&self.shared.limits, self.body, &host, self.deadline);
        let freshness = Freshness::of(response.headers(), http_date::now());
        let validators = validators(response.headers());
        Stream::new(response, intake, places, validators, freshness).map(Box::new).map(Opened::Stream)
    }

    async fn arrive(&mut self) -> Result<Arrival, FetchError> {
        loop {
            let target = Target::of(self.trail.current(), &self.shared.rules)?;
            let places = self.wait_for_turn(&target).await?;
            let sent = self.sent();
            let response = self.send(&target, sent).await?;
            let now = http_date::now();
            match verdict(response.status(), response.headers(), sent, &target.host, now) {
                Verdict::Read => return Ok(Arrival::Open(Open { response, host: target.host, places })),
                Verdict::NotModified => {
                    let freshness = Freshness::of(response.headers(), now);
                    let (etag, last_modified) = validators(response.headers());
                    let moved_to = self.trail.moved_to().cloned();
                    return Ok(Arrival::NotModified(NotModified { moved_to, etag, last_modified, freshness }));
                }
                Verdict::Redirect { permanent } => {
                    let location = response.headers().get(LOCATION).map(HeaderValue::as_bytes);
                    self.trail.follow(location, permanent, &target.host)?;
                }
                Verdict::Refuse(error) => {
                    rest_if_asked(&places.0, &error);
                    return Err(error);
                }
            }
        }
    }

    /// First a place at the host, then one among all: a crowd before one host must not keep the others waiting.
    async fn wait_for_turn(&mut self, target: &Target) -> Result<(Turn, OwnedSemaphorePermit), FetchError> {
        let shared = self.shared;
        let gap = if target.own { Duration::ZERO } else { shared.host_gap };
        let both = async {
            let turn = shared.politeness.turn(&target.host, target.port, gap).await?;
            let Ok(place) = Arc::clone(&shared.places).acquire_owned().await else {
                unreachable!("the semaphore of all requests is never closed")
            };
            Ok((turn, place))
        };
        let asked = Instant::now();
        let places = timeout(shared.limits.queue_time, both).await;
        self.deadline += asked.elapsed();
        match places {
            Ok(Ok(places)) => Ok(places),
            Ok(Err(Resting(retry_after))) => Err(FetchError::Resting { host: target.host.clone(), retry_after }),
            Err(_) => Err(FetchError::Busy { host: target.host.clone() }),
        }
    }

    fn sent(&self) -> Sent {
        Sent {
            validators: self.request.etag.is_some() || self.request.last_modified.is_some(),
            credentials: self.credentials.is_some() && self.trail.is_trusted(),
        }
    }

    async fn send(&self, target: &Target, sent: Sent) -> Result<Response, FetchError> {
        let limits = &self.shared.limits;
        let mut builder = self.shared.client.get(self.trail.current().clone()).headers(self.headers());
        if let Some(credentials) = self.credentials.as_ref().filter(|_| sent.credentials) {
            builder = builder.basic_auth(&credentials.user, Some(credentials.password.expose()));
        }
        let patience = limits.connect_time + limits.first_byte_time;
        match timeout_at(self.deadline.min(Instant::now() + patience), builder.send()).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(failure::before_answer(&error, target, limits.connect_time)),
            Err(_) => {
                let after = patience.min(self.body.time_max);
                Err(FetchError::AnswerTimeout { host: target.host.clone(), after })
            }
        }
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::with_capacity(4);
        headers.insert(ACCEPT, HeaderValue::from_static(self.request.kind.accept()));
        if self.as_it_is {
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        }
        let validators = [(IF_NONE_MATCH, &self.request.etag), (IF_MODIFIED_SINCE, &self.request.last_modified)];
        for (name, validator) in validators {
            // One with control characters cannot have come from a server, and is left out.
            if let Some(value) = validator.as_ref().and_then(|text| HeaderValue::from_bytes(text.as_bytes()).ok()) {
                headers.insert(name, value);
            }
        }
        headers
    }

    async fn read(self, open: Open) -> Result<Answer, FetchError> {
        let Open { response, host, places: _places } = open;
        let headers = response.headers();
        let content_type = text(headers, &CONTENT_TYPE);
        let (etag, last_modified) = validators(headers);
        let freshness = Freshness::of(headers, http_date::now());
        let Shared { limits, large, .. } = self.shared;
        let reader = BodyReader::new(limits, self.body, &host, self.deadline);
        let bytes = reader.read(response, large).await?;
        let (url, moved_to) = self.trail.end();
        Ok(Answer::Document(Document { bytes, url, moved_to, content_type, etag, last_modified, freshness }))
    }
}

/// A server that is overloaded, or finds us too eager, is left alone; its whole host is.
fn rest_if_asked(turn: &Turn, error: &FetchError) {
    match error {
        FetchError::RateLimited { retry_after, .. } => turn.rest(retry_after.unwrap_or(HOST_REST_DEFAULT)),
        FetchError::ServerError { status: 503, retry_after: Some(retry_after), .. } => turn.rest(*retry_after),
        _ => {}
    }
}

fn validators(headers: &HeaderMap) -> (Option<String>, Option<String>) {
    (text(headers, &ETAG), text(headers, &LAST_MODIFIED))
}

/// A header as text, if it is one and not absurdly long. Some servers put raw UTF-8 into `ETag`.
fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    let text = std::str::from_utf8(value.as_bytes()).ok()?.trim();
    (!text.is_empty() && text.len() <= VALIDATOR_BYTES_MAX).then(|| text.to_owned())
}
