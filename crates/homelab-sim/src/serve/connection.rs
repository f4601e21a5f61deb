//! Connections: TLS, HTTP/1.1, and a door of the world behind them.

use std::io;
use std::sync::Arc;

use futures_util::stream;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, Limited, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::ext::ReasonPhrase;
use hyper::header::{HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use super::limits::{BODY_BYTES_MAX, CONNECTIONS_MAX, HEAD_TIME};
use crate::cluster::{self, Answer, Watch};
use crate::http::{Request, Response};
use crate::world::{Lost, World};

/// The header by which the world learns of a client's certificate. Nobody can send it: what comes under this name is dropped.
const CLIENT_CERTIFICATE: &str = "x-client-certificate";

/// Which door is behind a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    Proxmox,
    Kubernetes,
}

/// Takes connections for ever.
pub(super) async fn accept(listener: TcpListener, tls: TlsAcceptor, door: Door, world: World) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return Ok(()) };
        let (stream, _) = listener.accept().await?;
        let (tls, world) = (tls.clone(), world.clone());
        tokio::spawn(async move {
            serve(stream, tls, door, world).await;
            drop(place);
        });
    }
}

/// One connection to its end. Whatever is wrong with it is the client's to notice.
async fn serve(stream: TcpStream, tls: TlsAcceptor, door: Door, world: World) {
    let Ok(Ok(stream)) = timeout(HEAD_TIME, tls.accept(stream)).await else { return };
    // The hand-shake has checked it: one that is there is the administrator's.
    let has_certificate = stream.get_ref().1.peer_certificates().is_some();
    let service = service_fn(|request| {
        let world = world.clone();
        async move {
            let request = match read(request, door).await {
                Ok(request) => request,
                Err(refusal) => return Ok::<_, Refused>(written(refusal)),
            };
            let answer = match door {
                Door::Proxmox => world.proxmox(request).await.map(Answer::Whole),
                Door::Kubernetes => kubernetes(&world, request, has_certificate).await,
            };
            // A connection that breaks in the world breaks here.
            match answer.map_err(Refused)? {
                Answer::Whole(response) => Ok(written(response)),
                Answer::Watch(watch) => Ok(written(cluster::watch_head()).map(|_| going_on(*watch))),
            }
        }
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
    // An error is a connection that broke.
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}

/// The connection ends without an answer.
#[derive(Debug)]
struct Refused(Lost);

impl std::fmt::Display for Refused {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0.reason)
    }
}

impl std::error::Error for Refused {}

/// The served port stands for the first server that answers.
async fn kubernetes(world: &World, request: Request, has_certificate: bool) -> Result<Answer, Lost> {
    let Some((address, certificate)) = world.way_into_cluster() else {
        return Ok(Answer::Whole(Response::empty(503, "there is no cluster in the simulated home")));
    };
    let request = if has_certificate { request.header(CLIENT_CERTIFICATE, certificate) } else { request };
    world.kubernetes_answer(&address, request).await
}

/// What is written after a head: all at once, or a piece as soon as there is one.
type Body = UnsyncBoxBody<Bytes, Refused>;

/// The lines of a watch, each as soon as it is there. With the connection goes the watch.
fn going_on(watch: Watch) -> Body {
    let lines = stream::unfold(watch, |mut watch| async move {
        let lines = watch.next().await.map_err(Refused).transpose()?;
        Some((lines.map(|lines| Frame::data(Bytes::from(lines))), watch))
    });
    StreamBody::new(lines).boxed_unsync()
}

/// A request as the world knows them.
async fn read(request: hyper::Request<Incoming>, door: Door) -> Result<Request, Response> {
    let (head, body) = request.into_parts();
    // `process_header` in `src/PVE/APIServer/AnyEvent.pm` of pve-http-server: a body needs its length.
    if door == Door::Proxmox && head.headers.contains_key(hyper::header::TRANSFER_ENCODING) {
        return Err(Response::empty(501, "chunked transfer encoding not supported"));
    }
    let body = match Limited::new(body, BODY_BYTES_MAX).collect().await {
        Ok(body) => body.to_bytes().to_vec(),
        Err(_) => return Err(Response::empty(413, "the body is too large")),
    };
    let headers = head.headers.iter().filter(|(name, _)| name.as_str() != CLIENT_CERTIFICATE);
    let headers =
        headers.map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    Ok(Request {
        method: head.method.as_str().to_owned(),
        target: head.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        headers: headers.collect(),
        body,
    })
}

/// An answer as it goes over the wire, with its own reason phrase.
fn written(response: Response) -> hyper::Response<Body> {
    let body = Full::new(Bytes::from(response.body)).map_err(|never| match never {});
    let mut written = hyper::Response::new(body.boxed_unsync());
    *written.status_mut() = hyper::StatusCode::from_u16(response.status).unwrap_or_default();
    for (name, value) in response.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            written.headers_mut().append(name, value);
        }
    }
    if let Ok(phrase) = ReasonPhrase::try_from(response.reason.into_bytes()) {
        written.extensions_mut().insert(phrase);
    }
    if response.status >= 400 {
        // Proxmox closes after each error (`response` in `AnyEvent.pm`); to an API server it is all one.
        written.headers_mut().insert(hyper::header::CONNECTION, HeaderValue::from_static("close"));
    }
    written
}
