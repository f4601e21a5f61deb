//! What happens during a run, as it happens: on a terminal a line for each step that runs, and above them what is over; elsewhere
//! plain lines; for programs one event a line.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use homelab_plan::plan::Step;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use serde_json::json;

use crate::apply::{Listener, Moment};
use crate::terminal::{Format, Terminal};

/// How often the lines of running steps move.
const TICK_TIME: Duration = Duration::from_millis(120);

/// Says what happens.
pub(super) struct Progress {
    terminal: Terminal,
    began: Instant,
    stops: AtomicBool,
    /// What each step said last that it waits for.
    waits: Mutex<Vec<(String, String)>>,
    /// The lines of running steps; none where nobody would see them move.
    screen: Option<Screen>,
}

#[derive(Default)]
struct Screen {
    all: MultiProgress,
    running: Mutex<Vec<(String, ProgressBar)>>,
}

impl Progress {
    pub(super) fn new(terminal: Terminal) -> Self {
        let (stops, waits) = Default::default();
        let screen = terminal.shows_moving_lines().then(Screen::default);
        Self { terminal, began: Instant::now(), stops, waits, screen }
    }

    /// No other step begins from now on.
    pub(super) fn stop(&self) {
        self.stops.store(true, Ordering::Relaxed);
        self.print(|| self.terminal.note("Stopping after the running steps…"));
    }

    /// Prints above the lines that move.
    fn print(&self, print: impl FnOnce()) {
        match &self.screen {
            Some(screen) => screen.all.suspend(print),
            None => print(),
        }
    }

    fn say(&self, event: &str, step: &Step, more: &str) {
        let (action, seconds) = (&step.action, self.began.elapsed().as_secs());
        if self.terminal.format != Format::Human {
            let event = json!({ "event": event, "step": action.id(), "place": action.place(), "sentence": action.sentence(), "seconds": seconds, "detail": more });
            return self.terminal.data(&event.to_string());
        }
        let paint = self.terminal.out;
        let word = match event {
            "done" => paint.green("done   "),
            "failed" => paint.yellow("failed "),
            "waits" => paint.dim("waits  "),
            _ => paint.dim("begins "),
        };
        let more = if more.is_empty() { String::new() } else { format!(": {more}") };
        let place = paint.bold(&format!("{:<8}", action.place()));
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        let line = format!("{minutes:>3}:{seconds:02}  {word} {place} {}{more}", action.sentence());
        self.print(|| self.terminal.data(&line));
    }

    fn began(&self, step: &Step) {
        match &self.screen {
            Some(screen) => screen.add(step),
            None => self.say("began", step, ""),
        }
    }

    fn waits(&self, step: &Step, what: String) {
        let now = (step.action.id(), what);
        let mut waits = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        // The same again is no news.
        if waits.contains(&now) {
            return;
        }
        match &self.screen {
            Some(screen) => screen.tell(step, &now.1),
            None => self.say("waits", step, &now.1),
        }
        waits.retain(|(id, _)| *id != now.0);
        waits.push(now);
    }

    fn ended(&self, event: &str, step: &Step, more: &str) {
        if let Some(screen) = &self.screen {
            screen.remove(step);
        }
        self.say(event, step, more);
    }
}

impl Screen {
    fn running(&self) -> MutexGuard<'_, Vec<(String, ProgressBar)>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, step: &Step) {
        let style = ProgressStyle::with_template("{elapsed:>6}  {spinner} {prefix:<13} {wide_msg}");
        let line = self.all.add(ProgressBar::new_spinner());
        line.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        line.set_prefix(step.action.place().to_owned());
        line.set_message(step.action.sentence());
        line.enable_steady_tick(TICK_TIME);
        self.running().push((step.action.id(), line));
    }

    fn tell(&self, step: &Step, what: &str) {
        let running = self.running();
        if let Some((_, line)) = running.iter().find(|(id, _)| *id == step.action.id()) {
            line.set_message(format!("{}: {what}", step.action.sentence()));
        }
    }

    fn remove(&self, step: &Step) {
        let mut running = self.running();
        if let Some(at) = running.iter().position(|(id, _)| *id == step.action.id()) {
            let (_, line) = running.remove(at);
            line.finish_and_clear();
            self.all.remove(&line);
        }
    }
}

impl Listener for Progress {
    fn hear(&self, moment: Moment<'_>) {
        match moment {
            Moment::Began(step) => self.began(step),
            Moment::Done(step) => self.ended("done", step, ""),
            Moment::Failed(step, failure) => self.ended("failed", step, &failure.sentence),
            Moment::Waits(step, what) => self.waits(step, what),
            Moment::LookFailed(blind) => self.print(|| self.terminal.note(&format!("looking again: {blind}"))),
            Moment::Planned(_) => {}
        }
    }

    fn wants_to_stop(&self) -> bool {
        self.stops.load(Ordering::Relaxed)
    }
}
