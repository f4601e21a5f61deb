//! Progress on a terminal, and silence elsewhere.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A count whose end is not known.
pub(super) fn counting(what: &'static str) -> ProgressBar {
    styled(ProgressBar::no_length(), &format!("{{spinner}} {{pos}} {what}"))
}

/// A bar to a known end, with a message behind it.
pub(super) fn towards(end: u64) -> ProgressBar {
    styled(ProgressBar::new(end), "{bar:30} {percent} %, {eta} left  {wide_msg}")
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
