//! A port and everybody who comes to it: not too many at once, nobody who says nothing, nobody who takes nothing, and at
//! the end some time to finish.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tower::ServiceExt as _;

use super::Stop;
use super::limits::{
    ACCEPT_AGAIN, CONNECTIONS_MAX, DRAINING, FILES_FOR_OURSELVES, FILES_UNKNOWN, HEADERS_TIME, SILENCE_TIME,
    STALLED_TIME,
};
use super::patient_stream::PatientStream;

/// How long clients are waited for, and how many there may be.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// Until the first byte of a new connection.
    silence: Duration,
    /// For all headers of a request, and between two requests.
    headers: Duration,
    /// For a client to take some of an answer.
    stalled: Duration,
    connections: usize,
    /// Connections of one address, so that none takes all. This machine's own, which are a proxy's, have no such bound.
    connections_of_one: usize,
}

impl Patience {
    fn usual() -> Self {
        let connections = connections_max();
        Self {
            silence: SILENCE_TIME,
            headers: HEADERS_TIME,
            stalled: STALLED_TIME,
            connections,
            connections_of_one: connections / 2,
        }
    }
}

/// Serves until told to stop: takes no new connections then, lets open requests end, and leaves those that do not.
pub(crate) async fn serve_until_stopped(listener: TcpListener, router: Router, stop: Stop) {
    serve(listener, router, Patience::usual(), stop).await;
}

async fn serve(listener: TcpListener, router: Router, patience: Patience, stop: Stop) {
    let places = Arc::new(Semaphore::new(patience.connections));
    let guests = Guests::default();
    let mut open = JoinSet::new();
    loop {
        let coming = async {
            // Whoever finds no place waits in the system's queue, where it costs us nothing.
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { std::future::pending().await };
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            coming = coming => coming,
            () = stop.told() => break,
        };
        // What has ended is let go of, so that the set is as large as what is open.
        while open.try_join_next().is_some() {}
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection cannot be taken");
                sleep(ACCEPT_AGAIN).await;
                continue;
            }
        };
        let Some(guest) = guests.admit(peer.ip(), patience.connections_of_one) else { continue };
        let (router, stop) = (router.clone(), stop.clone());
        open.spawn(async move {
            let _kept = (place, guest);
            converse(stream, peer, router, patience, stop).await;
        });
    }
    drop(listener);
    let ending = async { while open.join_next().await.is_some() {} };
    if timeout(DRAINING, ending).await.is_err() {
        tracing::warn!("requests are still open; leaving them");
    }
}

/// One connection, from its first byte to its end.
async fn converse(stream: TcpStream, peer: SocketAddr, router: Router, patience: Patience, stop: Stop) {
    let first = tokio::select! {
        first = timeout(patience.silence, stream.readable()) => first,
        () = stop.told() => return,
    };
    if !matches!(first, Ok(Ok(()))) {
        return;
    }
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        // Who asks is told to whoever wants to know: sign-in counts by address.
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience.headers);
    let stream = TokioIo::new(PatientStream::new(stream, patience.stalled));
    let mut connection = pin!(builder.serve_connection(stream, service));
    let mut is_told = false;
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::trace!(%error, "a connection broke");
                }
                return;
            }
            () = stop.told(), if !is_told => {
                is_told = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}

/// How many connections each address has.
#[derive(Clone, Default)]
struct Guests {
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One connection of an address, until it is dropped.
struct Guest {
    guests: Guests,
    address: IpAddr,
}

impl Guests {
    fn admit(&self, address: IpAddr, at_once: usize) -> Option<Guest> {
        let address = address.to_canonical();
        let mut counts = self.lock();
        let count = counts.entry(address).or_default();
        if *count >= at_once && !address.is_loopback() {
            return None;
        }
        *count += 1;
        Some(Guest { guests: self.clone(), address })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut counts = self.guests.lock();
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

/// As many connections as the system's bound on open files leaves room for.
fn connections_max() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let files = line.and_then(|line| line.split_ascii_whitespace().next()?.parse().ok()).unwrap_or(FILES_UNKNOWN);
    files.saturating_sub(FILES_FOR_OURSELVES).clamp(64, CONNECTIONS_MAX)
}

#[cfg(test)]
mod tests {
    use axum::routing::{get, post};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::time::Instant;

    use super::*;

    const SHORT: Patience = Patience {
        silence: Duration::from_millis(200),
        headers: Duration::from_millis(400),
        stalled: Duration::from_millis(400),
        connections: 20,
        connections_of_one: 10,
    };

    /// A port with a short page, and one with an endless answer.
    async fn port() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let endless = futures_util::stream::repeat_with(|| Ok::<_, std::convert::Infallible>(vec![b'x'; 65_536]));
        let router = Router::new()
            .route("/", get(async || "hello"))
            .route("/", post(async |body: String| body.len().to_string()))
            .route("/endless", get(async || Body::from_stream(endless)));
        tokio::spawn(serve(listener, router, SHORT, Stop::never()));
        address
    }

    async fn ask(address: SocketAddr) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    /// How long until the other side ends a connection.
    async fn end(stream: &mut TcpStream) -> Duration {
        let started = Instant::now();
        let mut bytes = [0; 4096];
        let read = async { while matches!(stream.read(&mut bytes).await, Ok(1..)) {} };
        timeout(Duration::from_secs(10), read).await.expect("it is ended");
        started.elapsed()
    }

    #[tokio::test]
    async fn who_says_nothing_is_not_waited_for_and_keeps_nobody_out() {
        let address = port().await;
        let mut silent = Vec::new();
        for _ in 0..SHORT.connections + 5 {
            silent.push(TcpStream::connect(address).await.unwrap());
        }
        let asked = Instant::now();
        assert!(ask(address).await.ends_with("hello"));
        assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
        for stream in &mut silent {
            end(stream).await;
        }
    }

    #[tokio::test]
    async fn headers_that_drip_are_not_waited_for() {
        let address = port().await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        let started = Instant::now();
        for byte in b"GET / HTTP/1.1\r\nx-slow: ".iter().chain(std::iter::repeat(&b'x')) {
            if stream.write_all(&[*byte]).await.is_err() || started.elapsed() > Duration::from_secs(10) {
                break;
            }
            sleep(Duration::from_millis(20)).await;
        }
        assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    }

    #[tokio::test]
    async fn between_two_requests_a_connection_may_rest_for_a_while() {
        let address = port().await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        for pause in [Duration::ZERO, SHORT.headers / 2] {
            sleep(pause).await;
            stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
            let mut bytes = [0; 1024];
            let length = stream.read(&mut bytes).await.unwrap();
            assert!(bytes[..length].ends_with(b"hello"));
        }
        assert!(end(&mut stream).await < 3 * SHORT.headers);
    }

    #[tokio::test]
    async fn who_takes_nothing_gets_no_more() {
        let address = port().await;
        let mut stuck = Vec::new();
        for _ in 0..SHORT.connections {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
            stuck.push(stream);
        }
        let asked = Instant::now();
        assert!(ask(address).await.ends_with("hello"), "a place was given back");
        assert!(asked.elapsed() < Duration::from_secs(8), "{:?}", asked.elapsed());
    }

    #[test]
    fn one_address_has_its_share_and_no_more() {
        let guests = Guests::default();
        let (one, other) = ("203.0.113.1".parse().unwrap(), "203.0.113.2".parse().unwrap());
        let admitted: Vec<_> = (0..9).map_while(|_| guests.admit(one, 3)).collect();
        assert_eq!(admitted.len(), 3);
        assert!(guests.admit(other, 3).is_some());
        assert!((0..9).map_while(|_| guests.admit("::1".parse().unwrap(), 3)).count() == 9, "a proxy on this machine");
        drop(admitted);
        assert!(guests.admit(one, 3).is_some());
        assert!(guests.lock().is_empty(), "nobody is remembered");
    }

    #[test]
    fn there_is_room_for_connections() {
        assert!((64..=CONNECTIONS_MAX).contains(&connections_max()));
    }
}
