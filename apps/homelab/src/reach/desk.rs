//! This computer's own files: host keys that were seen, and the kubeconfig. Neither says what there is; both can be lost.

use std::net::Ipv4Addr;

/// Keeps a few things between runs.
pub trait Desk: Send + Sync {
    /// The host key that a machine showed first.
    ///
    /// # Errors
    /// The file cannot be read.
    fn host_key(&self, address: Ipv4Addr) -> Result<Option<String>, DeskError>;

    /// Remembers a host key, in place of the one before.
    ///
    /// # Errors
    /// The file cannot be written.
    fn remember_host_key(&self, address: Ipv4Addr, key: &str) -> Result<(), DeskError>;

    /// Forgets the host key of a machine that is about to be made anew at that address.
    ///
    /// # Errors
    /// The file cannot be written.
    fn forget_host_key(&self, address: Ipv4Addr) -> Result<(), DeskError>;

    /// The kubeconfig, empty if there is none.
    ///
    /// # Errors
    /// The file cannot be read.
    fn kubeconfig(&self) -> Result<String, DeskError>;

    /// Writes the kubeconfig, for its owner alone.
    ///
    /// # Errors
    /// The file cannot be written.
    fn write_kubeconfig(&self, text: &str) -> Result<(), DeskError>;

    /// The public key that machines get at their creation, in one line.
    ///
    /// # Errors
    /// There is none.
    fn ssh_public_key(&self) -> Result<String, DeskError>;
}

/// Why a file of this computer is of no use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` cannot be {what}: {cause}")]
pub struct DeskError {
    /// The file.
    pub path: String,
    /// `read`, `written` or `taken`.
    pub what: &'static str,
    /// What the system says.
    pub cause: String,
}

impl DeskError {
    /// Whether another run holds the home.
    pub fn is_taken(&self) -> bool {
        self.what == "taken"
    }
}
