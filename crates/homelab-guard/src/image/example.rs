//! Images out of the examples of rules: `config.json` is the configuration, `attestation.json` a statement beside it, and
//! `0/etc/passwd` a file of the lowest layer.

use super::{Config, Image, Layer, LayerFile, attested_arguments};
use crate::rule::Example;

impl Image {
    /// The image that an example describes. A configuration that cannot be read is an empty one.
    pub fn from_example(example: &Example) -> Self {
        let mut image = Self::default();
        for (path, content) in example.files {
            let content = content.replace('‖', "");
            match *path {
                "config.json" => image.config = Config::parse(content.as_bytes()).unwrap_or_default(),
                "attestation.json" => image.attested_arguments = attested_arguments(content.as_bytes()),
                path => image.add(path, content.len() as u64),
            }
        }
        image
    }

    fn add(&mut self, path: &str, size: u64) {
        let Some((number, name)) = path.split_once('/') else { return };
        let number: usize = number.parse().unwrap_or(0).min(9);
        while self.layers.len() <= number {
            self.layers.push(Layer::new(self.layers.len().to_string()));
        }
        self.layers[number].insert(name, LayerFile { size });
    }
}
