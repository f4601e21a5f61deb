//! Who reads the output: a person at a terminal, a log, or a program; and in what colours.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::time::Duration;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};

/// The options of every command.
#[derive(Clone, Copy, Debug, Args)]
pub struct Output {
    /// How results are printed
    #[arg(long, global = true, value_enum, default_value_t, help_heading = "Output")]
    pub format: Format,
    /// When to use colours; `auto` obeys NO_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN", help_heading = "Output")]
    pub color: Color,
    /// Print results and errors only
    #[arg(long, short, global = true, help_heading = "Output")]
    pub quiet: bool,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// For programs; errors too.
    Json,
    /// For code scanning services: `check` only.
    Sarif,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Who reads the output.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// How results are printed.
    pub format: Format,
    /// Colours of what goes to standard output.
    pub out: Paint,
    /// Colours of what goes to standard error.
    pub err: Paint,
    /// Whether a person can be asked: both ends of the conversation are a terminal.
    pub can_ask: bool,
    quiet: bool,
    shows_progress: bool,
}

/// Puts colour around words, or does not.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    /// Whether there is colour at all.
    pub on: bool,
}

impl Terminal {
    /// What the options, the environment and the two streams say together.
    pub fn new(output: &Output) -> Self {
        let (stdout, stderr) = (io::stdout().is_terminal(), io::stderr().is_terminal());
        let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let (no_color, force) =
            (set("NO_COLOR"), set("CLICOLOR_FORCE") && env::var_os("CLICOLOR_FORCE") != Some("0".into()));
        let human = output.format == Format::Human;
        Self {
            format: output.format,
            out: Paint { on: human && has_color(output.color, stdout, no_color, force) },
            err: Paint { on: has_color(output.color, stderr, no_color, force) },
            can_ask: human && io::stdin().is_terminal() && stderr,
            quiet: output.quiet,
            shows_progress: stderr && !output.quiet && !set("CI"),
        }
    }

    /// How many characters wide the terminal is that results go to; none if they go elsewhere.
    pub fn width(&self) -> Option<usize> {
        let size = dialoguer::console::Term::stdout().size_checked();
        size.map(|(_, columns)| usize::from(columns)).filter(|_| io::stdout().is_terminal())
    }

    /// Prints a result. A reader that went away (`| head`) is no reason to fail.
    pub fn data(&self, text: &str) {
        let mut out = io::stdout().lock();
        let _ = out.write_all(text.as_bytes());
        if !text.ends_with('\n') {
            let _ = out.write_all(b"\n");
        }
        let _ = out.flush();
    }

    /// Says something beside the result, unless quiet was asked for.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            let _ = writeln!(io::stderr().lock(), "{text}");
        }
    }

    /// Whether lines may move while work goes on: somebody sees them, and nobody has to read them later.
    pub fn shows_moving_lines(&self) -> bool {
        self.shows_progress && self.format == Format::Human && io::stdout().is_terminal()
    }

    /// Something that turns while work goes on. It appears after a moment only, and on a terminal only.
    pub fn spinner(&self, text: &'static str) -> ProgressBar {
        if !self.shows_progress {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template("{spinner} {msg} {pos} files")
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        let bar = ProgressBar::new_spinner().with_style(style).with_message(text);
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }

    /// Something that fills while `length` things are done, on a terminal only.
    pub fn bar(&self, text: &'static str, length: u64) -> ProgressBar {
        if !self.shows_progress {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::new(length).with_style(style).with_message(text)
    }
}

/// An option beats the environment, and the wish for none beats the wish for some (no-color.org).
fn has_color(wish: Color, is_terminal: bool, no_color: bool, force: bool) -> bool {
    match wish {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => !no_color && (force || is_terminal),
    }
}

impl Paint {
    /// For headings and what a finding is about.
    pub fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    /// For errors.
    pub fn red(self, text: &str) -> String {
        self.wrap("1;31", text)
    }

    /// For warnings.
    pub fn yellow(self, text: &str) -> String {
        self.wrap("1;33", text)
    }

    /// For what is well.
    pub fn green(self, text: &str) -> String {
        self.wrap("32", text)
    }

    /// For notes and hints.
    pub fn cyan(self, text: &str) -> String {
        self.wrap("36", text)
    }

    /// For what one may skip.
    pub fn dim(self, text: &str) -> String {
        self.wrap("2", text)
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_follow_the_option_then_no_color_then_force_then_the_terminal() {
        assert!(has_color(Color::Always, false, true, false));
        assert!(!has_color(Color::Never, true, false, true));
        assert!(!has_color(Color::Auto, true, true, true));
        assert!(has_color(Color::Auto, false, false, true));
        assert!(has_color(Color::Auto, true, false, false));
        assert!(!has_color(Color::Auto, false, false, false));
    }

    #[test]
    fn without_colour_words_stay_as_they_are() {
        assert_eq!(Paint { on: false }.red("error"), "error");
        assert_eq!(Paint { on: true }.dim("x"), "\x1b[2mx\x1b[0m");
    }
}
