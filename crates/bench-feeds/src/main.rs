//! Feeds to measure a reader with, and a loader to measure its pages with.
//!
//! ```text
//! bench-feeds serve --feeds 1000 --port 8099    synthetic feeds on 127.2.0.1 to 127.2.0.100
//! bench-feeds load http://127.0.0.1:3000/unread 200
//! bench-feeds get http://127.2.0.1:8099/_ctl/stats
//! ```
//!
//! What a feed says is a function of the seed, the feed's number and the entry's number, so two readers fed from here see
//! the same bytes. Each address counts as a host of its own: a reader that is polite to hosts is not punished for it.

mod article;
mod corpus;
mod dates;
mod document;
mod http;
mod icon;
mod load;
mod options;
mod pages;
mod prose;
mod random;
mod stats;

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use tokio::net::TcpListener;

use options::{Command, ServeOptions};

fn main() -> ExitCode {
    let command = match Command::parse(std::env::args().skip(1)) {
        Ok(command) => command,
        Err(problem) => {
            eprintln!("error: {problem}\n\n{}", options::USAGE);
            return ExitCode::from(64);
        }
    };
    let runtime = tokio::runtime::Runtime::new().expect("the system gives threads to a runtime");
    let outcome = match command {
        Command::Help => {
            println!("{}", options::USAGE);
            Ok(())
        }
        Command::Serve(options) => runtime.block_on(serve(options)),
        Command::Get { url } => runtime.block_on(load::get(&url)),
        Command::Post { url, form } => runtime.block_on(load::post(&url, &form)),
        Command::Load { url, count, options } => runtime.block_on(load::run(&url, count, &options)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: ServeOptions) -> Result<(), String> {
    let started = Instant::now();
    let site = Arc::new(pages::Site::new(options, midnight()));
    for host in 0..options.hosts {
        let address = SocketAddr::from((host_address(host), options.port));
        let listener =
            TcpListener::bind(address).await.map_err(|error| format!("`{address}` cannot be bound: {error}"))?;
        let site = Arc::clone(&site);
        tokio::spawn(http::accept(listener, site));
    }
    let corpus = site.corpus();
    println!(
        "ready: {} feeds, {} entries, {:.1} MB as text, {:.1} MB compressed, built in {:.1} s",
        options.feeds,
        corpus.shown(),
        corpus.text_bytes() as f64 / 1e6,
        corpus.compressed_bytes() as f64 / 1e6,
        started.elapsed().as_secs_f64()
    );
    tokio::signal::ctrl_c().await.map_err(|error| format!("no signal can be waited for: {error}"))
}

/// 127.2.0.1, 127.2.0.2 and so on. All of 127/8 is loopback on Linux without any setting up.
pub(crate) fn host_address(host: u32) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(Ipv4Addr::new(127, 2, 0, 1)) + host)
}

/// The start of today, so that the newest entries are a few days old whenever the benchmark runs.
fn midnight() -> u64 {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    seconds - seconds % 86_400
}
