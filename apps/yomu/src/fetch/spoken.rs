//! Times and sizes as people say them, for sentences.

use std::fmt;
use std::time::Duration;

/// A time in its largest fitting unit: `10 seconds`, `2 minutes`, `3 hours`.
pub(super) struct Time(pub(super) Duration);

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Rounded up: "in 0 seconds" would be wrong, and asking a second late is polite.
        let seconds = self.0.as_millis().div_ceil(1_000).max(1);
        let (count, unit) = match seconds {
            0..120 => (seconds, "second"),
            120..7_200 => (seconds.div_ceil(60), "minute"),
            7_200..172_800 => (seconds.div_ceil(3_600), "hour"),
            _ => (seconds.div_ceil(86_400), "day"),
        };
        write!(f, "{count} {unit}{}", if count == 1 { "" } else { "s" })
    }
}

/// A size in its largest fitting unit: `900 bytes`, `512 KiB`, `32 MiB`.
pub(super) struct Size(pub(super) usize);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => f.write_str("1 byte"),
            bytes @ 0..1_024 => write!(f, "{bytes} bytes"),
            bytes @ 1_024..1_048_576 => write!(f, "{} KiB", bytes / 1_024),
            bytes => write!(f, "{} MiB", bytes / 1_048_576),
        }
    }
}
