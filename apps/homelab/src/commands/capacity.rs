//! `homelab capacity`: what fits.

use std::path::PathBuf;

use clap::Args;
use homelab_plan::bytes::Bytes;
use homelab_plan::capacity::{Change, RECORD_SIZES, Service, Verdict, capacity, changed, fits, svg};
use homelab_plan::config::Homelab;
use serde_json::json;

use super::picture;
use crate::cluster_file;
use crate::exit::Exit;
use crate::report;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// What fits on the nodes: after reservations and the platform, and with one node lost
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  homelab capacity
  homelab capacity --service 384Mi               does one more fit?
  homelab capacity --service 1Gi --replicas 2
  homelab capacity --add-node                    what if there were another agent?
  homelab capacity --memory k2=8GiB              what if one had more memory?
  homelab capacity --running 512Mi*4 --svg capacity.svg

Exit codes: 0 it fits, 1 it does not, 64 wrong usage.")]
pub(crate) struct Capacity {
    /// Ask for one service of this size
    #[arg(long, value_name = "SIZE")]
    service: Option<String>,
    /// How many replicas of it
    #[arg(long, default_value_t = 1, requires = "service", value_parser = clap::value_parser!(u32).range(1..=1000))]
    replicas: u32,
    /// Services that run already, as SIZE or SIZE*COUNT; may be repeated
    #[arg(long, value_name = "SIZE*COUNT")]
    running: Vec<String>,
    /// What if there were another agent, like the last one or with this much memory?
    #[arg(long, value_name = "SIZE", num_args = 0..=1, default_missing_value = LIKE_THE_LAST)]
    add_node: Vec<String>,
    /// What if a node had this much memory? May be repeated
    #[arg(long, value_name = "NODE=SIZE")]
    memory: Vec<String>,
    /// Write a picture
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// The cluster's homelab.toml [default: the next one upwards, or else the one that `homelab init` writes]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

/// What stands for `--add-node` without a size.
const LIKE_THE_LAST: &str = "like the last one";

impl Capacity {
    /// Counts.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let homelab = cluster_file::find_or_usual(self.cluster.as_deref(), terminal)?;
        let homelab = self.what_if(&homelab)?;
        let running = self.running.iter().map(|text| running(text)).collect::<Result<Vec<_>, _>>()?;
        let asked = self.service.as_deref().map(|text| size("the value of `--service`", text)).transpose()?;
        let mut sizes = RECORD_SIZES.to_vec();
        sizes.extend(asked.filter(|asked| !RECORD_SIZES.contains(asked)));
        let result = capacity(&homelab, &running, &sizes);
        let verdict = asked.map(|memory| {
            let service =
                Service { name: "service".into(), memory, cpu: homelab.services.cpu, replicas: self.replicas };
            fits(&homelab, &running, &service)
        });
        if let Some(path) = &self.svg {
            picture::write(path, &svg(&result), terminal)?;
        }
        if terminal.format == Format::Human {
            terminal.data(&report::capacity::words(&result, terminal.out));
            verdict.iter().for_each(|verdict| terminal.data(&answer(verdict, terminal)));
        } else {
            terminal.data(&json!({ "version": 1, "capacity": result, "service": verdict }).to_string());
        }
        Ok(if matches!(verdict, Some(Verdict::DoesNotFit { .. })) { Exit::Failed } else { Exit::Done })
    }

    fn what_if(&self, homelab: &Homelab) -> Result<Homelab, Trouble> {
        let mut changes = Vec::new();
        for memory in &self.add_node {
            let memory = if memory == LIKE_THE_LAST { None } else { Some(size("the value of `--add-node`", memory)?) };
            changes.push(Change::AddNode { memory });
        }
        for text in &self.memory {
            changes.push(Change::memory(text).map_err(|reason| bad("the value of `--memory`", text, reason))?);
        }
        changed(homelab, &changes).map_err(|reason| Trouble::BadValue {
            value: self.memory.join(" "),
            what: "thought of",
            reason,
            hint: "write it as `--memory k2=8GiB`, with the name of a node".into(),
        })
    }
}

fn answer(verdict: &Verdict, terminal: &Terminal) -> String {
    match verdict {
        Verdict::Fits { nodes, no_room_after_loss } => {
            let mut text = format!("{} on {}", terminal.out.green("It fits"), nodes.join(", "));
            if !no_room_after_loss.is_empty() {
                text += &format!("; if {} were lost, not everything would find room", no_room_after_loss.join(" or "));
            }
            text
        }
        Verdict::DoesNotFit { reason, help } => {
            // The reason names the service, which has no name here.
            let why = reason.split_once(" does not fit: ").map_or(reason.as_str(), |(_, why)| why);
            format!("{}: {why}\n\n{} {help}", terminal.out.red("It does not fit"), terminal.out.cyan("hint:"))
        }
    }
}

fn running(text: &str) -> Result<Service, Trouble> {
    let (memory, count) = text.split_once('*').unwrap_or((text, "1"));
    let replicas = count.trim().parse().ok().filter(|count| (1..=1000).contains(count));
    let replicas =
        replicas.ok_or_else(|| bad("the value of `--running`", text, "the count is a number from 1 to 1000".into()))?;
    let memory = size("the value of `--running`", memory)?;
    Ok(Service { name: format!("running {memory}"), memory, cpu: homelab_plan::cpu::Cpu::ZERO, replicas })
}

/// A size, where zero would fit without end.
fn size(what: &'static str, text: &str) -> Result<Bytes, Trouble> {
    match text.trim().parse::<Bytes>() {
        Ok(Bytes::ZERO) => Err(bad(what, text, "nothing fits without end".into())),
        Ok(size) => Ok(size),
        Err(problem) => Err(bad(what, text, format!("it {problem}"))),
    }
}

fn bad(what: &'static str, value: &str, reason: String) -> Trouble {
    Trouble::BadValue { value: value.into(), what, reason, hint: "sizes are written as `384Mi` or `1GiB`".into() }
}
