//! The `yomu` command.

use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser as _;
use clap::error::ErrorKind;
use tracing_subscriber::EnvFilter;
use yomu::commands::{Arguments, CommandError, Exit, run};
use yomu::config::Config;

/// glibc's allocator gives the memory of a large refresh back (28 MiB at the peak of fetching a thousand feeds, where
/// mimalloc holds 77 and more), so only musl, whose own is slow under threads, gets another.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            return if asked { Exit::Done.into() } else { Exit::Usage.into() };
        }
    };
    match start(arguments) {
        Ok(exit) => exit.into(),
        Err(error) => {
            eprintln!("error: {error}");
            Exit::Failed.into()
        }
    }
}

fn start(arguments: Arguments) -> Result<Exit, CommandError> {
    let config = Config::from_env()?;
    log(&config, arguments.is_server());
    // Every TLS connection of the program uses ring; a second call would mean that something else chose before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(CommandError::Serve)?;
    let ended = runtime.block_on(run(arguments, config));
    // Work on other threads that is still at it when everything is over is left, not waited for.
    runtime.shutdown_timeout(Duration::from_millis(500));
    ended
}

/// Logs go to standard error. A command says what it has to say itself, so it logs only errors unless asked for more.
fn log(config: &Config, is_server: bool) {
    let level = if is_server || std::env::var_os("LOG_LEVEL").is_some() { config.log_level.as_str() } else { "error" };
    let filter = EnvFilter::try_new(level).unwrap_or_else(|_| EnvFilter::new("info"));
    // Colours are for people at a terminal (https://no-color.org); in a file or a collector of logs they are noise.
    let has_colors =
        std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let logger = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(has_colors);
    if config.log_json {
        // One span at most, that of the request.
        logger.json().flatten_event(true).with_span_list(false).init();
    } else {
        logger.compact().init();
    }
}
