//! The command line: what can be typed, and what each command does. `run` is its table of contents.

mod add;
mod background;
mod export;
mod health;
mod import;
mod migrate_to;
mod new_file;
mod open;
mod outcome;
mod progress;
mod refresh;
mod search;
mod serve;
mod worker;

use std::path::PathBuf;

use clap::{CommandFactory as _, Parser, Subcommand};

pub use outcome::{CommandError, Exit};

use crate::config::Config;

/// Feeds and saved pages in one quiet list.
#[derive(Debug, Parser)]
#[command(name = "yomu", version, about, long_about = None, after_help = AFTER_HELP)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

const AFTER_HELP: &str = "\
Examples:
  yomu                               start the reader on http://localhost:3000
  yomu add https://example.com       subscribe to the feed of a site
  yomu import feeds.opml             bring your feeds from another reader
  yomu import pocket.csv             or the pages that you saved elsewhere
  yomu search 'rust feed:news'       find entries

Environment:
  YOMU_DATA            folder for the data (default: the platform's data folder)
  DATABASE_URL         postgres://user:password@host/database instead of SQLite
  VALKEY_URL           redis://:password@host:6379/0, or rediss:// for TLS: shared by several processes
  PORT, BIND           where the reader listens (default: 3000 on 127.0.0.1)
  BASE_URL             the address under which people reach it
  GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, SESSION_SECRET
                       let people sign in; docs/yomu/sign-in.md says how
  YOMU_ALLOW_NETWORKS  private networks that may be fetched from, such as 192.168.1.0/24
  SSL_CERT_FILE        certificate authorities of your own, in PEM form
  YOMU_METRICS_ADDRESS where numbers for Prometheus are served, such as 127.0.0.1:9090
  LOG_LEVEL, LOG_FORMAT  such as `info` or `debug`, and `text` or `json`

Exit codes: 0 done, 1 failed, 2 nothing found, 64 wrong usage";

const IMPORT_HELP: &str = "\
Files, known by their content:
  OPML                          feeds and folders of another reader
  Pocket, Instapaper            pages as CSV, or Pocket's older HTML
  Omnivore, wallabag, Readeck   pages as JSON
  bookmarks                     pages as the HTML file that every browser writes
  yomu export --all             everything from another Yomu

State, tags, dates and highlights come along. What is there already stays, so a file may be imported twice.

Examples:
  yomu import feeds.opml
  yomu import pocket.csv
  yomu import bookmarks.html --user ann
  curl -s https://example.com/feeds.opml | yomu import -

Exit codes: 0 imported, 1 the file cannot be read or is of no known kind, 2 nothing in it could be used";

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the reader (what happens without a command)
    Serve {
        /// Only serve pages; feeds are refreshed by `yomu worker`
        #[arg(long)]
        no_worker: bool,
    },
    /// Only refresh feeds, beside servers that run with `--no-worker`
    Worker,
    /// Ask the reader that runs here with the same settings whether it is ready
    #[command(after_help = "Ends with 0 when it is, and else says why not and ends with 1. Example:\n  yomu health")]
    Health,
    /// Fetch what is due, and stop
    #[command(after_help = "Examples:\n  yomu refresh\n  yomu refresh --all --format json")]
    Refresh {
        /// Fetch every feed, due or not
        #[arg(long)]
        all: bool,
        /// How to print the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Subscribe to a feed or to the feed of a site; or save a page
    #[command(
        after_help = "Examples:\n  yomu add https://example.com/blog --folder Blogs\n  yomu add --page https://example.com/essay"
    )]
    Add {
        /// The address
        url: String,
        /// Put the feed into this folder
        #[arg(long)]
        folder: Option<String>,
        /// Save the page for later instead of subscribing
        #[arg(long, conflicts_with = "folder")]
        page: bool,
    },
    /// Bring feeds or pages from elsewhere, or take in an archive of `export --all`
    #[command(after_help = IMPORT_HELP)]
    Import {
        /// The file; `-` for standard input
        file: PathBuf,
        /// For whom, where several people read (default: the first)
        #[arg(long)]
        user: Option<String>,
    },
    /// Write the subscriptions as OPML, or everything as an archive
    #[command(after_help = "Examples:\n  yomu export > feeds.opml\n  yomu export --all --output everything.jsonl")]
    Export {
        /// Write to this file instead of standard output
        #[arg(long, short)]
        output: Option<PathBuf>,
        /// Everything: folders, feeds with their passwords, entries, marks, stars, saved pages
        #[arg(long)]
        all: bool,
        /// Whose, where several people read (default: the first)
        #[arg(long)]
        user: Option<String>,
    },
    /// Move everything from SQLite to a new PostgreSQL database
    #[command(
        after_help = "Stop the reader first. Example:\n  yomu migrate-to postgres://yomu:secret@db.example/yomu\n\nThe address may be in YOMU_MIGRATE_TO instead, where no list of processes shows it."
    )]
    MigrateTo {
        /// The address of the new database
        #[arg(env = "YOMU_MIGRATE_TO", hide_env_values = true)]
        url: String,
    },
    /// Find entries
    #[command(
        after_help = "Examples:\n  yomu search 東京\n  yomu search '\"slow software\" is:starred before:2026-01-01'\n  yomu search --format json rust"
    )]
    Search {
        /// Words, "phrases", -without (after `--` or in quotes), feed:, folder:, author:, title:, is:starred, before:, after:
        #[arg(required = true)]
        words: Vec<String>,
        /// How many entries at the most
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
        /// How to print the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Print a completion script for a shell
    #[command(after_help = "Example:\n  yomu completions bash > ~/.local/share/bash-completion/completions/yomu")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
}

/// Runs a command to its end.
///
/// # Errors
/// What kept it from ending well; `main` prints it.
pub async fn run(arguments: Arguments, config: Config) -> Result<Exit, CommandError> {
    match arguments.command.unwrap_or(Command::Serve { no_worker: false }) {
        Command::Serve { no_worker } => serve::serve(config, !no_worker).await,
        Command::Worker => worker::worker(config).await,
        Command::Health => Ok(health::health(&config)),
        Command::Refresh { all, format } => refresh::refresh(config, all, format).await,
        Command::Add { url, folder, page } => add::add(config, &url, folder.as_deref(), page).await,
        Command::Import { file, user } => import::import(config, &file, user.as_deref()).await,
        Command::Export { output, all, user } => export::export(config, output.as_deref(), all, user.as_deref()).await,
        Command::MigrateTo { url } => migrate_to::migrate_to(config, &url).await,
        Command::Search { words, limit, format } => search::search(config, &words, limit, format).await,
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "yomu", &mut std::io::stdout());
            Ok(Exit::Done)
        }
    }
}

impl Arguments {
    /// Whether log lines belong on the terminal: a server's do, a command's would disturb its output.
    #[must_use]
    pub fn is_server(&self) -> bool {
        matches!(self.command, None | Some(Command::Serve { .. } | Command::Worker))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
