//! One rehearsal for people: a line a step, with a bar where there is room for one, and how it ended.

use std::fmt::Write as _;

use super::clock;
use crate::rehearse::{End, Ending, Shown, StepRecord};
use crate::terminal::Paint;

/// What stands beside sentence and bar: clock, place, mark and duration, and the blanks between them.
const FRAME: usize = 31;

/// The narrowest terminal that gets bars: below it the sentences need all there is.
const WIDTH_MIN: usize = 72;

/// Where a sentence of a wide terminal ends.
const SENTENCE_MAX: usize = 64;

/// How much a bar may take of what is left beside a sentence.
const BAR_MAX: usize = 48;

/// A rehearsal in words; `width` is that of the terminal, if there is one.
pub fn words(shown: &Shown, paint: Paint, width: Option<usize>) -> String {
    let mut text = String::new();
    let page = Page { paint, width, columns: columns(width), whole: shown.seconds.max(1.0) };
    for (number, step) in shown.steps.iter().enumerate() {
        // Several steps run when the power goes, and it goes once.
        let is_last = shown.steps.get(number + 1).is_none_or(|next| next.end != End::Killed);
        page.step(step, is_last, &mut text);
    }
    text.push('\n');
    let mut line = |label: String, words: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{label} {words}");
    };
    let [label, words] = ending(shown, paint);
    line(label, words);
    if let Some(words) = chain(shown) {
        line(paint.cyan("chain"), page.wrapped(&words));
    }
    if let Some(words) = faults(shown) {
        line(paint.cyan("faults"), page.wrapped(&words));
    }
    for broken in &shown.broken {
        line(paint.red("broken promise:"), broken.clone());
    }
    text
}

/// How wide a sentence and a bar are.
fn columns(width: Option<usize>) -> Option<(usize, usize)> {
    let room = width.filter(|width| *width >= WIDTH_MIN)?.saturating_sub(FRAME);
    let sentence = (room * 3 / 5).min(SENTENCE_MAX);
    Some((sentence, (room - sentence).min(BAR_MAX)))
}

/// A page of a certain width.
struct Page {
    paint: Paint,
    width: Option<usize>,
    columns: Option<(usize, usize)>,
    whole: f64,
}

impl Page {
    fn step(&self, step: &StepRecord, is_last: bool, text: &mut String) {
        let (paint, sentence) = (self.paint, &step.sentence);
        let (mark, why) = match &step.end {
            End::Done => (paint.green("ok  "), None),
            End::Failed(why) => (paint.yellow("fail"), Some(why.as_str())),
            End::Killed => (paint.red("gone"), is_last.then_some("the power went; what follows is the second run")),
            End::Running => (paint.dim("... "), None),
        };
        let begin = format!("{:>5}  {}  {mark}", clock(step.began), paint.bold(&format!("{:<8}", step.place)));
        let took = format!("{:.0} s", (step.ended - step.began).max(0.0));
        let _ = match self.columns {
            Some((wide, bar)) => {
                let sentence = format!("{:<wide$}", cut(sentence, wide));
                writeln!(text, "{begin} {sentence} {} {}", self.bar(step, bar), paint.dim(&format!("{took:>6}")))
            }
            None => writeln!(text, "{begin} {sentence} {}", paint.dim(&took)),
        };
        if let Some(why) = why {
            let room = self.width.map_or(usize::MAX, |width| width.saturating_sub(INDENT.len()));
            let _ = writeln!(text, "{INDENT}{}", paint.dim(&cut(why.lines().next().unwrap_or_default(), room)));
        }
    }

    /// When it ran, in the whole time.
    fn bar(&self, step: &StepRecord, width: usize) -> String {
        let cells = |seconds: f64| (seconds.max(0.0) / self.whole * width as f64).min(width as f64);
        let from = (cells(step.began) as usize).min(width.saturating_sub(1));
        // Whole cells, and what is left in eighths of one; a moment is an eighth.
        let eighths = (cells(step.ended - step.began) * 8.0).round().max(1.0) as usize;
        let eighths = eighths.min((width - from) * 8);
        let body = "█".repeat(eighths / 8) + EIGHTHS[eighths % 8];
        let long = eighths.div_ceil(8);
        let body = match step.end {
            End::Done | End::Running => self.paint.green(&body),
            End::Failed(_) => self.paint.yellow(&body),
            End::Killed => self.paint.red(&body),
        };
        format!("{}{body}{}", " ".repeat(from), " ".repeat(width - from - long))
    }

    /// Broken at blanks, below the label.
    fn wrapped(&self, words: &str) -> String {
        let room = self.width.unwrap_or(usize::MAX).saturating_sub(8);
        let mut text = String::new();
        let mut used = 0;
        for word in words.split(' ') {
            let long = word.chars().count();
            if used > 0 && used + 1 + long > room {
                text.push_str("\n       ");
                used = 0;
            } else if used > 0 {
                text.push(' ');
                used += 1;
            }
            text.push_str(word);
            used += long;
        }
        text
    }
}

/// So many eighths of a cell, from the left.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Below a sentence.
const INDENT: &str = "                      ";

/// So many characters at most, the last one three dots if there were more.
fn cut(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let kept: String = text.chars().take(room.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn ending(shown: &Shown, paint: Paint) -> [String; 2] {
    let at = clock(shown.seconds);
    match &shown.end {
        Ending::Done => [paint.green("done"), format!("  {at} of simulated time; a second run has nothing to do")],
        Ending::Missing(problems) => {
            let problems = problems
                .iter()
                .map(|problem| format!("{}\n  {} {}", problem.sentence, paint.cyan("hint:"), problem.hint));
            [paint.red("stopped"), format!("before anything was made:\n{}", problems.collect::<Vec<_>>().join("\n"))]
        }
        Ending::Stuck(reasons) => {
            [paint.red("stopped"), format!("after {at} of simulated time: {}", reasons.join("; "))]
        }
    }
}

/// The longest chain, and how much of the whole it is. Of a run that the power interrupted there is no whole.
fn chain(shown: &Shown) -> Option<String> {
    let needed: f64 = shown.chain.iter().map(|link| link.seconds).sum();
    if shown.chain.is_empty() || shown.end != Ending::Done {
        return None;
    }
    let links = shown.chain.iter().map(|link| format!("{} {:.0} s", link.step, link.seconds));
    let part = needed / shown.seconds.max(1.0) * 100.0;
    Some(format!(
        " {} ({part:.0} %) are steps that wait for each other: {}",
        clock(needed),
        links.collect::<Vec<_>>().join(" → ")
    ))
}

fn faults(shown: &Shown) -> Option<String> {
    let count: u64 = shown.faults.values().sum();
    let failed = shown.steps.iter().filter(|step| matches!(step.end, End::Failed(_))).count();
    let kinds = shown.faults.iter().map(|(kind, count)| format!("{kind} {count}"));
    (count > 0).then(|| {
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        let steps = if failed == 1 { "step" } else { "steps" };
        format!("{count}: {kinds}; {failed} {steps} failed and taken up again")
    })
}
