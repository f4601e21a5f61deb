//! The pages: HTML that works without JavaScript, for one reader at a time.
//!
//! ```text
//! URL -> router.rs -> layers/ (who may ask) -> pages/<noun>_<verb>.rs -> actions | store -> views/ + templates/
//! ```
//!
//! A page that shows reads from the store; one that changes goes through `crate::actions`, answers with a redirect and
//! leaves a [`notice::Notice`] for the page after it. Words are in `words/`, and never in a handler.

mod assets;
mod config;
mod cursor;
mod error;
mod language;
mod layers;
mod limits;
mod list_name;
mod local_path;
mod notice;
mod pages;
mod path_id;
mod router;
mod views;
mod visit;
mod words;

pub use config::WebConfig;
pub use router::router;

use std::sync::Arc;

use jiff::tz::TimeZone;
use yomu_model::ids::UserId;

use crate::App;

/// What every page works with. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Web {
    app: App,
    /// The one local user, who is signed in because only this machine can reach the program.
    user: UserId,
    /// The host of the program's own address, which may be asked for besides this machine's names.
    host: Option<Arc<str>>,
    /// Where days begin and end: the server's zone, as long as readers have none of their own.
    zone: TimeZone,
}
