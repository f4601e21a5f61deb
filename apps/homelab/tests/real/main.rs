//! The real ways into a home, over real sockets: the commands as they are built, against a simulated home that is served on
//! loopback, the steps on a machine against a real SSH server, and a day of practice.

mod commands;
mod machine;
mod practice;
mod ssh;
mod ways;

mod served;
