//! A rehearsal as a picture: a row a step, a bar where it ran.

use std::fmt::Write as _;

use super::clock;
use crate::rehearse::{End, Ending, Shown, StepRecord};

/// Height of a row.
const ROW: f64 = 20.0;

/// How wide a letter of a step's name is, at most; fonts differ.
const LETTER: f64 = 6.8;

/// The whole width, and what is kept free on the right for the last duration.
const WIDTH: f64 = 960.0;
const RIGHT: f64 = 60.0;

/// Where the first row begins: title, legend and clock stand above.
const TOP: f64 = 84.0;

/// At most so many marks on the clock, so that their words do not touch.
const MARKS_MAX: f64 = 10.0;

/// How far apart the clock's marks may be, seconds.
const STRIDES: [f64; 9] = [10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0];

/// A rehearsal as a picture.
pub fn svg(shown: &Shown) -> String {
    let height = TOP + ROW * shown.steps.len() as f64 + 16.0;
    let whole = shown.seconds.max(1.0);
    let longest = shown.steps.iter().map(|step| step.id.chars().count()).max().unwrap_or(0);
    // Names of steps stand before the bars.
    let left = 24.0 + LETTER * longest as f64;
    let axis = Axis { left, scale: (WIDTH - left - RIGHT) / whole, whole };
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>\n<style>{STYLE}</style>\n<rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\"/>\n<text class=\"title\" x=\"16\" y=\"26\">{title}</text>\n",
        title = escaped(&title(shown)),
    );
    legend(shown, &mut text);
    grid(&axis, height, &mut text);
    for (row, step) in shown.steps.iter().enumerate() {
        bar(step, TOP + ROW * row as f64, &axis, shown, &mut text);
    }
    text.push_str("</svg>\n");
    text
}

fn title(shown: &Shown) -> String {
    let faults: u64 = shown.faults.values().sum();
    let end = match &shown.end {
        Ending::Done => "done",
        Ending::Missing(_) | Ending::Stuck(_) => "stopped",
    };
    format!("homelab up, rehearsed with seed {}: {end} after {}, {faults} faults", shown.seed, clock(shown.seconds))
}

fn legend(shown: &Shown, text: &mut String) {
    let has = |wanted: fn(&End) -> bool| shown.steps.iter().any(|step| wanted(&step.end));
    let entries = [
        ("chain", "in the longest chain", !shown.chain.is_empty()),
        ("done", "beside it", true),
        ("failed", "failed, taken up again", has(|end| matches!(end, End::Failed(_)))),
        ("killed", "the power went", has(|end| *end == End::Killed)),
    ];
    let mut x = 16.0;
    for (class, words, _) in entries.into_iter().filter(|(_, _, is_there)| *is_there) {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "<rect class=\"{class}\" x=\"{x}\" y=\"38\" width=\"12\" height=\"12\" rx=\"3\"/><text class=\"note\" x=\"{}\" y=\"48\">{words}</text>",
            x + 18.0
        );
        x += 40.0 + 6.5 * words.len() as f64;
    }
}

/// Where the clock stands.
struct Axis {
    left: f64,
    /// Units of the picture for a second.
    scale: f64,
    /// Seconds in all.
    whole: f64,
}

fn grid(axis: &Axis, height: f64, text: &mut String) {
    let Axis { left, scale, whole } = *axis;
    let stride = STRIDES.into_iter().find(|stride| whole / stride <= MARKS_MAX).unwrap_or(whole);
    let mut at = 0.0;
    while at <= whole {
        let x = left + at * scale;
        let _ = writeln!(
            text,
            "<path class=\"grid\" d=\"M{x:.1} {:.1}V{:.1}\"/><text class=\"axis\" x=\"{x:.1}\" y=\"{:.1}\">{}</text>",
            TOP - 6.0,
            height - 12.0,
            TOP - 12.0,
            clock(at)
        );
        at += stride;
    }
}

fn bar(step: &StepRecord, y: f64, axis: &Axis, shown: &Shown, text: &mut String) {
    let Axis { left, scale, .. } = *axis;
    let (x, width) = (left + step.began * scale, ((step.ended - step.began) * scale).max(2.0));
    let seconds = (step.ended - step.began).max(0.0);
    let why = match &step.end {
        End::Failed(why) => format!("\n{why}"),
        _ => String::new(),
    };
    let _ = writeln!(
        text,
        "<text class=\"name\" x=\"{:.1}\" y=\"{:.1}\">{}</text><rect class=\"{}\" x=\"{x:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"13\" rx=\"3\"><title>{}: {} ({seconds:.0} s){}</title></rect>",
        left - 10.0,
        y + 11.0,
        escaped(&step.id),
        class(step, shown),
        y + 1.0,
        escaped(&step.place),
        escaped(&step.sentence),
        escaped(&why),
    );
    if seconds >= 1.0 {
        let _ = writeln!(
            text,
            "<text class=\"took\" x=\"{:.1}\" y=\"{:.1}\">{seconds:.0} s</text>",
            x + width + 5.0,
            y + 11.0
        );
    }
}

/// Colours for paper and for the dark: text on either has a contrast of 4.5 and more, bars of 3 and more.
const STYLE: &str = "text{font:12px system-ui,sans-serif;fill:#2b2b2d}.title{font-size:15px;font-weight:600}.name{text-anchor:end}.axis{text-anchor:middle;fill:#6a6a6e}.took,.note{fill:#6a6a6e}.took{font-size:11px}.paper{fill:#fff}.grid{stroke:#e4e4e7}.done{fill:#7fae96}.chain{fill:#23714c}.failed{fill:#c77d14}.killed{fill:#c0392b}@media(prefers-color-scheme:dark){text{fill:#e6e6e8}.axis,.took,.note{fill:#a0a0a6}.paper{fill:#1c1c1e}.grid{stroke:#343438}.done{fill:#3f7a5d}.chain{fill:#6fcf9f}.failed{fill:#e0a555}.killed{fill:#e8776b}}";

fn class(step: &StepRecord, shown: &Shown) -> &'static str {
    match step.end {
        End::Done | End::Running if shown.chain.iter().any(|link| link.step == step.id) => "chain",
        End::Done | End::Running => "done",
        End::Failed(_) => "failed",
        End::Killed => "killed",
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
