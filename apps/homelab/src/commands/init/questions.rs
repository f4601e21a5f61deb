//! What `homelab init` needs to know: from options, from the person, or from what is most likely.

use std::str::FromStr;

use clap::Args;
use dialoguer::Input;
use homelab_plan::config::{Address, Answers, DomainName, GithubOwner, Network, ProxmoxName, ProxmoxUrl};

use crate::trouble::Trouble;
use crate::wording::without_value;

/// The questions as options.
#[derive(Debug, Args)]
pub(crate) struct Questions {
    /// What the cluster is called [default: home]
    #[arg(long)]
    name: Option<String>,
    /// The network at home [default: 192.168.0.0/24]
    #[arg(long, value_name = "NETWORK")]
    subnet: Option<String>,
    /// Its router [default: the first address of the network]
    #[arg(long, value_name = "ADDRESS")]
    gateway: Option<String>,
    /// The address of the first node; the others have the next ones [default: number 41 of the network]
    #[arg(long, value_name = "ADDRESS")]
    first_node: Option<String>,
    /// Where the Proxmox API answers [default: number 10 of the network, port 8006]
    #[arg(long, value_name = "URL")]
    proxmox_url: Option<String>,
    /// What the Proxmox host calls itself [default: pve]
    #[arg(long, value_name = "NAME")]
    proxmox_node: Option<String>,
    /// The domain that services get their names in [default: home.arpa]
    #[arg(long)]
    domain: Option<String>,
    /// Whose repositories and images services are, on GitHub
    #[arg(long, value_name = "GITHUB_NAME")]
    owner: Option<String>,
}

/// The network of the decision record.
const SUBNET: &str = "192.168.0.0/24";

impl Questions {
    /// All answers, each checked.
    pub(crate) fn answer(&self, ask: bool) -> Result<Answers, Trouble> {
        let name = one("What is the cluster called?", "--name", self.name.as_deref(), "home", ask)?;
        let subnet: Network = one("Which network is at home?", "--subnet", self.subnet.as_deref(), SUBNET, ask)?;
        let likely = Answers::for_network(subnet).ok_or_else(|| Trouble::BadValue {
            value: subnet.to_string(),
            what: "the network at home",
            reason: "it has no room for a router, Proxmox and three nodes".into(),
            hint: format!("take a larger one, such as `{SUBNET}`"),
        })?;
        let default = likely.gateway.to_string();
        let gateway: Address =
            one("Which address has the router?", "--gateway", self.gateway.as_deref(), &default, ask)?;
        let default = likely.first_node.to_string();
        let question = "Which address gets the first node? (the others get the next ones)";
        let first_node: Address = one(question, "--first-node", self.first_node.as_deref(), &default, ask)?;
        let default = likely.proxmox_url.to_string();
        let question = "Where does the Proxmox API answer?";
        let proxmox_url: ProxmoxUrl = one(question, "--proxmox-url", self.proxmox_url.as_deref(), &default, ask)?;
        let default = likely.proxmox_node.to_string();
        let question = "What does the Proxmox host call itself?";
        let proxmox_node: ProxmoxName = one(question, "--proxmox-node", self.proxmox_node.as_deref(), &default, ask)?;
        let default = likely.domain.to_string();
        let question = "In which domain do services get their names?";
        let domain: DomainName = one(question, "--domain", self.domain.as_deref(), &default, ask)?;
        let question = "Who has the repositories on GitHub? (empty: say it later)";
        let github_owner = optional(question, "--owner", self.owner.as_deref(), ask)?;
        Ok(Answers { cluster: name, proxmox_url, proxmox_node, subnet, gateway, first_node, domain, github_owner })
    }
}

/// One value: from its option, from the person, or the default.
fn one<T: FromStr<Err = String>>(
    question: &str,
    option: &'static str,
    given: Option<&str>,
    default: &str,
    ask: bool,
) -> Result<T, Trouble> {
    let text = match given {
        Some(text) => text.to_string(),
        None if ask => Input::<String>::new()
            .with_prompt(question)
            .default(default.to_string())
            .validate_with(|answer: &String| T::from_str(answer).map(|_| ()).map_err(|why| without_value(&why)))
            .interact_text()
            .map_err(|_| Trouble::NoAnswer { question: question.to_string() })?,
        None => default.to_string(),
    };
    T::from_str(&text).map_err(|reason| bad(option, &text, reason))
}

/// One value that may be missing.
fn optional(
    question: &str,
    option: &'static str,
    given: Option<&str>,
    ask: bool,
) -> Result<Option<GithubOwner>, Trouble> {
    let text = match given {
        Some(text) => text.to_string(),
        None if ask => Input::<String>::new()
            .with_prompt(question)
            .allow_empty(true)
            .validate_with(|answer: &String| match answer.trim() {
                "" => Ok(()),
                answer => GithubOwner::from_str(answer).map(|_| ()).map_err(|why| without_value(&why)),
            })
            .interact_text()
            .map_err(|_| Trouble::NoAnswer { question: question.to_string() })?,
        None => return Ok(None),
    };
    match text.trim() {
        "" => Ok(None),
        text => GithubOwner::from_str(text).map(Some).map_err(|reason| bad(option, text, reason)),
    }
}

fn bad(option: &'static str, value: &str, reason: String) -> Trouble {
    let hint = format!("give another with `{option}`");
    Trouble::BadValue { value: value.to_string(), what: "used here", reason: without_value(&reason), hint }
}
