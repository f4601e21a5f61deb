//! Manifests: what would be refused, what would not work, and what would be less safe than it can be.

use crate::rule::Rule;

#[macro_use]
mod examples;
mod application_destination;
mod application_in_infrastructure;
mod application_namespace;
mod application_of_applications;
mod application_source;
mod application_sync;
mod capabilities;
mod chart_version;
mod cluster_admin;
mod cpu_request;
mod dangling_autoscaler;
mod dangling_ingress;
mod dangling_selector;
mod default_namespace;
mod default_service_account;
mod disruption_budget;
mod duplicate_env;
mod host_namespace;
mod host_path;
mod host_port;
mod image_digest;
mod image_tag;
mod job_ttl;
mod kustomization;
mod literal_secret;
mod liveness_probe;
mod memory;
mod missing_reference;
mod missing_volume;
mod network_policy;
mod no_schema;
mod own_images;
mod privilege_escalation;
mod privileged;
mod probe_port;
mod proc_mount;
mod readiness_probe;
mod removed_api;
mod role_exec;
mod role_rules;
mod role_secrets;
mod role_wildcard;
mod runs_as_root;
mod schema;
mod seccomp;
mod secret_in_config_map;
mod secret_object;
mod security_context;
mod selector_mismatch;
mod service_account_token;
mod service_port;
mod template;
#[cfg(test)]
mod tests;
mod unknown_service_account;
mod unlisted_manifest;
mod unsafe_sysctl;
mod writable_root;

/// The rules of this area.
pub const RULES: &[&Rule] = &[
    &security_context::RULE,
    &privileged::RULE,
    &privilege_escalation::RULE,
    &runs_as_root::RULE,
    &writable_root::RULE,
    &capabilities::RULE,
    &seccomp::RULE,
    &proc_mount::RULE,
    &unsafe_sysctl::RULE,
    &host_namespace::RULE,
    &host_path::RULE,
    &host_port::RULE,
    &memory::RULE,
    &cpu_request::RULE,
    &image_tag::RULE,
    &image_digest::RULE,
    &service_account_token::RULE,
    &default_service_account::RULE,
    &unknown_service_account::RULE,
    &readiness_probe::RULE,
    &liveness_probe::RULE,
    &probe_port::RULE,
    &dangling_selector::RULE,
    &service_port::RULE,
    &dangling_ingress::RULE,
    &dangling_autoscaler::RULE,
    &selector_mismatch::RULE,
    &duplicate_env::RULE,
    &missing_reference::RULE,
    &missing_volume::RULE,
    &default_namespace::RULE,
    &network_policy::RULE,
    &role_wildcard::RULE,
    &role_secrets::RULE,
    &role_exec::RULE,
    &cluster_admin::RULE,
    &disruption_budget::RULE,
    &job_ttl::RULE,
    &schema::RULE,
    &removed_api::RULE,
    &no_schema::RULE,
    &template::RULE,
    &kustomization::RULE,
    &unlisted_manifest::RULE,
    &literal_secret::RULE,
    &secret_in_config_map::RULE,
    &secret_object::RULE,
    &application_sync::RULE,
    &application_namespace::RULE,
    &application_destination::RULE,
    &application_source::RULE,
    &application_of_applications::RULE,
    &application_in_infrastructure::RULE,
    &chart_version::RULE,
];
