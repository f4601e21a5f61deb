//! The pages: HTML that works without JavaScript, for one reader at a time or for many.
//!
//! ```text
//! URL -> router.rs -> layers/ (who may ask) -> pages/<noun>_<verb>.rs -> actions | store -> views/ + templates/
//! ```
//!
//! A page that shows reads from the store; one that changes goes through `crate::actions`, answers with a redirect and
//! leaves a [`notice::Notice`] for the page after it. Words are in `words/`, and never in a handler.

mod access;
mod assets;
mod config;
mod cookies;
mod cursor;
mod error;
mod language;
mod layers;
mod limits;
mod list_name;
mod local_path;
mod notice;
mod own_address;
mod pages;
mod path_id;
mod router;
mod views;
mod visit;
mod words;

pub use config::{Access, WebConfig};
pub(crate) use layers::{SecurityHeaders, security_headers};
pub use router::router;

use std::sync::Arc;

use ipnet::IpNet;
use jiff::tz::TimeZone;
use url::Url;

use self::cookies::Cookies;
use crate::App;

/// What every page works with. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Web {
    app: App,
    /// Who may come in, and how.
    access: Access,
    /// How cookies are named and guarded.
    cookies: Cookies,
    /// Proxies whose word about the address of a client is believed.
    trusted_proxies: Arc<[IpNet]>,
    /// The program's own address, for links that people send each other.
    base_url: Option<Arc<Url>>,
    /// The host of the program's own address, which may be asked for besides this machine's names.
    host: Option<Arc<str>>,
    /// Where days begin and end for readers who chose no time zone of their own.
    zone: TimeZone,
}
