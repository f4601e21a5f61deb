//! The side door of a served home: what its two ports do not show to whoever practises with `homelab`. The shells of the
//! machines, the internet, and where everything is.
//!
//! One question a connection, each way a line of JSON and then bytes:
//!
//! ```text
//! {"ask":"place"}                                          -> {"proxmox":…,"fingerprint":…,"kubernetes":…,"kubeconfig":…,"host_keys":{…}}
//! {"ask":"host-key","address":…}                           -> {"key":…}
//! {"ask":"shell","address":…,"key":…,"commands":…} input   -> {"status":…,"stderr":…} output
//! {"ask":"web","method":…,"url":…,"headers":[[…,…]]}       -> {"status":…} body
//! ```
//!
//! An answer without any of these is `{"lost":…}` or `{"shell":"no-route" | "refused" | "denied" | "dropped"}`.

use std::io;
use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use super::limits::{HEAD_TIME, QUESTION_BYTES_MAX};
use crate::host::{Login, ShellError};
use crate::http::Request;
use crate::world::World;

/// Asks a served home. What comes back is the answer's line, and the bytes after it.
///
/// # Errors
/// Nobody answers at the address, or it is no served home.
pub async fn ask(address: SocketAddr, question: &Value, input: &[u8]) -> io::Result<(Value, Vec<u8>)> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(format!("{question}\n").as_bytes()).await?;
    stream.write_all(input).await?;
    stream.shutdown().await?;
    let mut answer = Vec::new();
    stream.take(QUESTION_BYTES_MAX).read_to_end(&mut answer).await?;
    split(answer).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "what answers there is no served home"))
}

/// Why a machine's shell did not answer, if that is what an answer says.
pub fn shell_error(answer: &Value) -> Option<ShellError> {
    match answer["shell"].as_str()? {
        "no-route" => Some(ShellError::NoRoute),
        "refused" => Some(ShellError::Refused),
        "denied" => Some(ShellError::Denied),
        _ => Some(ShellError::Dropped),
    }
}

/// Answers for ever.
pub(super) async fn accept(listener: TcpListener, place: Value, world: World) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let (place, world) = (place.clone(), world.clone());
        // Whatever is wrong with a connection is the client's to notice.
        tokio::spawn(async move {
            let _ = serve(stream, &place, &world).await;
        });
    }
}

async fn serve(mut stream: TcpStream, place: &Value, world: &World) -> io::Result<()> {
    let mut question = Vec::new();
    let mut bounded = (&mut stream).take(QUESTION_BYTES_MAX);
    timeout(HEAD_TIME, bounded.read_to_end(&mut question)).await??;
    let (head, bytes) = match split(question) {
        Some((question, input)) => answer(&question, &input, place, world).await,
        None => (json!({ "lost": "the question is not understood" }), Vec::new()),
    };
    stream.write_all(format!("{head}\n").as_bytes()).await?;
    stream.write_all(&bytes).await?;
    stream.shutdown().await
}

async fn answer(question: &Value, input: &[u8], place: &Value, world: &World) -> (Value, Vec<u8>) {
    let text = |name: &str| question[name].as_str().unwrap_or_default().to_owned();
    match text("ask").as_str() {
        "place" => (place.clone(), Vec::new()),
        "host-key" => match world.host_key(&text("address")).await {
            Ok(key) => (json!({ "key": key }), Vec::new()),
            Err(error) => (no_shell(&error), Vec::new()),
        },
        "shell" => {
            let login = Login { address: text("address"), key: text("key") };
            match world.shell(&login, &text("commands"), input).await {
                Ok(output) => (json!({ "status": output.status, "stderr": output.stderr }), output.stdout),
                Err(error) => (no_shell(&error), Vec::new()),
            }
        }
        "web" => {
            let mut request = Request::new(&text("method"), text("url"));
            for header in question["headers"].as_array().into_iter().flatten() {
                request =
                    request.header(header[0].as_str().unwrap_or_default(), header[1].as_str().unwrap_or_default());
            }
            match world.web(request).await {
                Ok(response) => (json!({ "status": response.status }), response.body),
                Err(lost) => (json!({ "lost": lost.reason }), Vec::new()),
            }
        }
        other => (json!({ "lost": format!("nobody knows how to answer `{other}`") }), Vec::new()),
    }
}

fn no_shell(error: &ShellError) -> Value {
    json!({ "shell": match error {
        ShellError::NoRoute => "no-route",
        ShellError::Refused => "refused",
        ShellError::Denied => "denied",
        ShellError::Dropped => "dropped",
    } })
}

/// A line of JSON, and the bytes after it.
fn split(mut bytes: Vec<u8>) -> Option<(Value, Vec<u8>)> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let rest = bytes.split_off(end + 1);
    let head: Value = serde_json::from_slice(&bytes).ok()?;
    head.is_object().then_some((head, rest))
}
