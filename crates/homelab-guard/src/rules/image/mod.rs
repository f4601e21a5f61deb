//! Built images: what their configuration tells and what lies in their layers.

use crate::rule::Rule;

mod argument_in_history;
mod root_user;
mod secret_file;
mod secret_in_attestation;
mod secret_in_config;
mod ssh_port;
mod user_by_name;

/// The rules of this area.
pub const RULES: &[&Rule] = &[
    &secret_in_config::RULE,
    &argument_in_history::RULE,
    &secret_in_attestation::RULE,
    &secret_file::RULE,
    &root_user::RULE,
    &user_by_name::RULE,
    &ssh_port::RULE,
];
