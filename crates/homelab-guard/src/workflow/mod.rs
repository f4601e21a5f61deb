//! Workflows of GitHub Actions: triggers, permissions, jobs and steps, each with its place.
//!
//! Not in here: the rest of the syntax. What no rule asks about is not read.

mod build_commands;
mod expressions;
mod read;
mod text;

pub(crate) use build_commands::local;
pub use build_commands::{Build, builds};

pub(crate) use expressions::{Expression, expressions};
pub use text::Text;

use crate::finding::Location;
use crate::tree::FileTree;
use crate::yaml::{self, Place};

/// One file under `.github/workflows/`.
#[derive(Clone, Debug, Default)]
pub struct Workflow {
    /// Where it is.
    pub path: String,
    /// The events that start it.
    pub triggers: Vec<Text>,
    /// What the token may do in all jobs that do not say themselves.
    pub permissions: Option<Permissions>,
    /// Variables for all jobs.
    pub variables: Vec<(String, Text)>,
    /// In the order of the file.
    pub jobs: Vec<Job>,
}

/// What `GITHUB_TOKEN` may do.
#[derive(Clone, Debug)]
pub struct Permissions {
    /// Where they stand.
    pub place: Place,
    /// `read-all`, `write-all`, or what is granted scope by scope.
    pub grants: Grants,
}

/// Both forms of `permissions:`.
#[derive(Clone, Debug)]
pub enum Grants {
    /// `read-all` or `write-all`.
    All(String),
    /// A scope and its level, such as `packages: write`.
    Each(Vec<(String, Text)>),
}

/// A job.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// Its key.
    pub id: String,
    /// Where its key stands.
    pub place: Place,
    /// What its token may do.
    pub permissions: Option<Permissions>,
    /// The labels of its runner.
    pub runs_on: Vec<Text>,
    /// The workflow that it calls instead of having steps.
    pub uses: Option<Text>,
    /// Whether the called workflow gets every secret.
    pub secrets_inherited: Option<Place>,
    /// Variables for its steps.
    pub variables: Vec<(String, Text)>,
    /// In order.
    pub steps: Vec<Step>,
}

/// A step.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// Where it begins.
    pub place: Place,
    /// The action.
    pub uses: Option<Text>,
    /// What the action is given.
    pub inputs: Vec<(String, Text)>,
    /// The script.
    pub run: Option<Text>,
    /// Its variables.
    pub variables: Vec<(String, Text)>,
    /// Where its script runs.
    pub working_directory: Option<String>,
}

impl Workflow {
    /// A place in it.
    pub fn location(&self, place: Place) -> Location {
        Location::at(self.path.as_str(), place.line, place.column, place.width)
    }

    /// Whether an event starts it.
    pub fn is_started_by(&self, event: &str) -> bool {
        self.triggers.iter().any(|trigger| trigger.text == event)
    }

    /// Every step with its job.
    pub fn steps(&self) -> impl Iterator<Item = (&Job, &Step)> {
        self.jobs.iter().flat_map(|job| job.steps.iter().map(move |step| (job, step)))
    }
}

impl Step {
    /// What the action is given under a name.
    pub fn input(&self, name: &str) -> Option<&Text> {
        self.inputs.iter().find(|(key, _)| key == name).map(|(_, text)| text)
    }

    /// Whether it uses an action, in whatever version.
    pub fn uses_action(&self, name: &str) -> bool {
        self.uses
            .as_ref()
            .is_some_and(|uses| uses.text.split('@').next().is_some_and(|used| used.eq_ignore_ascii_case(name)))
    }
}

/// Whether the file at `path` is a workflow.
pub fn is_workflow(path: &str) -> bool {
    let in_folder = path.strip_prefix(".github/workflows/").filter(|name| !name.contains('/'));
    in_folder.is_some_and(|name| name.ends_with(".yml") || name.ends_with(".yaml"))
}

/// All workflows of a tree. What cannot be read as YAML is told by the rules about YAML.
pub(crate) fn all(tree: &FileTree) -> Vec<Workflow> {
    let paths = tree.iter().map(|(path, _)| path).filter(|path| is_workflow(path));
    let read = paths.filter_map(|path| {
        let text = tree.text(path)?;
        let (documents, _) = yaml::documents(&text);
        Some(read::workflow(path, &text, documents.first()?))
    });
    read.collect()
}
