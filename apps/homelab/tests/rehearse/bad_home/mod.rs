//! Homes that are not as they should be. Each is answered with one sentence and the next step; nothing of others is touched, no
//! secret is said, and once it is mended the same command goes on.

mod cluster;
mod containers;
mod host;
mod house;
mod login;
