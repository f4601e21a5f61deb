//! What is wrong, in the reader's words.

use askama::Template;
use yomu_model::ids::SubscriptionId;
use yomu_store::{FeedHealth, Subscription};

use super::Frame;
use crate::trouble::Trouble;
use crate::web::visit::Visit;
use crate::web::words::Words;

/// Something that went wrong.
pub(in crate::web) struct Message {
    pub(in crate::web) sentence: String,
    /// Since when, and when it is tried again; empty where that does not apply.
    pub(in crate::web) when: String,
    /// The English sentence with names and numbers, where the other one is a translation without.
    pub(in crate::web) detail: Option<String>,
}

impl Message {
    /// A failure that has just happened.
    pub(in crate::web) fn of_trouble(trouble: Trouble, words: &Words) -> Self {
        Self::worded(&trouble.kind, Some(trouble.text), String::new(), words)
    }

    /// How a feed fails, if it does.
    pub(in crate::web) fn of_feed(health: &FeedHealth, visit: &Visit) -> Option<Self> {
        let is_well = health.error_count == 0 && health.error_kind.is_none();
        if is_well {
            return None;
        }
        let words = visit.words;
        let moment = |time| (words.moment)(time, &visit.zone);
        let since = health.error_since.map(|time| (words.since)(&moment(time)));
        let next = match health.next_check_at {
            Some(time) => (words.next_try)(&moment(time)),
            None => words.stopped.to_owned(),
        };
        let when = since.into_iter().chain([next]).collect::<Vec<_>>().join(" · ");
        let kind = health.error_kind.as_deref().unwrap_or_default();
        Some(Self::worded(kind, health.error_text.clone(), when, words))
    }

    fn worded(kind: &str, text: Option<String>, when: String, words: &Words) -> Self {
        let text = text.map(|text| quoted(&text));
        match ((words.trouble_kind)(kind), text) {
            (Some(sentence), detail) => Self { sentence: sentence.to_owned(), when, detail },
            (None, Some(text)) => Self { sentence: text, when, detail: None },
            (None, None) => Self { sentence: words.trouble_unknown.to_owned(), when, detail: None },
        }
    }
}

/// A sentence for a page. For terminals and logs it begins small and has names in backticks; here it begins with a
/// capital and has quotation marks.
pub(in crate::web) fn quoted(sentence: &str) -> String {
    let mut parts = sentence.split('`');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        out.push(if index % 2 == 0 { '“' } else { '”' });
        out.push_str(part);
    }
    if let Some(first) = out.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    out
}

/// The page of feeds that fail.
#[derive(Template)]
#[template(path = "trouble.html")]
pub(in crate::web) struct TroubleView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) feeds: Vec<TroubledFeed>,
}

/// A feed that fails.
pub(in crate::web) struct TroubledFeed {
    pub(in crate::web) id: SubscriptionId,
    pub(in crate::web) title: String,
    pub(in crate::web) address: String,
    pub(in crate::web) trouble: Message,
}

impl TroubleView {
    /// The ones among the subscriptions that fail.
    pub(in crate::web) fn new(frame: Frame, subscriptions: Vec<Subscription>, visit: &Visit) -> Self {
        let troubled = subscriptions.into_iter().filter_map(|one| {
            let trouble = Message::of_feed(&one.health, visit)?;
            Some(TroubledFeed { id: one.id, title: one.title().to_owned(), address: one.source.url, trouble })
        });
        Self { feeds: troubled.collect(), frame }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_of_a_log_becomes_one_of_a_page() {
        assert_eq!(quoted("`a.example` says `404`"), "“a.example” says “404”");
        assert_eq!(quoted("the server at `a.example` is away"), "The server at “a.example” is away");
        assert_eq!([quoted("東京"), quoted("")], ["東京", ""]);
    }
}
