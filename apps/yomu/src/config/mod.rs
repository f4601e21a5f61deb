//! What the environment says: each variable is read once, at start, and a bad value is one clear sentence.

mod data_dir;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use ipnet::IpNet;
use url::Url;
use yomu_model::secret::Secret;
use yomu_store::StoreConfig;

/// All settings of the program.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the data is (`DATABASE_URL`, or a SQLite file in `YOMU_DATA`).
    pub store: StoreConfig,
    /// Where the pages are served (`BIND`, `PORT`).
    pub listen: SocketAddr,
    /// The address under which people reach it (`BASE_URL`).
    pub base_url: Option<Url>,
    /// Private networks that may be fetched from (`YOMU_ALLOW_NETWORKS`).
    pub allowed_networks: Vec<IpNet>,
    /// Certificate authorities beside those in the binary (`SSL_CERT_FILE`), in PEM form.
    pub ca_file: Option<PathBuf>,
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
    /// The platform has no place for data.
    #[error("no folder for data was found; set `YOMU_DATA` to a folder that yomu may write to")]
    NoDataFolder,
    /// Everybody who reaches the address would be signed in.
    #[error(
        "`BIND` is not a loopback address, and without sign-in everybody who reaches it could read and change everything; \
         leave `BIND` unset, and put a proxy with sign-in before it"
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
        Ok(Self {
            store: store(&variable)?,
            listen: SocketAddr::new(bind(&variable)?, port(&variable)?),
            base_url: base_url(&variable)?,
            allowed_networks: networks(&variable)?,
            ca_file: variable("SSL_CERT_FILE").map(PathBuf::from),
            log_level: variable("LOG_LEVEL").unwrap_or_else(|| "info".to_owned()),
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
            Ok(StoreConfig::Postgres(Secret::new(url)))
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

fn data_folder(variable: &impl Fn(&str) -> Option<String>) -> Result<PathBuf, ConfigError> {
    match variable("YOMU_DATA") {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => data_dir::platform_data_folder().ok_or(ConfigError::NoDataFolder),
    }
}

/// Until there is sign-in, only the machine's own user may come in.
fn bind(variable: &impl Fn(&str) -> Option<String>) -> Result<IpAddr, ConfigError> {
    let Some(text) = variable("BIND") else { return Ok(IpAddr::V4(Ipv4Addr::LOCALHOST)) };
    let address: IpAddr = text.parse().map_err(|_| malformed("BIND", "an IP address such as `127.0.0.1`"))?;
    if address.is_loopback() { Ok(address) } else { Err(ConfigError::OpenToAll) }
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

fn networks(variable: &impl Fn(&str) -> Option<String>) -> Result<Vec<IpNet>, ConfigError> {
    let expected = "a list of networks such as `192.168.1.0/24,10.0.0.7/32`";
    let text = variable("YOMU_ALLOW_NETWORKS").unwrap_or_default();
    let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().map_err(|_| malformed("YOMU_ALLOW_NETWORKS", expected))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::from_variables(|name| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn with_nothing_set_it_is_sqlite_on_loopback() {
        let config = config(&[("YOMU_DATA", "/data")]).unwrap();
        assert!(matches!(config.store, StoreConfig::Sqlite(path) if path.as_os_str() == "/data/yomu.sqlite3"));
        assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    }

    #[test]
    fn a_bad_value_names_its_variable_and_keeps_it_secret() {
        let error = config(&[("DATABASE_URL", "mysql://root:hunter2@db/x")]).unwrap_err().to_string();
        assert!(error.contains("DATABASE_URL") && !error.contains("hunter2"), "{error}");
        assert_eq!(
            config(&[("YOMU_DATA", "/d"), ("PORT", "http")]).unwrap_err().to_string(),
            "the environment variable `PORT` is not a number from 0 to 65535, such as `3000`"
        );
    }

    #[test]
    fn nobody_is_let_in_without_sign_in() {
        assert_eq!(config(&[("YOMU_DATA", "/d"), ("BIND", "0.0.0.0")]).unwrap_err(), ConfigError::OpenToAll);
        assert!(config(&[("YOMU_DATA", "/d"), ("BIND", "::1")]).is_ok());
    }

    #[test]
    fn a_password_in_the_database_address_is_never_printed() {
        let config = config(&[("DATABASE_URL", "postgres://yomu:hunter2@db/yomu")]).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
    }

    #[test]
    fn networks_are_a_list() {
        let config = config(&[("YOMU_DATA", "/d"), ("YOMU_ALLOW_NETWORKS", "127.0.0.0/8, 10.0.0.0/8")]).unwrap();
        assert_eq!(config.allowed_networks.len(), 2);
    }
}
