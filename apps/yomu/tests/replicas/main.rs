//! The program as several processes on one PostgreSQL and one Valkey: they share the work, and lose nothing when one of
//! them, or Valkey, is killed.

mod logs;
mod people;
#[path = "../cache/port.rs"]
mod port;
mod process;
#[path = "../accounts/provider.rs"]
#[allow(dead_code)] // Each test file uses its own part of this vocabulary.
mod provider;
#[path = "../refresh/server.rs"]
#[allow(dead_code)] // Each test file uses its own part of this vocabulary.
mod server;
mod shared;
mod start;
mod stop;
#[path = "../cache/server.rs"]
#[allow(dead_code)] // Each test file uses its own part of this vocabulary.
mod valkey;
#[path = "../accounts/visitor.rs"]
#[allow(dead_code)] // Each test file uses its own part of this vocabulary.
mod visitor;
