//! The timeline of a rehearsal: for people in words and bars, counted over many, and as a picture.

mod counted;
mod svg;
mod words;

pub use counted::counted;
pub use svg::svg;
pub use words::words;

/// Minutes and seconds.
fn clock(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The command that rehearses the same again, fault for fault.
fn replay(seed: u64, level: &str) -> String {
    format!("homelab rehearse --faults {level} --seed {seed}")
}
