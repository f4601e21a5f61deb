//! The page about the rules says what the table says.

use std::fs;
use std::path::Path;

#[test]
fn the_page_about_the_rules_is_the_table() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/homelab/rules.md");
    let page = fs::read_to_string(&file).unwrap_or_default();
    let same = page == homelab_guard::rules_page();
    assert!(same, "write it anew: cargo run -p homelab-guard --example rules > docs/homelab/rules.md");
}
