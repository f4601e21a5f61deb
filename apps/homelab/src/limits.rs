//! The bounds on what comes from outside, in one place, each with its reason.

/// How much of a `homelab.toml` is read: more than the parser accepts, so that it can say that the file is too large.
pub const CLUSTER_FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;
