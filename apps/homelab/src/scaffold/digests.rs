//! What the written files pin: actions by commit, images by tag, each with its version for people.

use std::collections::BTreeMap;

use minijinja::{Value, context};

/// Third-party actions by full commit, since a tag can be moved to other code, which then runs with our token.
pub const ACTIONS: [(&str, &str); 4] = [
    ("checkout", "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"),
    ("buildx", "docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0"),
    ("login", "docker/login-action@dbcb813823bdd20940b903addbd779551569679f # v4.6.0"),
    ("build", "docker/build-push-action@53b7df96c91f9c12dcc8a07bcb9ccacbed38856a # v7.3.0"),
];

/// What a service's first source is built with. The image has the C compiler and the static C library that a binary without
/// any other file needs.
pub const RUST_IMAGE: &str = "1.95-alpine3.23";

/// The actions, for templates.
pub(super) fn actions() -> Value {
    Value::from(BTreeMap::from(ACTIONS))
}

/// The images, for templates.
pub(super) fn versions() -> Value {
    context! { rust_image => RUST_IMAGE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_a_whole_commit_with_its_version_for_people() {
        for (name, action) in ACTIONS {
            let (commit, version) = action.split_once('@').and_then(|(_, rest)| rest.split_once(" # v")).expect(name);
            assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
            assert_eq!(version.split('.').count(), 3, "{name}");
        }
    }
}
