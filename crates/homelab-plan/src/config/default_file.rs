//! The file that `homelab init` writes: every key of the table with its explanation, and the decision record's values.

use super::homelab::SECTIONS;
use super::key::{Default, Form, Key, SectionKeys};
use super::reference::one_line;
use super::value::{Address, DomainName, GithubOwner, Name, Network, ProxmoxName, ProxmoxUrl, quoted};

/// What `homelab init` asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    /// What the cluster is called.
    pub cluster: Name,
    /// Where the Proxmox API answers.
    pub proxmox_url: ProxmoxUrl,
    /// What the host calls itself.
    pub proxmox_node: ProxmoxName,
    /// The network at home.
    pub subnet: Network,
    /// Its router.
    pub gateway: Address,
    /// The address of the first node; the others have the next ones.
    pub first_node: Address,
    /// The domain for services.
    pub domain: DomainName,
    /// Whose repositories and images services are.
    pub github_owner: Option<GithubOwner>,
}

/// The names and roles of the decision record's nodes.
const NODES: [(&str, &str); 3] = [("k1", "server"), ("k2", "agent"), ("k3", "agent")];

/// What the decision record leaves outside of the cluster, and why (its section 8).
const GUESTS: [(&str, &str); 2] = [
    ("jellyfin", "hundreds of gigabytes of media, hardware decoding, one instance is enough"),
    ("komga", "hundreds of gigabytes of books, one instance is enough"),
];

/// The widest line of the file, without what a value makes wider.
const COLUMNS: usize = 100;

/// The decision record's own network.
impl std::default::Default for Answers {
    fn default() -> Self {
        let network = Network::new([192, 168, 0, 0].into(), 24);
        network.and_then(Self::for_network).expect("254 addresses are enough for three nodes")
    }
}

impl Answers {
    /// For a network at home, with what is most likely there: the router first, Proxmox at 10 and the nodes from 41 on, as the
    /// decision record has them. Nothing for a network that is too small for three nodes.
    pub fn for_network(subnet: Network) -> Option<Self> {
        let host = |number: u32| {
            let address = Address(subnet.first().0.to_bits().checked_add(number)?.into());
            subnet.has_host(address).then_some(address)
        };
        let (proxmox, first_node) = if host(43).is_some() { (host(10)?, host(41)?) } else { (host(2)?, host(3)?) };
        let last_node = host(first_node.0.to_bits() - subnet.first().0.to_bits() + 2);
        let answers = Self {
            cluster: Name::parse("home").ok()?,
            proxmox_url: ProxmoxUrl { host: proxmox.to_string(), port: 8006 },
            proxmox_node: ProxmoxName::parse("pve").ok()?,
            subnet,
            gateway: host(1)?,
            first_node,
            domain: "home.arpa".parse().ok()?,
            github_owner: None,
        };
        last_node.map(|_| answers)
    }

    /// The value of a key that was asked for, as TOML.
    fn value(&self, path: &str, key: &str) -> Option<String> {
        Some(match (path, key) {
            ("cluster", "name") => quoted(self.cluster.as_str()),
            ("proxmox", "url") => quoted(&self.proxmox_url.to_string()),
            ("proxmox", "node") => quoted(self.proxmox_node.as_str()),
            ("network", "subnet") => quoted(&self.subnet.to_string()),
            ("network", "gateway") => quoted(&self.gateway.to_string()),
            ("services", "domain") => quoted(self.domain.as_str()),
            ("services", "github_owner") => quoted(self.github_owner.as_ref()?.as_str()),
            _ => return None,
        })
    }

    /// The values of the entries of a list.
    fn entries(&self, path: &str) -> Vec<Vec<(&'static str, String)>> {
        match path {
            "nodes" => (0_u32..).zip(NODES).map(|(at, (name, role))| self.node(at, name, role)).collect(),
            "guests" => {
                GUESTS.iter().map(|(name, reason)| vec![("name", quoted(name)), ("reason", quoted(reason))]).collect()
            }
            _ => Vec::new(),
        }
    }

    fn node(&self, at: u32, name: &str, role: &str) -> Vec<(&'static str, String)> {
        let address = Address(self.first_node.0.to_bits().saturating_add(at).into());
        // Numbers that remind of the address: 141 for 192.168.0.41.
        let vmid = 100 + u32::from(address.0.octets()[3]);
        vec![
            ("name", quoted(name)),
            ("role", quoted(role)),
            ("address", quoted(&address.to_string())),
            ("vmid", vmid.to_string()),
        ]
    }
}

/// The text of a new `homelab.toml`.
pub fn default_file(answers: &Answers) -> String {
    let mut file = String::from(
        "# What this home is. `homelab plan` says what would change, `homelab up` does it.\n\
         # Passwords and token secrets have no place in this file: it is kept in git.\n",
    );
    for section in SECTIONS {
        match section.form {
            Form::Once => push_once(&mut file, section, answers),
            Form::Many => push_many(&mut file, section, answers),
        }
    }
    file
}

fn push_once(file: &mut String, section: &SectionKeys, answers: &Answers) {
    file.push('\n');
    push_comment(file, section.doc);
    file.push_str(&format!("[{}]\n", section.path));
    for key in section.keys {
        push_comment(file, key.doc);
        push_key(file, key, answers.value(section.path, key.name));
    }
}

/// The first entry has the explanations; the others have only what differs from the defaults.
fn push_many(file: &mut String, section: &SectionKeys, answers: &Answers) {
    for (at, entry) in answers.entries(section.path).iter().enumerate() {
        file.push('\n');
        if at == 0 {
            push_comment(file, section.doc);
        }
        file.push_str(&format!("[[{}]]\n", section.path));
        for key in section.keys {
            let given = entry.iter().find(|(name, _)| *name == key.name).map(|(_, value)| value.clone());
            if at == 0 {
                push_comment(file, key.doc);
                push_key(file, key, given);
            } else if given.is_some() || matches!(key.default, Default::Is(_)) {
                push_key(file, key, given);
            }
        }
    }
}

/// Defaults are written out, so that a newer `homelab` with other defaults changes nothing.
fn push_key(file: &mut String, key: &Key, given: Option<String>) {
    let name = key.name;
    file.push_str(&match (given, key.default) {
        (Some(value), _) => format!("{name} = {value}\n"),
        (None, Default::Is(value)) => format!("{name} = {value}\n"),
        (None, Default::Absent | Default::Required) => format!("# {name} = {}\n", key.example),
    });
}

fn push_comment(file: &mut String, doc: &str) {
    let mut line = String::from("#");
    for word in one_line(doc).split(' ') {
        if line.len() + 1 + word.len() > COLUMNS {
            file.push_str(&line);
            file.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    file.push_str(&line);
    file.push('\n');
}
