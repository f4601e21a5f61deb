//! How a command ends: one table of exit codes, and one place that words failures.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::app::ImageProxyError;
use crate::config::ConfigError;
use crate::fetch::FetchSetupError;
use crate::trouble::ActionError;
use yomu_store::StoreError;

/// The exit codes of all commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// It was done.
    Done = 0,
    /// It failed.
    Failed = 1,
    /// It went well, and there is nothing: no entry was found, some feeds could not be fetched.
    Nothing = 2,
    /// It was called wrongly (`EX_USAGE` of sysexits.h).
    Usage = 64,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The environment.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The HTTP client.
    #[error(transparent)]
    FetchSetup(#[from] FetchSetupError),
    /// The way by which pictures come.
    #[error(transparent)]
    ImageProxy(#[from] ImageProxyError),
    /// The action itself.
    #[error(transparent)]
    Action(#[from] ActionError),
    /// Another program listens there.
    #[error(
        "port {port} on {address} is taken: {reason}\n\nhint: is yomu running already? `PORT=3001 yomu` takes another port"
    )]
    Listen {
        /// The address.
        address: std::net::IpAddr,
        /// The port.
        port: u16,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The server ended.
    #[error("the server stopped: {0}")]
    Serve(std::io::Error),
    /// A file cannot be read or written.
    #[error("`{}` cannot be {verb}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// `read` or `written`.
        verb: &'static str,
        /// What the system said.
        reason: std::io::Error,
    },
    /// A page has several feeds.
    #[error("{address} has several feeds; choose one of them:\n{list}")]
    Choose {
        /// The page.
        address: String,
        /// One line a feed.
        list: String,
    },
}
