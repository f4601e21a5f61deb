//! Secrets: what nobody else may know, in files that everybody may see.

use crate::rule::Rule;
use crate::secrets::shape::Shape;

pub(crate) mod age_key;
pub(crate) mod chat_token;
pub(crate) mod cloud_key;
pub(crate) mod code_hosting_token;
pub(crate) mod command_line_password;
pub(crate) mod connection_string;
pub(crate) mod credential_file;
pub(crate) mod hosting_token;
pub(crate) mod http_credential;
pub(crate) mod json_web_token;
pub(crate) mod k3s_token;
pub(crate) mod key_file;
pub(crate) mod kubeconfig;
pub(crate) mod kubernetes_secret;
pub(crate) mod local_password;
pub(crate) mod mail_key;
pub(crate) mod model_key;
pub(crate) mod named_value;
pub(crate) mod observability_token;
pub(crate) mod password_hash;
pub(crate) mod payment_key;
pub(crate) mod private_key;
pub(crate) mod proxmox_token;
pub(crate) mod registry_token;
pub(crate) mod secret_store_token;
pub(crate) mod service_token;
pub(crate) mod url_password;
pub(crate) mod vpn_key;
pub(crate) mod well_known_password;

/// The rules of this area. Where several see the same secret, the one that stands first here tells of it.
pub const RULES: &[&Rule] = &[
    &kubeconfig::RULE,
    &private_key::RULE,
    &age_key::RULE,
    &proxmox_token::RULE,
    &k3s_token::RULE,
    &code_hosting_token::RULE,
    &cloud_key::RULE,
    &hosting_token::RULE,
    &secret_store_token::RULE,
    &registry_token::RULE,
    &chat_token::RULE,
    &payment_key::RULE,
    &mail_key::RULE,
    &model_key::RULE,
    &observability_token::RULE,
    &vpn_key::RULE,
    &service_token::RULE,
    &json_web_token::RULE,
    &url_password::RULE,
    &password_hash::RULE,
    &credential_file::RULE,
    &http_credential::RULE,
    &command_line_password::RULE,
    &connection_string::RULE,
    &kubernetes_secret::RULE,
    &named_value::RULE,
    &local_password::RULE,
    &well_known_password::RULE,
    &key_file::RULE,
];

/// The tokens that have a shape, by the rule that tells of them.
pub(crate) const SHAPES: &[(&Rule, &[Shape])] = &[
    (&age_key::RULE, age_key::SHAPES),
    (&proxmox_token::RULE, proxmox_token::SHAPES),
    (&k3s_token::RULE, k3s_token::SHAPES),
    (&code_hosting_token::RULE, code_hosting_token::SHAPES),
    (&cloud_key::RULE, cloud_key::SHAPES),
    (&hosting_token::RULE, hosting_token::SHAPES),
    (&secret_store_token::RULE, secret_store_token::SHAPES),
    (&registry_token::RULE, registry_token::SHAPES),
    (&chat_token::RULE, chat_token::SHAPES),
    (&payment_key::RULE, payment_key::SHAPES),
    (&mail_key::RULE, mail_key::SHAPES),
    (&model_key::RULE, model_key::SHAPES),
    (&observability_token::RULE, observability_token::SHAPES),
    (&vpn_key::RULE, vpn_key::SHAPES),
    (&service_token::RULE, service_token::SHAPES),
];
