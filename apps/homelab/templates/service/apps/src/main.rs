//! «name»: a first version that answers, to be replaced by your own.
//!
//! It shows what the cluster expects of a service: settings and secrets from the environment, `/healthz` and `/readyz`, and
//! one clear sentence when something is missing.

use std::env;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

/// What must be in the environment. Values are never printed.
const NEEDED: &[&str] = &[
%% for key in secret_keys
    "«key.name»",
%% endfor
];

/// More than any health check or browser sends before the body.
const REQUEST_BYTES_MAX: u64 = 16 * 1024;

/// A client that says nothing holds a place for this long.
const PATIENCE: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> Result<(), String> {
    let missing: Vec<&str> =
        NEEDED.iter().copied().filter(|name| env::var_os(name).is_none_or(|value| value.is_empty())).collect();
    if !missing.is_empty() {
        return Err(format!("not set in the environment: {}", missing.join(", ")));
    }
    let port: u16 = match env::var("PORT") {
        Ok(port) => port.parse().map_err(|_| format!("PORT must be a number up to 65535, not `{port}`"))?,
        Err(_) => «port»,
    };
    let listener = TcpListener::bind(("0.0.0.0", port)).map_err(|error| format!("port {port} is not free: {error}"))?;
    eprintln!("listening on port {port}");
    for stream in listener.incoming().flatten() {
        // A client that goes away in the middle is no reason to stop.
        let _ = std::thread::Builder::new().spawn(move || answer(stream));
    }
    Ok(())
}

fn answer(mut stream: TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut lines = BufReader::new(stream.try_clone()?.take(REQUEST_BYTES_MAX)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The headers are read to their end, or the client would see its connection reset.
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let path = request.split(' ').nth(1).unwrap_or_default();
    let (status, body) = match path {
        "/healthz" | "/readyz" => ("200 OK", "ok\n"),
        "/" => ("200 OK", "Hello from «name».\n"),
        _ => ("404 Not Found", "There is nothing here.\n"),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
