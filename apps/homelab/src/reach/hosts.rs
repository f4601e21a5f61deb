//! The machines, as root, over SSH.

use std::net::Ipv4Addr;

use super::Pending;

/// Runs commands on machines.
pub trait Hosts: Send + Sync {
    /// The public key by which the machine shows that it is itself, as `known_hosts` has it: type and key.
    fn host_key(&self, address: Ipv4Addr) -> Pending<'_, Result<String, HostError>>;

    /// Runs a list of commands, joined by `&&`, with `input` on their standard input. The machine must show `host_key`.
    fn run<'a>(
        &'a self,
        address: Ipv4Addr,
        host_key: &'a str,
        commands: &'a str,
        input: &'a [u8],
    ) -> Pending<'a, Result<Output, HostError>>;
}

/// What commands left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The exit status.
    pub status: i32,
    /// What they printed.
    pub stdout: Vec<u8>,
    /// What they complained about.
    pub stderr: String,
}

/// Why there is no output.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// Nobody answers at the address.
    #[error("{address} does not answer on port 22: {cause}")]
    Silent {
        /// The address.
        address: Ipv4Addr,
        /// What the system says.
        cause: String,
    },
    /// The machine does not take our key.
    #[error("{address} does not take the key in `container.ssh_public_key`")]
    Denied {
        /// The address.
        address: Ipv4Addr,
    },
    /// The machine shows another key than it did.
    #[error("{address} shows another host key than before")]
    Stranger {
        /// The address.
        address: Ipv4Addr,
    },
    /// The connection broke: the commands may have run, in part or to their end.
    #[error("the connection to {address} broke")]
    Dropped {
        /// The address.
        address: Ipv4Addr,
    },
    /// The `ssh` program is missing or cannot run.
    #[error("`{program}` cannot be run: {cause}")]
    NoProgram {
        /// The program.
        program: &'static str,
        /// What the system says.
        cause: String,
    },
}

impl Output {
    /// What was printed, as text without the last line's end.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).trim_end().to_owned()
    }
}
