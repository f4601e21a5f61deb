//! What if there were another node, or one had more memory?

use crate::bytes::Bytes;
use crate::config::{Address, Homelab, Name, Node, Role};

/// A change that is only thought of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another agent like the last one, or with this much memory.
    AddNode {
        /// Its memory.
        memory: Option<Bytes>,
    },
    /// A node has this much memory.
    Memory {
        /// Which node.
        node: String,
        /// Its memory.
        memory: Bytes,
    },
}

impl Change {
    /// From `k2=8GiB`, or in words why not.
    pub fn memory(text: &str) -> Result<Self, String> {
        let (node, memory) = text.split_once('=').ok_or_else(|| "it is not of the form `k2=8GiB`".to_string())?;
        let memory = memory.parse().map_err(|problem| format!("`{memory}` {problem}; write it as `{node}=8GiB`"))?;
        Ok(Self::Memory { node: node.trim().to_string(), memory })
    }
}

/// The home with these changes, or in words why not.
pub fn changed(home: &Homelab, changes: &[Change]) -> Result<Homelab, String> {
    let mut home = home.clone();
    for change in changes {
        match change {
            Change::AddNode { memory } => {
                let node = another(&home, *memory)?;
                home.nodes.push(node);
            }
            Change::Memory { node: name, memory } => {
                let names: Vec<String> = home.nodes.iter().map(|node| format!("`{}`", node.name)).collect();
                let node = home.nodes.iter_mut().find(|node| node.name.as_str() == name);
                node.ok_or_else(|| format!("there is no node `{name}`; the nodes are {}", names.join(", ")))?.memory =
                    *memory;
            }
        }
    }
    Ok(home)
}

/// An agent like the last one, with the next name and address.
fn another(home: &Homelab, memory: Option<Bytes>) -> Result<Node, String> {
    let like = home.nodes.iter().rev().find(|node| node.role == Role::Agent).or(home.nodes.last());
    let like = like.ok_or("there is no node to be like")?;
    let stem = like.name.as_str().trim_end_matches(|digit: char| digit.is_ascii_digit());
    let name = (1..=home.nodes.len() + 1)
        .filter_map(|number| Name::parse(&format!("{stem}{number}")).ok())
        .find(|name| !home.nodes.iter().any(|node| node.name == *name))
        .ok_or("there is no free name for another node")?;
    Ok(Node {
        name,
        role: Role::Agent,
        address: Address(like.address.0.to_bits().saturating_add(1).into()),
        vmid: None,
        memory: memory.unwrap_or(like.memory),
        ..like.clone()
    })
}
