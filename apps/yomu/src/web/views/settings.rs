//! The settings of a subscription.

use askama::Template;
use serde::Deserialize;
use yomu_model::ids::SubscriptionId;
use yomu_store::{Leaving, Subscription};

use super::{Frame, Message, PreviewView, quoted};
use crate::limits::REMOVED_FOR;
use crate::web::visit::Visit;

/// Encodings that feeds are in and declare wrongly, by their names in the Encoding standard.
const ENCODINGS: [&str; 14] = [
    "UTF-8",
    "Shift_JIS",
    "EUC-JP",
    "ISO-2022-JP",
    "GBK",
    "Big5",
    "EUC-KR",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "KOI8-R",
    "windows-1253",
    "windows-1254",
    "UTF-16LE",
];

/// The fields of the form, as stored or as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct SettingsForm {
    pub(in crate::web) title: String,
    pub(in crate::web) folder: String,
    pub(in crate::web) address: String,
    /// `on` when it is ticked.
    pub(in crate::web) full_text: String,
    pub(in crate::web) encoding: String,
    pub(in crate::web) username: String,
    /// Only ever typed: a stored one is not shown.
    pub(in crate::web) password: String,
    pub(in crate::web) rules: String,
    /// Not empty when the rules are to be tried, and nothing is to be saved.
    pub(in crate::web) preview: String,
}

impl SettingsForm {
    /// What is stored.
    pub(in crate::web) fn of(one: &Subscription) -> Self {
        Self {
            title: one.own_title.clone().unwrap_or_default(),
            folder: one.folder_title.clone().unwrap_or_default(),
            address: one.source.url.clone(),
            full_text: if one.full_text { "on".to_owned() } else { String::new() },
            encoding: one.source.encoding.clone().unwrap_or_default(),
            username: one.source.credentials.as_ref().map(|known| known.username.clone()).unwrap_or_default(),
            password: String::new(),
            rules: one.rules.clone(),
            preview: String::new(),
        }
    }

    /// Whether the box is ticked.
    pub(in crate::web) fn full_text(&self) -> bool {
        !self.full_text.is_empty()
    }
}

/// The page with the form.
#[derive(Template)]
#[template(path = "settings.html")]
pub(in crate::web) struct SettingsView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) id: SubscriptionId,
    pub(in crate::web) name: String,
    pub(in crate::web) feed_title: String,
    pub(in crate::web) form: SettingsForm,
    pub(in crate::web) folders: Vec<String>,
    pub(in crate::web) encodings: Vec<EncodingChoice>,
    pub(in crate::web) has_password: bool,
    /// Why the form was not carried out.
    pub(in crate::web) message: Option<Message>,
    /// How the feed fails.
    pub(in crate::web) trouble: Option<Message>,
    pub(in crate::web) facts: Vec<(&'static str, String)>,
    pub(in crate::web) problems: Vec<String>,
    /// What becomes of the entries when the subscription ends.
    pub(in crate::web) leaving: String,
    /// What the rules would have done.
    pub(in crate::web) preview: Option<PreviewView>,
}

/// An encoding to choose.
pub(in crate::web) struct EncodingChoice {
    pub(in crate::web) label: String,
    pub(in crate::web) is_chosen: bool,
}

impl SettingsView {
    /// The form, filled.
    pub(in crate::web) fn new(
        frame: Frame,
        visit: &Visit,
        one: &Subscription,
        leaving: &Leaving,
        form: SettingsForm,
        message: Option<Message>,
    ) -> Self {
        Self {
            id: one.id,
            name: one.title().to_owned(),
            feed_title: one.feed_title.clone(),
            folders: frame.places.as_ref().map(super::Places::folder_titles).unwrap_or_default(),
            encodings: encodings(&form.encoding),
            has_password: one.source.credentials.is_some(),
            message,
            trouble: Message::of_feed(one, visit),
            facts: facts(one, visit),
            problems: one.health.problems.iter().flat_map(|all| all.lines()).map(quoted).collect(),
            leaving: (visit.words.library.leaving)(leaving, REMOVED_FOR.as_secs() / 3600),
            preview: None,
            frame,
            form,
        }
    }
}

/// The common ones, and the chosen one if it is none of them.
fn encodings(chosen: &str) -> Vec<EncodingChoice> {
    let is_chosen = |label: &str| label.eq_ignore_ascii_case(chosen);
    let known = ENCODINGS.into_iter().any(is_chosen) || chosen.is_empty();
    let other = (!known).then_some(chosen);
    let labels = ENCODINGS.into_iter().chain(other);
    labels.map(|label| EncodingChoice { label: label.to_owned(), is_chosen: is_chosen(label) }).collect()
}

fn facts(one: &Subscription, visit: &Visit) -> Vec<(&'static str, String)> {
    let words = visit.words;
    let health = &one.health;
    let times = [
        (words.last_asked, health.checked_at),
        (words.last_news, health.changed_at),
        (words.next_asked, health.next_check_at),
    ];
    let moment = |time| (words.moment)(time, &visit.zone);
    times.into_iter().filter_map(|(name, time)| Some((name, moment(time?)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_encoding_is_among_the_choices() {
        let chosen = |name: &str| -> Vec<String> {
            encodings(name).into_iter().filter(|one| one.is_chosen).map(|one| one.label).collect()
        };
        assert_eq!(chosen("shift_jis"), ["Shift_JIS"]);
        assert_eq!(chosen("macintosh"), ["macintosh"]);
        assert!(chosen("").is_empty());
    }
}
