//! What the environment says: each variable is read once, at start, and a bad value is one clear sentence.

mod data_dir;
mod operations;
mod sign_in;

pub use sign_in::{AllowedPeople, SignInConfig};

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use ipnet::IpNet;
use url::Url;
use yomu_model::secret::Secret;
use yomu_store::StoreConfig;

use crate::cache::ValkeyAddress;

/// All settings of the program.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the data is (`DATABASE_URL`, or a SQLite file in `YOMU_DATA`).
    pub store: StoreConfig,
    /// Where a SQLite file would be (`YOMU_DATA`), also when the data is elsewhere.
    pub data_folder: Option<PathBuf>,
    /// The cache that several processes share (`VALKEY_URL`); in memory without.
    pub valkey: Option<ValkeyAddress>,
    /// Where the pages are served (`BIND`, `PORT`).
    pub listen: SocketAddr,
    /// The address under which people reach it (`BASE_URL`); always there when people sign in.
    pub base_url: Option<Url>,
    /// How people sign in; none when the one local user is let in without.
    pub sign_in: Option<SignInConfig>,
    /// The secret behind keyed hashes and sealed cookies (`SESSION_SECRET`); always there when people sign in.
    pub session_secret: Option<Secret>,
    /// Proxies whose word about the address of a client is believed (`YOMU_TRUSTED_PROXIES`).
    pub trusted_proxies: Vec<IpNet>,
    /// Private networks that may be fetched from (`YOMU_ALLOW_NETWORKS`).
    pub allowed_networks: Vec<IpNet>,
    /// Whether the pictures of articles come through the program (`YOMU_IMAGE_PROXY`).
    pub image_proxy: bool,
    /// Certificate authorities beside those in the binary (`SSL_CERT_FILE`), in PEM form.
    pub ca_file: Option<PathBuf>,
    /// Where numbers for Prometheus are served (`YOMU_METRICS_ADDRESS`).
    pub metrics: Option<SocketAddr>,
    /// What is logged (`LOG_LEVEL`), in the syntax of `tracing_subscriber::EnvFilter`.
    pub log_level: String,
    /// Whether log lines are JSON (`LOG_FORMAT=json`).
    pub log_json: bool,
}

/// A variable whose value cannot be used. The value itself is never shown: it may be a secret in the wrong place.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ConfigError {
    /// The value is not of the expected form.
    #[error("the environment variable `{variable}` is not {expected}")]
    Malformed {
        /// The variable.
        variable: &'static str,
        /// What it should be, with an example.
        expected: &'static str,
    },
    /// A value without which another makes no sense.
    #[error("the environment variable `{variable}` is missing: {because}")]
    Missing {
        /// The variable.
        variable: &'static str,
        /// Why it is needed.
        because: &'static str,
    },
    /// The platform has no place for data.
    #[error("no folder for data was found; set `YOMU_DATA` to a folder that yomu may write to")]
    NoDataFolder,
    /// Everybody who reaches the address would be signed in.
    #[error(
        "`BIND` is not a loopback address, and without sign-in everybody who reaches it could read and change everything; \
         set `GOOGLE_CLIENT_ID` and `GOOGLE_CLIENT_SECRET` (see docs/yomu/sign-in.md), or leave `BIND` unset"
    )]
    OpenToAll,
}

impl Config {
    /// Reads the settings of the process.
    ///
    /// # Errors
    /// The first variable that cannot be used.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_variables(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()))
    }

    fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let listen = SocketAddr::new(bind(&variable)?, port(&variable)?);
        let base_url = base_url(&variable)?;
        let sign_in = sign_in::sign_in(&variable)?;
        if sign_in.is_none() && !listen.ip().is_loopback() {
            return Err(ConfigError::OpenToAll);
        }
        Ok(Self {
            store: store(&variable)?,
            data_folder: data_folder(&variable).ok(),
            listen,
            session_secret: sign_in::session_secret(&variable, sign_in.is_some())?,
            base_url: match &sign_in {
                Some(_) => Some(sign_in::base_url(base_url, listen.ip(), listen.port())?),
                None => base_url,
            },
            trusted_proxies: networks(&variable, "YOMU_TRUSTED_PROXIES")?,
            allowed_networks: networks(&variable, "YOMU_ALLOW_NETWORKS")?,
            image_proxy: image_proxy(&variable, sign_in.is_some())?,
            ca_file: variable("SSL_CERT_FILE").map(PathBuf::from),
            valkey: operations::valkey(&variable)?,
            metrics: operations::metrics(&variable)?,
            log_level: operations::log_level(&variable)?,
            sign_in,
            log_json: match variable("LOG_FORMAT").as_deref() {
                None | Some("text") => false,
                Some("json") => true,
                Some(_) => return Err(malformed("LOG_FORMAT", "`text` or `json`")),
            },
        })
    }
}

fn malformed(variable: &'static str, expected: &'static str) -> ConfigError {
    ConfigError::Malformed { variable, expected }
}

fn store(variable: &impl Fn(&str) -> Option<String>) -> Result<StoreConfig, ConfigError> {
    match variable("DATABASE_URL") {
        None => Ok(StoreConfig::Sqlite(data_folder(variable)?.join("yomu.sqlite3"))),
        Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
            let authorities = variable("SSL_CERT_FILE").filter(|_| !url.contains("sslrootcert="));
            Ok(StoreConfig::Postgres(Secret::new(authorities.map_or(url.clone(), |path| trusting(&url, &path)))))
        }
        Some(url) => match url.strip_prefix("sqlite:") {
            Some(path) if !path.is_empty() => Ok(StoreConfig::Sqlite(PathBuf::from(path))),
            _ => Err(malformed(
                "DATABASE_URL",
                "an address such as `postgres://user:password@host/database` or `sqlite:/path/to/file`",
            )),
        },
    }
}

/// The address of a database whose certificate may come from an authority of the operator's too.
fn trusting(address: &str, authorities: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
    url.query_pairs_mut().append_pair("sslrootcert", authorities);
    url.into()
}

fn data_folder(variable: &impl Fn(&str) -> Option<String>) -> Result<PathBuf, ConfigError> {
    match variable("YOMU_DATA") {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => data_dir::platform_data_folder().ok_or(ConfigError::NoDataFolder),
    }
}

fn bind(variable: &impl Fn(&str) -> Option<String>) -> Result<IpAddr, ConfigError> {
    let Some(text) = variable("BIND") else { return Ok(IpAddr::V4(Ipv4Addr::LOCALHOST)) };
    text.trim().parse().map_err(|_| malformed("BIND", "an IP address such as `127.0.0.1`"))
}

fn port(variable: &impl Fn(&str) -> Option<String>) -> Result<u16, ConfigError> {
    match variable("PORT") {
        None => Ok(3000),
        Some(text) => text.parse().map_err(|_| malformed("PORT", "a number from 0 to 65535, such as `3000`")),
    }
}

fn base_url(variable: &impl Fn(&str) -> Option<String>) -> Result<Option<Url>, ConfigError> {
    let expected = "an address such as `https://yomu.example.org`";
    let Some(text) = variable("BASE_URL") else { return Ok(None) };
    let url = Url::parse(&text).map_err(|_| malformed("BASE_URL", expected))?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() {
        Ok(Some(url))
    } else {
        Err(malformed("BASE_URL", expected))
    }
}

/// Where people come from elsewhere, the address of a reader is worth hiding. Where only this machine can reach the
/// program, both have the same address, and a detour would hide nothing.
fn image_proxy(variable: &impl Fn(&str) -> Option<String>, from_elsewhere: bool) -> Result<bool, ConfigError> {
    match variable("YOMU_IMAGE_PROXY").as_deref() {
        None => Ok(from_elsewhere),
        Some("on") => Ok(true),
        Some("off") => Ok(false),
        Some(_) => Err(malformed("YOMU_IMAGE_PROXY", "`on` or `off`")),
    }
}

fn networks(variable: &impl Fn(&str) -> Option<String>, name: &'static str) -> Result<Vec<IpNet>, ConfigError> {
    let expected = "a list of networks such as `192.168.1.0/24,10.0.0.7/32`";
    let text = variable(name).unwrap_or_default();
    let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().map_err(|_| malformed(name, expected))).collect()
}

#[cfg(test)]
mod tests;
