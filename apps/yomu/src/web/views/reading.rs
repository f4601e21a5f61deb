//! How pages look and articles are set: the choices, on a page of their own and beside an article.

use askama::Template;
use yomu_model::reading::{Font, Leading, SIZES_PX, Theme, Width};

use super::Frame;

/// The page of the choices.
#[derive(Template)]
#[template(path = "reading.html")]
pub(in crate::web) struct ReadingView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) choices: ReadingChoices,
}

/// All that can be chosen, with what is.
pub(in crate::web) struct ReadingChoices {
    pub(in crate::web) groups: Vec<Group>,
    pub(in crate::web) size: u8,
    pub(in crate::web) size_min: u8,
    pub(in crate::web) size_max: u8,
}

/// Choices of which one holds.
pub(in crate::web) struct Group {
    pub(in crate::web) name: &'static str,
    pub(in crate::web) label: &'static str,
    pub(in crate::web) options: Vec<Choice>,
}

/// One of them.
pub(in crate::web) struct Choice {
    pub(in crate::web) value: &'static str,
    pub(in crate::web) label: &'static str,
    pub(in crate::web) is_chosen: bool,
}

impl ReadingView {
    pub(in crate::web) fn new(frame: Frame) -> Self {
        let mut choices = ReadingChoices::of(&frame);
        let (words, is_so) = (frame.words, frame.reading.read_when_scrolled);
        let scrolled =
            options([("no", !is_so), ("yes", is_so)].into_iter(), &[words.scrolled_unread, words.scrolled_read]);
        choices.groups.push(Group { name: "scrolled", label: words.scrolled, options: scrolled });
        Self { choices, frame }
    }
}

impl ReadingChoices {
    /// What the reader of a page has chosen.
    pub(in crate::web) fn of(frame: &Frame) -> Self {
        let (words, reading) = (frame.words, frame.reading);
        let theme = options(Theme::ALL.iter().map(|one| (one.word(), *one == reading.theme)), &words.themes);
        let font = options(Font::ALL.iter().map(|one| (one.word(), *one == reading.font)), &words.fonts);
        let width = options(Width::ALL.iter().map(|one| (one.word(), *one == reading.width)), &words.widths);
        let leading = options(Leading::ALL.iter().map(|one| (one.word(), *one == reading.leading)), &words.leadings);
        let vertical = [("no", !reading.vertical_japanese), ("yes", reading.vertical_japanese)];
        let lines = options(vertical.into_iter(), &[words.horizontal_lines, words.vertical_lines]);
        Self {
            groups: vec![
                Group { name: "theme", label: words.theme, options: theme },
                Group { name: "font", label: words.font, options: font },
                Group { name: "width", label: words.width, options: width },
                Group { name: "leading", label: words.leading, options: leading },
                Group { name: "vertical", label: words.japanese_articles, options: lines },
            ],
            size: reading.size_px,
            size_min: *SIZES_PX.start(),
            size_max: *SIZES_PX.end(),
        }
    }
}

fn options(values: impl Iterator<Item = (&'static str, bool)>, labels: &[&'static str]) -> Vec<Choice> {
    values.zip(labels).map(|((value, is_chosen), label)| Choice { value, label, is_chosen }).collect()
}
