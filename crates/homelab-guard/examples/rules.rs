//! Prints the page about all rules: `cargo run -p homelab-guard --example rules > docs/homelab/rules.md`.

fn main() {
    print!("{}", homelab_guard::rules_page());
}
