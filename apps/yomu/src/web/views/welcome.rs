//! The first run: three ways in.

use askama::Template;

use super::Frame;

/// The page that greets.
#[derive(Template)]
#[template(path = "welcome.html")]
pub(in crate::web) struct WelcomeView {
    pub(in crate::web) frame: Frame,
}
