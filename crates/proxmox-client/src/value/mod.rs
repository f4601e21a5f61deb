//! What Proxmox writes into one text, as values: parsed, compared by meaning, printed.
//!
//! When Proxmox saves a property string it writes it anew: default key first, required keys, then the others in order
//! (`print_property_string` in `PVE/JSONSchema.pm`), and fills in a network's `hwaddr` or a volume's `size`. Two texts may
//! differ and mean the same, so nothing here is ever compared as text.

mod address;
mod features;
mod network;
mod property;
mod size;
mod startup;
mod tags;
mod volume;

pub use address::{Address, Cidr};
pub use features::Features;
pub use network::Network;
pub use property::PropertyError;
pub use size::{InvalidSize, Size};
pub use startup::Startup;
pub use tags::{InvalidTag, Tag, Tags};
pub use volume::{Source, Volume};
