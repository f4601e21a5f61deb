//! The cache, in memory and in a real Valkey that is emptied, stopped and killed.

mod faults;
mod port;
mod secure;
mod server;
mod story;
