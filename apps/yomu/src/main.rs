//! The `yomu` command.

fn main() {}
