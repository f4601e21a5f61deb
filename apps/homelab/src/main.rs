//! The platform command.

fn main() {}
