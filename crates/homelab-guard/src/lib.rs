//! The guard: whether files are fit to be seen by everybody.
//!
//! ```text
//! work tree | staged | history | build context | image  ->  FileTree  ->  RULES  ->  findings
//! ```
//!
//! Nothing here opens a file or a connection. Whoever calls gives bytes: each file once to [`Guard::file`], which looks for
//! secrets, and the paths of all with the contents of the few that say how things are built and run to [`Guard::tree`].
//!
//! Not in here: reading folders, git or archives, and printing. That is `apps/homelab`, in `sources/` and `report/`.

mod allow;
pub mod context;
pub mod dockerfile;
mod docs;
mod finding;
mod guard;
pub mod image;
mod limits;
pub mod manifest;
mod positions;
mod rule;
pub mod rules;
pub mod schema;
mod secret_files;
mod secret_names;
mod secrets;
mod shell;
mod tree;
pub mod workflow;
pub mod yaml;

pub use allow::{ALLOW_FILE, Allowances, Seen, Settled, Standing};
pub use docs::rules_page;
pub use finding::{Finding, Location, Source};
pub use guard::Guard;
pub use rule::{Check, Example, Report, Rule, Severity};
pub use rules::RULES;
pub use secret_names::gives_away;
pub use tree::{Entry, FileTree, GitState, Kind};
