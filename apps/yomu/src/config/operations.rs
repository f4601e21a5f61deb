//! Settings for whoever runs the program: the shared cache, the numbers, the log.

use std::net::SocketAddr;

use tracing_subscriber::EnvFilter;

use super::{ConfigError, malformed};
use crate::cache::ValkeyAddress;

pub(super) fn valkey(variable: &impl Fn(&str) -> Option<String>) -> Result<Option<ValkeyAddress>, ConfigError> {
    let expected = "an address such as `redis://:password@host:6379/0`, or `rediss://` for TLS";
    variable("VALKEY_URL")
        .map(|url| ValkeyAddress::parse(&url).map_err(|_| malformed("VALKEY_URL", expected)))
        .transpose()
}

pub(super) fn metrics(variable: &impl Fn(&str) -> Option<String>) -> Result<Option<SocketAddr>, ConfigError> {
    let expected = "an address and a port such as `127.0.0.1:9090` or `[::]:9090`";
    variable("YOMU_METRICS_ADDRESS")
        .map(|text| text.trim().parse().map_err(|_| malformed("YOMU_METRICS_ADDRESS", expected)))
        .transpose()
}

/// A level alone is meant for this program. Its libraries write whole requests at the lowest levels, with cookies and
/// passwords; whoever wants that names them, as in `debug,hyper=trace`.
pub(super) fn log_level(variable: &impl Fn(&str) -> Option<String>) -> Result<String, ConfigError> {
    let text = variable("LOG_LEVEL").unwrap_or_else(|| "info".to_owned());
    let directives = if text.contains(['=', ',']) { text } else { format!("warn,yomu={text}") };
    let known = EnvFilter::try_new(&directives);
    known.map_err(|_| {
        malformed("LOG_LEVEL", "a level such as `info` or `debug`, or directives such as `info,hyper=debug`")
    })?;
    Ok(directives)
}

#[cfg(test)]
mod tests {
    use yomu_model::secret::Secret;

    use super::*;

    const HIDDEN: &str = "hunter2";

    fn given(value: &str) -> impl Fn(&str) -> Option<String> {
        let value = Some(value.to_owned()).filter(|value| !value.is_empty());
        move |_: &str| value.clone()
    }

    #[test]
    fn valkey_and_the_numbers_are_where_they_are_said_to_be() {
        assert!(valkey(&given("")).unwrap().is_none() && metrics(&given("")).unwrap().is_none());
        let address = valkey(&given("redis://:hunter2@cache.example")).unwrap();
        assert!(address.is_some() && !format!("{address:?}").contains(Secret::new(HIDDEN).expose()));
        assert_eq!(metrics(&given("[::]:9090")).unwrap().unwrap().port(), 9090);
    }

    #[test]
    fn a_bad_value_names_its_variable_and_is_not_repeated() {
        for (name, error) in [
            ("VALKEY_URL", valkey(&given(HIDDEN)).unwrap_err()),
            ("YOMU_METRICS_ADDRESS", metrics(&given("9090")).unwrap_err()),
            ("LOG_LEVEL", log_level(&given("loud")).unwrap_err()),
        ] {
            let error = error.to_string();
            assert!(error.starts_with(&format!("the environment variable `{name}` is not ")), "{error}");
            assert!(!error.contains(HIDDEN), "{error}");
        }
    }

    #[test]
    fn a_level_alone_is_not_for_libraries() {
        assert_eq!(log_level(&given("")).unwrap(), "warn,yomu=info");
        assert_eq!(log_level(&given("trace")).unwrap(), "warn,yomu=trace");
        assert_eq!(log_level(&given("debug,hyper=trace")).unwrap(), "debug,hyper=trace");
    }
}
