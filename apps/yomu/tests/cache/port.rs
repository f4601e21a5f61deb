//! Ports for programs that are told theirs before they take it.

use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, Ordering};

/// Below the ports that systems hand out (32768 and up on Linux): one of those could be gone before it is taken.
const FIRST: u32 = 12_000;
const COUNT: u32 = 8_000;

/// Tests run as processes side by side, with numbers that follow each other: each begins elsewhere.
const APART: u32 = 37;

/// A port of this machine that nobody listens on, and that no other test of this process is given.
pub(crate) fn free_port() -> u16 {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    for _ in 0..COUNT {
        let given = GIVEN.fetch_add(1, Ordering::Relaxed);
        let port = FIRST + (std::process::id().wrapping_mul(APART).wrapping_add(given)) % COUNT;
        let port = u16::try_from(port).expect("it is below 65,536");
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("no port from {FIRST} on is free");
}
