//! Crates that may not come back through somebody's default feature.

use crate::workspace::{expect_nothing, text};

/// Each with the reason. The same names stand in `deny.toml`, for those who have cargo-deny.
const FORBIDDEN: &[(&str, &str)] = &[
    ("aws-lc-sys", "it needs cmake; the TLS provider is ring"),
    ("aws-lc-rs", "it brings aws-lc-sys; the TLS provider is ring"),
    ("openssl-sys", "it needs a system library; TLS is rustls"),
    ("native-tls", "it is a second TLS stack; TLS is rustls"),
    ("cmake", "a clean machine has Rust and a C compiler, and nothing else"),
    ("bindgen", "it needs libclang"),
];

fn forbidden_crates(lock: &str) -> Vec<String> {
    let locked = |name: &str| lock.lines().any(|line| line == format!("name = \"{name}\""));
    let present = FORBIDDEN.iter().filter(|(name, _)| locked(name));
    present.map(|(name, reason)| format!("`{name}` is in Cargo.lock: {reason} (cargo tree -i {name})")).collect()
}

#[test]
fn the_lock_file_holds_no_forbidden_crate() {
    expect_nothing(&forbidden_crates(&text("Cargo.lock")));
}

#[test]
fn deny_toml_forbids_the_same_crates() {
    let deny = text("deny.toml");
    let missing = FORBIDDEN.iter().filter(|(name, _)| !deny.contains(&format!("crate = \"{name}\"")));
    expect_nothing(&missing.map(|(name, _)| format!("`{name}` is not in deny.toml")).collect::<Vec<_>>());
}

#[test]
fn a_forbidden_crate_is_found_and_a_similar_name_is_not() {
    assert_eq!(forbidden_crates("[[package]]\nname = \"cmake\"\nversion = \"0.1.0\"\n").len(), 1);
    assert!(
        forbidden_crates("[[package]]\nname = \"openssl-probe\"\ndependencies = [\n \"cmake-parser\",\n]\n").is_empty()
    );
}
