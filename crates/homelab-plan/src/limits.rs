//! How much of anything is accepted, and why.

/// The longest file that is read as `homelab.toml` or as a file of prices. A home with a hundred nodes has 20 KiB.
pub const FILE_BYTES_MAX: usize = 256 * 1024;

/// The most problems that are told of one file. Nobody mends more in one go, and each costs a picture on the terminal.
pub const DIAGNOSTICS_MAX: usize = 20;

/// The most nodes, guests or services in a list. Kubernetes itself ends at 5,000 nodes, a home long before a hundred.
pub const LIST_ITEMS_MAX: usize = 100;

/// The longest text in a value: a reason is a sentence or two, a DNS name has 253 characters.
pub const TEXT_BYTES_MAX: usize = 500;

/// The longest name that is compared with the known ones for "did you mean". The longest known one has 22 letters, and the
/// comparison costs the product of both lengths.
pub const SUGGESTION_BYTES_MAX: usize = 40;
