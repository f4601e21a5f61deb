//! `homelab cost`: what a month costs, at home and elsewhere.

use std::path::PathBuf;
use std::str::FromStr as _;

use clap::Args;
use homelab_plan::bytes::Bytes;
use homelab_plan::config::{Day, Homelab, Money, Watts};
use homelab_plan::cost::{Prices, Set, compare, svg};
use homelab_plan::decimal::Decimal;
use serde_json::json;

use super::picture;
use crate::cluster_file;
use crate::exit::Exit;
use crate::report;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// What a month costs: this home's electricity, and the same services elsewhere
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  homelab cost
  homelab cost --services 5 --memory 512Mi
  homelab cost --watts 12 --yen-per-kwh 36.40
  homelab cost --prices my-prices.toml --svg cost.svg

Nothing is looked up: each price has its day and its source (`--sources`), and old ones are pointed out.")]
pub(crate) struct Cost {
    /// How many services
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=1000))]
    services: u32,
    /// Memory of each [default: that of homelab.toml]
    #[arg(long, value_name = "SIZE")]
    memory: Option<String>,
    /// What the host draws while little happens
    #[arg(long, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    watts: Option<u32>,
    /// The price of a kilowatt hour
    #[arg(long, value_name = "YEN")]
    yen_per_kwh: Option<String>,
    /// Prices of your own, in the form of the built-in ones
    #[arg(long, value_name = "FILE")]
    prices: Option<PathBuf>,
    /// Show where each price was read
    #[arg(long)]
    sources: bool,
    /// Write a picture
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// The cluster's homelab.toml [default: the next one upwards, or else the one that `homelab init` writes]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

impl Cost {
    /// Compares.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let mut homelab = cluster_file::find_or_usual(self.cluster.as_deref(), terminal)?;
        self.correct(&mut homelab)?;
        let memory = match &self.memory {
            Some(text) => Bytes::from_str(text)
                .map_err(|problem| bad("the value of `--memory`", text, format!("it {problem}")))?,
            None => homelab.services.memory,
        };
        let set = Set::of(&homelab, self.services, memory);
        let today = Day(jiff::Zoned::now().date());
        let comparison = compare(&homelab, &set, &self.prices()?, today);
        if let Some(path) = &self.svg {
            picture::write(path, &svg(&comparison), terminal)?;
        }
        terminal.data(&match terminal.format {
            Format::Human => report::cost::words(&comparison, self.sources, terminal.out),
            _ => json!({ "version": 1, "cost": comparison }).to_string(),
        });
        Ok(Exit::Done)
    }

    /// What the options know better than the file.
    fn correct(&self, homelab: &mut Homelab) -> Result<(), Trouble> {
        if let Some(watts) = self.watts.and_then(Watts::new) {
            homelab.electricity.watts_idle = watts;
            homelab.electricity.watts_loaded = homelab.electricity.watts_loaded.max(watts);
        }
        if let Some(text) = &self.yen_per_kwh {
            let yen = Decimal::from_str(text).ok().filter(|yen| yen.millionths() >= 0);
            let yen =
                yen.ok_or_else(|| bad("the value of `--yen-per-kwh`", text, "it is no price such as `36.40`".into()))?;
            homelab.electricity.yen_per_kwh = Money(yen);
        }
        Ok(())
    }

    fn prices(&self) -> Result<Prices, Trouble> {
        let bad_file = |path: PathBuf| move |problems| Trouble::BadConfig { path, problems: Box::new(problems) };
        let prices = Prices::built_in().map_err(bad_file("the built-in prices".into()))?;
        match &self.prices {
            Some(path) => prices.with(&cluster_file::read(path)?).map_err(bad_file(path.clone())),
            None => Ok(prices),
        }
    }
}

fn bad(what: &'static str, value: &str, reason: String) -> Trouble {
    Trouble::BadValue { value: value.into(), what, reason, hint: "see `homelab cost --help` for examples".into() }
}
