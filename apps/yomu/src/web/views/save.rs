//! Saving a page that another page or app sent here.

use askama::Template;
use serde::Deserialize;

use super::{Frame, Message};

/// The fields of the form, as sent or as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct SaveForm {
    pub(in crate::web) url: String,
    /// What the sender calls the page; shown, so that a person knows it again.
    pub(in crate::web) title: String,
    /// What else was sent; some apps put the address there.
    pub(in crate::web) text: String,
    pub(in crate::web) tags: String,
}

impl SaveForm {
    /// With the address at its place: phones share it as text, often behind a sentence.
    pub(in crate::web) fn sorted(mut self) -> Self {
        if self.url.trim().is_empty() {
            let address = |text: &str| text.split_whitespace().find(|word| is_address(word)).map(str::to_owned);
            self.url = address(&self.text).or_else(|| address(&self.title)).unwrap_or_default();
        }
        self
    }
}

fn is_address(word: &str) -> bool {
    word.starts_with("https://") || word.starts_with("http://")
}

/// The page with the form.
#[derive(Template)]
#[template(path = "save.html")]
pub(in crate::web) struct SaveView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) form: SaveForm,
    pub(in crate::web) tags: Vec<String>,
    /// Why the form was not carried out.
    pub(in crate::web) message: Option<Message>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(url: &str, title: &str, text: &str) -> String {
        let form =
            SaveForm { url: url.to_owned(), title: title.to_owned(), text: text.to_owned(), ..SaveForm::default() };
        form.sorted().url
    }

    #[test]
    fn the_address_is_found_wherever_it_was_sent() {
        assert_eq!(url("https://a.example/", "", "https://b.example/"), "https://a.example/");
        assert_eq!(url("", "A title", "Look: https://b.example/x?y=1 !"), "https://b.example/x?y=1");
        assert_eq!(url(" ", "http://c.example", "no address"), "http://c.example");
        assert_eq!(url("", "javascript:alert(1)", "ftp://d.example"), "");
    }
}
