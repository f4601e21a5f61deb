//! `homelab check`: is this fit for a public repository and a public image?

use std::path::PathBuf;

use clap::Args;
use homelab_guard::{Guard, Seen, Severity};

use crate::exit::Exit;
use crate::report::findings::{self, Verdict};
use crate::report::rules;
use crate::sources::{Looked, PathsCount, history, hook, image, staged, work_tree};
use crate::terminal::Terminal;
use crate::trouble::Trouble;

/// Look for what must not be published: secrets, leaky build contexts, unsound manifests and workflows
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  homelab check                             this folder, as git and a build would take it
  homelab check --staged                    what the next commit would hold
  homelab check --history                   everything that was ever committed, tags and stashes too
  homelab check --image yomu.tar            a built image, every layer of it
  homelab check --install-hook              ask before each commit
  homelab check --list                      every rule
  homelab check --explain git/env-tracked   one rule, with its reason
  homelab check --format sarif > findings.sarif

Exit codes: 0 nothing that must not be published, 1 found something, 2 could not read everything, 64 wrong usage.
No connection is ever opened.")]
pub(crate) struct Check {
    /// The folder, or a single file
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Look at what is staged in git instead
    #[arg(long, conflicts_with = "history")]
    staged: bool,
    /// Look at everything that git ever held
    #[arg(long)]
    history: bool,
    /// Look at a container image instead: an OCI layout, or an archive of `docker save`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["staged", "history"])]
    image: Option<PathBuf>,
    /// Fail on warnings, too
    #[arg(long)]
    strict: bool,
    /// Write a git hook that checks what is staged before each commit
    #[arg(long, conflicts_with_all = ["staged", "history", "image", "explain", "list"])]
    install_hook: bool,
    /// Explain a rule
    #[arg(long, value_name = "RULE", conflicts_with_all = ["staged", "history", "list"])]
    explain: Option<String>,
    /// List all rules
    #[arg(long, conflicts_with_all = ["staged", "history"])]
    list: bool,
}

impl Check {
    /// Answers a question about the rules, or looks.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Trouble> {
        if self.list {
            rules::list(terminal);
            return Ok(Exit::Done);
        }
        if let Some(id) = &self.explain {
            return rules::explain(id, terminal).map(|()| Exit::Done);
        }
        if self.install_hook {
            let path = hook::install(&self.path)?;
            terminal.note(&format!("written: {}", path.display()));
            return Ok(Exit::Done);
        }
        let fails_from = if self.strict { Severity::Warning } else { Severity::Error };
        let mut looked = self.look(terminal)?;
        let is_from_the_top = self.history || self.image.is_some();
        looked
            .read_allow_files(&self.path, if is_from_the_top { PathsCount::FromTheTop } else { PathsCount::FromThere });
        // Who looks at a part only cannot say that an exception has no use.
        let is_whole = !self.staged && !self.history && self.image.is_none() && self.path.is_dir();
        let seen = if is_whole { Seen::Everything } else { Seen::APart };
        let allowed = looked.settle(jiff::Zoned::now().date(), seen);
        let verdict = Verdict::new(looked, allowed, fails_from);
        findings::print(&verdict, terminal);
        Ok(verdict.exit())
    }

    fn look(&self, terminal: &Terminal) -> Result<Looked, Trouble> {
        let guard = Guard::new();
        let progress = terminal.spinner("searching");
        let looked = if let Some(path) = &self.image {
            image::look(path, &guard, &progress)
        } else if self.staged {
            staged::look(&self.path, &guard)
        } else if self.history {
            history::look(&self.path, &guard, &progress)
        } else {
            work_tree::look(&self.path, &guard, &progress)
        };
        progress.finish_and_clear();
        looked
    }
}
