//! Adding a feed or a page.

use askama::Template;
use serde::Deserialize;

use super::{Frame, Message, Places};

/// The fields of the form, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct AddForm {
    pub(in crate::web) address: String,
    /// The address of the chosen feed, when the site had several.
    pub(in crate::web) choice: String,
    pub(in crate::web) folder: String,
    pub(in crate::web) username: String,
    pub(in crate::web) password: String,
    /// Not empty when the page is to be saved instead.
    pub(in crate::web) save: String,
}

/// The page with the form.
#[derive(Template)]
#[template(path = "add.html")]
pub(in crate::web) struct AddView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) form: AddForm,
    pub(in crate::web) folders: Vec<String>,
    /// Several feeds to choose from.
    pub(in crate::web) choices: Vec<Choice>,
    /// Why the form was not carried out.
    pub(in crate::web) message: Option<Message>,
    /// What a bookmark runs to save the page that it is pressed on.
    pub(in crate::web) bookmarklet: String,
}

/// A feed to choose.
pub(in crate::web) struct Choice {
    pub(in crate::web) url: String,
    pub(in crate::web) title: String,
}

impl AddView {
    /// The form, filled.
    pub(in crate::web) fn new(
        frame: Frame,
        form: AddForm,
        choices: Vec<Choice>,
        message: Option<Message>,
        own: &str,
    ) -> Self {
        let folders = frame.places.as_ref().map(Places::folder_titles).unwrap_or_default();
        let bookmarklet = format!(
            "javascript:location.href='{own}/save?url='+encodeURIComponent(location.href)+'&title='+encodeURIComponent(document.title)"
        );
        Self { frame, form, folders, choices, message, bookmarklet }
    }
}
