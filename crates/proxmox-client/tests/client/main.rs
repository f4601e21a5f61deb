//! The client against a host in memory, and the transport against a server on loopback.

mod host;
mod https;
mod login;
mod server;
mod tasks;
