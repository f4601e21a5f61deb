//! `homelab node`: nodes come, grow and leave. The file is changed first, so that whatever is interrupted goes on from there.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use homelab_plan::config::edit::{self, EditError, NewNode};
use serde_json::json;

use super::home::{self, Home, consent};
use super::infrastructure;
use super::up::Up;
use crate::cluster_file;
use crate::exit::Exit;
use crate::nodes::{self, Leaving};
use crate::reach::real::SystemRandom;
use crate::terminal::{Format, Terminal};
use crate::trouble::Trouble;

/// Nodes: one more, more memory for one, or one less
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  homelab node add
  homelab node grow k2 --memory 8GiB
  homelab node remove k4")]
pub(crate) struct Node {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(Add),
    Grow(Grow),
    Remove(Remove),
}

/// Write one more node into homelab.toml, and bring it up
#[derive(Debug, Args)]
#[command(after_help = "\
What is not said is like the last node: its name and address are the next ones.

Examples:
  homelab node add
  homelab node add --name k4 --memory 8GiB

Exit codes: 0 it is in the cluster, 1 it is not, 64 wrong usage.")]
struct Add {
    /// Its name [default: the next, such as k4]
    #[arg(long)]
    name: Option<String>,
    /// What it is
    #[arg(long, value_enum, default_value_t = NodeRole::Agent)]
    role: NodeRole,
    /// Its address [default: the next one]
    #[arg(long)]
    address: Option<String>,
    /// Its number in Proxmox [default: the next free one]
    #[arg(long)]
    vmid: Option<u32>,
    /// Processor cores
    #[arg(long)]
    cores: Option<u32>,
    /// Memory, such as 8GiB
    #[arg(long)]
    memory: Option<String>,
    /// Disk, such as 100GiB
    #[arg(long)]
    disk: Option<String>,
    #[command(flatten)]
    common: Common,
}

/// Give a node more memory, cores or disk, in place
#[derive(Debug, Args)]
#[command(after_help = "\
Memory and cores change while it runs; a disk only grows. What cannot be done in place is refused: to replace a node, remove it and
add it again.

Examples:
  homelab node grow k2 --memory 8GiB
  homelab node grow k3 --cores 4 --disk 100GiB

Exit codes: 0 it has it, 1 it has not, 64 wrong usage.")]
struct Grow {
    /// The node
    node: String,
    /// Processor cores
    #[arg(long)]
    cores: Option<u32>,
    /// Memory, such as 8GiB
    #[arg(long)]
    memory: Option<String>,
    /// Disk, such as 100GiB
    #[arg(long)]
    disk: Option<String>,
    #[command(flatten)]
    common: Common,
}

/// Empty a node, take it out of the cluster and of homelab.toml, and destroy its container
#[derive(Debug, Args)]
#[command(after_help = "\
Its pods leave first, as their disruption budgets allow. Only a container that carries the tag of this cluster is destroyed.

Examples:
  homelab node remove k4                asks for its name
  homelab node remove k4 --name k4      for scripts

Exit codes: 0 it is gone, 1 it is not, 64 wrong usage.")]
struct Remove {
    /// The node
    node: String,
    /// The name of the node once more, as consent
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The data on its disk may go
    #[arg(long)]
    with_volumes: bool,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Common {
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    /// The cluster's homelab.toml [default: the next one upwards]
    #[arg(long, value_name = "FILE")]
    cluster: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum NodeRole {
    /// It holds the state of the cluster, too
    Server,
    /// It runs pods
    Agent,
}

impl Node {
    /// Does what the verb says.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        match self.command {
            Command::Add(add) => add.run(terminal),
            Command::Grow(grow) => grow.run(terminal),
            Command::Remove(remove) => remove.run(terminal),
        }
    }
}

impl Add {
    fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let _lock = home::lock(&infrastructure::read(self.common.cluster.as_deref())?)?;
        let (path, text) = read(self.common.cluster.as_deref())?;
        let role = match self.role {
            NodeRole::Server => "server",
            NodeRole::Agent => "agent",
        };
        let new = NewNode {
            name: self.name,
            role: role.to_owned(),
            address: self.address,
            vmid: self.vmid,
            cores: self.cores,
            memory: self.memory,
            disk: self.disk,
        };
        let (changed, name) = edit::add_node(&text, &new).map_err(|error| trouble(&path, error))?;
        write(&path, &text, &changed)?;
        terminal.note(&format!("`{name}` stands in {}", path.display()));
        Up::for_file(path, self.common.yes).run_with_lock(terminal)
    }
}

impl Grow {
    fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let _lock = home::lock(&infrastructure::read(self.common.cluster.as_deref())?)?;
        let (path, text) = read(self.common.cluster.as_deref())?;
        let home = cluster_file::parse(&path, &text)?;
        let values = [
            ("cores", self.cores.map(|cores| cores.to_string())),
            ("memory", self.memory.as_deref().map(edit::quoted)),
            ("disk", self.disk.as_deref().map(edit::quoted)),
        ];
        if values.iter().all(|(_, value)| value.is_none()) {
            return Err(Trouble::BadValue {
                value: self.node,
                what: "grown by nothing",
                reason: "no option says what it should get".to_owned(),
                hint: "say `--memory 8GiB`, `--cores 4` or `--disk 100GiB`".to_owned(),
            });
        }
        let mut changed = text.clone();
        for (key, value) in values.iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
            changed = edit::change_node(&changed, &self.node, key, value).map_err(|error| trouble(&path, error))?;
        }
        let disk = |home: &homelab_plan::config::Homelab| {
            home.nodes.iter().find(|node| node.name.as_str() == self.node).map(|node| node.disk)
        };
        let (old, new) = (disk(&home), disk(&cluster_file::parse(&path, &changed)?));
        if new < old {
            let sizes = [old, new].map(|size| size.unwrap_or_default().to_string());
            return Err(Trouble::NotEdited {
                sentence: format!(
                    "the disk of `{}` has {}, and disks do not shrink to {}",
                    self.node, sizes[0], sizes[1]
                ),
                hint: format!(
                    "to replace it: `homelab node remove {0}`, then `homelab node add --name {0} --disk {1}`",
                    self.node, sizes[1]
                ),
            });
        }
        write(&path, &text, &changed)?;
        Up::for_file(path, self.common.yes).run_with_lock(terminal)
    }
}

impl Remove {
    fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        let home = Home::whole(self.cluster.as_deref(), terminal)?;
        let (path, text) = read(self.cluster.as_deref())?;
        let (reach, desired) = (&home.reach, home.desired());
        // Whatever the file cannot be without is refused before anything is touched.
        let is_in_file = desired.home.nodes.iter().any(|node| node.name.as_str() == self.node);
        let changed = match is_in_file {
            true => edit::remove_node(&text, &self.node).map_err(|error| trouble(&path, error))?,
            false => text.clone(),
        };
        let leaving = home.wait(nodes::look_before_removal(reach, desired, &self.node, &SystemRandom))?;
        tell(&leaving, terminal);
        if leaving.volumes.is_empty() || self.with_volumes {
            consent("node", &leaving.name, self.name.as_deref(), terminal)?;
            // First the file: an interrupted removal is finished by the next, and `homelab up` does not make the node anew.
            write(&path, &text, &changed)?;
        }
        let say = |text: &str| terminal.note(text);
        home.wait(nodes::remove(reach, desired, &leaving, self.with_volumes, &SystemRandom, &say))?;
        match terminal.format {
            Format::Human => terminal.data(&format!("removed `{}`", leaving.name)),
            _ => terminal.data(&json!({ "version": 1, "removed": leaving.name }).to_string()),
        }
        Ok(Exit::Done)
    }
}

fn tell(leaving: &Leaving, terminal: &Terminal) {
    if let Some(vmid) = leaving.vmid {
        terminal.note(&format!("goes: container {vmid} `{}`, with its disk", leaving.name));
    }
    for volume in &leaving.volumes {
        terminal.note(&format!("goes: the data of {volume}"));
    }
    terminal.note("stays: everything on the other nodes, backups, and your kubeconfig");
}

fn read(named: Option<&Path>) -> Result<(PathBuf, String), Trouble> {
    let (path, _) = cluster_file::find_and_read(named)?;
    let text = cluster_file::read(&path)?;
    Ok((path, text))
}

/// Writes the file whole or not at all, unless it stays the same.
pub(super) fn write(path: &Path, old: &str, new: &str) -> Result<(), Trouble> {
    if old == new {
        return Ok(());
    }
    let beside = path.with_extension("toml.homelab-new");
    let go = || {
        let mut file = fs::File::create(&beside)?;
        file.write_all(new.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    go().map_err(|reason| Trouble::CannotWrite { path: path.to_path_buf(), reason })
}

/// Why the file is not changed, in the words of commands.
pub(super) fn trouble(path: &Path, error: EditError) -> Trouble {
    match error {
        EditError::Refused { problems, .. } => {
            Trouble::BadConfig { path: path.to_path_buf(), problems: Box::new(problems) }
        }
        EditError::NoNode { name, known } => Trouble::NotEdited {
            sentence: format!("`{}` has no node `{name}`", path.display()),
            hint: format!("it has `{}`", known.join("`, `")),
        },
        EditError::Taken { name } => Trouble::NotEdited {
            sentence: format!("`{}` has another node `{name}` already", path.display()),
            hint: "give the new one another `--name`, or change that one with `homelab node grow`".to_owned(),
        },
        EditError::Layout { by_hand } => Trouble::NotEdited {
            sentence: format!("`{}` is not laid out so that its lines can be changed one by one", path.display()),
            hint: format!("{by_hand} yourself, then run `homelab up`"),
        },
    }
}
