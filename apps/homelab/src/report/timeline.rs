//! The timeline of a rehearsal: for people in words, and as a picture.

use std::fmt::Write as _;

use crate::rehearse::{Counted, End, Ending, Shown, StepRecord};
use crate::terminal::Paint;

/// A rehearsal in words.
pub fn words(shown: &Shown, paint: Paint) -> String {
    let mut text = String::new();
    for step in &shown.steps {
        let (mark, note) = match &step.end {
            End::Done => (paint.green("ok"), String::new()),
            End::Failed(why) => (paint.yellow("failed"), format!("\n              {}", paint.dim(why))),
            End::Killed => (paint.red("power went"), String::new()),
            End::Running => (paint.dim("running"), String::new()),
        };
        let took = format!("{:.0} s", (step.ended - step.began).max(0.0));
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "  {}  {:<8} {}  {} {}{note}",
            clock(step.began),
            paint.bold(&format!("{:<8}", step.place)).trim_end_matches('\n'),
            step.sentence,
            mark,
            paint.dim(&took),
        );
    }
    text.push('\n');
    let _ = writeln!(text, "{}", ending(shown, paint));
    let failed = shown.steps.iter().filter(|step| matches!(step.end, End::Failed(_))).count();
    let faults: u64 = shown.faults.values().sum();
    if faults > 0 {
        let kinds = shown.faults.iter().map(|(kind, count)| format!("{kind} {count}"));
        let _ = writeln!(
            text,
            "{faults} faults ({}); {failed} steps failed and were taken up again",
            kinds.collect::<Vec<_>>().join(", ")
        );
    }
    for broken in &shown.broken {
        let _ = writeln!(text, "{} {broken}", paint.red("broken promise:"));
    }
    text
}

/// How many rehearsals ended how.
pub fn counted(counted: &Counted, paint: Paint) -> String {
    let mut text = String::new();
    for (seed, reason) in &counted.broken {
        let _ = writeln!(text, "{} seed {seed}: {reason}", paint.red("broken promise:"));
    }
    for (seed, reason) in &counted.stuck {
        let _ = writeln!(text, "{} seed {seed}: {reason}", paint.yellow("stopped:"));
    }
    let all = counted.done + counted.stuck.len() as u64;
    let longest = clock(counted.longest_seconds);
    let _ = writeln!(
        text,
        "{} of {all} rehearsals ended well, the longest after {longest} of simulated time",
        counted.done
    );
    let faults: u64 = counted.faults.values().sum();
    let _ = writeln!(text, "{faults} faults");
    for (kind, count) in &counted.faults {
        let _ = writeln!(text, "  {count:>8}  {kind}");
    }
    text
}

fn ending(shown: &Shown, paint: Paint) -> String {
    let at = clock(shown.seconds);
    match &shown.end {
        Ending::Done => format!("{} after {at} of simulated time; a second run has nothing to do", paint.green("done")),
        Ending::Missing(problems) => {
            let problems = problems
                .iter()
                .map(|problem| format!("{}\n  {} {}", problem.sentence, paint.cyan("hint:"), problem.hint));
            format!("{} before anything was made:\n{}", paint.red("stopped"), problems.collect::<Vec<_>>().join("\n"))
        }
        Ending::Stuck(reasons) => {
            format!("{} after {at} of simulated time: {}", paint.red("stopped"), reasons.join("; "))
        }
    }
}

/// Minutes and seconds.
fn clock(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    format!("{:>2}:{:02}", seconds / 60, seconds % 60)
}

const ROW: f64 = 22.0;
const LEFT: f64 = 240.0;
const WIDTH: f64 = 900.0;

/// A rehearsal as a picture: one bar a step.
pub fn svg(shown: &Shown) -> String {
    let height = 60.0 + ROW * shown.steps.len() as f64;
    let scale = (WIDTH - LEFT - 80.0) / shown.seconds.max(1.0);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"Timeline of a rehearsal\">\n<style>{STYLE}</style>\n<rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\"/>\n"
    );
    let minutes = (shown.seconds / 60.0).ceil() as u32;
    for minute in 0..=minutes {
        let x = LEFT + f64::from(minute) * 60.0 * scale;
        let _ = writeln!(
            text,
            "<path class=\"grid\" d=\"M{x:.1} 30V{:.1}\"/><text class=\"axis\" x=\"{x:.1}\" y=\"22\">{minute} min</text>",
            height - 20.0
        );
    }
    for (row, step) in shown.steps.iter().enumerate() {
        let y = 36.0 + ROW * row as f64;
        let (x, width) = (LEFT + step.began * scale, ((step.ended - step.began) * scale).max(2.0));
        let _ = writeln!(
            text,
            "<text class=\"name\" x=\"{:.1}\" y=\"{:.1}\">{}</text><rect class=\"{}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"14\" rx=\"3\"><title>{}</title></rect>",
            LEFT - 10.0,
            y + 11.0,
            escaped(&step.id),
            class(step),
            escaped(&step.sentence),
        );
    }
    text.push_str("</svg>\n");
    text
}

const STYLE: &str = "text{font:12px system-ui,sans-serif;fill:#333}.name{text-anchor:end}.axis{text-anchor:middle;fill:#777}.paper{fill:#fff}.grid{stroke:#ddd}.done{fill:#3a7d5c}.failed{fill:#d9902f}.killed{fill:#c0392b}@media(prefers-color-scheme:dark){text{fill:#ddd}.axis{fill:#999}.paper{fill:#1c1c1e}.grid{stroke:#3a3a3c}.done{fill:#5fb58c}.failed{fill:#e0a555}.killed{fill:#e06c60}}";

fn class(step: &StepRecord) -> &'static str {
    match step.end {
        End::Done | End::Running => "done",
        End::Failed(_) => "failed",
        End::Killed => "killed",
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
