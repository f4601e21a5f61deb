//! The platform command: one file, `homelab.toml`, to a cluster at home and its services.
//!
//! `commands/` has one file a command and says what can be typed. `scaffold/` writes repositories, `sources/` reads trees of
//! files for the guard, `report/` prints. What is decided is decided in `homelab-plan` and `homelab-guard`.

pub mod apply;
pub mod backups;
pub mod cluster_file;
pub mod commands;
pub mod errand;
pub mod exit;
pub mod kubernetes;
pub mod limits;
pub mod manifests;
pub mod nodes;
pub mod observe;
pub mod reach;
pub mod rehearse;
pub mod removal;
pub mod report;
pub mod scaffold;
pub mod services;
pub mod sources;
pub mod terminal;
pub mod trouble;
pub mod usage;
pub mod wording;
