//! What stands around every page: places to go, a notice, the footer.

use yomu_model::ids::{TagId, UserId};
use yomu_model::reading::{Reading, Theme};
use yomu_store::{Folder, SavedSearch, StoreError};

use crate::actions::undo::Undo;
use crate::web::limits::TAGS_IN_PLACES;
use crate::web::notice::Notice;
use crate::web::visit::{Guest, Visit};
use crate::web::words::Words;
use crate::web::{Web, assets};

/// The colours of the paper, as the style sheet has them.
const LIGHT: &str = "#fcfbf8";
const DARK: &str = "#191816";
const SEPIA: &str = "#f6eedd";

/// Everything of a page that is not the page's own.
pub(in crate::web) struct Frame {
    pub(in crate::web) words: &'static Words,
    /// What the window is called.
    pub(in crate::web) title: String,
    /// The page's own path and query.
    pub(in crate::web) here: String,
    pub(in crate::web) notice: Option<NoticeBar>,
    /// None on pages that must not depend on the database.
    pub(in crate::web) places: Option<Places>,
    /// Whose page it is; none where anybody may come.
    pub(in crate::web) reader: Option<FrameReader>,
    /// How the page looks, and an article on it is set.
    pub(in crate::web) reading: Reading,
}

/// As much of a reader as every page of theirs has to know.
pub(in crate::web) struct FrameReader {
    pub(in crate::web) user: UserId,
    pub(in crate::web) is_admin: bool,
    /// Whether there is a session to end.
    pub(in crate::web) can_sign_out: bool,
}

/// What the form before this page did.
pub(in crate::web) struct NoticeBar {
    pub(in crate::web) text: String,
    /// How to take it back, if that is possible.
    pub(in crate::web) undo: Option<Undo>,
}

/// Where a reader can go, with what waits there.
pub(in crate::web) struct Places {
    pub(in crate::web) unread: u32,
    pub(in crate::web) trouble: u32,
    pub(in crate::web) folders: Vec<Folder>,
    /// The tags that were given last.
    pub(in crate::web) tags: Vec<(TagId, String)>,
    pub(in crate::web) searches: Vec<SavedSearch>,
}

impl Places {
    /// Reads the numbers: a few small queries, whatever the number of entries.
    pub(in crate::web) async fn load(web: &Web, visit: &Visit) -> Result<Self, StoreError> {
        let store = &web.app.store;
        let ((unread, trouble), folders, tags, searches) = tokio::try_join!(
            web.app.counts(visit.user),
            store.folders(visit.user),
            store.recent_tags(visit.user, TAGS_IN_PLACES),
            store.saved_searches(visit.user)
        )?;
        Ok(Self { unread, trouble, folders, tags, searches })
    }

    /// The titles of the folders, for forms.
    pub(in crate::web) fn folder_titles(&self) -> Vec<String> {
        self.folders.iter().map(|folder| folder.title.clone()).collect()
    }
}

impl Frame {
    /// The frame of an ordinary page.
    pub(in crate::web) fn new(visit: &Visit, title: impl Into<String>, places: Places) -> Self {
        Self { places: Some(places), ..Self::alone(visit, title) }
    }

    /// The frame of a reader's page that stands alone.
    pub(in crate::web) fn alone(visit: &Visit, title: impl Into<String>) -> Self {
        let reader = FrameReader { user: visit.user, is_admin: visit.is_admin, can_sign_out: visit.session.is_some() };
        Self { reader: Some(reader), ..Self::without_places(visit, title) }
    }

    /// The frame of a page for anybody.
    pub(in crate::web) fn without_places(guest: &Guest, title: impl Into<String>) -> Self {
        Self {
            words: guest.words,
            title: title.into(),
            here: guest.here.clone(),
            notice: guest.notice.map(|notice| NoticeBar::new(&notice, guest.words)),
            places: None,
            reader: None,
            reading: guest.reading,
        }
    }

    fn path(&self) -> &str {
        self.here.split('?').next().unwrap_or_default()
    }

    /// The attribute that marks the link to the place where the reader is.
    pub(in crate::web) fn current(&self, path: &str) -> &'static str {
        if self.path() == path { " aria-current=\"page\"" } else { "" }
    }

    pub(in crate::web) fn current_folder(&self, folder: &Folder) -> &'static str {
        self.current(&format!("/folders/{}", folder.id))
    }

    pub(in crate::web) fn current_tag(&self, id: &TagId) -> &'static str {
        self.current(&format!("/tags/{id}"))
    }

    pub(in crate::web) fn current_search(&self, search: &SavedSearch) -> &'static str {
        self.current(&format!("/searches/{}", search.id))
    }

    /// The same page in the other language.
    pub(in crate::web) fn other_language_path(&self) -> String {
        let joint = if self.here.contains('?') { '&' } else { '?' };
        format!("{}{joint}lang={}", self.here, self.words.other_code)
    }

    /// The attributes of `<html>` by which the style sheet knows what was chosen; what is as usual is not written.
    pub(in crate::web) fn look(&self) -> String {
        let (chosen, usual) = (self.reading, Reading::default());
        let size = chosen.size_px.to_string();
        let attributes = [
            ("theme", chosen.theme.word(), chosen.theme != usual.theme),
            ("font", chosen.font.word(), chosen.font != usual.font),
            ("size", &size, chosen.size_px != usual.size_px),
            ("width", chosen.width.word(), chosen.width != usual.width),
            ("leading", chosen.leading.word(), chosen.leading != usual.leading),
        ];
        let written = attributes.iter().filter(|(_, _, is_chosen)| *is_chosen);
        written.map(|(name, word, _)| format!(" data-{name}=\"{word}\"")).collect()
    }

    /// The colours that a browser may show before it has the style sheet.
    pub(in crate::web) fn color_scheme(&self) -> &'static str {
        match self.reading.theme {
            Theme::System => "light dark",
            Theme::Light | Theme::Sepia => "light",
            Theme::Dark => "dark",
        }
    }

    /// The paper's colour for the browser's own bars, with the circumstances in which it holds.
    pub(in crate::web) fn papers(&self) -> &'static [(&'static str, &'static str)] {
        match self.reading.theme {
            Theme::System => &[("(prefers-color-scheme: light)", LIGHT), ("(prefers-color-scheme: dark)", DARK)],
            Theme::Light => &[("all", LIGHT)],
            Theme::Sepia => &[("all", SEPIA)],
            Theme::Dark => &[("all", DARK)],
        }
    }

    pub(in crate::web) fn touch_icon(&self) -> &'static str {
        assets::ICON_TOUCH.path
    }

    pub(in crate::web) fn icon(&self) -> &'static str {
        assets::ICON.path
    }

    pub(in crate::web) fn style(&self) -> &'static str {
        assets::STYLE.path
    }

    pub(in crate::web) fn script(&self) -> &'static str {
        assets::SCRIPT.path
    }
}

impl NoticeBar {
    fn new(notice: &Notice, words: &Words) -> Self {
        Self { text: (words.notice)(notice), undo: notice.undo }
    }
}

#[cfg(test)]
mod tests {
    use super::{DARK, LIGHT, SEPIA};

    #[test]
    fn the_browsers_bars_have_the_papers_colours() {
        let tokens = include_str!("../../../assets/style/tokens.css");
        for paper in [format!("--paper: light-dark({LIGHT}, {DARK});"), format!("--paper: {SEPIA};")] {
            assert!(tokens.contains(&paper), "{paper}");
        }
    }
}
