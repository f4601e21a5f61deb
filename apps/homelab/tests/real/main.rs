//! The real ways into a home, over real sockets: the commands as they are built, against a simulated home that is served on
//! loopback, and the steps on a machine against a real SSH server.

mod commands;
mod ways;

mod served;
