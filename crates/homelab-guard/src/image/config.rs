//! The configuration of an image, as the OCI and Docker formats have it: both use the same names.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::finding::{Location, Source};

/// What rules ask of a configuration.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Whom the image runs as; empty for root.
    pub user: String,
    /// Variables in order.
    pub env: Vec<Setting>,
    /// Labels by name.
    pub labels: Vec<Setting>,
    /// `ENTRYPOINT` and `CMD`, one after the other.
    pub command: Vec<String>,
    /// Ports with their protocol.
    pub exposed_ports: Vec<String>,
    /// The instructions that made it.
    pub history: Vec<Step>,
    /// The digests of the unpacked layers, from the base up.
    pub layer_digests: Vec<String>,
    text: String,
}

/// A name and a value, and their line in [`Config::text`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
    /// The line.
    pub line: u32,
}

/// One instruction of the history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// As the builder wrote it down.
    pub created_by: String,
    /// Its line in [`Config::text`].
    pub line: u32,
}

/// Why a configuration could not be read.
#[derive(Debug)]
pub struct ConfigProblem(serde_json::Error);

impl fmt::Display for ConfigProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the image's configuration is no JSON of the expected form: {}", self.0)
    }
}

impl std::error::Error for ConfigProblem {}

#[derive(Deserialize)]
struct Wire {
    #[serde(default)]
    config: Option<WireConfig>,
    #[serde(default)]
    history: Option<Vec<WireStep>>,
    #[serde(default)]
    rootfs: Option<WireRoot>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct WireConfig {
    user: Option<String>,
    env: Option<Vec<String>>,
    labels: Option<BTreeMap<String, String>>,
    entrypoint: Option<Vec<String>>,
    cmd: Option<Vec<String>>,
    exposed_ports: Option<BTreeMap<String, serde::de::IgnoredAny>>,
}

#[derive(Deserialize)]
struct WireStep {
    #[serde(default)]
    created_by: Option<String>,
}

#[derive(Deserialize)]
struct WireRoot {
    #[serde(default)]
    diff_ids: Vec<String>,
}

impl Config {
    /// Reads the JSON of a configuration.
    pub fn parse(json: &[u8]) -> Result<Self, ConfigProblem> {
        let wire: Wire = serde_json::from_slice(json).map_err(ConfigProblem)?;
        let wire_config = wire.config.unwrap_or_default();
        let mut config = Self {
            user: wire_config.user.unwrap_or_default(),
            exposed_ports: wire_config.exposed_ports.unwrap_or_default().into_keys().collect(),
            layer_digests: wire.rootfs.map(|root| root.diff_ids).unwrap_or_default(),
            ..Self::default()
        };
        let mut text = Lines::default();
        for variable in wire_config.env.unwrap_or_default() {
            let (name, value) = variable.split_once('=').unwrap_or((&variable, ""));
            let line = text.push(&format!("{name}={value}"));
            config.env.push(Setting { name: name.to_owned(), value: value.to_owned(), line });
        }
        for (name, value) in wire_config.labels.unwrap_or_default() {
            let line = text.push(&format!("LABEL {name}={value}"));
            config.labels.push(Setting { name, value, line });
        }
        config.command = wire_config.entrypoint.into_iter().chain(wire_config.cmd).flatten().collect();
        for word in &config.command {
            text.push(word);
        }
        for created_by in wire.history.unwrap_or_default().into_iter().filter_map(|step| step.created_by) {
            let line = text.push(&created_by);
            config.history.push(Step { created_by, line });
        }
        config.text = text.text;
        Ok(config)
    }

    /// Variables, labels, command and history as lines, for whoever looks for secrets in texts.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A line of that text as a place.
    pub fn location(line: u32) -> Location {
        let source = Source::ImageConfig;
        Location { source, path: "image configuration".to_owned(), line, column: 0, width: 0 }
    }
}

#[derive(Default)]
struct Lines {
    text: String,
    count: u32,
}

impl Lines {
    /// Adds what may be several lines, and gives the number of the first.
    fn push(&mut self, line: &str) -> u32 {
        let first = self.count.saturating_add(1);
        self.text.push_str(line);
        self.text.push('\n');
        self.count = first.saturating_add(u32::try_from(line.matches('\n').count()).unwrap_or(u32::MAX));
        first
    }
}
