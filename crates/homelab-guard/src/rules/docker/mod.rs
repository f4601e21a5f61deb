//! Dockerfiles: no secret goes in, and what comes out runs soundly.

use crate::dockerfile::{Dockerfile, Instruction, Stage};
use crate::rule::Rule;
use crate::tree::FileTree;

mod add_unverified;
mod add_where_copy_is_meant;
mod base_by_tag;
mod base_without_digest;
mod broken;
mod login;
mod relative_target;
mod relative_workdir;
mod repeated_command;
mod root_user;
mod secret_build_argument;
mod secret_file_copied;
mod secret_in_arg;
mod secret_in_env;
mod secret_in_label;
mod secret_in_run;
mod secret_mount_kept;
mod shell_form;
mod sudo;
mod unknown_stage;
mod user_by_name;
mod whole_stage_copied;

/// The rules of this area.
pub const RULES: &[&Rule] = &[
    &broken::RULE,
    &secret_in_env::RULE,
    &secret_in_arg::RULE,
    &secret_build_argument::RULE,
    &secret_in_label::RULE,
    &secret_file_copied::RULE,
    &secret_in_run::RULE,
    &login::RULE,
    &secret_mount_kept::RULE,
    &root_user::RULE,
    &user_by_name::RULE,
    &base_by_tag::RULE,
    &base_without_digest::RULE,
    &add_where_copy_is_meant::RULE,
    &add_unverified::RULE,
    &unknown_stage::RULE,
    &whole_stage_copied::RULE,
    &shell_form::RULE,
    &relative_workdir::RULE,
    &relative_target::RULE,
    &repeated_command::RULE,
    &sudo::RULE,
];

/// One instruction and everything around it.
struct Place<'tree> {
    path: &'tree str,
    file: &'tree Dockerfile,
    instruction: &'tree Instruction,
}

/// Every instruction of every Dockerfile.
fn instructions(tree: &FileTree) -> impl Iterator<Item = Place<'_>> {
    stages(tree).flat_map(|(path, file, stage)| {
        stage.instructions.iter().map(move |instruction| Place { path, file, instruction })
    })
}

/// Every stage of every Dockerfile.
fn stages(tree: &FileTree) -> impl Iterator<Item = (&str, &Dockerfile, &Stage)> {
    let files = tree.dockerfiles().iter();
    files.flat_map(|(path, file)| file.stages.iter().map(move |stage| (path.as_str(), file, stage)))
}
